"""Rows that differ in nothing but numbers belong to one group: one decision each.

A group is told by the process and where it stands, by flags, and, where the rows of a
group are to share one solution, also by which signs were seen and which aspects are
known. Each of these is a *factor* with a small number of levels. The id of a group is
the number whose digits are the levels, in mixed radix, so that rows are grouped by
sorting small integers.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import prod
from typing import cast

import numpy as np
from attrs import evolve, field, frozen

from interviewfit._model.beliefs import Belief
from interviewfit._model.decision import Decision
from interviewfit._model.domain import Opportunity
from interviewfit._model.numbers import Numbers
from interviewfit._model.parameters import name_at, quoted
from interviewfit._model.priors import Assumptions
from interviewfit._model.stages import Position, Stage
from interviewfit._model.vocabulary import Phase, Sign
from interviewfit._numeric.arrays import BoolArray, Number
from interviewfit._process.parameters import Parameter, default_belief, substitute
from interviewfit._process.signals import (
    ClueEvidence,
    ReadingEvidence,
    sign_evidence,
    update,
)
from interviewfit._process.structure import numbers_of, structure_of
from interviewfit.columns._columns import Columns, Rows, UnknownCategoryError
from interviewfit.columns._factorize import Codes
from interviewfit.columns._specs import CATEGORIES, FLAGS, ColumnSpec

__all__ = ["Groups", "parameter_of", "size_of"]

_PHASES = tuple(Phase)
# Numbers of the later ones may fall back on those of the earlier.
_RECORDS = ("assumptions", "candidate", "opportunity")


@frozen(eq=False)
class Groups:
    """The groups of rows of a table. Made by ``of``.

    Attributes:
        table: The columns.
        assumptions: Numbers for all that is left open.
        shared: Whether the rows of a group share all steps of their process.
        factors: What tells groups apart, each with its number of levels.
        fixed: Level of each factor that is the same in all rows.
    """

    table: Columns
    assumptions: Assumptions
    shared: bool
    factors: tuple[tuple[str, int], ...]
    fixed: Mapping[str, int]
    _tags: tuple[BoolArray, ...] = field(repr=False)

    @classmethod
    def of(cls, table: Columns, assumptions: Assumptions, *, shared: bool) -> "Groups":
        """The factors that tell groups of rows apart.

        Args:
            table: The columns.
            assumptions: Numbers for all that is left open.
            shared: Whether rows of a group are to share all steps of their process;
                then they differ in the mean of the surplus only.
        """
        factors: list[tuple[str, int]] = []
        fixed: dict[str, int] = {}
        for name in CATEGORIES:
            code = table.categories.get(name, 0)
            if isinstance(code, int):
                fixed[name] = code
            else:
                factors.append((name, len(table.names(name))))
        dealbreakers = [f"tags.{tag}" for tag in table.candidate.dealbreakers]
        tags = [table.flags[name] for name in dealbreakers if name in table.flags]
        varying = tuple(tag for tag in tags if not isinstance(tag, bool))
        if any(tag is True for tag in tags):
            fixed["dealbreaker"] = 1
        elif varying:
            factors.append(("dealbreaker", 2))
        for name, flag in table.flags.items():
            if isinstance(flag, bool):
                fixed[name] = int(flag)
            elif name in FLAGS or (shared and name.startswith("signs.")):
                factors.append((name, 2))
        if shared:
            optional = [name for name in table.numbers if table.specs[name].optional]
            factors.extend((name, 2) for name in optional)
        return cls(table, assumptions, shared, tuple(factors), fixed, varying)

    def rows_by_group(self, block: slice) -> Iterator[tuple[int, Rows]]:
        """The id of each group in consecutive rows, and its rows in ascending order.

        Raises:
            UnknownCategoryError: If a row has an unknown word where it must be known.
        """
        if not self.factors:
            yield 0, block
            return
        # Few groups fit 16 bits, which NumPy sorts by counting.
        levels = prod(count for _, count in self.factors)
        kind = np.uint16 if levels <= 1 << 16 else np.intp
        ids = np.zeros(block.stop - block.start, dtype=kind)
        for name, count in self.factors:
            level = self._levels(name, block)
            if name in CATEGORIES and (level.min() < 0 or level.max() >= count):
                raise UnknownCategoryError
            ids *= kind(count)
            ids += level.astype(kind)
        order = np.argsort(ids, kind="stable")
        ids = ids[order]
        starts = np.flatnonzero(ids[1:] != ids[:-1]) + 1
        if not starts.size:
            yield int(ids[0]), block
            return
        order += block.start
        for rows, start in zip(np.split(order, starts), [0, *starts], strict=True):
            yield int(ids[start]), rows

    def _levels(self, name: str, block: slice) -> Codes | BoolArray:
        """The level of a factor in consecutive rows.

        Args:
            name: Of the factor.
            block: Which rows.

        Returns:
            Codes from 0, or flags, shape ``(rows,)``.
        """
        if name == "dealbreaker":
            return np.asarray(np.any([tag[block] for tag in self._tags], axis=0))
        if name in CATEGORIES:
            return self.table.codes(name, block)
        if name in self.table.flags:
            return cast(BoolArray, self.table.flags[name])[block]
        return np.asarray(~np.isnan(self.table.numbers[name][block]))

    def _decode(self, group: int) -> dict[str, int]:
        """The level of every factor in a group."""
        levels = dict(self.fixed)
        for name, count in reversed(self.factors):
            group, levels[name] = divmod(group, count)
        return levels

    def known_numbers(self, group: int) -> list[str]:
        """Names of the columns of numbers that are known in a group that is shared."""
        levels = self._decode(group)
        return [name for name in self.table.numbers if levels.get(name, 1)]

    def decision(self, group: int) -> Decision:
        """The decision that all rows of a group share, with all constants put in.

        Raises:
            UnknownCategoryError: If its process lacks a stage that the columns name.
        """
        levels = self._decode(group)
        table, candidate = self.table, self.table.candidate
        process = table.names("process")[levels["process"]]
        stages = table.processes[process]
        named = [table.specs[name].path for name in table.constants]
        needed = [int(path[2]) for path in named if path[1] == "stages"]
        if max(levels["stage"], *needed, 0) >= len(stages):
            raise UnknownCategoryError
        decision = Decision(
            candidate=candidate,
            opportunity=Opportunity(name=process, stages=stages),
            assumptions=self.assumptions,
        )
        # Beliefs come last, because their defaults depend on priors.
        values = {
            parameter_of(spec): table.constants[spec.name]
            for spec in self._specs()
            if spec.name in table.constants and spec.path[1] != "beliefs"
        }
        decision = substitute(decision, values)
        job = evolve(
            decision.opportunity,
            beliefs=dict(self._beliefs(decision, levels)),
            position=Position(phase=_PHASES[levels["phase"]], stage=levels["stage"]),
            company=table.names("company")[levels["company"]],
            field=table.names("field")[levels["field"]],
            tags=candidate.dealbreakers if levels.get("dealbreaker") else frozenset(),
            signals=tuple(sign for sign in Sign if levels.get(f"signs.{sign}")),
            via_recruiter=bool(levels.get("via_recruiter")),
            knows_someone=bool(levels.get("knows_someone")),
            unresearched=bool(levels.get("unresearched")),
        )
        return evolve(decision, opportunity=job)

    def _beliefs(
        self, decision: Decision, levels: Mapping[str, int]
    ) -> Iterator[tuple[str, Belief]]:
        """What is believed in all rows of a group.

        Where rows bring their own mean and share all else, the mean is 0 here: the
        value functions do not depend on it.

        Args:
            decision: Of the group, with priors put in.
            levels: Of every factor in the group.
        """
        constants = self.table.constants
        for name, spec in self.table.specs.items():
            if spec.path[1:2] + spec.path[3:] != ("beliefs", "mean"):
                continue
            by_row = name in self.table.numbers
            if (self.shared and levels.get(name, 1)) if by_row else name in constants:
                aspect = str(spec.path[2])
                usual = default_belief(decision, aspect)
                sd = constants.get(f"{quoted(aspect)}.sd", usual.sd)
                yield aspect, Belief(mean=constants.get(name, 0.0), sd=sd)

    def _specs(self) -> list[ColumnSpec]:
        specs = self.table.specs.values()
        return sorted(specs, key=lambda spec: _RECORDS.index(str(spec.path[0])))

    def numbers(self, decision: Decision, rows: Rows) -> Numbers[Number]:
        """The numbers of a group that is not shared, with the columns of some rows.

        Args:
            decision: Of the group.
            rows: Which of its rows.

        Returns:
            Where a row leaves a number open, it has its default.
        """
        numbers: Numbers[Number] = Numbers(
            numbers_of(decision.candidate, decision.opportunity, decision.assumptions)
        )
        # Numbers of later records may fall back on those of earlier ones.
        for spec in self._specs():
            if spec.path[1] == "beliefs" and spec.path[-1] == "mean":
                numbers = numbers.replaced(self._belief(numbers, spec, rows))
            elif spec.path[1] != "beliefs" and spec.name in self.table.numbers:
                column = self.table.floats(spec.name, rows)
                usual = _usual(numbers, spec, decision.opportunity.stages)
                if usual is not None:
                    column = np.where(np.isnan(column), usual, column)
                    numbers = numbers.replaced({spec.name: column})
        return numbers

    def _belief(
        self, numbers: Numbers[Number], spec: ColumnSpec, rows: Rows
    ) -> dict[str, Number]:
        """The mean and sd of an aspect where a row knows it, else its wide default.

        Args:
            numbers: Of the group, with priors put in.
            spec: Of the mean.
            rows: Which rows of the group.

        Returns:
            Nothing if no column speaks of the aspect.
        """
        table, mean = self.table, spec.name
        sd = name_at((*spec.path[:-1], "sd"))
        if not {mean, sd} & table.numbers.keys():
            return {}
        usual = numbers.unknown(str(spec.path[2]))
        means: Number = table.constants.get(mean, 0.0)
        if mean in table.numbers:
            means = table.floats(mean, rows)
        sds: Number = table.constants.get(sd, np.nan)
        if sd in table.numbers:
            sds = table.floats(sd, rows)
        known = ~np.isnan(means)
        stated = known & ~np.isnan(sds)
        # A stated sd is widened when it is used; the default is wide already.
        narrow = usual.sd / numbers["overconfidence"]
        return {
            mean: np.where(known, means, usual.mean),
            sd: np.where(stated, sds, narrow),
        }

    def evidence(
        self, strength: Number, rows: Rows
    ) -> list[ReadingEvidence[Number] | ClueEvidence[Number]]:
        """What signs say that were seen in some of the rows; in the others, nothing.

        Args:
            strength: The assumption ``sign_strength``.
            rows: Which rows of a group.
        """
        evidence: list[ReadingEvidence[Number] | ClueEvidence[Number]] = []
        for sign, flag in self._signs():
            seen = flag[rows]
            for signal in sign_evidence(sign, strength):
                if isinstance(signal, ReadingEvidence):
                    noise = np.where(seen, signal.noise, np.inf)
                    news: Number = signal.unsettled
                    # Where there is no news in any row, waiting is not open in any.
                    if np.any(news):
                        news = np.where(seen, news, 0.0)
                    evidence.append(evolve(signal, noise=noise, unsettled=news))
                else:
                    factor = np.where(seen, signal.factor, 1.0)
                    evidence.append(evolve(signal, factor=factor))
        return evidence

    def _signs(self) -> Iterator[tuple[Sign, BoolArray]]:
        for sign in Sign:
            flag = self.table.flags.get(f"signs.{sign}", False)
            if not isinstance(flag, bool):
                yield sign, flag

    def unknown_aspects(self, decision: Decision, rows: Rows) -> Codes:
        """Of how many aspects nothing is known, in rows of a group that is not shared.

        Args:
            decision: Of the group.
            rows: Which of its rows.

        Returns:
            Numbers of aspects, shape ``(rows,)``.
        """
        varied = {
            str(spec.path[2]): self.table.floats(spec.name, rows)
            for spec in self.table.specs.values()
            if spec.path[1] == "priorities" and spec.name in self.table.numbers
        }
        who, job = decision.candidate, decision.opportunity
        numbers = numbers_of(who, job, decision.assumptions)
        cared = {f"priorities.{quoted(aspect)}": 1.0 for aspect in varied}
        posterior = update(structure_of(who, job), numbers.replaced(cared))
        signs = [
            (flag, signal.aspect)
            for sign, flag in self._signs()
            for signal in sign_evidence(sign, 1.0)
            if isinstance(signal, ReadingEvidence)
        ]
        count = np.zeros(size_of(rows), dtype=np.int16)
        for aspect in posterior.unknown:
            unknown = np.ones(count.size, dtype=np.bool_)
            mean = f"{quoted(aspect)}.mean"
            if mean in self.table.numbers:
                unknown &= np.isnan(self.table.floats(mean, rows))
            for flag, sign_aspect in signs:
                if aspect == sign_aspect:
                    unknown &= ~flag[rows]
            if aspect in varied:
                unknown &= varied[aspect] != 0.0
            count += unknown
        return count


def size_of(rows: Rows) -> int:
    """How many rows these are."""
    return rows.stop - rows.start if isinstance(rows, slice) else rows.size


def parameter_of(spec: ColumnSpec) -> Parameter:
    """The parameter that a column of numbers sets."""
    return Parameter(
        name=spec.name,
        value=spec.low,
        low=spec.low,
        high=spec.high,
        scale=1.0,
        unit=spec.unit,
        path=spec.path,
    )


def _usual(
    numbers: Numbers[Number], spec: ColumnSpec, stages: Sequence[Stage]
) -> Number | None:
    """What stands in for a number that a row leaves open.

    Args:
        numbers: Of the group.
        spec: Of the number.
        stages: Of the process.

    Returns:
        None if the process has no such stage.
    """
    record, field_, *rest = spec.path
    if field_ != "stages":
        return numbers[str(field_)] if record == "opportunity" else 0.0
    number, name = int(rest[0]), str(rest[1])
    if number >= len(stages):
        return None
    kind = stages[number].kind
    if name == "reveals":
        return numbers.reveals(number, kind, str(rest[2]))
    if name == "reshape_gain":
        return numbers.get(spec.name, numbers["reshape_gain"])
    return numbers.stage(number, kind, name)
