"""JSON that is wrong: every fault on a line of its own, with its path."""

import contextlib
import json
from typing import Any

import attrs
import pytest

from calls import calls
from interviewfit import (
    Assumptions,
    Belief,
    Candidate,
    DecodeError,
    Opportunity,
    Position,
    Search,
    Stage,
    Weights,
    loads,
)
from interviewfit._reading.text import MAX_DEPTH
from interviewfit.records import Choice, Threshold
from interviewfit.schema._converter import MAX_FAULTS, FaultError
from interviewfit.schema._json import MAX_CHARACTERS, _unique_keys

JOB: dict[str, Any] = {"name": "Acme", "stages": [{"kind": "panel"}]}
# What each kind needs at least.
SMALLEST: tuple[tuple[type, dict[str, Any]], ...] = (
    (Assumptions, {}),
    (Belief, {"mean": 0, "sd": 1}),
    (Candidate, {}),
    (Opportunity, JOB),
    (Position, {}),
    (Search, {"candidate": {}, "opportunities": [JOB]}),
    (Stage, {"kind": "panel"}),
    (Weights, {}),
)


def faults(text: str | bytes, kind: type = Candidate) -> tuple[str, ...]:
    """What is said of some text."""
    with pytest.raises(DecodeError) as caught:
        loads(text, kind)
    assert caught.value.kind == kind.__name__
    assert all("\n" not in fault and len(fault) < 600 for fault in caught.value.faults)
    return caught.value.faults


def faults_of(kind: type, fields: dict[str, Any]) -> tuple[str, ...]:
    """What is said of an object with these fields."""
    return faults(json.dumps({"schema": "interviewfit/2", **fields}), kind)


