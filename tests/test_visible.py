"""No text of a stranger moves a cursor, turns words round or hides, in any output."""

import json
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import chdir, suppress
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from interviewfit import (
    Belief,
    Candidate,
    Opportunity,
    Position,
    Reading,
    Search,
    Stage,
    assess,
    corporate,
    dumps,
    explain,
    flips,
    loads,
    plan,
    questions,
    robustness,
    simulate,
)
from interviewfit.__main__ import main
from interviewfit.errors import InterviewFitError, InvalidFieldError, visible
from interviewfit.extra import plots
from interviewfit.extra.agent import TOOLS, call_tool
from interviewfit.history import estimate_pass_rates, replay, review
from interviewfit.letters import letter
from interviewfit.logs import read_log
from interviewfit.postings import read_postings

INVISIBLE = [
    chr(code)
    for code in range(sys.maxunicode + 1)
    if unicodedata.category(chr(code)) in {"Cc", "Cf", "Cs"}
]
"""All of Unicode's control, format and surrogate characters."""

SPACES = {character for character in INVISIBLE if character.isspace()}
HOSTILE = "Acme\x1b[1G\x1b[2K\u202eemcA\x9b31m\u2066x\x07\x00"
Capture = pytest.CaptureFixture[str]


def invisible(text: str) -> set[str]:
    """Characters of a text that nobody sees, but line ends."""
    return {sign for sign in text if sign != "\n" and sign in ALL}


ALL = frozenset(INVISIBLE)


def search_of(name: str) -> Search:
    """A search in which every text is hostile."""
    stages = [
        Stage(kind="hr_screen", name=f"a {name}", person=f"b {name}"),
        Stage(kind="panel", name=f"c {name}"),
    ]
    reading = Reading(aspect=f"own {name}", value=-9, noise=9, note=f"d {name}")
    candidate = Candidate(
        name=name,
        priorities={f"own {name}": 2},
        dealbreakers=[f"e {name}"],
        fields=[f"f {name}"],
    )
    jobs = [
        Opportunity(
            name=name,
            company=f"g {name}",
            field=f"f {name}",
            stages=stages,
            beliefs={f"own {name}": Belief(mean=5, sd=5)},
            signals=[reading],
        ),
        Opportunity(name=f"h {name}", stages=corporate(), tags=[f"e {name}"]),
        Opportunity(
            name=f"i {name}", stages=stages, position=Position(phase="offered")
        ),
    ]
    return Search(candidate=candidate, opportunities=jobs)


def outputs(search: Search) -> Iterator[str]:
    """All that the library says of a search, in every form."""
    who, jobs = search.candidate, search.opportunities
    answers: list[Any] = [assess(who, job) for job in jobs]
    ahead = answers[0]
    answers += [
        *(answer.reasons for answer in answers),
        plan(who, jobs),
        assess(who, jobs[0], beside=jobs),
        flips(ahead),
        robustness(ahead, 50),
        simulate(ahead, 50),
        *questions(ahead),
        review(search),
        search,
        who,
        *jobs,
    ]
    for answer in answers:
        yield repr(answer)
        yield str(answer)
        if hasattr(answer, "_repr_html_"):
            yield answer._repr_html_()
    for answer in answers[: len(jobs)]:
        yield explain(answer)
        for channel in ("email", "message", "call"):
            yield letter(answer, channel, to=HOSTILE, language="de")
    yield dumps(search)
    yield dumps(answers[0])


class TestEveryCharacter:
    def test_there_are_many(self) -> None:
        assert len(INVISIBLE) > 2_000

    @pytest.mark.parametrize("form", ["Ac{}me", "{}", "A {} b", "{}{}"])
    def test_it_is_shown_as_an_escape(self, form: str) -> None:
        for character in INVISIBLE:
            text = visible(form.replace("{}", character))

            assert text.isascii()
            assert text.isprintable()
            assert f"{ord(character):x}" in text or character in "\t\n\r"

    def test_it_is_shown_so_in_a_name_or_refused(self) -> None:
        for character in ALL - SPACES:
            try:
                job = Opportunity(name=f"Ac{character}me", stages=corporate())
            except InvalidFieldError as error:
                shown = str(error) if unicodedata.category(character) == "Cs" else ""
            else:
                shown = job.name
            assert not invisible(shown)
            assert f"{ord(character):x}" in shown

    def test_joiners_stay_where_a_script_needs_them(self) -> None:
        for name in ("می‌خواهم", "क्‍ष", "ශ්‍රී", "क्‌ष"):
            assert visible(name) == name
            assert Opportunity(name=name, stages=corporate()).name == name

    @given(st.text(st.characters(categories=["Cc", "Cf", "Cs", "L", "M"]), max_size=30))
    def test_what_is_visible_stays_so(self, text: str) -> None:
        assert visible(visible(text)) == visible(text)
        assert not invisible(visible(text)) - {"\u200c", "\u200d"}


