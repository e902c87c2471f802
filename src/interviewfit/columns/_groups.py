"""Rows that have all but some numbers in common: one decision for each such pattern.

A pattern is the process and where it stands, yes or no to this and that, and, where
rows are to share a solution, which signs were seen and which aspects are known.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import prod
from typing import Any, TypeAlias, cast

import numpy as np
import numpy.typing as npt
from attrs import evolve, field, frozen

from interviewfit._model.beliefs import Belief, Reading, Signal
from interviewfit._model.decision import Decision
from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.fields import unchecked
from interviewfit._model.priors import Assumptions
from interviewfit._model.stages import Position
from interviewfit._model.vocabulary import Phase, Sign
from interviewfit._numeric.arrays import FloatColumn
from interviewfit._numeric.scratch import Desk, Flags
from interviewfit._process.compilation import small_firm
from interviewfit._process.inputs import Parameter, put, stated
from interviewfit._process.side_values import given
from interviewfit._process.signals import signals_of, update
from interviewfit.columns._factorize import Codes, Words
from interviewfit.columns._specs import FLAGS, WORDS, Place
from interviewfit.columns._table import Rows, Table, UnfitError

__all__ = ["Keys", "Patterns", "input_of"]

Keys: TypeAlias = npt.NDArray[np.uint16] | npt.NDArray[np.intp]
"""A number for each row, the same in rows of the same pattern."""

_PHASES = tuple(Phase)
_ANY_STAGES = small_firm()
# What is put in first is what later numbers may fall back on.
_PARTS = ("assumptions", "candidate", "opportunity")


@frozen(eq=False)
class Patterns:
    """The patterns of a table. Made by ``of``.

    Attributes:
        table: Of columns.
        assumptions: Numbers for all that is left open.
        factors: What tells patterns apart, and how many values each has.
        fixed: What is the same in all rows.
        shared: Whether rows of a pattern share all steps.
    """

    table: Table
    assumptions: Assumptions
    shared: bool
    factors: tuple[tuple[str, int], ...]
    fixed: Mapping[str, int]
    stops: tuple[Flags, ...] = field(repr=False)

    @classmethod
    def of(cls, table: Table, assumptions: Assumptions, *, shared: bool) -> "Patterns":
        """What tells patterns of a table apart."""
        factors: list[tuple[str, int]] = []
        fixed: dict[str, int] = {}
        for name in WORDS:
            code = table.words.get(name, 0)
            if isinstance(code, int):
                fixed[name] = code
            else:
                many = len(table.known(name))
                factors.append((name, many))
        breakers = [f"tags.{one}" for one in table.candidate.dealbreakers]
        met = [table.flags[name] for name in breakers if name in table.flags]
        stops = tuple(one for one in met if not isinstance(one, bool))
        if any(one is True for one in met):
            fixed["stopped"] = 1
        elif stops:
            factors.append(("stopped", 2))
        for name, flag in table.flags.items():
            sign = name.startswith("signs.")
            if isinstance(flag, bool):
                fixed[name] = int(flag)
            elif name in FLAGS or (sign and shared):
                factors.append((name, 2))
        if shared:
            open_ = [name for name in table.numbers if table.places[name].open]
            factors.extend((name, 2) for name in open_)
        return cls(table, assumptions, shared, tuple(factors), fixed, stops)

    @property
    def most(self) -> int:
        """How many patterns there may be; no key is as large."""
        return prod(many for _, many in self.factors)

    def keys(self, part: slice, desk: Desk) -> Keys | None:
        """The pattern of each of some rows; None if there is only one pattern.

        Raises:
            UnfitError: If a word is not known that must be.
        """
        if not self.factors:
            return None
        rows = part.stop - part.start
        # So few as a rule that they fit 16 bits, which are far quicker to count with.
        kind = np.uint16 if self.most <= 1 << 16 else np.intp
        keys, code = (desk.lay(name, rows, kind) for name in ("keys", "code"))
        keys[:] = 0
        for name, many in self.factors:
            codes = self._codes(name, part, desk)
            if name in WORDS and (codes.min() < 0 or codes.max() >= many):
                raise UnfitError
            np.copyto(code, codes, casting="unsafe")
            keys *= kind(many)
            keys += code
        return keys

    def _codes(self, name: str, part: slice, desk: Desk) -> Codes | Flags:
        rows = part.stop - part.start
        flags = desk.flags("flags", rows)
        if name == "stopped":
            flags[:] = False
            for one in self.stops:
                np.logical_or(flags, one[part], out=flags)
            return flags
        word = self.table.words.get(name)
        if isinstance(word, Words):
            codes = desk.codes("word", rows)
            word.read(part, codes, desk)
            return codes
        if name in self.table.flags:
            return cast(Flags, self.table.flags[name])[part]
        np.isnan(self.table.column(name, part, desk), out=flags)
        return np.logical_not(flags, out=flags)

    def decision(self, key: int) -> Decision:
        """What the rows of a pattern have in common, all that is the same put in.

        Raises:
            UnfitError: If their process has no such stage as they speak of.
        """
        code = self._read(key)
        table, who = self.table, self.table.candidate
        if not table.fit(code["process"], code["stage"]):
            raise UnfitError
        tags = who.dealbreakers if code.get("stopped") else frozenset[str]()
        name = table.known("process")[code["process"]]
        decision = Decision(
            candidate=who,
            opportunity=Opportunity(name=name, stages=table.processes[name]),
            assumptions=self.assumptions,
        )
        places = [one for one in self._places() if one.name in table.constants]
        others = [one for one in places if one.path[1] != "beliefs"]
        # What they are by default hangs on priors, so beliefs come last.
        decision = put(
            decision, {input_of(one): table.constants[one.name] for one in others}
        )
        job = unchecked(
            decision.opportunity,
            beliefs=dict(self._beliefs(decision, code)),
            position=Position(phase=_PHASES[code["phase"]], stage=code["stage"]),
            company=table.known("company")[code["company"]],
            field=table.known("field")[code["field"]],
            tags=tags,
            signals=tuple(one for one in Sign if code.get(f"signs.{one}")),
            via_recruiter=bool(code.get("via_recruiter")),
            knows_someone=bool(code.get("knows_someone")),
            unresearched=bool(code.get("unresearched")),
        )
        return unchecked(decision, opportunity=job)

    def _beliefs(
        self, decision: Decision, code: Mapping[str, int]
    ) -> Iterator[tuple[str, Belief]]:
        """What is believed in all rows of a pattern.

        Where rows bring their own mean and share all else, it stands at 0: what is
        right of it does not depend on it.
        """
        constants = self.table.constants
        for place in self.table.places.values():
            aspect = str(place.path[2]) if place.path[1] == "beliefs" else ""
            mean = f"{aspect}.mean"
            if place.name == mean and self._known(aspect, code):
                usual = stated(decision, aspect)
                yield (
                    aspect,
                    unchecked(
                        usual,
                        mean=constants.get(mean, 0.0),
                        sd=constants.get(f"{aspect}.sd", usual.sd),
                    ),
                )

    def known(self, key: int) -> list[str]:
        """Of the numbers that rows of a pattern bring, those that are known there."""
        code = self._read(key)
        return [name for name in self.table.numbers if code.get(name, 1)]

    def _read(self, key: int) -> dict[str, int]:
        code = dict(self.fixed)
        for name, many in reversed(self.factors):
            key, code[name] = divmod(key, many)
        return code

    def _known(self, aspect: str, code: Mapping[str, int]) -> bool:
        """Whether something is believed of an aspect that rows need not bring themselves."""
        mean = f"{aspect}.mean"
        if mean in self.table.numbers:
            return self.shared and bool(code[mean])
        return mean in self.table.constants

    def _places(self) -> list[Place]:
        places = self.table.places.values()
        return sorted(places, key=lambda one: _PARTS.index(str(one.path[0])))

    def with_columns(self, decision: Decision, rows: Rows) -> Decision:
        """A decision of a pattern that does not share, with the columns of some rows."""
        for place in self._places():
            if place.path[1] == "beliefs":
                aspect, _, what = place.name.rpartition(".")
                if what == "mean":
                    decision = self._believing(decision, aspect, rows)
            elif place.name in self.table.numbers:
                column = self.table.floats(place.name, rows)
                usual = _usual(decision, place)
                if usual is not None:
                    column = np.where(np.isnan(column), usual, column)
                    decision = put(decision, {input_of(place): column})
        seen = tuple(self._seen(decision.assumptions, rows))
        job = decision.opportunity
        told = unchecked(job, signals=(*job.signals, *seen)) if seen else job
        return unchecked(decision, opportunity=told)

    def _believing(self, decision: Decision, aspect: str, rows: Rows) -> Decision:
        """With a belief where something is known of an aspect, else as wide as ever."""
        table, mean, sd = self.table, f"{aspect}.mean", f"{aspect}.sd"
        if not {mean, sd} & table.numbers.keys():
            return decision
        if mean not in table.numbers and mean not in table.constants:
            return decision
        usual = stated(decision, aspect)
        number: float | FloatColumn = table.constants.get(mean, 0.0)
        if mean in table.numbers:
            number = table.floats(mean, rows)
        spread: float | FloatColumn = table.constants.get(sd, np.nan)
        if sd in table.numbers:
            spread = table.floats(sd, rows)
        known = ~np.isnan(number)
        told = known & ~np.isnan(spread)
        place = input_of(table.places[mean])
        width = evolve(place, name=sd, path=(*place.path[:-1], "sd"))
        values: dict[Parameter, float | FloatColumn] = {
            place: np.where(known, number, usual.mean),
            width: np.where(told, spread, usual.sd),
        }
        return put(decision, values)

    def _seen(self, assumptions: Assumptions, rows: Rows) -> Iterator[Signal]:
        """Signs seen in some of the rows, which say nothing in the others."""
        for sign, flag in self._signs():
            here = flag[rows]
            for signal in _spelled(sign, assumptions):
                if isinstance(signal, Reading):
                    noise = np.where(here, signal.noise, np.inf)
                    news = signal.unsettled
                    # Where there is no news in any row, waiting is not open in any.
                    unsettled = np.where(here, news, 0.0) if _some(news) else news
                    yield unchecked(signal, noise=noise, unsettled=unsettled)
                else:
                    yield unchecked(signal, factor=np.where(here, signal.factor, 1.0))

    def _signs(self) -> Iterator[tuple[Sign, Flags]]:
        for sign in Sign:
            flag = self.table.flags.get(f"signs.{sign}", False)
            if not isinstance(flag, bool):
                yield sign, flag

    def unknown(self, decision: Decision, rows: Rows, many: int) -> Codes:
        """Of how many aspects nothing is known, in rows of a pattern that does not share."""
        varied = {
            str(one.path[2]): self.table.floats(one.name, rows)
            for one in self.table.places.values()
            if one.path[1] == "priorities" and one.name in self.table.numbers
        }
        who = decision.candidate
        cared = evolve(who, priorities={**who.priorities, **dict.fromkeys(varied, 1.0)})
        open_ = update(cared, decision.opportunity, decision.assumptions).unknown
        signs = [
            (flag, one.aspect)
            for sign, flag in self._signs()
            for one in _spelled(sign, self.assumptions)
            if isinstance(one, Reading)
        ]
        found = np.zeros(many, dtype=np.int16)
        for aspect in open_:
            here = np.ones(many, dtype=np.bool_)
            if f"{aspect}.mean" in self.table.numbers:
                here &= np.isnan(self.table.floats(f"{aspect}.mean", rows))
            for flag, seen in signs:
                if aspect == seen:
                    here &= ~flag[rows]
            if aspect in varied:
                here &= varied[aspect] != 0.0
            found += here
        return found


def _spelled(sign: Sign, assumptions: Assumptions) -> list[Signal]:
    job = Opportunity(name="job", stages=_ANY_STAGES, signals=[sign])
    return list(signals_of(Candidate(), job, assumptions))


def _some(number: float) -> bool:
    return bool(np.any(number))


def input_of(place: Place) -> Parameter:
    """What goes to a place, as ``inputs`` takes it."""
    return Parameter(
        name=place.name,
        value=place.low,
        low=place.low,
        high=place.high,
        scale=1.0,
        unit=place.unit,
        path=place.path,
    )


def _usual(decision: Decision, place: Place) -> float | None:
    """What stands in for a number that is not known; None if it has no place."""
    part, what, *rest = place.path
    numbers = decision.assumptions
    if what == "stages":
        stages: Sequence[Any] = decision.opportunity.stages
        number, field_, *aspect = rest
        if int(number) >= len(stages):
            return None
        stage = stages[int(number)]
        if aspect:
            share = stage.reveals.get(aspect[0])
            return given(share, numbers.reveals(stage.kind, str(aspect[0])))
        if field_ == "reshape_gain":
            return given(stage.reshape_gain, numbers["reshape_gain"])
        own = getattr(stage, str(field_))
        return given(own, numbers.of_stage(stage.kind, str(field_)))
    return numbers[str(what)] if part == "opportunity" else 0.0