class TestText:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", "not JSON"),
            ("nonsense", "not JSON"),
            ('{"schema": "interviewfit/2"', "not JSON"),
            ('{"schema": "interviewfit/2"} {}', "not JSON"),
            (b"\xff\xfe\x00", "not JSON"),
            ("[]", "must be an object"),
            ("null", "must be an object"),
            ('"interviewfit/2"', "must be an object"),
            ("3", "must be an object"),
            ("{}", 'The key "schema" is missing. Add "schema": "interviewfit/2". @ $'),
            ('{"schema": "interviewfit/3"}', "got 'interviewfit/3'. @ $.schema"),
            ('{"schema": ["interviewfit/2"]}', "@ $.schema"),
            ('{"schema": "interviewfit/2", "fallback": NaN}', "NaN is not a number"),
            ('{"schema": "interviewfit/2", "fallback": Infinity}', "Infinity is not"),
            ('{"schema": "interviewfit/2", "fallback": -Infinity}', "-Infinity is not"),
            ('{"schema": "interviewfit/2", "fallback": 1e999}', "got inf"),
            ('{"schema": "interviewfit/2", "name": "a", "name": "b"}', "'name' stands"),
            ('{"schema": "interviewfit/2", "weights": {"a": 1, "a": 2}}', "'a' stands"),
        ],
    )
    def test_one_line_says_what_is_wrong(self, text: str | bytes, said: str) -> None:
        (fault,) = faults(text)

        assert said in fault
        assert " @ $" in fault

    @pytest.mark.parametrize(
        ("text", "remedy"),
        [
            ('{"a": [1,]}', "Take away the comma before ]."),
            ('{"a": 1 ,\n}', "Take away the comma before }."),
            ("{\u201ca\u201d: 1}", 'Write straight double quotes, ".'),
            ("{'a': 1}", 'Write straight double quotes, ".'),
            ('{"a": 1 "b": 2}', "Put a comma, or close what is open, before it."),
            ('{"a": 1', ""),
            ("[}", ""),
        ],
    )
    def test_slips_of_those_who_write_it_by_hand_have_a_remedy(
        self, text: str, remedy: str
    ) -> None:
        for given in (text, text.encode()):
            with pytest.raises(DecodeError) as caught:
                loads(given, Candidate)
            (fault,) = caught.value.faults
            assert fault.startswith("It is not JSON: ")
            assert fault.partition("). ")[2].removesuffix("@ $").strip() == remedy

    @pytest.mark.parametrize("kind", [str, bytes])
    def test_ten_megabytes_are_nobodys_job_search(self, kind: type) -> None:
        text = '"' + "x" * 10_000_000 + '"'

        (fault,) = faults(text if kind is str else text.encode())

        assert "10,000,002 characters, at most 5,000,000 are read" in fault

    def test_what_is_just_short_enough_is_read(self) -> None:
        text = '{"schema": "interviewfit/2"}'

        assert loads(text.ljust(MAX_CHARACTERS), Candidate) == Candidate()

    @pytest.mark.parametrize("brackets", ["[]", "{}"])
    @pytest.mark.parametrize("depth", [50, 300, 600, 900, 100_000])
    def test_deep_nesting_is_a_fault_like_any_other(
        self, depth: int, brackets: str
    ) -> None:
        """A little nesting parses and is of the wrong type; more does not parse."""
        open_ = "[" if brackets == "[]" else '{"a": '
        deep = open_ * depth + "1" + brackets[1] * depth
        head = '{"schema": "interviewfit/2"'

        assert len(faults(deep)) == 1
        for kind, fields in SMALLEST:
            for name in (one.name for one in attrs.fields(kind)):
                rest = json.dumps({**fields, name: "deep"})[1:-1]
                text = rest.replace('"deep"', deep, 1)
                assert faults(f"{head}, {text}}}", kind)

    def test_the_limit_is_the_same_whichever_python_reads(self) -> None:
        """Python in a browser ends where a parser calls itself too often."""
        said = {}
        for depth in (1, MAX_DEPTH - 1, MAX_DEPTH, 100_000):
            deep = "[" * depth + "1" + "]" * depth
            text = f'{{"schema": "interviewfit/2", "fallback": {deep}}}'
            (fault,) = faults(text)
            said[depth] = fault.partition(", got")[0]

        deep = "It is nested more than 64 levels deep. @ $"
        assert said == {
            1: "It must be a number",
            MAX_DEPTH - 1: "It must be a number",
            MAX_DEPTH: deep,
            100_000: deep,
        }

    def test_brackets_in_text_are_no_nesting(self) -> None:
        text = json.dumps({"schema": "interviewfit/2", "name": '[\\"{' * 100})

        assert loads(text, Candidate).name == '[\\"{' * 100

    @pytest.mark.parametrize("digits", [20, 400, 5_000])
    def test_a_huge_whole_number_is_refused(self, digits: int) -> None:
        head = '{"schema": "interviewfit/2"'

        (fault,) = faults(f'{head}, "fallback": {"9" * digits}}}')

        assert "@ $" in fault


class Key(str):
    """A key that counts how often keys are compared."""

    __slots__ = ()
    compared = 0

    def __eq__(self, other: object) -> bool:
        Key.compared += 1
        return str.__eq__(self, other)

    __hash__ = str.__hash__


def work(text: str, kind: type) -> int:
    """How many functions are called to read some text, right or wrong."""

    def read() -> None:
        with contextlib.suppress(DecodeError):
            loads(text, kind)

    return calls(read)


