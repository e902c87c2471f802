"""Holds the library to what it answered before it moved into its present layout.

``data/baseline.json.gz`` holds cases and the answers of commit ``ed16f56`` to them.
Each case is worked out anew and compared, number by number, to a billionth of what is
at stake; draws and simulated searches agree one by one. Prose is not compared, because
other tests hold it. Adapters, above ``ANSWERS``, name whatever the library names, so
that a name that changes is changed in one place.

At first the recorded answers differed from those of ``ed16f56`` in five respects, each
on purpose:

* a plan names the action that ``assess`` advises (*investigate*, *postpone*), where it
  said *take* or *continue* and "see first whether to wait";
* plans are held to what was answered without the joint solution of two processes, which
  left the package;
* ``tornados[1]``, ``[2]`` and ``[9]``: the old code evaluated rows beside other
  processes in another way than ``assess`` (an aspect of one job became an unknown
  aspect of its rivals), and was wrong by up to 5 %; today there is one evaluator;
* ``logs``: the posterior of a pass rate takes how long answers last and how many
  refusals are never sent as unknown, and a process may have ended by neither side;
* ``decisions[139]``: a standard deviation of 0.001 h, the root of a difference of two
  squares that cancel.

All answers were recorded anew once, after these changes, each of which is meant to
move them: rounds behind have narrowed what nobody spoke of; a stated sd is never less
certain than silence, and a stated reading takes the place of a default; the team has
an aspect beside the company's culture; signs point one way and have new strengths; an
offer may be asked about, and silence turns none down; a reshaped job is a fact that a
stage tells; contacts, recruiters and referrals count by person and by reach; stated
chances are drawn in ``robustness``. And once more, when news of a bad sign became an
event that happens or not, a good sign no longer narrowed a belief, and another role at
the firm was weighed alike after a belief and a reading of the same thing, and when the
chances that processes beside an opportunity state were drawn and varied. Then when
rows beside an offer began to count what a plan can have beyond the index. Then
when the hours of a plan began to meet its budget to a billionth of an hour, not to a
millionth: three plans moved in the eighth digit. And when the hours, days and chances
of a plan became those of the order that is followed: one process after another where
nothing waits, and an interview under way that is finished once an offer is accepted.
And when what a process adds became what the search is worth more with it than without
it, where offers are then answered in another way. And when the prices of the hour at
which hours jump began to be found from the processes alone: what practice is worth
beside such a price moved in the ninth digit, in one plan.

``python tests/test_baseline.py`` records the answers of today, for a change that is
meant to move them.
"""

import gzip
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from math import inf, isfinite, isnan, nan
from pathlib import Path
from typing import Any, Literal, TypeAlias

import numpy as np
import pytest

from interviewfit import (
    Action,
    Assessment,
    Assumptions,
    Candidate,
    Opportunity,
    Plan,
    Search as Hunt,
    Stage,
    Term,
    assess,
    flips,
    loads,
    plan,
    questions,
    read_log,
    robustness,
    score,
    simulate,
)
from interviewfit.history import calibrate, estimate_pass_rates, replay, review
from interviewfit.logs import ImportedLog
from interviewfit.records import (
    Choice,
    Decision,
    HeldOffer,
    QuantileSummary,
    RankedProcess,
)
from interviewfit.sensitivity import SwitchingValue, list_inputs, sweep, tornado
from interviewfit.simulation import Outcomes
from recorded import write_anew

Record: TypeAlias = dict[str, Any]
"""What JSON calls an object."""

DATA = Path(__file__).parent / "data" / "baseline.json.gz"

TOLERANCE = 1e-9
"""How far a number may be off, as a share of what is at stake."""

COUNTS: Mapping[str, tuple[int, int]] = {
    "decisions": (300, 20),
    "plans": (60, 6),
    "scores": (10, 1),
    "inputs": (40, 10),
    "flips": (40, 4),
    "robustness": (25, 5),
    "simulations": (25, 5),
    "questions": (30, 5),
    "sweeps": (20, 10),
    "tornados": (20, 5),
    "logs": (16, 4),
}
"""Of each kind of case, how many there are and how many of them make a test."""


