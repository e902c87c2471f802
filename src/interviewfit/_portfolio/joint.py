"""Two processes that teach each other, solved together, between two bounds.

With a and b the next steps, m and n the means, y the sure alternative, V is the best of
leaving both, a step of the first, and a step of the second:

    y + exits
    reward + pass * E[V[a+1, b](m + drift + reveal * Z, n)]
    + (1 - pass) * (y and the second alone)
    and likewise

An interview begun is finished or walked out of: nothing else is done in its middle.
What was learned in the other process shifts *pass*, so it is part of the state; it
takes few values, one for each order in which the interviews can have been. Once one
process is over, by a failure or an offer, the other is a single chain, which ``solver``
knows.

A step moves one mean only, so V is kept on a lattice of means, which widens with the
steps taken, and each step becomes a matrix for an upper and one for a lower bound
(``lattice``). The distance between the two bounds is the error, stated with the result.
"""

from collections.abc import Callable, Collection, Mapping
from math import ceil, hypot, inf, sqrt
from typing import TypeAlias

import numpy as np
from attrs import frozen

from interviewfit._model.units import Hours, Worth
from interviewfit._numeric.arrays import FloatArray
from interviewfit._portfolio.lattice import Kernel
from interviewfit._portfolio.learner import REACH, Learner

__all__ = ["Duo", "Joint", "Progress"]

Progress: TypeAlias = Callable[[int, int], object]
"""Called with how much is done, and of how much."""

_State: TypeAlias = tuple[tuple[int, int], tuple[float, float]]
"""The next step of each process, and what each has learned from the other."""

# Nodes to each side at the first look; and numbers to be kept, at most.
_FIRST, _CELLS = 60, 8_000_000
# While a lattice is coarse, errors fall a little slower than by the square.
_MARGIN = 1.15
# What has been learned is told apart to so many digits, log-odds.
_DIGITS = 12


@frozen(kw_only=True, eq=False)
class Joint:
    """What two processes are worth together, and who goes first.

    Attributes:
        lower: The best plan is worth at least so much, hours,
        upper: and at most so much, hours.
        turns: For each process that can be gone on with now, by its place: the same two
            bounds if it is the next one, hours.
    """

    lower: Worth
    upper: Worth
    turns: Mapping[int, tuple[Worth, Worth]]

    @property
    def first(self) -> int | None:
        """Whose turn it is; None if it is better to leave both."""
        best = max(self.turns, key=self.middle)
        return None if self.turns[best][1] < self.lower else best

    def middle(self, turn: int) -> Worth:
        """Between the two bounds of a turn, hours; -inf if it cannot be the next one."""
        low, high = self.turns.get(turn, (-inf, -inf))
        return 0.5 * (low + high)


@frozen(eq=False, repr=False)
class _Lone:
    """One process at a step, the other one being over; by what it has learned.

    Attributes:
        offers: What the other may offer, hours, shape ``(offers,)``.
        sure: Worth with the sure alternative, hours, at each of its own means.
        beside: What it adds to an offer, hours, by mean less offer, from the least on.
    """

    offers: FloatArray
    sure: Mapping[float, FloatArray]
    beside: Mapping[float, FloatArray]


