"""Two of several processes solved together: when that is done, and what it brings."""

from itertools import combinations

import numpy as np
import pytest
from attrs import evolve

from interviewfit import (
    Assumptions,
    Belief,
    Candidate,
    Opportunity,
    Phase,
    Position,
    corporate,
    plan,
    small_firm,
    technical,
)
from interviewfit._competition.chains import ChainParameters, PracticeModel, better
from interviewfit._competition.entries import enter
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._portfolio.pairs import Pairs
from interviewfit._portfolio.standing import tolerance

BEGINNER = Candidate(interviews_done=0)
TEACHING = PracticeModel(weight=1.0, unit=0.15, decay=0.6)
KINDS = (corporate, small_firm, technical)


def jobs(*means: float) -> list[Opportunity]:
    """Jobs of three kinds, by what is believed of their role, percent of pay."""
    return [
        Opportunity(
            name=f"job {place}",
            stages=KINDS[place % 3](),
            beliefs={"role": Belief(mean=mean, sd=4.0)},
        )
        for place, mean in enumerate(means)
    ]


def pairs_of(several: list[Opportunity]) -> Pairs:
    entries = enter(BEGINNER, several, Assumptions())
    return Pairs(
        [ChainParameters.of(one.process) for one in entries],
        [one.process.steps for one in entries],
        0.0,
        TEACHING,
        tolerance,
    )


def skilled(pairs: Pairs) -> SolvedProcesses:
    """With more skill than any two could teach each other."""
    both = zip(pairs.lanes, pairs.steps, strict=True)
    return SolvedProcesses.of([better(lane, 0.6, steps) for lane, steps in both])