class TestMuch:
    @pytest.mark.parametrize(
        ("kind", "name", "entry"),
        [
            (Candidate, "learned", 1),
            (Candidate, "learned", {"type": "clue", "event": "passed_on", "factor": 2}),
            (Candidate, "dealbreakers", "oil"),
            (Candidate, "dealbreakers", 1),
            (Opportunity, "signals", "bad_reviews"),
            (Opportunity, "signals", "rain"),
            (Opportunity, "stages", {"kind": "panel"}),
            (Search, "opportunities", JOB),
            (Search, "opportunities", {**JOB, "signals": ["rain"] * 3}),
        ],
        ids=str,
    )
    def test_twice_the_list_is_twice_the_work(
        self, kind: type, name: str, entry: object
    ) -> None:
        """Work is what is called; its time would tell of the machine."""
        smallest = dict(SMALLEST)[kind]
        counts = [
            work(json.dumps({"schema": "interviewfit/2", **smallest, name: many}), kind)
            for many in ([entry] * 400, [entry] * 800)
        ]

        assert counts[1] <= 2.2 * counts[0]

    @pytest.mark.parametrize("value", ["1", 1, {}])
    def test_so_is_twice_the_object(self, value: object) -> None:
        counts = []
        for count in (400, 800):
            entries = {f"aspect {number}": value for number in range(count)}
            tree = {"schema": "interviewfit/2", "priorities": entries, **entries}
            counts.append(work(json.dumps(tree), Candidate))

        assert counts[1] <= 2.2 * counts[0]

    def test_a_key_that_stands_twice_is_found_without_comparing_all(self) -> None:
        pairs: list[tuple[str, int]] = [
            (Key(number), 0) for number in (*range(20_000), 7)
        ]
        Key.compared = 0

        with pytest.raises(FaultError, match="'7' stands twice"):
            _unique_keys(pairs)

        assert Key.compared < 20_000

    @pytest.mark.parametrize(
        ("name", "many"),
        [
            ("learned", [1] * 20_000),
            ("dealbreakers", [1] * 20_000),
            ("priorities", {str(number): "1" for number in range(20_000)}),
        ],
    )
    def test_of_many_faults_the_first_and_how_many_were_left(
        self, name: str, many: object
    ) -> None:
        found = faults_of(Candidate, {name: many})

        assert len(found) == MAX_FAULTS
        assert "19,901 more were not looked at" in found[-1]
        assert found[-1].endswith(f" @ $.{name}")

    def test_many_faults_in_many_places_are_listed_up_to_a_hundred(self) -> None:
        """Of the next list too the first are looked at, but no longer shown."""
        few, many = ({**JOB, "signals": ["rain"] * count} for count in (5, 90))
        kinds = [few] * 10 + [many] * 9
        jobs = [{**one, "name": str(number)} for number, one in enumerate(kinds)]
        numbers = {"luck": 1}

        found = faults_of(
            Search,
            {
                "candidate": {},
                "opportunities": jobs,
                "assumptions": {"numbers": numbers},
            },
        )

        assert len(found) == MAX_FAULTS + 1
        assert found[-1] == "And 42 more. @ $"

    def test_just_as_many_as_can_be_shown_are_shown(self) -> None:
        found = faults_of(Candidate, {"learned": [1] * MAX_FAULTS})

        assert len(found) == MAX_FAULTS
        assert found[-1].endswith(f" @ $.learned[{MAX_FAULTS - 1}]")

    def test_of_many_unknown_keys_five_are_named(self) -> None:
        (fault,) = faults_of(Belief, {"mean": 0, "sd": 1} | dict.fromkeys("gfedcba", 0))

        assert "'a', 'b', 'c', 'd', 'e' and 2 more; known are mean, sd, when." in fault


