"""JSON and back: the same record, the same bytes."""

import copy
import json
import re
from datetime import date
from math import inf, nan
from types import MappingProxyType
from typing import Any

import attrs
import pytest
from hypothesis import given, strategies as st

import strategies as fit
from child import python
from interviewfit import (
    Action,
    Assessment,
    Assumptions,
    Belief,
    Candidate,
    Clue,
    DecodeError,
    InvalidFieldError,
    Opportunity,
    Phase,
    Position,
    Reading,
    Search,
    Sign,
    Stage,
    StageKind,
    Term,
    Weights,
    assess,
    corporate,
    dumps,
    loads,
    score,
)
from interviewfit.history import History, StageEvent, calibrate, replay, review
from interviewfit.postings import (
    Pay,
    Posting,
    PostingFields,
    ReadingOptions,
    Salary,
    Workplace,
    read_greenhouse,
    read_resume,
)
from interviewfit.records import (
    Choice,
    Decision,
    Event,
    Prior,
    Scope,
    Seniority,
    Threshold,
    Verdict,
)
from interviewfit.schema._json import MAX_ENTRIES

READING = Reading(
    aspect="culture",
    value=-10.25,
    noise=1e-5,
    unsettled=0.1,
    scope=Scope.COMPANY,
    about="Zürich ☃",
    note='said "no"',
)
CLUE = Clue(event=Event.RESHAPED, factor=1 / 3, scope=Scope.FIELD, about="law")
STAGE = Stage(
    kind=StageKind.TAKE_HOME,
    name="weekend task",
    hours=0.1,
    preparation=2.0,
    pass_rate=1e-300,
    reveals={"pay": 0.5, "canteen": 1.0},
    meets=Seniority.EXECUTIVE,
    surfaces=0.0,
    reshape_chance=1.0,
    reshape_gain=3.5,
    practice=0.25,
    days=14.0,
)
JOB = Opportunity(
    name="Acme",
    stages=[STAGE, Stage(kind=StageKind.PANEL)],
    beliefs={"pay": Belief(mean=-1.5, sd=0.0)},
    company="Zürich ☃",
    field="law",
    tags={"b", "a", "c"},
    relevance=0.0,
    via_recruiter=True,
    knows_someone=True,
    unresearched=True,
    hidden_role=1.0,
    stays_open=0.5,
    signals=[Sign.MERGER_TALKS, READING, CLUE, Sign.MERGER_TALKS],
    position=Position(phase=Phase.MIDWAY, stage=1),
)
SOMEONE = Candidate(
    name="Robin",
    priorities={"pay": 2.0, "culture": 0.0},
    fallback=-3.0,
    dealbreakers={"oil"},
    weights=Weights(time=2.3),
    activity=0.0,
    interviews_done=0.0,
    interviews_ahead=4.0,
    worth_ahead=1e4,
    learned=[READING, CLUE],
)
PAY = Pay(high=1 / 3, currency="USD", per="day", loose=True)
FACTS = PostingFields(
    source="a board",
    title="Zürich ☃",
    workplace=Workplace.HYBRID,
    applicants=("DE", "AT"),
    pays=(PAY, Pay(low=1)),
    posted=date(2026, 2, 28),
    openings=2,
    details={"team": "ice"},
)
THRESHOLD = Threshold(stage="panel", phase=Phase.MIDWAY, fit=-inf)
CHOICE = Choice(
    action=Action.TAKE,
    value=1.5,
    terms={Term.OFFER: 2.0, Term.TIME: -0.5},
    sd_hours=3.0,
    accept_probability=0.1,
    hours=2.0,
    days=1.0,
    reach=(("panel", 1.0), ("panel", 0.5)),
)
VERDICT: dict[str, Any] = {
    "opportunity": "Acme",
    "phase": Phase.BEFORE,
    "stage": "panel",
    "action": Action.TAKE,
    "choices": (CHOICE,),
    "mean": -1.0,
    "sd": 2.0,
    "thresholds": (THRESHOLD, attrs.evolve(THRESHOLD, fit=inf)),
    "information_value": 0.5,
    "hard_stops": ("oil",),
    "unknown": ("pay",),
    "action_without_side_values": Action.DECLINE,
    "decisive_priors": ("contact",),
    "knows_someone": True,
}
LOG = History(
    events=[
        StageEvent(
            process="a", kind="screen", on="2025-05-14", hours=1, source="board"
        ),
        StageEvent(process="a", kind="rejected", on="2025-05-20"),
    ],
    until="2025-06-01",
)
RECORDS: tuple[Any, ...] = (
    Belief(mean=0.1, sd=0.2),
    READING,
    CLUE,
    Weights(bail=0.0),
    STAGE,
    Stage(kind=StageKind.PANEL),
    Position(),
    JOB,
    SOMEONE,
    Candidate(),
    Assumptions(numbers={"horizon_years": 3.0}),
    Prior(1.0, 0.5, 2.0, "h", "measured", "A", "a study", 2020, "all"),
    Search(candidate=SOMEONE, opportunities=[JOB]),
    Salary(amount=0.1, currency="EUR", per="hour"),
    PAY,
    ReadingOptions(
        salary=Salary(amount=1, currency="CHF"), stages=[STAGE], per="month"
    ),
    FACTS,
    read_greenhouse({"title": "Clerk", "internal_job_id": None}),
    Posting(
        opportunity=JOB, unknown=("pay",), assumed=(), warnings=("a",), fields=FACTS
    ),
    read_resume({"basics": {"name": "Robin"}, "skills": ["ice"]}),
    THRESHOLD,
    CHOICE,
    Verdict(**VERDICT),
    Assessment(**VERDICT, decision=Decision(candidate=SOMEONE, opportunity=JOB)),
    Decision(
        candidate=SOMEONE,
        opportunity=JOB,
        assumptions=Assumptions(numbers={"horizon_years": 3.0}),
        beside=[JOB],
    ),
    LOG,
    calibrate(Assumptions(), LOG),
    replay(LOG),
    review(Search(candidate=SOMEONE, opportunities=[JOB]), LOG, LOG.until),
    assess(SOMEONE, JOB),
    assess(
        Candidate(),
        Opportunity(name="A", stages=corporate(), signals=[Sign.MERGER_TALKS]),
    ),
)


