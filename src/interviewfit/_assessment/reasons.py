"""What each thing that was said does to an answer: the lead with it and without it.

With v(a) the value of action a, the *lead* of the advised action a* is

    lead = v(a*) - max(v(a) for all other actions a)

For each thing said the decision is compiled and evaluated again with that thing unsaid.
Its effect is the lead as it is minus the lead then. An action that is not open then, as
waiting for news where there is none, leads by 0. In mid-interview what comes after it
counts as well: to finish and then withdraw leads by as much as withdrawing then beats
going on, as things stand. After the last stage that is the chance of an offer times
what is lost by accepting it, which may be very much, so that to finish leads by no more
than it beats walking out. An action that only dates open, such as asking for time,
leads by 0 and is decided by nothing that was said alone. Where a process stands is
compared with its start.

The lead with everything said minus the lead with nothing said, at the same position, is
the sum of the effects and a remainder: what the things said do together and not apart.
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from itertools import chain
from math import inf, isfinite
from typing import TypeAlias, TypeVar

from attrs import frozen

from interviewfit._assessment.afterwards import lead_afterwards
from interviewfit._assessment.evaluation import Evaluation, evaluate
from interviewfit._assessment.problems import compile_problem
from interviewfit._assessment.statements import POSITION, path_name, said, without
from interviewfit._model.decision import Decision
from interviewfit._model.parameters import Path, quoted
from interviewfit._model.units import PercentOfPay, Worth
from interviewfit._model.vocabulary import ASPECTS, Action, Event, Phase
from interviewfit._results.assessment import LEAVING
from interviewfit._results.reasons import Reason, Reasons
from interviewfit._text.statements import statement, summary

T = TypeVar("T")

Changed: TypeAlias = tuple[Decision, Sequence[Path]]
"""A decision, and what is unsaid in it."""

_GOING = frozenset({Action.TAKE, Action.CONTINUE, Action.ACCEPT_OFFER})
# As many things are assessed one by one; of more, those of one kind together.
_MOST_APART = 60
_SUBJECTS = frozenset({*ASPECTS, *Event})
# As many things as are looked through for some that decide together.
_MOST_TOGETHER = 6
# Effects below it, in hours, are rounding, and so are differences of this share.
_NOTHING, _TIE = 1e-9, 1e-12


@frozen(eq=False)
class Standing:
    """How the actions stand in a decision.

    Attributes:
        action: The advice.
        values: Value of each alternative, hours; staying in mid-interview is
            *continue*, and any way of leaving or going on is called as it is here.
        afterwards: In mid-interview, by how much going on after it beats withdrawing as
            things stand, hours; infinite elsewhere.
        is_last: Whether an offer comes after it and no other stage.
        fit: Mean of the surplus, percent of pay.
    """

    action: Action
    values: Mapping[Action, Worth]
    afterwards: Worth
    is_last: bool
    fit: PercentOfPay

    def lead(self, advised: Action) -> Worth:
        """The value of an action minus that of the best other one, hours.

        Args:
            advised: The action, which may be called after another position.
        """
        kind = self._alternative(advised)
        if kind not in self.values:
            return 0.0
        others = [value for action, value in self.values.items() if action is not kind]
        margin = self.values[kind] - max(others) if others else 0.0
        midway = isfinite(self.afterwards) and self.afterwards != 0.0
        if midway and advised is Action.FINISH_POLITELY:
            return min(margin, -self.afterwards) if self.is_last else -self.afterwards
        if midway and advised in _GOING:
            return min(margin, self.afterwards)
        return margin

    def has(self, advised: Action) -> bool:
        """Whether an action is one of those here; what only dates open is not.

        Args:
            advised: The action.
        """
        return self._alternative(advised) in self.values

    def advice(self, advised: Action) -> Action:
        """The advice; it stays if another action is better by no more than rounding.

        Args:
            advised: The action that was advised before.
        """
        before, now = self._alternative(advised), self._alternative(self.action)
        if before not in self.values or now not in self.values:
            return self.action
        gap = self.values[now] - self.values[before]
        if gap == 0.0 and self.action is Action.ACCEPT_OFFER:
            # An offer that is worth no less than nothing is accepted: no rounding.
            return self.action
        if before is now and isfinite(self.afterwards):
            # Staying goes by either of two names.
            gap = abs(self.afterwards)
        tie = _TIE * max(1.0, *map(abs, self.values.values()))
        return advised if 0.0 <= gap <= tie else self.action

    def _alternative(self, advised: Action) -> Action:
        """The alternative that an action is here, whatever it is called elsewhere."""
        kind = advised
        if advised is Action.FINISH_POLITELY:
            midway = isfinite(self.afterwards)
            kind = Action.CONTINUE if midway else Action.WITHDRAW_POLITELY
        for family in (_GOING, LEAVING):
            if kind in family:
                kind = next(iter(family & self.values.keys()), kind)
        return kind

    def pull(self, advised: Action) -> Worth:
        """By how much going on beats leaving, or the other way round, hours.

        Args:
            advised: The action; to finish politely is a way of leaving.
        """
        going = sum(self.values.get(action, 0.0) for action in _GOING)
        leaving = sum(self.values.get(action, 0.0) for action in LEAVING)
        if isfinite(self.afterwards) and advised is Action.FINISH_POLITELY:
            return -self.afterwards if self.afterwards else self.lead(advised)
        if advised in LEAVING or advised is Action.FINISH_POLITELY:
            return leaving - going
        return going - leaving if advised in _GOING else self.lead(advised)


_Inquiry: TypeAlias = Generator[Sequence[Sequence[Path]], Sequence[Standing], T]


def reasons_of(decision: Decision, action: Action) -> Reasons:
    """What each thing that was said does to the answer, the largest effect first.

    Args:
        decision: As it was stated, with nothing beside it (``reasons_beside``).
        action: That was advised.
    """
    return reasons_in_rounds([(decision, action)], _standings_alone)[0]


def _standings_alone(changed: Sequence[Changed]) -> list[Standing]:
    """How the actions of decisions alone stand without some things.

    Args:
        changed: Each decision, and what is unsaid.
    """
    return [
        standing_of(evaluate(compile_problem(without(decision, paths))))
        for decision, paths in changed
    ]


def reasons_in_rounds(
    answers: Sequence[tuple[Decision, Action]],
    standings_of: Callable[[Sequence[Changed]], Sequence[Standing]],
) -> list[Reasons]:
    """The reasons of some answers; what each asks for next is worked out at once.

    First each asks for its decision without every thing that was said, and then, where
    none of these decides alone, without two of them and more.

    Args:
        answers: Each decision, and what was advised.
        standings_of: Returns how the actions stand in decisions without some things, in
            their order.
    """
    inquiries = [_inquire(decision, action) for decision, action in answers]
    reasons: dict[int, Reasons] = {}
    wanted = {number: next(inquiry) for number, inquiry in enumerate(inquiries)}
    while wanted:
        changed = [
            (answers[number][0], paths)
            for number, unsaid in wanted.items()
            for paths in unsaid
        ]
        standings = iter(standings_of(changed))
        following: dict[int, Sequence[Sequence[Path]]] = {}
        for number, unsaid in wanted.items():
            of_answer = [next(standings) for _ in unsaid]
            try:
                following[number] = inquiries[number].send(of_answer)
            except StopIteration as end:
                reasons[number] = end.value
        wanted = following
    return [reasons[number] for number in range(len(answers))]


def _inquire(decision: Decision, action: Action) -> _Inquiry[Reasons]:
    """The reasons of an answer, worked out from standings that it asks for.

    Args:
        decision, action: As ``reasons_of`` takes them.

    Yields:
        What is unsaid in each standing.
    """
    things = _grouped(decision, list(said(decision)))
    position = path_name(POSITION)
    everything = list(
        chain.from_iterable(things[name] for name in things.keys() - {position})
    )
    now, nothing, *changed = yield [[], everything, *things.values()]
    lead = now.lead(action)
    reasons: list[Reason] = []
    pull: dict[str, Worth] = {}
    for (name, paths), then in zip(things.items(), changed, strict=True):
        moved = paths == [POSITION]
        advice = then.action if moved else then.advice(action)
        if not now.has(action):
            advice = action
        reasons.append(
            Reason(
                name=name,
                what=_words(decision, name, paths),
                effect_hours=lead - then.lead(action),
                effect_percent=now.fit - then.fit,
                action_without=advice,
                turns=_sense(advice) is not _sense(action),
            )
        )
        pull[name] = now.pull(action) - then.pull(action)
    reasons.sort(key=lambda reason: -abs(reason.effect_hours))
    opinions = [reason for reason in reasons if reason.name != position]
    turning = [reason.name for reason in opinions if reason.turns]
    # Better a thing that speaks for the action than one that speaks against another.
    decisive = [name for name in turning if pull[name] > 0.0] or turning
    unsaid = nothing.advice(action)
    if not decisive and now.has(action):
        decisive = yield from _together(action, opinions, things)
        if not decisive and unsaid is not action:
            decisive = [item.name for item in opinions]
    return Reasons(
        items=tuple(reasons),
        margin=lead,
        margin_unsaid=nothing.lead(action),
        action_unsaid=unsaid,
        decisive=tuple(decisive),
    )


def _words(decision: Decision, name: str, paths: Sequence[Path]) -> str:
    """A thing said, or some of one kind, in words that follow "because".

    Args:
        decision, name: As it was stated, and the name of the thing.
        paths: Where it stands, or where they stand.
    """
    if len(paths) == 1:
        return statement(decision, paths[0])
    field, _, subject = name.partition(".")
    return summary(field, subject, len(paths))


def _grouped(decision: Decision, paths: Sequence[Path]) -> dict[str, list[Path]]:
    """The things said, by name; of very many those of one kind are one thing.

    Args:
        decision: As it was stated.
        paths: Where everything stands that was said.
    """
    if len(paths) <= _MOST_APART:
        return {path_name(path): [path] for path in paths}
    groups: dict[str, list[Path]] = {}
    for path in paths:
        if path[0] == "beside":
            groups.setdefault(path_name(path[:1] + path[2:3]), []).append(path)
            continue
        name = str(path[1])
        if name in ("signals", "learned"):
            signal = getattr(getattr(decision, str(path[0])), name)[path[2]]
            subject = getattr(signal, "aspect", "") or getattr(signal, "event", "")
            name = f"{name}.{quoted(subject)}" if subject in _SUBJECTS else name
        groups.setdefault(name, []).append(path)
    return {
        path_name(group[0]) if len(group) == 1 else name: group
        for name, group in groups.items()
    }


def _together(
    action: Action, reasons: Sequence[Reason], things: Mapping[str, Sequence[Path]]
) -> _Inquiry[list[str]]:
    """A few things that speak for an action and decide together, though none alone.

    Args:
        action: What was advised.
        reasons: The largest effect first; none turns the advice alone.
        things: Where each stands in the decision, by its name.

    Yields:
        As ``_inquire``.

    Returns:
        Names, none of which could be missing; empty if few do not decide.
    """

    def turn(names: Sequence[str]) -> _Inquiry[bool]:
        paths = chain.from_iterable(things[name] for name in names)
        (then,) = yield [list(paths)]
        return then.advice(action) is not action

    # Of a sign that was told twice, neither alone has an effect.
    names = [item.name for item in reasons if item.effect_hours > -_NOTHING]
    for count in range(2, min(len(names), _MOST_TOGETHER) + 1):
        chosen = names[:count]
        if (yield from turn(chosen)):
            for name in names[:count]:
                fewer = [other for other in chosen if other != name]
                if (yield from turn(fewer)):
                    chosen = fewer
            return chosen
    return []


def standing_of(evaluation: Evaluation[float]) -> Standing:
    """How the actions of a decision stand.

    Args:
        evaluation: Of the decision as it was stated, or without some things.
    """
    problem, ranking = evaluation.problem, evaluation.ranking
    steps, afterwards = problem.process.steps, inf
    if problem.structure.phase is Phase.MIDWAY:
        afterwards = lead_afterwards(problem, 1).item()
        # Whoever is sure to be refused stays or not; to go on means no more than that.
        if not steps[1:] or steps[0].survive == 0.0:
            afterwards *= float(steps[0].survive)
    values = zip(ranking.actions, ranking.values[:, 0].tolist(), strict=True)
    return Standing(
        action=ranking.best[0],
        values=dict(values),
        afterwards=afterwards,
        is_last=isfinite(afterwards) and not steps[1:],
        fit=problem.process.mean,
    )


def _sense(action: Action) -> Action:
    """An action by the name it has before a first stage."""
    if action in _GOING:
        return Action.TAKE
    return Action.DECLINE if action in LEAVING else action
