"""Calls with things of which each is right and which do not fit each other."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

import numpy as np

from interviewfit import (
    Assumptions,
    Belief,
    Candidate,
    Clue,
    Money,
    NamedSign,
    Opportunity,
    Pay,
    Position,
    Reading,
    Search,
    Stage,
    assess,
    corporate,
    loads,
    plan,
    read_log,
    robustness,
    score,
)
from interviewfit.columns import Coded
from interviewfit.history import History, StageEvent, replay
from interviewfit.history._log import MAX_EVENTS
from interviewfit.letters import letter
from interviewfit.records import Decision, Either
from interviewfit.schema import SCHEMA
from interviewfit.sensitivity import candour, sweep
from interviewfit.weightings import (
    JobChoice,
    PastDecision,
    TradeOff,
    acceptability,
    learn_priorities,
    next_choice,
)
from interviewfit.weightings._learning import MOST_CHOICES

ME = Candidate()
PAID = Candidate(salary=Money(amount=50_000, currency="EUR"))
JOB = Opportunity(name="Acme", stages=corporate())
TODAY = date(2026, 11, 30)


def job(name: str = "Acme", **more: Any) -> Opportunity:
    """An opportunity at a large firm."""
    return Opportunity(name=name, stages=more.pop("stages", corporate()), **more)


def fact(number: int = 0, **more: Any) -> Either:
    """An either/or fact."""
    given = {"aspect": f"own {number}", "chance": 0.5, "if_so": 5, "if_not": -5}
    return Either(**{**given, "told_by": "panel", **more})


def correlated(**rows: dict[str, float]) -> Assumptions:
    """Assumptions with correlations."""
    return Assumptions(correlations=rows)


def asked(ask: Callable[..., object], *arguments: Any, **more: Any) -> object:
    """What is asked about the answer for the job."""
    return ask(assess(ME, more.pop("about", JOB)), *arguments, **more)


def limits(**priorities: Any) -> Callable[[], object]:
    """Shares of weightings between limits."""
    return partial(asked, acceptability, priorities=priorities, draws=5)


def signal_text(signal: object) -> str:
    """The text of an opportunity with signals."""
    stages = [{"kind": "panel"}]
    whole = {"schema": SCHEMA, "name": "A", "stages": stages, "signals": signal}
    return json.dumps(whole)


COMPANY: dict[str, Any] = {"scope": "company", "about": "Bolt"}
PANEL = (Stage(kind="panel"),)
OLD = StageEvent(process="a", kind="applied", on="2025-05-02")
OFFERED = Position(phase="offered")
FIVE = [fact(number) for number in range(5)]

UNFIT: Mapping[str, Callable[[], object]] = {
    "facts alike": lambda: fact(if_not=5),
    "facts too many": lambda: job(stages=PANEL, signals=[fact(n) for n in range(6)]),
    "facts too many with the company": lambda: assess(
        Candidate(learned=[fact(9, scope="company", about="Bolt")]),
        job(stages=PANEL, company="Bolt", signals=FIVE),
    ),
    "fact told by nobody": lambda: job(signals=[fact(told_by="panel")]),
    "signal about another firm": lambda: job(
        company="Acme", signals=[Reading(aspect="role", value=1, noise=1, **COMPANY)]
    ),
    "signals very many": lambda: job(
        signals=[Clue(event="reshaped", factor=2)] * 1_001
    ),
    "lesson about nobody": lambda: Candidate(
        learned=[NamedSign(sign="bad_reviews", scope="company")]
    ),
    "lesson about an opportunity": lambda: Candidate(
        learned=[Reading(aspect="role", value=1, noise=1, about="Acme")]
    ),
    "pay twice": lambda: job(
        pay=Money(amount=60_000, currency="EUR"), beliefs={"pay": Belief(mean=1, sd=1)}
    ),
    "pay without currency": lambda: job(pay=Pay(low=50_000, per="year")),
    "pay without time": lambda: job(pay=Pay(low=50_000, currency="EUR")),
    "pay of another currency": lambda: assess(
        PAID, job(pay=Money(amount=60_000, currency="USD"))
    ),
    "pay in two opportunities": lambda: Search(
        candidate=PAID,
        opportunities=[
            job(f"Firm {number}", pay=Money(amount=amount, currency=currency))
            for number, (amount, currency) in enumerate(
                [(60_000, "USD"), (60_000, "CHF"), (800, "EUR")]
            )
        ],
    ),
    "pay in a decision": lambda: Decision(
        candidate=PAID, opportunity=job(pay=Money(amount=60_000, currency="EUR"))
    ),
    "pay without ends": lambda: Pay(currency="EUR", per="year"),
    "pay of two weeks": lambda: Pay(low=5, currency="EUR", per="biweekly"),
    "pay of three months": lambda: Pay(low=5, currency="EUR", per="Quarter"),
    "salary in thousands": lambda: Candidate(salary=Money(amount=65, currency="EUR")),
    "names with other spaces": lambda: Candidate(priorities={"a  b": 1, "a b": 2}),
    "names in a list": lambda: job(tags=[["meat"]]),
    "an aspect misspelt": lambda: Reading(aspect="benefit", value=1, noise=1),
    "text of half a letter": lambda: job(name="\ud800"),
    "stages of one name": lambda: job(
        stages=[Stage(kind="panel", name="talk"), Stage(kind="call", name="talk")]
    ),
    "person at a task": lambda: Stage(kind="take_home", person="Jo"),
    "influence at a task": lambda: Stage(kind="take_home", influence=0.5),
    "position beyond": lambda: job(position=Position(stage=3)),
    "dates of an offer": lambda: job(position=OFFERED, next_on="2026-12-01"),
    "more time before": lambda: job(
        position=OFFERED, answer_by="2026-12-04", more_time_until="2026-12-03"
    ),
    "research ahead": lambda: job(researched=1),
    "research and none": lambda: job(researched=0, unresearched=True),
    "an answer that has passed": lambda: plan(
        ME, [job(position=OFFERED, answer_by="2026-11-01")], today=TODAY
    ),
    "a stage after the answer": lambda: plan(
        ME, [job(next_on="2026-12-09", answer_by="2026-12-04")], today=TODAY
    ),
    "two of one name": lambda: plan(ME, [JOB, JOB]),
    "a search of two of one name": lambda: Search(
        candidate=ME, opportunities=[JOB, JOB]
    ),
    **{
        f"the name {name!r}": partial(
            Search(
                candidate=ME, opportunities=[job("Acme"), job("Acmes"), job("Bolt")]
            ).opportunity,
            name,
        )
        for name in ("", "Ac", "Bold", "zzz")
    },
    "correlations beyond": lambda: correlated(manager={"team": 1.5}),
    "correlations of one": lambda: correlated(manager={"manager": 0.5}),
    "correlations of two": lambda: correlated(
        manager={"team": 0.5}, team={"manager": 0.4}
    ),
    "correlations that cannot be": lambda: correlated(
        manager={"team": 0.9, "role": 0.9}, team={"role": -0.9}
    ),
    "words that are one": lambda: Coded(words="ab", codes=[0]),
    "codes of no shape": lambda: Coded(words=["a"], codes=[[0], [0, 1]]),
    "codes that are none": lambda: Coded(words=["a"], codes=[0.5]),
    "threads": lambda: score(ME, {"process": "corporate", "role": [1.0]}, threads=0),
    "scores of other rows": lambda: score(
        ME,
        {"process": "corporate", "role": [1.0]},
        out=score(ME, {"process": "corporate", "role": [1.0, 2.0]}),
    ),
    "a log that ends early": lambda: History(events=[OLD], until="2025-05-01"),
    "events very many": lambda: History(events=[OLD] * (MAX_EVENTS + 1)),
    "a method": lambda: replay(History(events=[OLD])).score("odd"),
    "candour after it": lambda: asked(candour, about=job(position=OFFERED)),
    "candour at many": lambda: asked(
        candour, np.linspace(0, 1, 2_000), np.geomspace(0.1, 9, 2_000)
    ),
    "ranges of one": lambda: asked(robustness, draws=5, ranges={"horizon_years": 3}),
    "ranges beside": lambda: asked(
        robustness, draws=5, ranges={"horizon_years": (9.0, 10.0)}
    ),
    "seed": lambda: asked(robustness, draws=5, rng="odd"),
    "sweep of two lists": lambda: asked(sweep, ("pay.mean", "role.mean"), ([1.0],)),
    "sweep beyond": lambda: asked(sweep, "weights.time", [-1.0, 1.0]),
    "sweep of nothing": lambda: asked(sweep, "weights.time", []),
    "weightings of none": limits(),
    "weightings relative to both": lambda: asked(
        acceptability, relative=("pay", "role"), priorities={"pay": (0, 1)}
    ),
    "weightings of a number": limits(pay=3),
    "weightings below": limits(pay=(-1, 1)),
    "weightings turned round": limits(pay=(2, 1)),
    "weightings beyond": limits(pay=(0, 1e9)),
    "weightings of no aspect": limits(odd=(0, 1)),
    "choice of the same": lambda: JobChoice(chosen={"pay": 3}, rejected={"pay": 3}),
    "a trade of pay": lambda: TradeOff(aspect="pay", change=3, pay=3),
    "a past refusal": lambda: PastDecision(
        opportunity=job(position=Position(phase="rejected")), stayed=True
    ),
    "choices very many": lambda: learn_priorities(
        [JobChoice(chosen={"pay": 3}, rejected={"role": 3})] * (MOST_CHOICES + 1)
    ),
    "choices without pay": lambda: learn_priorities(
        [JobChoice(chosen={"pay": 3}, rejected={"role": 3})],
        candidate=Candidate(priorities={"pay": 0}),
    ),
    "choices of many aspects": lambda: learn_priorities(
        [
            JobChoice(
                chosen={f"own {number}": 3 for number in range(17)}, rejected={}
            )
        ]
    ),
    "a next choice beside": lambda: next_choice(
        assess(ME, JOB, beside=[job("Bolt")]), learn_priorities([])
    ),
    "a letter with nothing to ask": lambda: letter(
        assess(
            ME,
            job(
                position=OFFERED,
                beliefs={
                    aspect: Belief(mean=5, sd=0)
                    for aspect in assess(ME, JOB).unknown
                },
            ),
        ),
        purpose="ask_first",
    ),
    "a column that is no stage": lambda: read_log(
        "company,status\nA,Applied\n", columns={"colour": "status"}
    ),
    **{
        f"text of {name}": partial(loads, signal_text([signal]), Opportunity)
        for name, signal in {
            "a number": 5,
            "a list": [1],
            "no type": {"sign": "bad_reviews"},
            "another type": {"type": "odd"},
            "a number in quotes": {
                "type": "reading", "aspect": "role", "value": "3", "noise": 1,
            },
            "yes": {"type": "reading", "aspect": "role", "value": True, "noise": 1},
            "a large number": {
                "type": "reading", "aspect": "role", "value": 10**320, "noise": 1,
            },
        }.items()
    },
    "a lesson in a word": lambda: loads(
        json.dumps({"schema": SCHEMA, "learned": ["bad_reviews"]}), Candidate
    ),
    "a day": lambda: loads(
        json.dumps(
            {
                "schema": SCHEMA,
                "events": [{"process": "a", "kind": "applied", "on": "2025-13-01"}],
            }
        ),
        History,
    ),
    "signals in no list": lambda: loads(signal_text("bad_reviews"), Opportunity),
}  # fmt: skip
"""What is refused, by what does not fit."""
