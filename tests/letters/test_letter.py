"""Letters say what was stated, in sentences that somebody has read, and nothing more.

``PYTHONPATH=tests python tests/letters/test_letter.py`` writes ``data/letters.json``
anew: a text for every purpose, phase, channel and language, with nothing stated and
with everything.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, strategies as st

from interviewfit import (
    Action,
    Assessment,
    Belief,
    Candidate,
    InvalidFieldError,
    NamedSign,
    Opportunity,
    Phase,
    Position,
    Reading,
    Sign,
    Stage,
    assess,
    corporate,
    dumps,
    loads,
)
from interviewfit.errors import visible
from interviewfit.letters import CHANNELS, FORMS, LANGUAGES, PURPOSES, letter
from interviewfit.letters._templates import TEMPLATES
from interviewfit.records import Decision, Reason, Reasons
from interviewfit.schema import SCHEMA
from recorded import write_anew

GOLDEN = Path(__file__).parents[1] / "data" / "letters.json"
CASES = [
    pytest.param(case, id=case["id"])
    for case in json.loads((GOLDEN.parent / "casebook.json").read_text("utf-8"))
    if "beside" not in case
]
EVERY = [
    (phase, purpose) for phase, purposes in PURPOSES.items() for purpose in purposes
]
STATED = {
    "to": "Ms Lee",
    "reason": "I have moved to Leeds",
    "recommend": "Sam Okoro",
    "when": "3 March",
}
PLACE = re.compile(r"\{(\w+)\}")


@cache
def answer(phase: Phase) -> Assessment:
    """An answer for a process that stands there."""
    stage = 1 if phase is Phase.BEFORE else 0
    position = Position(phase=phase, stage=stage)
    job = Opportunity(name="Acme", stages=corporate(), position=position)
    return assess(Candidate(), job)


def template(language: str, phase: Phase, purpose: str) -> Mapping[str, Any]:
    letters = TEMPLATES[language]["letters"]
    words = letters.get(f"{purpose}.{phase}", letters[purpose])
    return dict(letters[words] if isinstance(words, str) else words)


def carried(language: str, phase: Phase, purpose: str) -> dict[str, str]:
    """All that can be stated for a letter."""
    text = " ".join(template(language, phase, purpose)["sentences"])
    places = {"to", *PLACE.findall(text)}
    return {name: fact for name, fact in STATED.items() if name in places}


def golden() -> dict[str, dict[str, list[str]]]:
    """The texts by language, phase and purpose, and channel."""
    texts: dict[str, dict[str, list[str]]] = {}
    for language in LANGUAGES:
        for phase, purpose in EVERY:
            found, key = answer(phase), f"{language}, {phase.value}: {purpose}"
            facts: dict[str, Any] = carried(language, phase, purpose)
            common: dict[str, Any] = {"language": language, "purpose": purpose}
            texts[key] = {
                channel: [
                    letter(found, channel, form="short", **common),
                    letter(found, channel, form="full", **common, **facts),
                ]
                for channel in CHANNELS
            }
    return texts


def filled(text: str, facts: Mapping[str, str]) -> str:
    """A template with facts, by the plainest code that does it."""
    for name, fact in facts.items():
        if fact[-1] in ".!?…":
            text = text.replace(f"{{{name}}}.", fact)
        text = text.replace(f"{{{name}}}", fact)
    return text


def rest_of(text: str, pieces: list[str]) -> set[str]:
    """What can be left of a text when pieces, each at most once, are taken off."""
    ends = {text}
    for piece in pieces:
        ends |= {end.removeprefix(piece).strip() for end in ends if piece}
    return ends


class TestGolden:
    def test_the_texts_are_those_that_somebody_read(self) -> None:
        assert golden() == json.loads(GOLDEN.read_text(encoding="utf-8"))

    def test_every_action_has_a_letter(self) -> None:
        named = {purpose for _, purpose in EVERY}

        assert named >= {action.value for action in Action}

    @pytest.mark.parametrize("case", CASES)
    def test_every_situation_of_the_casebook_has_one(self, case: Any) -> None:
        parts = {name: case[name] for name in ("candidate", "opportunity")}
        decision = loads(json.dumps({"schema": SCHEMA, **parts}), Decision)
        found = assess(decision.candidate, decision.opportunity)

        for language in LANGUAGES:
            text = letter(found, language=language)
            assert text == letter(found, language=language, purpose=found.action)
            assert decision.opportunity.name in text


class TestLanguages:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_it_is_whole(self, language: str) -> None:
        def shape(value: Any) -> Any:
            if isinstance(value, Mapping):
                return {key: shape(entry) for key, entry in value.items()}
            if isinstance(value, list):
                return [shape(entry) for entry in value]
            if isinstance(value, str):
                return value.rpartition("|")[0], sorted(PLACE.findall(value))
            return type(value)

        assert shape(TEMPLATES[language]) == shape(TEMPLATES["en"])

    def test_no_text_is_empty_or_doubled_in_another_language(self) -> None:
        for ours, theirs in (("en", "de"), ("en", "fr"), ("en", "es"), ("fr", "es")):
            for phase, purpose in EVERY:
                pairs = zip(
                    template(ours, phase, purpose)["sentences"],
                    template(theirs, phase, purpose)["sentences"],
                    strict=True,
                )
                assert all(
                    first != second or first == "{question}" for first, second in pairs
                )

    def test_another_one_is_refused_with_the_list(self) -> None:
        with pytest.raises(InvalidFieldError, match="en, de, fr, es, got 'it'"):
            letter(answer(Phase.BEFORE), language="it")


NAMES = st.text(
    st.characters(exclude_characters="{}", exclude_categories=["C", "Z"]),
    min_size=1,
    max_size=12,
)


class TestFacts:
    @given(data=st.data())
    def test_every_sentence_is_a_template_with_stated_facts(
        self, data: st.DataObject
    ) -> None:
        phase, purpose = data.draw(st.sampled_from(EVERY))
        language = data.draw(st.sampled_from(LANGUAGES))
        channel, form = (
            data.draw(st.sampled_from(CHANNELS)),
            data.draw(st.sampled_from(FORMS)),
        )
        job, company, stage = data.draw(NAMES), data.draw(NAMES), data.draw(NAMES)
        places = carried(language, phase, purpose)
        facts: dict[str, Any] = {
            name: data.draw(NAMES)
            for name in sorted(places)
            if data.draw(st.booleans())
        }
        found = assess(
            Candidate(name="ZEBRA"),
            Opportunity(
                name=job,
                company=company,
                stages=[Stage(kind="panel", name=stage)],
                position=Position(phase=phase),
                tags=["ZEBRA"],
                field="ZEBRA",
            ),
        )

        text = letter(
            found,
            channel,
            form=form,
            language=language,
            purpose=purpose,
            **facts,
        )

        words = TEMPLATES[language]
        stated = dict(facts)
        names = letters_names(words, job, company, stage)
        if found.stage == "":
            names["stage"] = words["no_stage"]
        questions = [
            filled(
                words["questions"].get(aspect, words["questions"]["other"]),
                {"aspect": aspect},
            )
            for aspect in found.ask_about or found.unknown
        ]
        pieces = list(
            possible(
                words, template(language, phase, purpose), stated | names, questions
            )
        )
        assert "" in rest_of(text, pieces)
        assert all(fact in text for fact in facts.values())
        assert "ZEBRA" not in text
        assert "  " not in text
        assert not PLACE.search(text)

    def test_a_text_of_somebody_else_is_noticed(self) -> None:
        pieces = ["Hello,", "Thank you."]

        assert "" in rest_of("Hello, Thank you.", pieces)
        assert "" not in rest_of("Hello, I love you. Thank you.", pieces)

    @pytest.mark.parametrize(("phase", "purpose"), EVERY)
    def test_a_fact_without_a_place_is_refused(
        self, phase: Phase, purpose: str
    ) -> None:
        places = carried("en", phase, purpose)
        for name in STATED.keys() - places.keys():
            fact: dict[str, Any] = {name: STATED[name]}
            with pytest.raises(InvalidFieldError, match=rf"letter\({name}\)"):
                letter(answer(phase), purpose=purpose, **fact)

    def test_invisible_characters_are_shown(self) -> None:
        job = Opportunity(name="Ac\x1b[31mme\u202e", stages=corporate())

        text = letter(assess(Candidate(), job), to="A\x07 \n B", form="full")

        assert "Ac\\x1b[31mme\\u202e" in text
        assert "Dear A\\x07 B," in text
        assert all(character.isprintable() or character == "\n" for character in text)

    @given(name=st.text(min_size=1).filter(str.strip), to=st.text())
    def test_no_name_of_a_stranger_moves_a_line(self, name: str, to: str) -> None:
        job = Opportunity(name=name, stages=corporate())
        found = assess(Candidate(), job)

        text = letter(found, to=to, purpose="take")

        plain = letter(answer(Phase.BEFORE), purpose="take")
        assert text.count("\n") == plain.count("\n")
        assert visible(text, keep="\n") == text

    def test_an_answer_that_was_kept_as_json_has_the_same_letter(self) -> None:
        for phase, purpose in EVERY:
            found = answer(phase)
            kept = loads(dumps(found), Assessment)
            assert letter(kept, purpose=purpose) == letter(found, purpose=purpose)

    @pytest.mark.parametrize("name", ["Acme Inc.", "Yahoo!", "Who?"])
    def test_a_sentence_ends_once(self, name: str) -> None:
        job = Opportunity(name=name, stages=corporate())

        text = letter(assess(Candidate(), job), purpose="decline")

        assert f"the HR interview for the job “{name}”.\n" in text
        found = assess(
            Candidate(), Opportunity(name="clerk", company=name, stages=corporate())
        )
        assert f"the job “clerk” at {name}\n" in letter(found, purpose="decline")

    def test_a_company_stands_beside_the_job_once(self) -> None:
        def text(name: str) -> str:
            job = Opportunity(name=name, company="Acme", stages=corporate())
            return letter(assess(Candidate(), job))

        assert "for the job “analyst” at Acme." in text("analyst")
        assert "Interviews: analyst, Acme\n" in text("analyst")
        assert "for the job “ACME, analyst”." in text("ACME, analyst")
        assert "for the job at Acme." in text("acme")

    @pytest.mark.parametrize("name", ["Acme", "data analyst", "The Post", "a job"])
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_name_of_any_kind_stands_in_quotes_behind_a_noun(
        self, name: str, language: str
    ) -> None:
        """A firm or a role, with an article or without: nobody can tell from it."""
        job = Opportunity(
            name=name, stages=[Stage(kind="panel", name="a talk"), Stage(kind="panel")]
        )
        noun = filled(TEMPLATES[language]["job"]["name"], {"name": name})
        stage = filled(TEMPLATES[language]["stage"], {"stage": "a talk"})

        text = letter(assess(Candidate(), job), language=language, purpose="decline")

        subject, *rest = text.splitlines()
        assert subject.endswith(f": {name}")
        assert noun in "".join(rest)
        assert stage in "".join(rest)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_nobody_is_addressed_as_one_person(self, language: str) -> None:
        """Several read it as often as one; only Spanish tells them apart."""
        for phase, purpose in EVERY:
            for form in FORMS:
                text = letter(
                    answer(phase), language=language, form=form, purpose=purpose
                )
                assert not re.search(
                    r"\b[Ll]es? (?:agrad|rueg|dese|respond)|\bPodría\b|decirle|darle",
                    text,
                )

    def test_the_questions_are_those_worth_most(self) -> None:
        found = answer(Phase.OFFERED)
        text = letter(found, purpose="ask_first")

        asked = re.findall(r"[A-Z][^.?]*\?", text)
        questions = TEMPLATES["en"]["questions"]
        assert asked == [questions[aspect] for aspect in found.ask_about[:3]]
        assert len(asked) == 3

    def test_an_aspect_of_ones_own_is_asked_about_by_its_name(self) -> None:
        job = Opportunity(
            name="Acme",
            stages=corporate(),
            position=Position(phase="offered"),
            beliefs={aspect: Belief(mean=1, sd=1) for aspect in answer_aspects()},
        )
        found = assess(Candidate(priorities={"dogs": 3.0}), job)

        assert "about “dogs”?" in letter(found, purpose="ask_first")


def answer_aspects() -> tuple[str, ...]:
    return answer(Phase.OFFERED).unknown


def letters_names(
    words: Mapping[str, Any], job: str, company: str, stage: str
) -> dict[str, str]:
    """The names as they stand in a sentence, and in a subject."""
    both, form, title = {"name": job, "company": company}, "both", f"{job}, {company}"
    if company.casefold() == job.casefold():
        form, title = "firm", job
    elif company.casefold() in job.casefold():
        form, title = "name", job
    named = filled(words["job"][form], both)
    return {
        "job": named,
        "title": title,
        "stage": filled(words["stage"], {"stage": stage}),
    }


def possible(
    words: Mapping[str, Any],
    letter_template: Mapping[str, Any],
    facts: Mapping[str, str],
    questions: list[str],
) -> Iterator[str]:
    """All pieces that a letter may be made of, in order."""
    subject = filled(letter_template["subject"], facts)
    yield filled(words["subject"], {"subject": subject})
    for greeting in words["greeting"].values():
        for text in greeting:
            if set(PLACE.findall(text)) <= facts.keys():
                yield filled(text, facts)
    for entry in letter_template["sentences"]:
        text = entry.rpartition("|")[2]
        for sentence in questions if text == "{question}" else [text]:
            if set(PLACE.findall(sentence)) <= facts.keys():
                whole = filled(sentence, facts)
                yield whole
                yield whole[0].lower() + whole[1:]
    yield from words["closing"].values()


class TestReasons:
    def test_none_is_given_unless_it_is_asked_for(self) -> None:
        job = Opportunity(
            name="Acme",
            stages=corporate(),
            tags=["ZEBRA"],
            signals=[
                NamedSign(sign="merger_talks", note="ZEBRA"),
                Reading(aspect="role", value=-60, noise=1, note="ZEBRA"),
            ],
        )
        found = assess(Candidate(dealbreakers=["ZEBRA"]), job)
        assert found.hard_stops

        for language in LANGUAGES:
            text = letter(found, language=language, form="full")
            assert "ZEBRA" not in text
            reasons = TEMPLATES[language]["reasons"].values()
            assert not any(reason in text for reason in reasons)
        with pytest.raises(InvalidFieldError, match="no reason to tell an employer"):
            letter(found, reason=True)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_one_of_the_answer_is_given_where_it_may_be_heard(
        self, language: str
    ) -> None:
        job = Opportunity(
            name="Acme", stages=corporate(), signals=["wrong_kind_of_work"]
        )
        found = assess(Candidate(), job)

        text = letter(found, reason=True, language=language)

        assert TEMPLATES[language]["reasons"]["role"] in text

    @pytest.mark.parametrize(
        ("aspect", "heard"),
        [
            ("role", True),
            ("pay", True),
            ("commute", True),
            ("benefits", True),
            ("culture", False),
            ("manager", False),
            ("stability", False),
        ],
    )
    def test_what_was_learned_of_an_aspect(self, aspect: str, heard: bool) -> None:
        reading = Reading(aspect=aspect, value=-90, noise=1)
        job = Opportunity(name="Acme", stages=corporate(), signals=[reading])
        found = assess(Candidate(), job)
        assert found.action is Action.DECLINE

        if heard:
            given = TEMPLATES["en"]["reasons"][aspect]
            assert given in letter(found, reason=True)
        else:
            with pytest.raises(InvalidFieldError, match="write the reason as text"):
                letter(found, reason=True)

    @pytest.mark.parametrize("sign", list(Sign))
    def test_only_the_facts_of_the_job_are_ever_said(self, sign: Sign) -> None:
        signals = [NamedSign(sign=sign, strength=5.0)]
        job = Opportunity(name="Acme", stages=corporate(), signals=signals)
        try:
            text = letter(assess(Candidate(), job), reason=True)
        except InvalidFieldError:
            return
        assert sign in {
            Sign.LONG_COMMUTE_REMOTE_UNKNOWN,
            Sign.WRONG_KIND_OF_WORK,
            Sign.SPECIFICATION_MISMATCH,
            Sign.BENEFITS_WEAKER,
        }
        assert "The reason: " in text

    def test_hours_are_a_reason(self) -> None:
        stages = [Stage(kind="take_home", hours=60), Stage(kind="panel")]
        found = assess(Candidate(), Opportunity(name="Acme", stages=stages))
        assert found.action is Action.DECLINE

        assert "more time than I can give" in letter(found, reason=True)

    @pytest.mark.parametrize(
        ("name", "hours", "percent", "key"),
        [
            ("beliefs.pay", 3.0, -5.0, "pay"),
            ("beliefs.pay", 3.0, 5.0, None),
            ("beliefs.culture", 3.0, -5.0, None),
            ("stages[1].hours", 3.0, 0.0, "time"),
            ("stages[1].hours", -3.0, 0.0, None),
            ("weights.time", 3.0, 0.0, "time"),
            ("fallback", 3.0, -5.0, None),
            ("beside", 3.0, -5.0, None),
        ],
    )
    def test_only_what_speaks_for_leaving_is_a_reason(
        self, name: str, hours: float, percent: float, key: str | None
    ) -> None:
        job = Opportunity(
            name="Acme", stages=corporate(), signals=["wrong_kind_of_work"]
        )
        item = Reason(
            name=name,
            what="",
            effect_hours=hours,
            effect_percent=percent,
            action_without=Action.TAKE,
        )
        reasons = Reasons(
            items=(item,),
            margin=hours,
            margin_unsaid=0.0,
            action_unsaid=Action.TAKE,
            decisive=(name,),
        )
        found = attrs.evolve(assess(Candidate(), job), reasons=reasons)

        if key:
            heard = TEMPLATES["en"]["reasons"][key]
            assert heard in letter(found, reason=True)
            assert heard in letter(found, reason=True, purpose="withdraw_politely")
        else:
            with pytest.raises(InvalidFieldError, match="no reason to tell"):
                letter(found, reason=True)
        with pytest.raises(InvalidFieldError, match="no reason to tell"):
            letter(found, reason=True, purpose="postpone")
        staying = attrs.evolve(found, action=Action.TAKE)
        with pytest.raises(InvalidFieldError, match="no reason to tell"):
            letter(staying, reason=True, purpose="decline")

    def test_waiting_is_no_reason_to_tell(self) -> None:
        job = Opportunity(name="Acme", stages=corporate(), signals=["merger_talks"])
        found = assess(Candidate(), job)

        assert "merger" not in letter(found, purpose="postpone", form="full")
        with pytest.raises(InvalidFieldError, match="no reason to tell an employer"):
            letter(found, purpose="postpone", reason=True)


class TestArguments:
    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ({"channel": "fax"}, "one of email, message, call, got 'fax'"),
            ({"form": "long"}, "one of short, full"),
            ({"language": None}, "one of en, de, fr, es"),
            ({"purpose": "accept_offer"}, "These suit a process that stands before"),
            ({"to": 3}, r"letter\(to\) must be a text"),
            ({"to": "x" * 1001}, "at most 1,000 characters"),
            ({"reason": None}, r"letter\(reason\) must be a text"),
        ],
    )
    def test_a_bad_one_is_named(self, arguments: Any, message: str) -> None:
        with pytest.raises(InvalidFieldError, match=message):
            letter(answer(Phase.BEFORE), **arguments)

    def test_an_answer_is_needed(self) -> None:
        with pytest.raises(InvalidFieldError, match="what assess"):
            letter("Acme")  # type: ignore[arg-type]  # a wrong type on purpose

    def test_nothing_to_ask_is_no_question(self) -> None:
        beliefs = {aspect: Belief(mean=1, sd=0) for aspect in answer_aspects()}
        position = Position(phase="offered")
        job = Opportunity(
            name="Acme", stages=corporate(), beliefs=beliefs, position=position
        )

        with pytest.raises(InvalidFieldError, match="no aspect of the job is unknown"):
            letter(assess(Candidate(), job), purpose="ask_first")


def grade(text: str) -> float:
    """The grade of Flesch and Kincaid (1975): years of school that a text asks for."""
    ends = len(re.findall(r"[.?!](?=\s|$)", text))
    words = re.findall(r"[A-Za-z]+(?:-[a-z]+)*", text)
    syllables = sum(map(syllables_of, words))
    return 0.39 * len(words) / ends + 11.8 * syllables / len(words) - 15.59


def syllables_of(word: str) -> int:
    """Groups of vowels, a silent e at the end aside."""
    word = word.lower()
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = word.endswith("e") and not word.endswith("le") and groups > 1
    return max(1, groups - silent)


class TestReading:
    @pytest.mark.parametrize(
        ("word", "count"),
        [("the", 1), ("time", 1), ("table", 2), ("decision", 3), ("interview", 3)],
    )
    def test_syllables(self, word: str, count: int) -> None:
        assert syllables_of(word) == count

    def test_a_hard_text_has_a_high_grade(self) -> None:
        hard = "Notwithstanding considerable deliberation, participation is impossible."
        assert grade(hard) > 12

    @pytest.mark.parametrize(("phase", "purpose"), EVERY)
    def test_english_is_read_after_eight_years_of_school(
        self, phase: Phase, purpose: str
    ) -> None:
        facts: dict[str, Any] = carried("en", phase, purpose)
        for form in FORMS:
            text = letter(answer(phase), "call", form=form, purpose=purpose, **facts)
            assert grade(text) <= 8


def write() -> None:
    """Write the texts anew."""
    written = json.dumps(golden(), ensure_ascii=False, indent=1)
    GOLDEN.write_text(f"{written}\n", encoding="utf-8")


if __name__ == "__main__":
    write_anew(GOLDEN, write)