@frozen(eq=False, repr=False)
class Duo:
    """Two processes beside a sure alternative.

    Attributes:
        learners: The processes. Not both may be in the middle of an interview.
        decay: What every interview done leaves of what the next one teaches.
    """

    learners: tuple[Learner, Learner]
    decay: float

    def solve(
        self,
        tolerance: Callable[[Worth], Worth],
        progress: Progress | None = None,
        known: Worth = -inf,
    ) -> Joint:
        """Both bounds, as near to each other as asked for, if memory bears it.

        Args:
            tolerance: How far they may be apart, hours, for a worth.
            progress: Called with how many positions are done, and of how many.
            known: What can be had anyway, hours; bounds below need not be near.
        """
        levels = self._levels()
        count = 2 * sum(map(len, levels))
        spread = max(hypot(*one.lane.reveal) for one in self.learners)
        told = 0

        def tell() -> None:
            nonlocal told
            told += 1
            if progress is not None:
                progress(told, count)

        def look(side: int) -> Joint:
            return self.bracket(REACH * spread / side if spread else 1.0, tell)

        found = look(_FIRST)
        wanted, apart = tolerance(found.lower), found.upper - found.lower
        if apart <= wanted or found.upper <= known:
            if progress is not None:
                progress(count, count)
            return found
        most = sqrt(_CELLS / max(map(len, levels))) / 2.0
        finer = _FIRST * _MARGIN * sqrt(apart / wanted) if wanted else most
        return look(ceil(min(most, finer)))

    def bracket(self, spacing: Hours, tell: Callable[[], None] | None = None) -> Joint:
        """Both bounds on one lattice, from the last positions to the first.

        Args:
            spacing: Of the lattice, hours.
            tell: Called after each position.
        """
        tables = [
            [one.kernels(k, spacing) for k in range(one.length)]
            for one in self.learners
        ]
        lone = {
            (i, k): self._lone(i, k, skills, spacing)
            for (i, k), skills in self._skills().items()
        }
        behind: dict[_State, FloatArray] = {}
        turns: dict[int, FloatArray] = {}
        worth = np.empty(0)
        for level in reversed(self._levels()):
            here = {}
            for state in level:
                turns = {
                    i: self._turn(
                        state,
                        i,
                        behind,
                        tables[i][state[0][i]],
                        lone[1 - i, state[0][1 - i]],
                    )
                    for i in self._free(state)
                }
                worth = np.maximum.reduce(list(turns.values()))
                if len(turns) == 2:
                    worth = np.maximum(worth, self._stop(state))
                here[state] = worth
                if tell is not None:
                    tell()
            behind = here
        # At the start there is one node only.
        high, low = worth.ravel().tolist()
        both = {i: one.ravel().tolist() for i, one in turns.items()}
        return Joint(
            lower=low,
            upper=high,
            turns={i: (lower, upper) for i, (upper, lower) in both.items()},
        )

    @property
    def base(self) -> Worth:
        """The sure alternative, hours."""
        return self.learners[0].base

    def _levels(self) -> list[list[_State]]:
        """Every position both can be in, by how many steps have been taken."""
        levels: list[list[_State]] = [[((0, 0), (0.0, 0.0))]]
        while True:
            following = {
                self._behind(state, i): None
                for state in levels[-1]
                for i in self._free(state)
                if state[0][i] + 1 < self.learners[i].length
            }
            if not following:
                return levels
            levels.append(list(following))

    def _free(self, state: _State) -> list[int]:
        """Who may be gone on with: nobody beside an interview under way."""
        return [i for i in (0, 1) if not self.learners[1 - i].held[state[0][1 - i]]]

    def _behind(self, state: _State, i: int) -> _State:
        """The position once the i-th process is one step further."""
        (a, b), skills = state
        lesson = self.learners[i].lessons[state[0][i]]
        lesson *= self.decay ** self.learners[1 - i].done[state[0][1 - i]]
        learned = round(skills[1 - i] + lesson, _DIGITS)
        if i:
            return (a, b + 1), (learned, skills[1])
        return (a + 1, b), (skills[0], learned)

    def _skills(self) -> Mapping[tuple[int, int], set[float]]:
        """What may have been learned by each process when it is the only one left.

        By its place and its next step.
        """
        found: dict[tuple[int, int], set[float]] = {}
        for level in self._levels():
            for state in level:
                for i in self._free(state):
                    other = 1 - i
                    skills = found.setdefault((other, state[0][other]), set())
                    skills.add(self._behind(state, i)[1][other])
                    if self.learners[i].held[state[0][i]]:
                        skills.add(state[1][other])
        return found

    def _lone(
        self, i: int, k: int, skills: Collection[float], spacing: Hours
    ) -> "_Lone":
        """What the i-th process is worth at a step once it is the only one left."""
        own, every = self.learners[i], tuple(sorted(skills))
        means = own.nodes(k, spacing)
        other = self.learners[1 - i]
        offers = other.nodes(other.length, spacing)
        # Against an offer it is a matter of their difference.
        most = offers.size + means.size - 1
        apart = means[0] - offers[-1] + spacing * np.arange(most)
        sure = self.base + own.alone(k, every, means - self.base)
        return _Lone(
            offers,
            dict(zip(every, sure, strict=True)),
            dict(zip(every, own.alone(k, every, apart), strict=True)),
        )

    def _stop(self, state: _State) -> Worth:
        """Leave both."""
        pairs = zip(self.learners, state[0], strict=True)
        return self.base + sum(one.lane.exit[k] for one, k in pairs)

    def _turn(
        self,
        state: _State,
        i: int,
        behind: Mapping[_State, FloatArray],
        step: tuple[Kernel, Kernel],
        lone: "_Lone",
    ) -> FloatArray:
        """Both bounds if the i-th process is next, at all nodes, ``(2, first, second)``."""
        own, k = self.learners[i], state[0][i]
        following = self._behind(state, i)
        learned = following[1][1 - i]
        failed = lone.sure[learned]
        if k + 1 < own.length:
            after = behind[following]
            after = after.swapaxes(1, 2) if i else after
        else:
            offers = lone.offers[:, None]
            places = np.arange(failed.size) + np.arange(offers.size)[::-1, None]
            after = np.where(
                offers > self.base, offers + lone.beside[learned][places], failed
            )
            after = np.stack((after, after))
        passed = own.chance(k, state[1][i])
        rest = own.lane.reward[k] + (1.0 - passed) * failed
        turn = np.stack(
            [
                passed * kernel.expect(one) + rest
                for kernel, one in zip(step, after, strict=True)
            ]
        )
        if own.held[k]:
            turn = np.maximum(turn, own.lane.exit[k] + lone.sure[state[1][1 - i]])
        return turn.swapaxes(1, 2) if i else turn