class TestRoundTrip:
    @pytest.mark.parametrize("record", RECORDS, ids=lambda one: type(one).__name__)
    def test_a_record_comes_back_as_it_was(self, record: Any) -> None:
        again = loads(dumps(record), type(record))

        assert again == record
        assert dumps(again) == dumps(record)

    def test_every_number_keeps_its_last_digit(self) -> None:
        awkward = 0.1 + 0.2

        assert loads(dumps(Belief(mean=awkward, sd=5e-324)), Belief) == Belief(
            mean=awkward, sd=5e-324
        )

    @pytest.mark.parametrize("kind", [str, bytes])
    def test_text_may_come_as_bytes(self, kind: type) -> None:
        text = dumps(JOB)

        assert loads(text if kind is str else text.encode(), Opportunity) == JOB

    def test_a_whole_number_stands_for_a_float(self) -> None:
        text = '{"schema": "interviewfit/2", "mean": 5, "sd": 8}'

        assert loads(text, Belief) == Belief(mean=5.0, sd=8.0)


class TestDumps:
    def test_what_holds_columns_says_so(self) -> None:
        """Not that some array within cannot be serialised."""
        scores = score(Candidate(), {"process": ["corporate"]})
        told = (
            "Scores holds columns, and JSON here has none. Write them to a table, or "
            "column.tolist()."
        )
        with pytest.raises(TypeError, match=f"^{re.escape(told)}$"):
            dumps(scores)

    def test_the_outermost_object_names_its_schema_and_no_other_does(self) -> None:
        text = dumps(Search(candidate=SOMEONE, opportunities=[JOB]))

        assert text.startswith('{\n  "schema": "interviewfit/2",')
        assert text.endswith("}\n")
        assert text.count("schema") == 1

    def test_what_is_at_its_default_is_left_out(self) -> None:
        assert json.loads(dumps(Candidate(fallback=2))) == {
            "schema": "interviewfit/2",
            "fallback": 2.0,
        }

    def test_a_signal_says_what_it_is_and_a_sign_is_its_name(self) -> None:
        signals = json.loads(dumps(JOB))["signals"]

        assert signals[0] == "merger_talks"
        assert signals[1]["type"] == "reading"
        assert signals[2]["type"] == "clue"
        learned = json.loads(dumps(SOMEONE))["learned"]
        assert [one["type"] for one in learned] == ["reading", "clue"]

    def test_infinite_thresholds_are_words(self) -> None:
        """JSON has no infinity, and other readers must be able to parse it."""
        text = dumps(Verdict(**VERDICT))

        found = json.loads(text, parse_constant=pytest.fail)
        assert [one["fit"] for one in found["thresholds"]] == ["-inf", "inf"]

    def test_sets_are_sorted(self) -> None:
        assert json.loads(dumps(JOB))["tags"] == ["a", "b", "c"]

    def test_letters_of_any_script_stand_as_they_are(self) -> None:
        assert "Zürich ☃" in dumps(JOB)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (
                Candidate(priorities={"pay": 1, "role": 2}),
                Candidate(priorities={"role": 2, "pay": 1}),
            ),
            (
                Assumptions(numbers={"contact": 2}),
                Assumptions(numbers={"contact": 2.0}),
            ),
        ],
    )
    def test_the_same_record_gives_the_same_bytes(self, one: Any, other: Any) -> None:
        assert one == other
        assert dumps(one) == dumps(other)

    def test_another_run_gives_the_same_bytes(self) -> None:
        """Python orders sets anew in every run; we must not."""
        script = (
            "import sys; from interviewfit import *;"
            "job = loads(sys.stdin.read(), Opportunity);"
            "me = Candidate(dealbreakers={'a', 'b', 'c', 'd'});"
            "sys.stdout.write(dumps(job) + dumps(me) + dumps(assess(me, job)))"
        )
        runs = [
            python("-c", script, text=dumps(JOB), PYTHONHASHSEED=seed)
            for seed in ("1", "2")
        ]

        assert [run.status for run in runs] == [0, 0]
        assert runs[0].out == runs[1].out
        assert b'"thresholds"' in runs[0].out

    @pytest.mark.parametrize("wrong", [3, "Acme", None, {"mean": 1}, [JOB], Belief])
    def test_what_is_no_record_is_refused(self, wrong: object) -> None:
        with pytest.raises(TypeError, match="only records of interviewfit"):
            dumps(wrong)

    def test_a_record_of_somebody_else_is_refused(self) -> None:
        """It could not be read back."""

        @attrs.frozen
        class Own(Belief):
            """A belief of one's own."""

        @attrs.frozen
        class Other:
            """Nothing of ours."""

        for wrong in (Own(mean=1, sd=2), Other()):
            with pytest.raises(TypeError, match="only records of interviewfit"):
                dumps(wrong)