class TestPairs:
    def test_the_strongest_of_all_is_found(self) -> None:
        """Though most of them are never solved."""
        pairs = pairs_of(jobs(6.0, 2.0, -3.0, 9.0))
        every = {
            rows: found
            for rows in combinations(range(4), 2)
            if (found := pairs.solve(rows)) is not None
        }
        best = max(every, key=lambda rows: every[rows].lower)

        found = pairs.strongest((skilled(pairs), 0), 0.0, lambda *_: True)

        assert len(every) == 6
        assert found is not None
        assert found.lower == every[best].lower
        assert set(found.turns) == set(best)

    def test_none_is_where_more_is_known(self) -> None:
        pairs = pairs_of(jobs(6.0, 2.0, -3.0, 9.0))
        told: list[tuple[int, int]] = []

        found = pairs.strongest(
            (skilled(pairs), 0), 1e6, lambda *_: True, lambda *one: told.append(one)
        )

        assert found is None
        assert told == []

    def test_progress_is_by_pairs(self) -> None:
        pairs = pairs_of(jobs(6.0, 2.0, -3.0, 9.0))
        told: list[tuple[int, int]] = []

        pairs.strongest(
            (skilled(pairs), 0), -1.0, lambda *_: True, lambda *one: told.append(one)
        )

        assert told == [(number, 6) for number in range(1, 7)]

    def test_those_that_hang_together_are_passed_over(self) -> None:
        pairs = pairs_of(jobs(6.0, 2.0, 9.0))
        asked: list[tuple[int, int]] = []

        def apart(one: int, two: int) -> bool:
            asked.append((one, two))
            return 0 not in (one, two)

        found = pairs.strongest((skilled(pairs), 0), 0.0, apart)

        assert found is not None
        assert set(found.turns) == {1, 2}
        assert set(asked) == {(0, 1), (0, 2), (1, 2)}

    def test_two_are_solved_only_where_they_may_beat_what_is_known(self) -> None:
        """With all the skill the others could give them, side by side."""
        asked: list[tuple[int, int]] = []

        class Noted(Pairs):
            def solve(self, rows: tuple[int, int], *_: object, **__: object) -> None:
                asked.append(rows)

        pairs = pairs_of(jobs(6.0, 2.0, -3.0, 9.0, 7.0))
        noted = Noted(pairs.lanes, pairs.steps, 0.0, TEACHING, tolerance)
        gifted = skilled(pairs)
        bounds = {
            (one, two): SolvedProcesses.of([gifted.lanes[one], gifted.lanes[two]])
            .contest()
            .value
            for one, two in combinations(range(5), 2)
        }
        for known in sorted(bounds.values()):
            asked.clear()
            noted.strongest((gifted, 0), known + 1e-6, lambda *_: True)
            able = {rows for rows, bound in bounds.items() if bound > known + 1e-6}
            assert set(asked) == able

    def test_the_others_are_left_at_their_exits(self) -> None:
        """Walking out of an interview costs the same whoever the two are."""
        several = jobs(6.0, 2.0, 9.0)
        begun = Position(phase=Phase.MIDWAY)
        several[2] = evolve(several[2], position=begun)
        pairs = pairs_of(several)
        left = pairs.lanes[2].exit[0]
        two = pairs_of(several[:2])

        found, alone = pairs.solve((0, 1)), two.solve((0, 1))

        assert found is not None
        assert alone is not None
        assert left < 0.0
        assert found.lower == pytest.approx(alone.lower + left, rel=1e-12)
        assert found.upper == pytest.approx(alone.upper + left, rel=1e-12)

    def test_nobody_is_in_two_interviews_at_once(self) -> None:
        begun = Position(phase=Phase.MIDWAY)
        several = [evolve(one, position=begun) for one in jobs(6.0, 2.0)]

        assert pairs_of(several).solve((0, 1)) is None

    def test_what_cannot_beat_what_is_known_is_not_solved_to_the_end(self) -> None:
        pairs = pairs_of(jobs(6.0, 2.0, 9.0))
        coarse = evolve(pairs, tolerance=lambda _: 1e-3)
        known = 1e3

        found, rough = coarse.solve((0, 2)), coarse.solve((0, 2), known)

        assert found is not None
        assert rough is not None
        assert found.upper - found.lower < 2e-3
        assert rough.upper - rough.lower > 1e-2
        assert rough.lower <= found.lower <= found.upper <= rough.upper < known

    def test_the_turns_are_between_the_same_bounds(self) -> None:
        several = jobs(6.0, 2.0, 9.0)
        several[1] = evolve(several[1], position=Position(phase=Phase.MIDWAY))
        found = pairs_of(several).solve((0, 2))

        assert found is not None
        assert max(low for low, _ in found.turns.values()) == found.lower
        assert max(high for _, high in found.turns.values()) == found.upper

    def test_progress_of_one_pair_is_by_positions(self) -> None:
        told: list[tuple[int, int]] = []
        pairs_of(jobs(6.0, 2.0)).solve((0, 1), progress=lambda *one: told.append(one))

        assert told[-1][0] == told[-1][1] > 10

    def test_what_the_others_owe_is_part_of_what_is_known(self) -> None:
        several = jobs(6.0, 2.0, 9.0)
        several[2] = evolve(several[2], position=Position(phase=Phase.MIDWAY))
        pairs = evolve(pairs_of(several), tolerance=lambda _: 1e-3)
        found = pairs.solve((0, 1))
        assert found is not None

        above = pairs.solve((0, 1), found.upper + 0.3)
        below = pairs.solve((0, 1), found.lower - 0.3)

        assert above is not None
        assert above.upper - above.lower > 1e-2
        assert below is not None
        assert below.upper - below.lower < 2e-3

    def test_few_are_solved_the_most_promising_first(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        None whose bound, that of a contest of two with all skill, is known to be had;
        wherever the skilled ones lie.
        """
        several = jobs(6.0, 2.0, -3.0, 9.0)
        begun = Position(phase=Phase.MIDWAY)
        several[2] = evolve(several[2], position=begun)
        pairs = pairs_of(several)
        whole = skilled(pairs)
        exits = [lane.exit[0] for lane in pairs.lanes]
        bounds = {}
        for one, two in combinations(range(4), 2):
            both = SolvedProcesses.of([whole.lanes[one], whole.lanes[two]]).contest()
            bounds[one, two] = both.value + sum(exits) - exits[one] - exits[two]
        ranked = sorted(bounds, key=lambda rows: -bounds[rows])
        later = SolvedProcesses.of([*pairs.lanes[:3], *whole.lanes])
        asked: list[tuple[int, int]] = []

        def solve(_: Pairs, rows: tuple[int, int], __: float) -> None:
            asked.append(rows)

        monkeypatch.setattr(Pairs, "solve", solve)
        for known, count in (
            (bounds[ranked[0]] + 1e-6, 0),
            (bounds[ranked[0]] - 1e-6, 1),
            (bounds[ranked[1]] - 1e-6, 2),
            (bounds[ranked[5]] - 1e-6, 6),
        ):
            for place in ((whole, 0), (later, 3)):
                asked.clear()
                pairs.strongest(place, known, lambda *_: True)
                assert set(asked) == set(ranked[:count])
        assert asked[0] == ranked[0]

    def test_of_many_those_that_stand_out_are_paired(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pairs = pairs_of(jobs(*np.linspace(-6.0, 12.0, 40).tolist()))
        asked: list[tuple[int, int]] = []
        monkeypatch.setattr(Pairs, "solve", lambda _, rows, __: asked.append(rows))

        pairs.strongest((skilled(pairs), 0), 0.0, lambda *_: True)

        assert len(asked) == 24
        assert min(map(min, asked)) > 15


class TestPlans:
    def test_two_that_stand_out_are_worth_more_than_one_interview_ahead(self) -> None:
        several = jobs(9.0, 4.0, -20.0)
        ahead = plan(BEGINNER, several, jointly=False)
        found = plan(BEGINNER, several)
        two = plan(BEGINNER, several[:2])

        assert ahead.value + 0.5 < found.value
        assert found.value >= two.value
        assert found.value <= ahead.value + ahead.guarantee.gap
        # The third may still be worth something: of the bound, nothing is gone.
        assert found.value + found.guarantee.gap == pytest.approx(
            ahead.value + ahead.guarantee.gap, rel=1e-12
        )

    def test_whoever_shares_a_company_is_left_out(self) -> None:
        """The other two of three are independent of each other, and solved together."""
        several = jobs(9.0, 4.0, 4.0)
        several = [
            evolve(one, company="Acme" if place != 1 else "")
            for place, one in enumerate(several)
        ]
        found = plan(BEGINNER, several)
        two = plan(BEGINNER, several[:2])

        assert found.value >= two.value
        assert found.guarantee.certainty == "heuristic"

    def test_two_slots_are_enough_for_two(self) -> None:
        several = jobs(9.0, 4.0, -20.0)
        found = plan(BEGINNER, several, slots=2)

        assert found.value >= plan(BEGINNER, several[:2]).value
        assert found.value >= plan(BEGINNER, several, slots=1).value