CONTENT: Record = {}
"""Everything that was recorded, once it is read; or that is just being recorded."""


def baseline() -> Record:
    """Everything that was recorded."""
    if not CONTENT:
        with gzip.open(DATA, mode="rt", encoding="utf-8") as stream:
            CONTENT.update(json.load(stream))
    return CONTENT


# Adapters: all that is named as the library names it.


def assumptions_of(case: Record) -> Assumptions:
    """The numbers for what a case leaves open."""
    return loads(case["assumptions"], Assumptions)


def candidate_of(case: Record) -> Candidate:
    """Who decides."""
    return loads(case["candidate"], Candidate)


def opportunities_of(texts: Iterable[str]) -> list[Opportunity]:
    """Processes from their texts."""
    return [loads(text, Opportunity) for text in texts]


def assessed(case: Record) -> Assessment:
    """The answer to one decision."""
    return assess(
        candidate_of(case),
        loads(case["opportunity"], Opportunity),
        assumptions=assumptions_of(case),
        beside=opportunities_of(case["beside"]),
    )


@cache
def recorded_assessment(number: int) -> Assessment:
    """The answer to one of the recorded decisions, worked out now."""
    return assessed(baseline()["decisions"][number]["case"])


def planned(case: Record) -> Plan:
    """A plan for several processes."""
    return plan(
        candidate_of(case),
        opportunities_of(case["opportunities"]),
        assumptions=assumptions_of(case),
        budget=case["budget"],
        slots=case["slots"],
        recall=case["recall"],
    )


def decision_of(assessment: Assessment) -> Decision:
    """What an answer was worked out from."""
    return assessment.decision


def terms_in_full(terms: Mapping[Term, float]) -> Record:
    """Every term, also those left out for being 0."""
    return {term.value: terms.get(term, 0.0) for term in Term}


def take_apart_choice(choice: Choice) -> Record:
    """One open action, as plain values."""
    return {
        "worth": choice.value,
        "terms": terms_in_full(choice.terms),
        "sd": choice.sd_hours,
        "accept": choice.accept_probability,
        "hours": choice.hours,
        "days": choice.days,
        "reach": [[title, chance] for title, chance in choice.reach],
    }


def take_apart_assessment(assessment: Assessment) -> Record:
    """The answer to one decision, as plain values."""
    return {
        "opportunity": assessment.opportunity,
        "phase": assessment.phase.value,
        "stage": assessment.stage,
        "action": assessment.action.value,
        "choices": {
            choice.action.value: take_apart_choice(choice)
            for choice in assessment.choices
        },
        "best": assessment.choices[0].action.value,
        "talked about": assessment.displayed_choice.action.value,
        "value": assessment.value,
        "margin": assessment.margin,
        "mean": assessment.mean,
        "sd": assessment.sd,
        "thresholds": [
            [threshold.stage, threshold.phase.value, threshold.fit]
            for threshold in assessment.thresholds
        ],
        "information": assessment.information_value,
        "hard stops": list(assessment.hard_stops),
        "unknown": list(assessment.unknown),
        "alone": assessment.action_without_side_values.value,
        "carried by": list(assessment.decisive_priors),
        "knows someone": assessment.knows_someone,
        "others": assessment.rival_count,
        "rest": assessment.rivals_value,
    }


def take_apart_prospect(prospect: RankedProcess) -> Record:
    """One process of a plan, as plain values."""
    return {
        "action": prospect.action.value,
        "phase": prospect.phase.value,
        "stage": prospect.stage,
        "index": prospect.index,
        "worth": prospect.marginal_value,
        "alone": prospect.standalone_value,
        "terms": terms_in_full(prospect.terms),
        "share": prospect.accept_probability,
        "begun": prospect.start_probability,
        "hours": prospect.hours,
        "days": prospect.days,
        "practice": prospect.practice_value,
        "dealbreakers": list(prospect.dealbreakers),
        "detour": prospect.has_side_option,
    }