class TestFields:
    @pytest.mark.parametrize(
        ("kind", "fields", "path", "said"),
        [
            (Candidate, {"name": 3}, "name", "text in quotes, got 3"),
            (
                Candidate,
                {"fallback": "2"},
                "fallback",
                "got '2'. Write 2, without quotes",
            ),
            (Candidate, {"fallback": None}, "fallback", "a number, got None"),
            (Candidate, {"fallback": True}, "fallback", "a number, got True"),
            (Candidate, {"fallback": "inf"}, "fallback", "got inf"),
            (Candidate, {"weights": []}, "weights", "object in braces"),
            (Candidate, {"weights": {"time": -1}}, "weights.time", "got -1"),
            (Candidate, {"priorities": []}, "priorities", "object in braces"),
            (Candidate, {"priorities": {"a": "1"}}, "priorities['a']", "got '1'"),
            (Candidate, {"dealbreakers": "oil"}, "dealbreakers", "list in brackets"),
            (Candidate, {"dealbreakers": [1]}, "dealbreakers[0]", "got 1"),
            (Candidate, {"activity": 60}, "activity", "For 60 %, write 0.6."),
            (Candidate, {"learned": ["bad_reviews"]}, "learned[0]", "what it is about"),
            (Opportunity, {**JOB, "stages": []}, "stages", "between 1 and 50"),
            (Opportunity, {**JOB, "stages": {}}, "stages", "list in brackets"),
            (Opportunity, {**JOB, "via_recruiter": 1}, "via_recruiter", "true or f"),
            (Opportunity, {**JOB, "signals": ["rain"]}, "signals[0]", "got 'rain'"),
            (Opportunity, {**JOB, "signals": [{}]}, "signals[0]", "reading"),
            (Opportunity, {**JOB, "signals": [{"type": 1}]}, "signals[0]", "clue"),
            (Opportunity, {**JOB, "signals": [{"type": []}]}, "signals[0]", "clue"),
            (Opportunity, {**JOB, "signals": [{"type": {}}]}, "signals[0]", "clue"),
            (Opportunity, {**JOB, "signals": [None]}, "signals[0]", "got None"),
            (Opportunity, {**JOB, "position": {"stage": 1}}, "", "1 stage, got 1"),
            (Opportunity, {**JOB, "position": {"stage": 0.5}}, "position.stage", "0.5"),
            (Opportunity, {**JOB, "beliefs": {"pay": 1}}, "beliefs['pay']", "braces"),
            (Stage, {"kind": "pannel"}, "kind", "Did you mean 'panel'?"),
            (Stage, {"kind": []}, "kind", "text in quotes"),
            (Stage, {}, "kind", "key 'kind' is missing"),
            (Assumptions, {"numbers": {"luck": 1}}, "numbers['luck']", "'luck'"),
            (Belief, {"mean": 0, "sd": -1}, "sd", "got -1"),
            (
                Threshold,
                {"stage": "a", "phase": "before", "fit": "wide"},
                "fit",
                "wide",
            ),
        ],
    )
    def test_a_fault_has_its_path(
        self, kind: type, fields: dict[str, Any], path: str, said: str
    ) -> None:
        (fault,) = faults_of(kind, fields)

        assert said in fault
        assert fault.endswith(f" @ $.{path}" if path else " @ $")

    def test_a_pair_has_two(self) -> None:
        going = {"action": "take", "value": 0, "terms": {}}

        (fault,) = faults_of(Choice, {**going, "reach": [["panel", 1], ["panel"]]})

        assert fault == "It must be a list of 2, got 1. @ $.reach[1]"

    def test_an_unknown_key_is_refused_and_the_known_are_listed(self) -> None:
        (fault,) = faults_of(Belief, {"mean": 0, "sd": 1, "mode": 2})

        assert fault == "Unknown key 'mode'; known are mean, sd, when. @ $"

    def test_a_signal_of_another_company_is_told_where_it_belongs(self) -> None:
        clue = {"type": "clue", "event": "passed_on", "factor": 2}
        other = {**clue, "scope": "company", "about": "Globex"}

        job = {**JOB, "company": "Acme", "signals": [other]}

        (fault,) = faults_of(Opportunity, job)

        assert "the company 'Acme', got 'Globex'" in fault
        assert "Candidate.learned" in fault

    def test_a_name_that_stands_twice(self) -> None:
        (fault,) = faults_of(Search, {"candidate": {}, "opportunities": [JOB, JOB]})

        assert "different names, got 'Acme'" in fault

    def test_every_fault_is_listed(self) -> None:
        """Somebody mending a file wants them all at once."""
        found = faults_of(
            Search,
            {
                "candidate": {"fallback": "2", "weights": {"time": -1, "luck": 1}},
                "opportunities": [
                    {"name": "", "stages": [{"kind": "x", "hours": -1}, {"hours": 1}]},
                    {**JOB, "signals": ["rain", {"type": "reading", "aspect": ""}]},
                ],
                "extra": 1,
            },
        )

        paths = sorted(fault.rpartition(" @ ")[2] for fault in found)
        assert paths == [
            "$",
            "$.candidate.fallback",
            "$.candidate.weights",
            "$.candidate.weights.time",
            "$.opportunities[0].name",
            "$.opportunities[0].stages[0].hours",
            "$.opportunities[0].stages[0].kind",
            "$.opportunities[0].stages[1].kind",
            "$.opportunities[1].signals[0]",
            "$.opportunities[1].signals[1].aspect",
            "$.opportunities[1].signals[1].noise",
            "$.opportunities[1].signals[1].value",
        ]