class TestLoadsAnObject:
    """An object is read by the rules of text, and is not changed."""

    @given(record=st.one_of(fit.searches(), fit.assessments(), fit.assumptions()))
    def test_it_is_the_record_of_its_text(self, record: Any) -> None:
        tree = json.loads(dumps(record))
        before = copy.deepcopy(tree)

        assert loads(tree, type(record)) == record
        assert tree == before

    def test_any_mapping_and_tuples_will_do(self) -> None:
        tree = MappingProxyType(
            {
                "schema": "interviewfit/2",
                "name": "Acme",
                "stages": (MappingProxyType({"kind": StageKind.PANEL}),),
            }
        )

        assert loads(tree, Opportunity) == Opportunity(
            name="Acme", stages=[Stage(kind="panel")]
        )

    @pytest.mark.parametrize(
        ("fields", "fault"),
        [
            ({"hours": nan}, "nan is not a number here"),
            ({"hours": inf}, "inf is not a number here"),
            ({"hours": 10**400}, "more than 400 digits is too long. @ $.hours"),
            ({"hours": {1}}, "JSON has no form for {1}. @ $.hours"),
            ({"hours": {1: 2}}, "Its keys must be text, got 1. @ $.hours"),
            ({"hours": -1}, "must be a number between 0 and 1,000, got -1.0"),
            ({"kind": "pannel"}, "@ $.kind"),
            ({"schema": "interviewfit/9"}, "@ $.schema"),
            ({"nmae": 1}, "Unknown key 'nmae'"),
        ],
    )
    def test_what_is_wrong_is_told_with_its_path(
        self, fields: dict[str, Any], fault: str
    ) -> None:
        with pytest.raises(DecodeError) as caught:
            loads({"schema": "interviewfit/2", "kind": "panel"} | fields, Stage)

        (said,) = caught.value.faults
        assert fault in said
        assert " @ $" in said

    def test_an_object_that_holds_itself_is_too_deep(self) -> None:
        tree: dict[str, Any] = {"schema": "interviewfit/2"}
        tree["candidate"] = tree

        with pytest.raises(DecodeError, match="nested more than 64 levels deep"):
            loads(tree, Search)

    def test_a_small_object_that_stands_for_very_much_is_refused(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Every level holds the next one twice."""
        assert MAX_ENTRIES == 1_000_000
        monkeypatch.setattr("interviewfit.schema._json.MAX_ENTRIES", 10_000)
        tree: Any = []
        for _ in range(60):
            tree = [tree, tree]

        with pytest.raises(DecodeError, match="more than 10,000 entries"):
            loads({"schema": "interviewfit/2", "opportunities": tree}, Search)


class TestLoadsAnything:
    @pytest.mark.parametrize("what", [None, 5, [], memoryview(b"{}"), object])
    def test_what_is_no_text_is_one_clear_error(self, what: Any) -> None:
        with pytest.raises(DecodeError, match="must be text or an object") as caught:
            loads(what, Search)

        assert len(caught.value.faults) == 1

    def test_no_answer_that_somebody_else_wrote_hides_a_character(self) -> None:
        """An answer has no checks of its own, because we make it."""
        answer = dumps(assess(Candidate(), Opportunity(name="A", stages=corporate())))
        tree = json.loads(answer)
        tree["opportunity"] = "Acme\x1b[2K\u202e\x9b31m\r\nB"

        read = loads(json.dumps(tree), Assessment)

        assert read.opportunity == "Acme\\x1b[2K\\u202e\\x9b31m\nB"
        assert loads(dumps(read), Assessment) == read

    @pytest.mark.parametrize("kind", [Assessment, Opportunity])
    def test_half_of_a_pair_is_refused_where_it_stands(self, kind: type) -> None:
        job = Opportunity(name="A", stages=corporate())
        record = job if kind is Opportunity else assess(Candidate(), job)
        text = dumps(record).replace('"A"', '"A\\ud800"', 1)

        with pytest.raises(
            DecodeError, match="text that can be written down"
        ) as caught:
            loads(text, kind)

        path = "$.name" if kind is Opportunity else "$.opportunity"
        assert [fault.endswith(path) for fault in caught.value.faults] == [True]


@pytest.mark.parametrize(
    "word", ["talks", "news", "bad", "unknown", "bad review", "merger_talk", "xyzzy"]
)
def test_a_misspelt_sign_is_answered_as_in_python(word: str) -> None:
    """In a file and in a call alike, words that a sign is known by are looked up."""
    with pytest.raises(InvalidFieldError) as called:
        Opportunity(name="A", stages=corporate(), signals=[word])
    job = {"name": "A", "stages": [{"kind": "panel"}], "signals": [word]}
    text = json.dumps({"schema": "interviewfit/2", **job})

    with pytest.raises(DecodeError) as read:
        loads(text, Opportunity)

    asked = re.search(r"Did you mean [^?]*", str(called.value))
    assert (asked[0] if asked else "Did you mean") in str(read.value) or not asked
    assert bool(asked) == ("Did you mean" in str(read.value))


@pytest.mark.parametrize("ends", [{"low": 1e5}, {"high": 1e5}, {"low": 1, "high": 2}])
def test_pay_of_which_one_end_is_stated_comes_back(ends: dict[str, Any]) -> None:
    pay = Pay(currency="EUR", per="year", **ends)
    job = Opportunity(name="Acme", stages=[Stage(kind=StageKind.PANEL)], pay=pay)

    assert loads(dumps(job), Opportunity).pay == pay