def take_apart_offer(offer: HeldOffer) -> Record:
    """One offer on the table, as plain values."""
    return {
        "action": offer.action.value,
        "surplus": offer.surplus_hours,
        "accept": offer.accept_value,
        "wait": offer.wait_value,
        "let go": offer.decline_value,
        "dealbreakers": list(offer.dealbreakers),
    }


def take_apart_plan(answer: Plan) -> Record:
    """A plan, as plain values."""
    return {
        "order": [prospect.name for prospect in answer.ranked],
        "left": [prospect.name for prospect in answer.to_leave],
        "prospects": {
            prospect.name: take_apart_prospect(prospect)
            for prospect in (*answer.ranked, *answer.to_leave)
        },
        "offers": {offer.name: take_apart_offer(offer) for offer in answer.offers},
        "value": answer.value,
        "percent": answer.hours_per_percent,
        "stop at": answer.reservation_value,
        "invitation": answer.invitation_value,
        "hours": answer.hours,
        "days": answer.days,
        "weeks": answer.weeks,
        "schedule first": list(answer.practice_first),
        "budget": answer.budget,
        "hour": answer.hour_value,
        "hour a week": answer.weekly_hour_value,
        "certainty": answer.guarantee.certainty.value,
        "gap": answer.guarantee.gap,
        "reasons": len(answer.guarantee.reasons),
        "slots": answer.slots,
        "recall": answer.recall,
    }


def take_apart_spread(spread: QuantileSummary) -> Record:
    """How widely a number is spread, as plain values."""
    return {
        "mean": spread.mean,
        "error": spread.error,
        "sd": spread.sd,
        "low": spread.low,
        "lower": spread.lower,
        "median": spread.median,
        "upper": spread.upper,
        "high": spread.high,
    }


def answer_decision(case: Record) -> Record:
    """What to do about one process."""
    return take_apart_assessment(assessed(case))


def answer_plan(case: Record) -> Record:
    """A plan, no two processes being solved together."""
    return take_apart_plan(planned(case))


def baseline_plan(case: Record) -> Record:
    """The plan that a case refers to."""
    content: Record = baseline()["plans"][case["plan"]]["case"]
    return content


OLD_COLUMNS: Mapping[str, str] = {
    "accept_probability": "accept",
    "sd_hours": "sd",
}
"""Columns of answers, and what they were called when they were recorded."""


def answer_scores(case: Record) -> Record:
    """The columns that scoring a table gives."""
    processes = {
        name: [loads(text, Stage) for text in texts]
        for name, texts in case["processes"].items()
    }
    scores = score(
        candidate_of(case),
        {name: column_from(entries) for name, entries in case["columns"].items()},
        processes=processes,
        assumptions=assumptions_of(case),
        terms=case["terms"],
        threads=1,
    )
    return {
        OLD_COLUMNS.get(name, re.sub("^value[.]", "worth.", name)): column.tolist()
        for name, column in scores.to_columns().items()
    }


def answer_inputs(case: Record) -> Record:
    """Every number that bears on a decision."""
    decision = decision_of(recorded_assessment(case["decision"]))
    return {
        entry.name: [entry.value, entry.low, entry.high, entry.scale, entry.unit]
        for entry in list_inputs(decision)
    }


def answer_flips(case: Record) -> Record:
    """Where an answer turns, by the number and the side on which it does."""
    assessment = recorded_assessment(case["decision"])
    entries = {entry.name: entry for entry in list_inputs(decision_of(assessment))}
    answer = flips(assessment, names=case["names"])
    turns = {}
    for flip in answer:
        entry = entries[flip.name]
        side = "above" if flip.above else "below"
        turns[f"{flip.name} {side}"] = take_apart_flip(
            flip, entry.high - entry.low, entry.scale
        )
    return {
        "action": answer.action.value,
        "turns": turns,
        "never": list(answer.insensitive),
        "hard stops": list(answer.hard_stops),
    }