class TestEveryOutput:
    def test_of_the_library(self) -> None:
        for number, text in enumerate(outputs(search_of(HOSTILE))):
            assert not invisible(text), number

    def test_the_name_is_there_and_can_be_told_from_another(self) -> None:
        texts = list(outputs(search_of(HOSTILE)))

        assert all("\\x1b[2K" in text or "Acme" not in text for text in texts)
        assert sum("\\x1b[2K\\u202e" in text for text in texts) > 20

    def test_of_pictures(self) -> None:
        search = search_of(HOSTILE)
        answer = assess(search.candidate, search.opportunities[0])
        with mpl.rc_context({"backend": "agg"}):
            axes = [
                plots.draw_map(answer),
                plots.draw_terms(answer),
                plots.draw_plan(plan(search.candidate, search.opportunities)),
            ]
            for ax in axes:
                ax.figure.canvas.draw()
                for text in ax.figure.findobj(mpl.text.Text):
                    assert not invisible(text.get_text())

    @pytest.mark.parametrize("tool", TOOLS)
    def test_of_the_tools_for_agents(self, tool: str) -> None:
        asked = json.loads(dumps(search_of(HOSTILE)))
        asked.pop("type", None)
        said = []
        for more in ({HOSTILE: 1}, {"name": HOSTILE}, {}):
            try:
                answer = call_tool(tool, {**asked, **more})
            except InterviewFitError as error:
                said.append(str(error))
            else:
                said += [str(answer), dumps(answer)]
            if len(said) > 1:
                break

        assert not any(map(invisible, said))

    def test_of_what_came_from_a_text(self) -> None:
        search = search_of(HOSTILE)

        again = loads(dumps(search), Search)

        assert again == search
        assert dumps(again) == dumps(search)

    def test_of_logs_and_postings(self) -> None:
        rows = [
            f"{HOSTILE.replace(chr(0), '')},{word},2025-05-0{day}"
            for day, word in (
                (1, "applied"),
                (2, "screen"),
                (3, "rejected"),
                (4, "vib\x1b[1Ging"),
            )
        ]
        log = "\n".join(
            ("company,status,date,od\x1b[2Kd\u202e", *(f"{row}," for row in rows))
        )
        preview, read = read_log(log, preview=True), read_log(log)
        posting = {
            "@type": "JobPosting",
            "title": HOSTILE,
            "description": f"{HOSTILE} \u00ad \ud800 salary \x1b[2K",
            "hiringOrganization": {"name": HOSTILE},
            "baseSalary": "1\x1b[2K0\u202e EUR",
        }
        jobs = read_postings(json.dumps(posting))

        texts = [
            *(str(preview), preview._repr_html_(), repr(preview), *read.warnings),
            *(str(estimate_pass_rates(read.history)), str(replay(read.history))),
            *(repr(event) for event in read.history.events),
            *(dumps(job.opportunity) for job in jobs),
            *(warning for job in jobs for warning in job.warnings),
            *(str(fault) for fault in jobs.faults),
            *(text for job in jobs for text in (str(job), repr(job), repr(job.fields))),
        ]
        assert all(not invisible(text) for text in texts)


class TestShell:
    COMMANDS = (
        "plan {}",
        "plan {} --explain",
        "plan {} --json",
        "assess {}",
        "assess {} --deep",
        "assess {} --deep --json",
        "why {} h",
        "why {} nobody\x1b[2K",
        "letter {} i --to Ms\u202eLee",
        "letter {} nobody\x1b[2K",
        "review {}",
        "log {}",
        "read {}",
        "replay {}",
        "edit {} nobody\x1b[2K",
        "new {}",
        "score {} --candidate {} -o out\x1b[2K.csv",
        "plan nowhere\x1b[2K.json",
        "pl\x1b[2Kan",
        "plan --bud\x1b[2Kget",
    )

    @pytest.mark.parametrize("command", COMMANDS)
    def test_every_command_shows_escapes(
        self, command: str, tmp_path: Path, capsys: Capture
    ) -> None:
        name = "my\x1b[2K\u202enosj.json"
        search = search_of(HOSTILE)
        if "--deep" in command:
            # Each opportunity takes a second, and the first has every kind of text.
            search = evolve(search, opportunities=search.opportunities[:1])
        (tmp_path / name).write_text(dumps(search), "utf-8")

        with chdir(tmp_path), suppress(SystemExit):
            main([word.replace("{}", name) for word in command.split(" ")])

        out, err = capsys.readouterr()
        assert out + err
        assert not invisible(out)
        assert not invisible(err)

    def test_a_raw_file_is_no_other(self, tmp_path: Path, capsys: Capture) -> None:
        """What JSON allows in a text: every character as an escape."""
        tree = json.loads(dumps(search_of("Acme")))
        tree["opportunities"][0]["name"] = HOSTILE
        tree["opportunities"][0]["stages"][0]["kind"] = HOSTILE
        tree[HOSTILE] = 1
        path = tmp_path / "my.json"
        path.write_text(json.dumps(tree), "utf-8")

        assert main(["plan", str(path)]) == 2

        out, err = capsys.readouterr()
        assert out == ""
        assert not invisible(err)


def test_an_error_of_any_text_is_visible() -> None:
    for where in (HOSTILE, "Stage.name"):
        error: InterviewFitError = InvalidFieldError(where, HOSTILE, HOSTILE, HOSTILE)

        assert not invisible(str(error))
