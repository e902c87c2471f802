"""Rows with the same structure belong to one group.

A group is told by the process and where it stands, by flags, and, where the rows of a
group are to share one solution, also by which signs were seen and which aspects are
known. Each of these is a *factor* with a small number of levels. The id of a group is
the number whose digits are the levels, in mixed radix, so that rows are grouped by
sorting small integers. All else in which rows differ are numbers.
"""

from collections.abc import Iterator, Mapping
from math import prod

import numpy as np
from attrs import evolve, field, frozen

from interviewfit._model.domain import Opportunity
from interviewfit._model.numbers import Numbers
from interviewfit._model.parameters import quoted
from interviewfit._model.priors import Assumptions
from interviewfit._model.stages import Position
from interviewfit._model.vocabulary import Phase, Sign
from interviewfit._numeric.arrays import BoolArray, Number, is_zero
from interviewfit._process.signals import (
    ClueEvidence,
    ReadingEvidence,
    evidence_of,
    sign_evidence,
)
from interviewfit._process.structure import Structure, numbers_of, structure_of
from interviewfit.columns._columns import Columns, Rows, UnknownCategoryError, row_count
from interviewfit.columns._factorize import Codes
from interviewfit.columns._specs import CATEGORIES, FLAGS, ColumnSpec

__all__ = ["Groups"]