def take_apart_flip(flip: SwitchingValue, span: float, scale: float) -> Record:
    """Where an answer turns; that is found to a share of the range looked through."""
    return {
        "value": flip.value,
        "turn": scaled(flip.threshold, span),
        "action": flip.action.value,
        "distance": scaled(flip.distance, span / scale),
        "unit": flip.unit,
        "only": flip.one_sided,
    }


def answer_robustness(case: Record) -> Record:
    """How far draws agree with an answer."""
    answer = robustness(
        recorded_assessment(case["decision"]),
        case["draws"],
        np.random.default_rng(case["seed"]),
        include_stated=case["stated too"],
        ranges={name: (low, high) for name, (low, high) in case["ranges"].items()},
    )
    return {
        "opportunity": answer.opportunity,
        "action": answer.action.value,
        "draws": answer.draws,
        "share": answer.share,
        "interval": list(answer.interval),
        "shares": {action.value: share for action, share in answer.shares.items()},
        "alone": answer.share_without_side_values,
        "margin": take_apart_spread(answer.margin),
        "settlers": [
            {
                "name": settler.name,
                "low": settler.low,
                "high": settler.high,
                "unit": settler.unit,
                "agree low": settler.agree_low,
                "agree high": settler.agree_high,
                "share": settler.share_if_known,
                "error": settler.standard_error,
                "worth": settler.value,
            }
            for settler in answer.influential
        ],
        "hard stops": list(answer.hard_stops),
        "agreement": answer.agreement.value,
    }


def answer_simulation(case: Record) -> Record:
    """What comes of a decision, or of a plan, played out."""
    rng = np.random.default_rng(case["seed"])
    if "plan" in case:
        played = planned(baseline_plan(case))
        return take_apart_outcomes(simulate(played, case["careers"], rng))
    answer = recorded_assessment(case["decision"])
    return take_apart_outcomes(simulate(answer, case["careers"], rng))


def take_apart_outcomes(outcomes: Outcomes) -> Record:
    """What came of very many careers, as plain values."""
    surplus = outcomes.surplus
    return {
        "careers": outcomes.runs,
        "worth": take_apart_spread(outcomes.value),
        "hours": take_apart_spread(outcomes.hours),
        "days": take_apart_spread(outcomes.days),
        "accepted": outcomes.accepted,
        "surplus": None if surplus is None else take_apart_spread(surplus),
        "leaving": outcomes.leaving,
        "well spent": outcomes.well_spent,
        "terms": {
            term.value: take_apart_spread(spread)
            for term, spread in outcomes.terms.items()
        },
        "fates": {
            fate.name: {
                "share": fate.accepted,
                "begun": fate.started,
                "offered": fate.offered,
                "hours": fate.hours,
                "reach": [[title, chance] for title, chance in fate.reached],
                "ends": sorted(chance for _, chance in fate.endings),
            }
            for fate in outcomes.processes
        },
        "expected": outcomes.expected,
    }


def answer_questions(case: Record) -> Record:
    """What it is worth to know each aspect."""
    asking = questions(recorded_assessment(case["decision"]))
    return {
        question.aspect: {
            "worth": question.value,
            "spread": question.sd_percent,
            "sources": [
                [source.aspect, source.where, source.share, source.hours]
                for source in question.sources
            ],
        }
        for question in asking
    }


def answer_sweep(case: Record) -> Record:
    """The answer at other values of one number, or of two."""
    names, values = case["names"], case["values"]
    assessment = recorded_assessment(case["decision"])
    if len(names) == 1:
        answer = sweep(assessment, names[0], values[0])
    else:
        answer = sweep(assessment, (names[0], names[1]), (values[0], values[1]))
    return {
        "names": list(answer.names),
        "values": [column.tolist() for column in answer.values],
        "worths": {
            action.value: worths.tolist()
            for action, worths in answer.action_values.items()
        },
        "actions": answer.actions.tolist(),
        "value": answer.value.tolist(),
        "units": list(answer.units),
    }


