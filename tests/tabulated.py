"""One answer of every kind that converts to columns, made once."""

from functools import cache
from pathlib import Path

from attrs import evolve

from interviewfit import (
    Assumptions,
    Belief,
    Candidate,
    Money,
    Opportunity,
    Position,
    Search,
    assess,
    corporate,
    flips,
    plan,
    questions,
    read_log,
    read_postings,
    robustness,
    score,
    simulate,
    small_firm,
    technical,
)
from interviewfit._model.vocabulary import ASPECTS
from interviewfit.history import calibrate, estimate_pass_rates, replay, review
from interviewfit.records import Tabular
from interviewfit.sensitivity import sweep, tornado
from interviewfit.weightings import (
    JobChoice,
    acceptability,
    certify,
    learn_priorities,
    next_choice,
)

DATA = Path(__file__).parent / "data"

NAMES = (
    *("assessment", "reasons", "plan", "rule", "sweep", "tornado", "flips"),
    *("questions", "robustness", "outcomes", "pass rates", "calibration", "replay"),
    *("review", "history", "postings", "certificate", "acceptability", "learned"),
    *("next choice", "scores"),
)


@cache
def answers() -> dict[str, Tabular]:
    """Answers by name: those that issue from a search, a log, postings and a table."""
    me = Candidate(salary=Money(amount=60_000, currency="EUR", per="year"))
    job = Opportunity(
        name="Acme",
        stages=corporate(),
        beliefs={"pay": Belief(mean=5, sd=5)},
        signals=["bad_reviews", "merger_talks"],
    )
    dated = Opportunity(
        name="Bolt",
        stages=technical(),
        beliefs={"pay": Belief(mean=-5, sd=5)},
        position=Position(phase="offered"),
        answer_by="2026-05-20",
    )
    alone = assess(me, job)
    planned = plan(me, [job, dated], today="2026-05-12")
    # A stage before the last day to answer, and one process that may go on after it.
    slow = [evolve(stage, days=5.0) for stage in small_firm()]
    hopeful = {"pay": Belief(mean=25, sd=8)}
    next_day = "2026-05-13"
    soon = Opportunity(name="Acme", stages=slow, beliefs=hopeful, next_on=next_day)
    certain = {name: Belief(mean=0, sd=1) for name in ASPECTS}
    certain["pay"] = Belief(mean=20, sd=1)
    sure = evolve(dated, beliefs=certain, answer_by="2026-05-18")
    rule = plan(Candidate(), [soon, sure], today="2026-05-12").rule
    history = read_log((DATA / "job-search-2025.csv").read_text("utf-8")).history
    posting = (DATA / "postings" / "greenhouse.json").read_text("utf-8")
    limits = {"pay": (0.5, 2.0), "role": (0.2, 3.0)}
    question = next_choice(alone, learn_priorities([]))
    made: dict[str, Tabular | None] = {
        "assessment": assess(me, job, beside=[dated], today="2026-05-12"),
        "reasons": alone.reasons,
        "plan": planned,
        "rule": rule,
        "sweep": sweep(alone, ("weights.time", "pay.mean"), ([1, 2], [3, 4, 5])),
        "tornado": tornado(alone),
        "flips": flips(alone),
        "questions": questions(alone),
        "robustness": robustness(alone, draws=200),
        "outcomes": simulate(alone, 200),
        "pass rates": estimate_pass_rates(history),
        "calibration": calibrate(Assumptions(), history),
        "replay": replay(history),
        "review": review(Search(candidate=me, opportunities=[job]), history),
        "history": history,
        "postings": read_postings(posting),
        "certificate": certify(alone, priorities=limits),
        "acceptability": acceptability(alone, priorities=limits),
        "learned": learn_priorities(
            [JobChoice(chosen={"role": 10}, rejected={"pay": 15})], candidate=me
        ),
        "next choice": question,
        "scores": score(me, {"process": "corporate", "pay": [1.0, 2.0]}, terms=True),
    }
    return {name: answer for name, answer in made.items() if answer is not None}