_PHASES = tuple(Phase)


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
        if name in self.table.numbers:
            return np.asarray(~np.isnan(self.table.numbers[name][block]))
        return np.asarray(self.table.flags[name])[block]

    def _decode(self, group: int) -> dict[str, int]:
        """The level of every factor in a group."""
        levels = dict(self.fixed)
        for name, count in reversed(self.factors):
            group, levels[name] = divmod(group, count)
        return levels

    def known_columns(self, group: int) -> list[ColumnSpec]:
        """The columns that may be known in a group, priors first and means last."""
        levels, specs = self._decode(group), self.table.specs
        known = [specs[name] for name in self.table.numbers if levels.get(name, 1)]
        # Defaults depend on priors, and where a mean is unknown its sd is replaced.
        return sorted(
            known,
            key=lambda spec: (spec.path[0] != "assumptions", spec.path[-1] == "mean"),
        )

    def decision(self, group: int) -> tuple[Structure, Numbers[Number]]:
        """What all rows of a group have in common: their structure and equal numbers.

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
        job = Opportunity(
            name=process,
            stages=stages,
            position=Position(phase=_PHASES[levels["phase"]], stage=levels["stage"]),
            company=table.names("company")[levels["company"]],
            field=table.names("field")[levels["field"]],
            tags=candidate.dealbreakers if levels.get("dealbreaker") else (),
            signals=[sign for sign in Sign if levels.get(f"signs.{sign}")],
            via_recruiter=bool(levels.get("via_recruiter")),
            knows_someone=bool(levels.get("knows_someone")),
            unresearched=bool(levels.get("unresearched")),
        )
        stated = numbers_of(candidate, job, self.assumptions)
        numbers: Numbers[Number] = Numbers(stated)
        return structure_of(candidate, job), numbers.replaced(table.constants)

    def with_columns(
        self, group: int, structure: Structure, numbers: Numbers[Number], rows: Rows
    ) -> Numbers[Number]:
        """The numbers of some rows of a group.

        A number that is not known in a row is its default there: that of the template
        or of the kind of the stage, the prior, or the wide belief of an unknown aspect.

        Args:
            group: Its id.
            structure: Of the group.
            numbers: That all its rows have in common.
            rows: Which of its rows.

        Returns:
            Numbers by name, those of columns as floats of shape ``(rows,)``.
        """
        for spec in self.known_columns(group):
            column: Number = self.table.floats(spec.name, rows)
            width = f"{spec.name.removesuffix('.mean')}.sd"
            if spec.optional and not self.shared:
                default = _default(structure, numbers, spec)
                if default is None:
                    continue
                unknown = np.isnan(column)
                column = np.where(unknown, default, column)
                if spec.path[-1] == "mean":
                    # Where nothing is known of an aspect, no sd counts as stated.
                    wide = _wide_sd(numbers, str(spec.path[2]))
                    sd = np.where(unknown, wide, numbers.get(width, wide))
                    numbers = numbers.replaced({width: sd})
            numbers = numbers.replaced({spec.name: column})
        return numbers

    def evidence(
        self, numbers: Numbers[Number], rows: Rows
    ) -> Iterator[ReadingEvidence[Number] | ClueEvidence[Number]]:
        """What signs say in the rows in which they were seen; in the others nothing.

        Args:
            numbers: Of these rows.
            rows: Which rows.
        """
        for sign, flag in self._signs():
            seen = flag[rows]
            for evidence in sign_evidence(sign, numbers["sign_strength"]):
                if isinstance(evidence, ClueEvidence):
                    yield evolve(evidence, factor=np.where(seen, evidence.factor, 1.0))
                    continue
                news = evidence.unsettled
                yield evolve(
                    evidence,
                    noise=np.where(seen, evidence.noise, np.inf),
                    # Where there is no news in any row, waiting is not open in any.
                    unsettled=news if is_zero(news) else np.where(seen, news, 0.0),
                )

    def _signs(self) -> Iterator[tuple[Sign, BoolArray]]:
        """Signs that are not the same in all rows of a group, with their flags."""
        for sign in Sign:
            flag = self.table.flags.get(f"signs.{sign}", False)
            if not (self.shared or isinstance(flag, bool)):
                yield sign, flag

    def unknown_aspects(
        self, structure: Structure, numbers: Numbers[Number], rows: Rows
    ) -> Codes:
        """Of how many aspects nothing is known, in rows of a group.

        Args:
            structure: Of the group.
            numbers: Of these rows.
            rows: Which of its rows.

        Returns:
            Numbers of aspects with a priority above 0, shape ``(rows,)``.
        """
        signals = [(np.asarray(True), evidence_of(structure.signals, numbers))]
        signals += [
            (flag[rows], sign_evidence(sign, 1.0)) for sign, flag in self._signs()
        ]
        readings = [
            (seen, evidence.aspect)
            for seen, signal in signals
            for evidence in signal
            if isinstance(evidence, ReadingEvidence)
        ]
        count = np.zeros(row_count(rows), dtype=np.int16)
        for aspect in structure.aspects:
            unknown = np.not_equal(numbers.priority(aspect), 0.0) & np.ones_like(
                count, bool
            )
            mean = f"{quoted(aspect)}.mean"
            if mean in self.table.numbers:
                unknown &= np.isnan(self.table.numbers[mean][rows])
            elif mean in numbers:
                continue
            for seen, subject in readings:
                if subject == aspect:
                    unknown &= ~seen
            count += unknown
        return count


def _default(
    structure: Structure, numbers: Numbers[Number], spec: ColumnSpec
) -> Number | None:
    """What stands in for a number that is not known in a row.

    Args:
        structure: Of the group.
        numbers: Of the group, without the number itself.
        spec: Of the column.

    Returns:
        The number in the unit of the column, a float or a column; None if the process
        has no such stage.
    """
    default: Number | None = None
    match spec.path:
        case (_, "beliefs", str(aspect), "mean"):
            default = numbers.unknown(aspect).mean
        case (_, "beliefs", str(aspect), _):
            default = _wide_sd(numbers, aspect)
        case (_, "stages", int(number), *names) if number < len(structure.stages):
            kind, name = structure.stages[number].kind, str(names[-1])
            if len(names) > 1:
                default = numbers.reveals(number, kind, name)
            elif name == "reshape_gain":
                default = numbers.get(spec.name, numbers[name])
            else:
                default = numbers.stage(number, kind, name)
        case (_, str(name)):
            default = numbers[name]
    return default


def _wide_sd(numbers: Numbers[Number], aspect: str) -> Number:
    """The sd of an unknown aspect as somebody would state it, percent of pay.

    Args:
        numbers: Of the rows.
        aspect: Any.
    """
    return numbers.unknown(aspect).sd / numbers["overconfidence"]