def answer_tornado(case: Record) -> Record:
    """What every number does to the worth of an answer."""
    bars = tornado(recorded_assessment(case["decision"]), reach=case["reach"])
    return {
        bar.name: {
            "value": bar.value,
            "low": bar.low,
            "high": bar.high,
            "worth low": bar.value_at_low,
            "worth high": bar.value_at_high,
            "action low": bar.action_low.value,
            "action high": bar.action_high.value,
            "swing": bar.swing,
            "unit": bar.unit,
        }
        for bar in bars
    }


@cache
def imported(name: str) -> ImportedLog:
    """One of the recorded logs, read."""
    log = baseline()["ledgers"][name]
    return read_log(log["text"], today=date.fromisoformat(log["today"]))


def answer_log(case: Record) -> Record:
    """What a log teaches, in one of the ways in which it can be asked."""
    return LOG_ANSWERS[case["question"]](case)


def answer_import(case: Record) -> Record:
    """What was read from a log."""
    log = imported(case["ledger"])
    return {
        "form": log.log_format,
        "warnings": len(log.warnings),
        "end": str(log.history.end),
        "events": [
            [
                event.process,
                event.kind.value,
                str(event.on),
                event.number,
                None if event.stage is None else event.stage.value,
                event.company,
                event.source,
                event.hours,
            ]
            for event in log.history.events
        ],
    }


def answer_tally(case: Record) -> Record:
    """Pass rates by stage, how long news takes, and a few counts."""
    funnel = estimate_pass_rates(imported(case["ledger"]).history, assumptions_of(case))
    return {
        "rates": {
            stage: {
                "counts": {end.value: count for end, count in rate.counts.items()},
                "default": rate.default,
                "floor": rate.min_answers,
                "total": rate.total,
                "answered": rate.answered,
                "learned": rate.learned,
                "mean": rate.mean,
                "posterior": [
                    rate.posterior.mean,
                    *map(rate.posterior.quantile, (0.05, 0.25, 0.5, 0.75, 0.95)),
                ],
                "over": [rate.dead_probability(day) for day in (0, 1, 7, 21, 60, 200)],
                "passed by": [rate.incidence.passed_by(day) for day in range(0, 61, 3)],
                "refused by": [
                    rate.incidence.refused_by(day) for day in range(0, 61, 3)
                ],
                "no news": [rate.incidence.no_news(day) for day in range(0, 61, 3)],
                "usual days": rate.incidence.days_to_pass(),
            }
            for stage, rate in funnel.by_stage.items()
        },
        "processes": funnel.processes,
        "offers": funnel.offers,
        "referrals": funnel.referrals,
        "hidden roles": funnel.hidden_roles,
        "hours": {stage: list(hours) for stage, hours in funnel.hours.items()},
    }


def answer_calibration(case: Record) -> Record:
    """The defaults that a log moves."""
    who = candidate_of(case) if case["by candidate"] else assumptions_of(case)
    answer = calibrate(who, imported(case["ledger"]).history)
    return {
        "numbers": dict(answer.assumptions.numbers),
        "moves": {
            move.name: [move.before, move.after, move.kept] for move in answer.changes
        },
    }


METHODS: Mapping[str, Literal["learned", "base_rate", "default"]] = {
    "chance": "learned",
    "base": "base_rate",
    "default": "default",
}
"""Ways to foretell, as they were called when they were recorded."""


def answer_replay(case: Record) -> Record:
    """What was foretold day by day, and how well."""
    answer = replay(imported(case["ledger"]).history, assumptions_of(case))
    scores = {
        f"{name} {stage}".strip(): answer.score(method, stage)
        for name, method in METHODS.items()
        for stage in ("", *sorted({entry.stage for entry in answer.forecasts}))
    }
    lead = answer.brier_improvement()
    return {
        "predictions": [
            [
                entry.process,
                entry.stage,
                str(entry.day),
                entry.learned,
                entry.base_rate,
                entry.default,
                entry.passed,
            ]
            for entry in answer.forecasts
        ],
        "scored": len(answer.scored),
        "scores": {
            name: None if result is None else [result.brier, result.log_loss]
            for name, result in scores.items()
        },
        "lead": None if lead is None else list(lead),
        "bins": [
            [
                entry.low,
                entry.high,
                entry.count,
                entry.mean_forecast,
                entry.observed_share,
                *entry.interval,
            ]
            for entry in answer.reliability_bins()
        ],
    }


