"""Every line of plans, of first screens, tables and clauses, for answers made up.

``data/plan-words.txt`` holds the lines of a plan, what each other thing that it may
hold adds (+), and the numbers of the lines that this takes away (-); what is left on a
screen of each height; tables at each width; and what is said of numbers and of things
stated.

``PYTHONPATH=tests python tests/text/test_plan_words.py`` writes the file anew.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache, partial
from html import escape
from math import inf
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from answers import PRICE, RULE, verdict
from interviewfit import (
    Action,
    Assumptions,
    Belief,
    Candidate,
    Clue,
    NamedSign,
    Opportunity,
    Phase,
    Position,
    Reading,
    Search,
    Stage,
    Weights,
    corporate,
)
from interviewfit._assessment.statements import said
from interviewfit._model.decision import Decision
from interviewfit._process.parameters import list_inputs
from interviewfit._process.structure import structure_of
from interviewfit._text.first_screen import (
    Hints,
    assessments_screen,
    plan_screen,
    until,
)
from interviewfit._text.fitting import fitted
from interviewfit._text.html import show_plan
from interviewfit._text.labels import clause, facts_to_ask, label, open_facts
from interviewfit._text.layout import Block, Paragraph, Table, render, table_lines, wrap
from interviewfit._text.names import brief_names, called, quoted, short_name
from interviewfit._text.plan_text import plan_text
from interviewfit._text.preparation_text import preparation_words
from interviewfit._text.side_by_side import offers_beside
from interviewfit._text.statements import statement, summary
from interviewfit.records import (
    Certainty,
    DatedStage,
    DeadlineRule,
    Either,
    Guarantee,
    HeldOffer,
    PlanRecord,
    Preparation,
    RankedProcess,
    StageHours,
    WeeklyLimit,
)
from recorded import read_parts, write_anew, write_parts
from whole_searches import whole_search

KEPT = Path(__file__).parents[1] / "data" / "plan-words.txt"
HINTS = Hints(why="why NAME", letter="letter NAME", more="plan --explain")
DAY = date(2026, 11, 30)
STAGES = corporate()
JOBS = (
    Opportunity(name="Heron, clerk", stages=STAGES, position=Position(phase="offered")),
    Opportunity(name="Kestrel", stages=STAGES, position=Position(phase="offered")),
    Opportunity(name="Acme (remote)", stages=STAGES, next_on="2026-12-02"),
    Opportunity(name="Bolt, analyst", stages=STAGES, via_recruiter=True),
    Opportunity(name="Core", stages=STAGES, answer_by="2026-12-05"),
    Opportunity(name="Dull", stages=STAGES),
    Opportunity(name="Even", stages=STAGES, position=Position(phase="rejected")),
)


def process(name: str, action: Action, worth: float, **more: Any) -> RankedProcess:
    """A process of a plan, made up.

    Args:
        name, action: Of its opportunity, and what to do.
        worth: What it adds, hours; all its numbers follow from it.
        more: Other fields.
    """
    given: dict[str, Any] = {
        "phase": Phase.BEFORE,
        "stage": "panel",
        "index": worth + 0.4,
        "standalone_value": worth + 1.26,
        "terms": {},
        "accept_probability": 0.12,
        "hours": 4.26,
        "days": 9.0,
    }
    return RankedProcess(
        name=name, action=action, marginal_value=worth, **{**given, **more}
    )


def held(name: str, action: Action, worth: float, **more: Any) -> HeldOffer:
    """An offer on the table, made up.

    Args:
        name, action, worth: Of its opportunity, what to do, and what it is worth.
        more: Other fields.
    """
    given: dict[str, Any] = {
        "surplus_hours": worth + 3.14,
        "accept_value": worth,
        "wait_value": worth + 2.26,
        "decline_value": worth - 20.5,
        "fit": worth / 9.0,
        "sd": 6.6,
        "best_chance": worth / 250.0,
        "hours": 0.3,
        "accept_probability": 0.7,
    }
    return HeldOffer(name=name, action=action, **{**given, **more})


OFFERS = (
    held("Heron, clerk", Action.POSTPONE, 120.0, unknown=("role", "team")),
    held("Kestrel", Action.DECLINE_OFFER, 65.0),
)
RANKED = (
    process("Acme (remote)", Action.TAKE, 14.0),
    process("Bolt, analyst", Action.CONTINUE, 9.0, days=20.0),
    process("Core", Action.INVESTIGATE, 2.0, days=0.0),
)
LEFT = (
    process("Dull", Action.DECLINE, -3.0),
    process("Even", Action.MOVE_ON, 0.0, phase=Phase.REJECTED),
)
PLAN = PlanRecord(
    ranked=RANKED,
    to_leave=LEFT,
    offers=OFFERS,
    value=150.0,
    hours_per_percent=30.0,
    reservation_value=6.4,
    invitation_value=3.3,
    hours=12.5,
    days=45.0,
    practice_first=(),
    budget=None,
    hour_value=0.0,
    guarantee=Guarantee(certainty=Certainty.EXACT),
    search=Search(candidate=Candidate(), opportunities=JOBS),
)


def first(one: RankedProcess | HeldOffer, **more: Any) -> dict[str, Any]:
    """The first process of its kind, or the first offer, with other fields.

    Args:
        one: Which.
        more: What it holds instead.
    """
    for field in ("ranked", "to_leave", "offers"):
        items = list(getattr(PLAN, field))
        if one in items:
            items[items.index(one)] = evolve(one, **more)
            return {field: tuple(items)}
    raise KeyError(one.name)


def weekly(*above: float, name: str = "") -> tuple[WeeklyLimit, ...]:
    """Limits week by week.

    Args:
        above: Of each week.
        name: Of the opportunity, if it is not that of offers.
    """
    return tuple(
        WeeklyLimit(
            on=DAY + timedelta(7 * number),
            above=limit,
            opportunity=name,
            stage="hr screen" if name else "",
        )
        for number, limit in enumerate(above)
    )


ACME, HERON, KESTREL = RANKED[0], OFFERS[0], OFFERS[1]
ALONE: dict[str, Any] = {"offers": (), "ranked": RANKED[:1], "to_leave": ()}
NOBODY: dict[str, Any] = {"offers": (), "ranked": (), "to_leave": LEFT}
MANY = tuple(process(f"Job {n}", Action.TAKE, 25.0 - n) for n in range(23))
DATED: dict[str, Any] = {"answer_by": date(2026, 12, 4), "ask_time_value": 130.0}
CHANGES: Mapping[str, tuple[dict[str, Any], ...]] = {
    "offers": (
        ALONE,
        {"offers": (), "ranked": RANKED[:1]},
        {"offers": ()},
        {"offers": OFFERS[1:]},
        {"offers": OFFERS[1:], "ranked": ()},
        {"offers": OFFERS[:1], "ranked": (), "to_leave": ()},
        {"offers": OFFERS, "ranked": (), "to_leave": ()},
        *(first(HERON, action=action) for action in Action if "offer" in action),
        first(HERON, action=Action.ASK_FIRST, ask_value=133.3),
        first(HERON, action=Action.ASK_FIRST, ask_value=133.3, ask_about=("role",)),
        first(HERON, ask_value=133.3, ask_about=("role", "a b", "pay"), asking_sd=2.6),
        first(HERON, ask_value=122.29, ask_about=("role",), asking_sd=0.2),
        first(HERON, dealbreakers=("oil", "arms"), action=Action.DECLINE_OFFER),
        first(HERON, after=("Kestrel",), action=Action.ACCEPT_OFFER),
        first(HERON, unknown=()),
        first(HERON, unknown=tuple("abcd")),
        first(KESTREL, action=Action.ACCEPT_OFFER),
        first(KESTREL, action=Action.POSTPONE, after=("Heron, clerk",)),
        first(KESTREL, best_chance=0.4800001, unknown=("pay",)),
        first(HERON, **DATED),
        first(HERON, **DATED, ask_value=121.0, action=Action.ASK_FOR_TIME),
        first(KESTREL, **DATED, action=Action.LET_IT_LAPSE),
        {"offers": (*OFFERS, held("Owl", Action.LET_IT_LAPSE, 120.0))},
    ),
    "ranked": (
        *(first(ACME, action=action) for action in Action if "offer" not in action),
        {"ranked": MANY, "hours": 5.0},
        {"ranked": MANY[:10], "to_leave": MANY[10:20]},
        {"ranked": MANY[:11], "to_leave": MANY[11:17]},
        {"ranked": MANY[:2], "offers": (), "to_leave": MANY[2:20]},
        {"practice_first": ("Acme (remote)",)},
        first(ACME, index=inf),
        first(RANKED[1], index=inf),
        first(ACME, index=-inf, marginal_value=-0.04),
        first(ACME, marginal_value=-0.05),
        first(ACME, marginal_value=-0.06, hours=0.0),
        first(ACME, marginal_value=0.0, practice_value=0.05),
        *(first(ACME, practice_value=taught) for taught in (0.06, 14.04, 14.06)),
        first(RANKED[1], practice_value=9.2),
        first(ACME, practice_value=14.06, phase=Phase.MIDWAY),
        first(ACME, practice_value=14.06, marginal_value=-0.05),
        *(first(ACME, accept_probability=chance) for chance in (0.0, 0.004, 1.0)),
        *(first(ACME, days=days) for days in (0.4, 1.4, 13.9, 14.0)),
        first(ACME, dealbreakers=("oil",)),
    ),
    "to leave": (
        *(first(LEFT[0], action=action) for action in Action if "offer" not in action),
        first(LEFT[0], dealbreakers=("oil",)),
        first(LEFT[0], dealbreakers=("oil", "arms"), accept_probability=1.0),
        NOBODY,
        {**NOBODY, "to_leave": LEFT[:1]},
        {**NOBODY, "to_leave": LEFT[1:]},
        {**NOBODY, "to_leave": LEFT[1:] * 2},
        {**NOBODY, "budget": 5.0},
        {"to_leave": ()},
        {"to_leave": tuple(evolve(item, dealbreakers=("oil",)) for item in LEFT * 4)},
    ),
    "numbers": (
        *({"value": value} for value in (44.5, 45.0, 47.0, 50.0, 51.0)),
        *({"reservation_value": fit} for fit in (inf, -inf, -3.4)),
        *({"invitation_value": worth} for worth in (0.05, 0.06)),
        *({"hours": hours} for hours in (0.04, 0.05, 20.0, 21.25, 21.3)),
        *({"days": days} for days in (0.0, 7.0)),
        {"budget": 8.0},
        {"budget": 8.0, "hour_value": -1.0},
        {"budget": 8.0, "hour_value": 2.5},
        {"budget": 1234.5, "hour_value": 2.5, "days": 0.0},
        {"budget": 8.0, "hour_value": 2.5, "offers": OFFERS[1:]},
        {"budget": 8.0, "hour_value": 2.5, **first(HERON, action=Action.ACCEPT_OFFER)},
        {"hour_price": PRICE},
        {"hour_price": PRICE, "value": 0.04},
        {"hour_price": PRICE, **first(HERON, **DATED)},
        {"hour_price": PRICE, **first(ACME, marginal_value=-9.0)},
        *({"notes": tuple("abcdef"[:count])} for count in (1, 3, 4)),
    ),
    "guarantee": tuple(
        {"guarantee": Guarantee(certainty=certainty, gap=gap, reasons=reasons)}
        for certainty in Certainty
        for gap, reasons in ((0.0, ()), (0.026, ("It is so.", "There are Two.")))
    ),
    "dates": (
        {"rule": RULE},
        {"rule": evolve(RULE, offers=("Heron",), stages=RULE.stages[:1])},
        {"rule": evolve(RULE, offers=(), stages=RULE.stages[1:])},
        {"rule": evolve(RULE, limits=RULE.limits[:1])},
        {"rule": evolve(RULE, limits=RULE.limits[:1] * 2)},
        {"rule": evolve(RULE, limits=RULE.limits[1:])},
        {"rule": evolve(RULE, limits=RULE.limits[1:], value=3.0)},
        *(
            {
                "rule": DeadlineRule(
                    on=date(2026, month, 4 + month),
                    offers=("Heron",),
                    stages=(
                        DatedStage(
                            on=date(2026, month, month),
                            opportunity="Acme",
                            stage="the talk",
                            above=25.0 * month,
                        ),
                    ),
                    limits=(evolve(RULE.limits[0], above=-25.0 * month),),
                    rest_value=0.0,
                    value=1.0,
                )
            }
            for month in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)
        ),
        {"weekly": weekly(17.2, 17.3, 4.1)},
        {"weekly": weekly(17.2, 17.3)},
        {"weekly": weekly(*range(7))},
        {"weekly": weekly(*range(5)) + weekly(-inf, 3.0, -inf, inf, name="Core")},
        {
            "weekly": (
                *weekly(1.0, 2.0, name="Core"),
                evolve(weekly(9.0, name="Core")[0], stage="panel"),
                *weekly(3.0, 4.0, name="Dull"),
            )
        },
    ),
}
"""Of a plan, other things that it may hold."""


def lines_of(plan: PlanRecord) -> list[str]:
    """All that a plan says: as text, on a screen, and in a notebook.

    Args:
        plan: The plan.
    """
    told = plan_text(plan).splitlines()
    # What unfolds in a notebook is the text again.
    page, unfolds, text = show_plan(plan).partition("<details>")
    missing = [line for line in told[1:] if escape(line.strip()) not in text]
    screen = (*plan_screen(plan, HINTS), *offers_beside(plan.offers))
    told += [f"| {block!r}" for block in screen if isinstance(block, Paragraph)]
    for table in screen:
        if isinstance(table, Table):
            kinds = table.kinds or ("",) * len(table.rows)
            told.append(f"| {evolve(table, rows=(), kinds=(), brief=())!r}")
            told += [f"| {pair!r}" for pair in zip(table.rows, kinds, strict=True)]
            told.append(f"| {table.brief!r}")
    cells = page.replace('<td style="padding:0 0.5em', "|").replace("</bdi></td>", "")
    return [*told, unfolds, *missing, *cells.replace("<tr>", "\n<tr>").splitlines()]


USUAL = lines_of(PLAN)


def of_changes(changes: tuple[dict[str, Any], ...]) -> Iterator[str]:
    """What each change adds to what a plan says, and the lines that it takes away.

    Args:
        changes: Fields with what they hold instead.
    """
    for number, change in enumerate(changes):
        yield f"= {number}: {' and '.join(change)}"
        told = lines_of(evolve(PLAN, **change))
        gone = [str(place) for place, line in enumerate(USUAL) if line not in told]
        yield f"- {' '.join(gone)}".rstrip()
        yield from (f"+ {line}" for line in told if line not in USUAL)


def many_verdicts() -> Iterator[str]:
    """Several answers on one screen, some of which lead and some of which end."""
    answers = [
        evolve(
            verdict(action),
            opportunity=f"{job.name}",
            notes=("Odd.",) * (number % 2),
            hour_price=PRICE if number % 3 else None,
        )
        for number, (job, action) in enumerate(
            zip(
                JOBS,
                (
                    *(Action.ACCEPT_OFFER, Action.POSTPONE, Action.TAKE),
                    *(Action.INVESTIGATE, Action.DECLINE, Action.LEAVE),
                    Action.MOVE_ON,
                ),
                strict=True,
            )
        )
    ]
    stopped = [evolve(answer, hard_stops=("oil",)) for answer in answers]
    for chosen in (
        answers,
        answers[3:],
        answers[4:],
        answers[6:],
        answers[5:6],
        stopped,
        [*stopped[:3], answers[3]],
        [evolve(answers[1], phase=Phase.OFFERED, rule=RULE)],
        answers[6:] * 2,
    ):
        yield "="
        for block in assessments_screen(chosen, HINTS, JOBS):
            yield from (
                f"{row!r}" for row in (block.rows if isinstance(block, Table) else ())
            )
            yield repr(evolve(block, rows=()) if isinstance(block, Table) else block)
    for action in Action:
        spans = (until(days, action) for days in (0.0, 0.2, 1.0, 6.6, 14.0, 17.6))
        yield f"{action}: {', '.join(spans)}, {until(3.0, action, DAY)}"


BLOCKS: list[Block] = [
    Paragraph("Check: " + "a note that takes long to read, " * 9, minor=True),
    Paragraph("Check: it is odd.", minor=True, optional=True),
    Paragraph("Check: it is odd as well.", minor=True, optional=True),
    Table(
        ("name", "your time", ""),
        tuple((f"Job {n}, one that takes much room", f"{n}.0 h", "") for n in range(5)),
        kinds=("go",) * 5,
        more="To see all, ask.",
        brief=tuple(f"Job {n}" for n in range(5)),
    ),
    Paragraph("It is worth 6.0 h. " * 7, short="It is worth 6.0 h."),
    Table(("",), tuple((f"Leave {n}.",) for n in range(4)), minor=True),
    Table(("a", "b"), tuple(("x" * n, "1" * n) for n in range(1, 4)), indent=2),
    Paragraph("Or not.", optional=True, indent=2),
]


def screens() -> Iterator[str]:
    """What is left of some blocks at each height of a screen."""
    before: list[str] = []
    for skipped in (0, 3):
        for height in range(31, 0, -1):
            setter = partial(render, width=40)
            told = fitted(BLOCKS[skipped:], setter, height).splitlines()
            if told != before:
                yield f"= {skipped}, {height}"
                yield from (f"- {line}" for line in before if line not in told)
                yield from (f"+ {line}" for line in told if line not in before)
            before = told


TEXTS = (
    "  it takes 4.2 h or 30 % of 500 EUR in 3 weeks, a 日本語のテキスト e\u0301tude",
    "Donaudampfschifffahrtsgesellschaft, 12 hours",
    "",
    "   ",
    "Tel 5 GBPs 5 h",
)


def tables() -> Iterator[str]:
    """Texts and tables at each width."""
    rows = (
        ("Acme", "+12.0 h", "a long text that has to be wrapped somewhere", ""),
        ("日本", "-3.0 h", "30 % of it", ""),
        ("e\u0301", "", "none", "-"),
    )
    usual = Table(("name", "value", "what it is about", "until then"), rows, left_out=3)
    made = (
        usual,
        evolve(usual, heads=("",) * 4, indent=3, more="Ask for 4.2 h."),
        Table(("nothing", "at all"), ()),
        Table(("",), (("",),)),
    )
    for width in range(1, 48, 2):
        yield f"= {width}"
        for text in TEXTS:
            yield f"{wrap(text, width, 0)!r} {wrap(text, width, 3)!r}"
    for width in range(4, 84, 4):
        yield f"= {width}"
        for table in made:
            yield from (line or "." for line in table_lines(table, width))
    yield from repr(render([usual, *BLOCKS[4:]])).split("\\n")


NAMES = (
    *("Acme, analyst", "Acme: clerk", "ACME", "acme (remote)", "Bolt – planning"),
    *("Bolt", "Bolt - ops", "Core/core", "Core | core", " , odd", "the Core", "-x"),
    *('Say "no"', "It's", "a$b", "a!b", "a`b", "a\\b", "a=b", "=b", "Zürich", ""),
    *("Dove; one two", "Dove, one three", "Dove", "Elk,", "Fox two", "Fox twofold"),
)


def names() -> Iterator[str]:
    """Names in short, among all and among fewer."""
    for number, name in enumerate(NAMES):
        few = [*NAMES[number : number + 2], *NAMES[:3]]
        yield (
            f"{name!r}: {short_name(name, NAMES)!r} {short_name(name, few)!r} "
            f"{called(name, NAMES)!r} {called(name, few)!r} {quoted(name)}"
        )
    yield repr(brief_names(NAMES))
    yield repr(brief_names(NAMES[3:8]))


SIGNALS: list[Any] = [
    "bad_reviews",
    NamedSign(sign="they_like_you", strength="strong", source="Jo"),
    NamedSign(sign="they_like_you", strength="plain", note="twice", source="Jo"),
    NamedSign(sign="merger_talks", strength=0.5),
    NamedSign(sign="merger_talks", strength=1.0),
    Reading(aspect="manager", value=12, noise=6, note="kind"),
    Reading(aspect="benefits", value=-15.25, noise=8, unsettled=0.3),
    Reading(aspect="a garden", value=0, noise=8),
    Either(aspect="commute", chance=0.4, if_so=5, if_not=-20, told_by="hr_screen"),
    Either(
        aspect="benefits",
        chance=0.125,
        if_so=-5,
        if_not=20,
        told_by="executive",
        note="whether they pay a pension",
    ),
    Either(aspect="pay", chance=1.0, if_so=5, if_not=-20, told_by="panel"),
    Either(aspect="team", chance=0.5, if_so=5, if_not=-20, told_by="panel"),
    *(
        Clue(event=event, factor=factor, note=note)
        for event, factor, note in (
            ("passed_on", 2.5, ""),
            ("hidden_role", 0.25, "so she said"),
            ("contact_helps", 3, ""),
            ("reshaped", 1.5, ""),
        )
    ),
]
WHO = Candidate(
    priorities={"pay": 1.5, "benefits": 0.0, "a garden": 0.5, "team": 0.0, "hours": 0},
    fallback=-2.5,
    weights=Weights(networking=0.0, courtesy=2.0, bail=0.5, time=1.25, practice=0),
    interviews_done=1,
    interviews_ahead=4,
    activity=0.5,
    dealbreakers=["arms"],
    learned=[
        NamedSign(sign="bad_reviews", scope="company", about="Acme & Sons"),
        Reading(aspect="pay", value=3, noise=2, scope="field", about="claims"),
    ],
    fields=["claims"],
)
RICH = Opportunity(
    name="Acme",
    company="Acme & Sons",
    stages=[
        Stage(kind="hr_screen", pass_rate=0.6, days=3, days_sd=2, hours=1.5),
        Stage(
            kind="panel",
            name="A talk",
            hours=2,
            reshape_chance=0.2,
            reshape_gain=4,
            reveals={"pay": 0.5, "a garden": 0.25},
            practice=1,
        ),
        Stage(kind="executive", preparation=1, meets="manager", influence=0.4),
        Stage(kind="take_home", meets="nobody"),
    ],
    beliefs={"pay": Belief(mean=4, sd=6), "a garden": Belief(mean=-2.5, sd=3)},
    signals=SIGNALS,
    position=Position(stage=1),
    unresearched=True,
    knows_someone=True,
    via_recruiter=True,
    mutual_fit=0.5,
    reach=0.0,
    tags=["arms"],
)
POSITIONS = (
    Position(),
    Position(stage=2, phase="midway"),
    Position(stage=3, phase="offered"),
    Position(phase="rejected"),
)


@cache
def stated() -> tuple[Decision, ...]:
    """Decisions that state all kinds of things, each at another position."""
    numbers = Assumptions(numbers={"hours_per_year": 1700, "practice_gain": 0.5})
    usual = Decision(candidate=WHO, opportunity=RICH, assumptions=numbers)
    others = [
        evolve(
            usual,
            opportunity=evolve(RICH, position=position, unresearched=False),
            candidate=Candidate(
                activity=0.01 * number,
                interviews_ahead=1,
                interviews_done=2 * number,
                arrivals=0.2,
                search_weeks=number,
            ),
            beside=tuple(evolve(job, signals=SIGNALS[:3]) for job in JOBS[number:]),
        )
        for number, position in enumerate(POSITIONS, start=1)
    ]
    who, jobs, _ = whole_search(7, dated=True)
    mutual = evolve(RICH, mutual_fit=0.9, reach=0.8, unresearched=False, tags=[])
    return (
        usual,
        *others,
        Decision(candidate=who, opportunity=jobs[0], beside=tuple(jobs[1:])),
        Decision(candidate=evolve(WHO, fields=["law"]), opportunity=mutual),
    )


def of_decisions() -> Iterator[str]:
    """What is said of everything that some decisions state, and what is open."""
    for number, decision in enumerate(stated()):
        yield f"= {number}"
        yield from (statement(decision, path) for path in said(decision))
        structure = structure_of(decision.candidate, decision.opportunity)
        yield from (f"? {fact}" for fact in open_facts(decision, structure))
        yield from (f"! {fact}" for fact in facts_to_ask(decision, structure))
    for field in ("signals", "learned", "numbers", "stages", "tags"):
        yield f"{summary(field, 'pay', 70)}; {summary(field, 'passed_on', 1234)}"


def of_numbers() -> Iterator[str]:
    """What is said of each number of some decisions, above a value and below."""
    seen: set[str] = set()
    for decision in stated():
        for item in list_inputs(decision):
            values = (item.value, 0.0 if item.low <= 0.0 else 1234.5678)
            words = "; ".join(
                clause(item, more, value, decision)
                for more, value in zip((True, False), values, strict=True)
            )
            line = f"{label(item, decision)}: {words}"
            if line not in seen:
                seen.add(line)
                yield line


def hours() -> Iterator[str]:
    """How long to prepare."""
    stages = [
        StageHours(
            stage=title, hours=most, usual=usual, pass_rate=rate, usual_pass_rate=0.4
        )
        for title, most, usual, rate in (
            ("hr screen", 0.26, 1.0, 0.4),
            ("the final talk", 9.96, 9.94, 0.5),
            ("panel", 12.6, 10.4, 0.404),
            ("executive", 3.0, 2.0, 0.6),
        )
    ]
    yield preparation_words(None)
    for gain in (0.0, 0.05, 0.06, 12.0):
        for chosen in (stages[1:2], stages):
            yield preparation_words(
                Preparation(
                    stages=tuple(chosen), value=3.0, gain=gain, action=Action.TAKE
                )
            )


PARTS: Mapping[str, Callable[[], Iterator[str]]] = {
    "usual": lambda: iter(USUAL),
    **{field: partial(of_changes, changes) for field, changes in CHANGES.items()},
    "many verdicts": many_verdicts,
    "screens": screens,
    "tables": tables,
    "names": names,
    "decisions": of_decisions,
    "numbers of decisions": of_numbers,
    "hours": hours,
}


@cache
def recorded() -> dict[str, list[str]]:
    """The lines that were recorded."""
    return read_parts(KEPT)


@pytest.mark.parametrize("part", PARTS)
def test_every_line_is_what_it_was(part: str) -> None:
    assert list(PARTS[part]()) == recorded()[part]


def write() -> None:
    """Write the file anew."""
    write_parts(KEPT, ((title, lines()) for title, lines in PARTS.items()))


if __name__ == "__main__":
    write_anew(KEPT, write)
