"""A decision whose numbers are moved by sliders: from their state to the answer.

No toolkit of widgets is needed: the views for notebooks hand over what the sliders say,
and show what comes back.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import date
from math import floor, log10
from typing import TypeAlias

from attrs import frozen

from interviewfit import (
    Assessment,
    InvalidFieldError,
    Opportunity,
    assess,
)
from interviewfit._model.decision import Decision
from interviewfit._model.news_beside import without_rivals
from interviewfit._model.parameters import spec_at
from interviewfit._process.parameters import Parameter, list_inputs, substitute
from interviewfit._text.labels import label
from interviewfit.extra.explore._opening import Explorable, opened
from interviewfit.sensitivity._sweeps import allowed_range
from interviewfit.weightings import (
    Acceptability,
    Certificate,
    acceptability,
    certify,
)

Limits: TypeAlias = dict[str, tuple[float, float]]
"""From which weight to which, by name."""

GROUPS = (
    "What you care about",
    "What interviews bring and cost",
    "What you believe of the job",
    "Hours",
    "Chances to pass",
    "What you have otherwise",
)
"""Headings of the sliders, in order."""

# Steps that a slider may have, times a power of ten, and about how many it has.
_NICE, _STEPS = (1.0, 2.0, 5.0, 10.0), 60
_MOST_HOURS = 8.0
_WIDEST = 3.0
# Limits of the certificate, times the present weighting, and the aspects if none is
# stated.
_LIMITS, _USUAL = (0.5, 2.0), ("pay", "role")
# Standard error of a share, alone and beside others.
_ERROR, _ERROR_BESIDE = 0.01, 0.02
_ROUNDING = 1e-9


@frozen(kw_only=True)
class Control:
    """One slider: the number that it moves, and how far.

    Attributes:
        name: Of the number (``list_inputs``).
        label: What the number is, in words.
        group: The heading that it stands under.
        low, high: The ends, in the unit of the number.
        step: From one position to the next; *value* is a position.
        value: The number as it was stated, or its default.
        unit: Of the number.
    """

    name: str
    label: str
    group: str
    low: float
    high: float
    step: float
    value: float
    unit: str


class Explorer:
    """A decision whose numbers are moved; every answer is that of ``assess``.

    Attributes:
        names: The opportunities that can be chosen.
        name: The one that is explored.
        controls: Its sliders, group by group.
        is_alone: Whether it is judged beside no other, so that reasons take no time.

    >>> from interviewfit import Candidate, Opportunity, corporate
    >>> explorer = Explorer(Opportunity(name="Acme", stages=corporate()))
    >>> explorer.answer({}).action.value
    'take'
    >>> explorer.answer({"weights.time": 5.0}).action.value
    'decline'
    """

    def __init__(
        self,
        found: Explorable,
        *,
        name: str = "",
        today: date | None = None,
    ) -> None:
        """Take what is explored.

        Args:
            found: What ``assess`` returned; an opportunity; a search; or a file of it.
            name: The opportunity of a search; its first one if empty.
            today: The present day; that of the clock if a search is read. Needed only
                where something must be answered by a date.

        Raises:
            InvalidFieldError: If there is nothing of the kind, or no such opportunity.
            DecodeError: If the file cannot be read, or is no search.
        """
        self._decisions, self._today = opened(found, today)
        self._found = found if isinstance(found, Assessment) else None
        self.names: tuple[str, ...] = tuple(self._decisions)
        self._choose(name or self.names[0])

    def _choose(self, name: str) -> None:
        """Make the sliders of an opportunity."""
        if name not in self.names:
            expected = f"one of {', '.join(self.names)}"
            raise InvalidFieldError("explore(name)", expected, name)
        self.name: str = name
        self._decision = self._decisions[name]
        self._parameters = {entry.name: entry for entry in list_inputs(self._decision)}
        self.controls: tuple[Control, ...] = tuple(
            _controls(self._decision, self._parameters.values())
        )
        self.is_alone: bool = not self._others(self._decision)
        self._latest: dict[bool, tuple[dict[Parameter, float], Assessment]] = {}

    def chosen(self, name: str) -> "Explorer":
        """The same for another opportunity of the search.

        Raises:
            InvalidFieldError: If there is none of this name.
        """
        other = copy(self)
        other._choose(name)  # noqa: SLF001  # a copy of this very class
        return other

    def answer(self, values: Mapping[str, float]) -> Assessment:
        """The answer where sliders stand at some values.

        Args:
            values: By name; a slider that is left out stands where it stood.

        Raises:
            InvalidFieldError: If there is no such number, or it cannot have the value.
        """
        return self._answered(values, alone=False)

    def certificate(
        self, values: Mapping[str, float], *, alone: bool = False
    ) -> Certificate:
        """Whether the advice holds from half to twice the weighting of the sliders.

        Beside others nothing is proved, but a weighting that turns it is looked for.

        Args:
            values: By name, as in ``answer``.
            alone: Whether to leave out the processes beside it, which is quicker.

        Raises:
            InvalidFieldError: If a value cannot be, or weightings play no role.
        """
        answer = self._answered(values, alone=alone)
        priorities, weights = _box_around(answer.decision)
        return certify(answer, priorities=priorities, weights=weights)

    def acceptability(
        self, values: Mapping[str, float], *, alone: bool = False
    ) -> Acceptability:
        """The share of weightings for each action, from half to twice the sliders'.

        Args:
            values: By name, as in ``answer``.
            alone: Whether to leave out the processes beside it, which is quicker.

        Raises:
            InvalidFieldError: If a value cannot be, or weightings play no role.
        """
        answer = self._answered(values, alone=alone)
        priorities, weights = _box_around(answer.decision)
        # Beside others each weighting takes much longer.
        error = _ERROR if alone or self.is_alone else _ERROR_BESIDE
        return acceptability(
            answer, priorities=priorities, weights=weights, error=error
        )

    def _answered(self, values: Mapping[str, float], *, alone: bool) -> Assessment:
        """The answer where sliders stand, kept until they are moved.

        Args:
            values: By name, as in ``answer``.
            alone: Whether to leave out the processes beside it.
        """
        changed, alone = self._changed(values), alone and not self.is_alone
        if not changed and not alone and self._found is not None:
            return self._found
        before, answer = self._latest.get(alone, (None, None))
        if answer is None or before != changed:
            moved = substitute(self._decision, changed)
            if alone:
                moved = without_rivals(moved)
            answer = self._assess(moved, self._others(moved))
            self._latest[alone] = changed, answer
        return answer

    def _changed(self, values: Mapping[str, float]) -> dict[Parameter, float]:
        """The numbers that differ from what was stated.

        Args:
            values: By name.
        """
        for name in values:
            if name not in self._parameters:
                known = ", ".join(control.name for control in self.controls)
                raise InvalidFieldError("explore(values)", f"one of {known}", name)
        return {
            self._parameters[name]: float(value)
            for name, value in values.items()
            if value != self._parameters[name].value
        }

    def _others(self, decision: Decision) -> list[Opportunity]:
        """The processes beside the one that is explored."""
        own = self._decision.opportunity
        return [job for job in decision.beside if job != own]

    def _assess(self, decision: Decision, beside: Sequence[Opportunity]) -> Assessment:
        """The answer to a decision.

        Args:
            decision: Who decides on what.
            beside: The processes that it is judged beside.
        """
        return assess(
            decision.candidate,
            decision.opportunity,
            assumptions=decision.assumptions,
            beside=beside,
            today=self._today,
        )


def _box_around(decision: Decision) -> tuple[Limits, Limits]:
    """Limits of the priorities that are stated, and of the weight of time."""
    who, job = decision.candidate, decision.opportunity
    stated = dict.fromkeys([*job.beliefs, *who.priorities]) or _USUAL
    priorities = {name: _limits(who.priorities.get(name, 1.0)) for name in stated}
    return priorities, {"time": _limits(who.weights.time)}


def _limits(value: float) -> tuple[float, float]:
    """Half and twice a weight; up to 1 if it counts for nothing."""
    return (_LIMITS[0] * value, _LIMITS[1] * value) if value else (0.0, 1.0)


def _controls(decision: Decision, parameters: Iterable[Parameter]) -> Iterator[Control]:
    """Yield the sliders of a decision, group by group.

    Args:
        decision: As it was stated.
        parameters: Its numbers.
    """
    controls = []
    for parameter in parameters:
        if group := _group(parameter):
            low, high = _ends(decision, parameter)
            step = _step(high - low)
            value = parameter.value
            below = floor((value - low) / step + _ROUNDING)
            above = floor((high - value) / step + _ROUNDING)
            controls.append(
                Control(
                    name=parameter.name,
                    label=label(parameter, decision).removeprefix("the weight of "),
                    group=group,
                    low=round(value - below * step, 10) + 0.0,
                    high=round(value + above * step, 10),
                    step=step,
                    value=value,
                    unit=parameter.unit,
                )
            )
    yield from sorted(controls, key=lambda control: GROUPS.index(control.group))


def _group(parameter: Parameter) -> str:
    """The heading that a number stands under; empty if it has no slider."""
    path, last = parameter.path, str(parameter.name).rpartition(".")[2]
    care, brings, believe, hours, passing, otherwise = GROUPS
    if path[:2] == ("candidate", "priorities"):
        return care
    if path[:2] == ("candidate", "weights"):
        return brings
    if path[:2] == ("opportunity", "beliefs"):
        return believe
    if path == ("candidate", "fallback"):
        return otherwise
    return {"hours": hours, "preparation": hours, "pass_rate": passing}.get(last, "")


def _ends(decision: Decision, parameter: Parameter) -> tuple[float, float]:
    """How far a slider goes: further than the plausible range where that is narrow.

    Args:
        decision: Its own checks say what is allowed.
        parameter: The number.
    """
    low, high = allowed_range(decision, parameter)
    value, most = parameter.value, spec_at(parameter.path).high
    if parameter.unit == "h":
        return 0.0, min(max(_MOST_HOURS, 2.0 * value), most)
    if parameter.unit == "chance":
        return 0.0, 1.0
    if parameter.unit == "factor":
        return 0.0, min(max(_WIDEST, 2.0 * value), most)
    return low, high


def _step(width: float) -> float:
    """A round number that a width holds about sixty times."""
    size = max(width, 1e-9) / _STEPS
    power = 10.0 ** floor(log10(size))
    return min(
        (nice * power for nice in _NICE), key=lambda step: abs(log10(step / size))
    )