def answer_review(case: Record) -> Record:
    """All live processes of a search at a glance."""
    search = Hunt(
        candidate=candidate_of(case),
        opportunities=opportunities_of(case["opportunities"]),
        assumptions=assumptions_of(case),
    )
    history = imported(case["ledger"]).history if case["ledger"] else None
    answer = review(search, history, date.fromisoformat(case["today"]))
    return {
        standpoint.opportunity: {
            "action": standpoint.action.value,
            "worth": standpoint.value,
            "ask": standpoint.ask_about,
            "largest": None
            if standpoint.largest_term is None
            else [standpoint.largest_term[0].value, standpoint.largest_term[1]],
            "fit": standpoint.fit,
            "turns": standpoint.switching_fit,
            "unknown": list(standpoint.unknown),
            "stops": list(standpoint.dealbreakers),
            "silence": None
            if standpoint.wait is None
            else [
                standpoint.wait.stage,
                standpoint.wait.days,
                standpoint.wait.dead_probability,
            ],
        }
        for standpoint in answer.lines
    }


def action_names() -> tuple[str, ...]:
    """What may be advised."""
    return tuple(action.value for action in Action)


LOG_ANSWERS: Mapping[str, Callable[[Record], Record]] = {
    "import": answer_import,
    "tally": answer_tally,
    "calibrate": answer_calibration,
    "replay": answer_replay,
    "review": answer_review,
}
"""Ways in which a log can be asked."""

ANSWERS: Mapping[str, Callable[[Record], Record]] = {
    "decisions": answer_decision,
    "plans": answer_plan,
    "scores": answer_scores,
    "inputs": answer_inputs,
    "flips": answer_flips,
    "robustness": answer_robustness,
    "simulations": answer_simulation,
    "questions": answer_questions,
    "sweeps": answer_sweep,
    "tornados": answer_tornado,
    "logs": answer_log,
}
"""How a case of each kind is worked out, as plain values."""


# Plain values, written down and compared. Nothing of the library from here on.


def column_from(entries: Any) -> Any:
    """A column of a table from what JSON holds; one value for all rows stays so."""
    if isinstance(entries, list):
        return np.array([nan if entry == "nan" else entry for entry in entries])
    return entries


def scaled(value: float, scale: float) -> Record:
    """A number that is worked out to a share of *scale*, beside that."""
    return {"number": value, "scale": scale}


def to_json(value: Any) -> Any:
    """Plain values as JSON has them: what is not finite becomes its name."""
    if isinstance(value, Mapping):
        return {str(name): to_json(entry) for name, entry in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(entry) for entry in value]
    if isinstance(value, float) and not isfinite(value):
        return "nan" if isnan(value) else "inf" if value > 0.0 else "-inf"
    if value is None or isinstance(value, bool | int | float | str):
        return value
    message = f"{type(value).__name__} is no plain value"
    raise TypeError(message)


def is_number(value: object) -> bool:
    """Whether it is a finite number, and not merely true or false."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def differences(
    expected: Any, actual: Any, path: str = "", scale: float = 1.0
) -> Iterator[str]:
    """Where two plain values differ, a line for each."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        if "number" in expected and "scale" in expected:
            scale = max(scale, expected["scale"])
        for name in sorted({*expected} ^ {*actual}):
            yield f"{path}.{name} stands on one side only"
        for name in sorted({*expected} & {*actual}):
            yield from differences(
                expected[name], actual[name], f"{path}.{name}", scale
            )
    elif isinstance(expected, list) and isinstance(actual, list):
        if len(expected) != len(actual):
            yield f"{path} has {len(actual)} entries, {len(expected)} were recorded"
        for number, (before, now) in enumerate(zip(expected, actual, strict=False)):
            yield from differences(before, now, f"{path}[{number}]", scale)
    elif not is_same(expected, actual, scale):
        yield f"{path} is {actual!r}, {expected!r} was recorded"


def is_same(expected: Any, actual: Any, scale: float) -> bool:
    """Whether a number, a word or nothing is what it was, but for rounding."""
    if is_number(expected) and is_number(actual):
        return bool(abs(actual - expected) <= TOLERANCE * max(scale, abs(expected)))
    return type(expected) is type(actual) and bool(expected == actual)


def faults_of(kind: str, number: int) -> Iterator[str]:
    """What is answered to one case now and was not when it was recorded."""
    entry = baseline()[kind][number]
    actual = to_json(ANSWERS[kind](entry["case"]))
    return differences(entry["answer"], actual, f"{kind}[{number}]")


def chunks() -> Iterator[tuple[str, int, int]]:
    """A kind of case, the first of a few, and the one after their last."""
    for kind, (count, size) in COUNTS.items():
        for start in range(0, count, size):
            yield kind, start, min(start + size, count)


def numbers_in(value: Any) -> Iterator[tuple[Any, Any, float]]:
    """Every finite number with what holds it and by what; not those with a scale."""
    pairs: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, dict) and "scale" not in value:
        pairs = value.items()
    elif isinstance(value, list):
        pairs = enumerate(value)
    for name, entry in list(pairs):
        if is_number(entry):
            yield value, name, entry
        yield from numbers_in(entry)


@pytest.mark.parametrize(("kind", "start", "stop"), list(chunks()))
def test_it_answers_as_it_did(kind: str, start: int, stop: int) -> None:
    faults = [
        fault for number in range(start, stop) for fault in faults_of(kind, number)
    ]

    assert not faults, f"{len(faults)} differ:\n" + "\n".join(faults[:20])


def test_no_case_is_left_out() -> None:
    recorded = {kind: len(baseline()[kind]) for kind in ANSWERS}
    rows = sum(len(entry["answer"]["action"]) for entry in baseline()["scores"])

    assert recorded == {kind: count for kind, (count, _) in COUNTS.items()}
    assert rows == 2_000


def test_every_action_is_advised_and_open_somewhere() -> None:
    answers = [entry["answer"] for entry in baseline()["decisions"]]

    # Without a date nobody is asked for time or to hurry, and no offer lapses.
    dated = {"ask_for_time", "hurry", "let_it_lapse"}
    assert {answer["action"] for answer in answers} == set(action_names()) - dated
    named = {name for answer in answers for name in answer["choices"]}
    assert named == set(action_names()) - dated


@pytest.mark.parametrize("kind", COUNTS)
def test_a_number_that_is_off_is_noticed(kind: str) -> None:
    answer = baseline()[kind][0]["answer"]
    kept = json.loads(json.dumps(answer))
    numbers = list(numbers_in(answer))
    for holder, name, value in numbers[:: 1 + len(numbers) // 25]:
        for sign in (-1.0, 1.0):
            holder[name] = value + sign * 1.01 * TOLERANCE * max(1.0, abs(value))
            assert any(differences(kept, answer)), (name, value)
        holder[name] = value

    assert numbers
    assert not any(differences(kept, answer))


@pytest.mark.parametrize("value", [inf, -inf, nan])
def test_what_is_not_finite_is_told_apart(value: float) -> None:
    names = [to_json(entry) for entry in (inf, -inf, nan, 0.0)]

    assert sum(not any(differences(name, to_json(value))) for name in names) == 1


def write() -> None:
    """Write today's answers in place of the recorded ones; the cases stay."""
    for kind, answer in ANSWERS.items():
        for entry in baseline()[kind]:
            entry["answer"] = to_json(answer(entry["case"]))
    text = json.dumps(baseline(), separators=(",", ":"))
    DATA.write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    write_anew(DATA, write)
