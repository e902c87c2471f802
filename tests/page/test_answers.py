"""What the page asks is what the shell answers. A browser is in tests/browser."""

import ast
import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from interviewfit import Search, assess, dumps, loads
from interviewfit.__main__ import main
from interviewfit._model.vocabulary import ASPECTS, Sign
from interviewfit._results.assessment import GOING
from interviewfit._text.assessment_text import HEADLINES
from interviewfit._text.first_screen import worth
from interviewfit._text.layout import Paragraph
from interviewfit.extra.agent import TOOLS, call_tool
from interviewfit.letters import PURPOSES

PAGE = Path(__file__).parents[2] / "docs" / "page"


def module(name: str) -> ModuleType:
    """A module that stands beside the page."""
    spec = importlib.util.spec_from_file_location(name, PAGE / f"{name}.py")
    assert spec
    assert spec.loader
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


ANSWERS = module("answers")
EXAMPLE = ANSWERS.example()
SEARCH = loads(EXAMPLE, Search)
NAME = "Tessel, first analyst"
SHORT = json.dumps({**json.loads(EXAMPLE), "budget": 5.0})
NAMED = json.dumps({**json.loads(EXAMPLE), "name": NAME})
PAIR = {
    **json.loads(NAMED),
    "opportunities": json.loads(EXAMPLE)["opportunities"][:2],
}
"""Two opportunities, for what takes long: each question is worked out twice."""


def told(question: str, text: str) -> Any:
    return json.loads(getattr(ANSWERS, question)(text))


def words(blocks: list[dict[str, Any]]) -> list[str]:
    """All that blocks say, in order."""
    said: list[str] = []
    for block in blocks:
        said += [block["text"]] if "text" in block else []
        said += [cell for row in block.get("rows", ()) for cell in row]
    return said


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What the shell prints, without the breaks of its lines."""
    assert main(arguments) == 0
    return " ".join(capsys.readouterr().out.split())


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "my.json"
    path.write_text(EXAMPLE, encoding="utf-8")
    return str(path)


class TestAnswers:
    def test_the_table_is_that_of_the_shell(
        self, file: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        shell = printed(capsys, "plan", file)

        blocks = told("plan", EXAMPLE)["blocks"]

        for word in " ".join(words(blocks)).split():
            assert word in shell
        assert words(blocks)[-1] in shell

    def test_it_says_of_short_hours_what_the_plan_says(self) -> None:
        whole = call_tool("plan", SHORT)

        blocks = told("plan", SHORT)["blocks"]

        said = [block["text"] for block in blocks if "text" in block]
        whole_said = [it.text for it in worth(whole) if isinstance(it, Paragraph)]
        assert said[-2:] == whole_said

    def test_where_hours_are_limited_the_table_comes_first(self) -> None:
        """It is the table of the answer, word for word; else nothing comes before."""
        tables: list[str] = []

        whole = json.loads(ANSWERS.plan(SHORT, tables.append))

        (first,) = map(json.loads, tables)
        assert whole["blocks"][: len(first["blocks"])] == first["blocks"]
        assert first["blocks"][-1]["heads"]
        assert len(whole["blocks"]) == len(first["blocks"]) + 2
        ANSWERS.plan(EXAMPLE, tables.append)
        assert len(tables) == 1

    def test_every_rehearsal_is_a_search_and_leaves_nothing_behind(self) -> None:
        kept = ANSWERS.SOLUTIONS._steps

        last = [ANSWERS.rehearse(it) for it in range(len(ANSWERS.REHEARSALS))]

        assert last == [False] * (len(last) - 1) + [True]
        assert ANSWERS.SOLUTIONS._steps == kept

    def test_why_is_what_the_shell_tells_but_for_what_to_type(
        self,
        file: str,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """The page shows all reasons at once, the shell the first four."""
        monkeypatch.setattr("interviewfit._text.why_text._MOST_REASONS", 99)
        shell = printed(capsys, "why", file, NAME)

        said = words(told("why", NAMED)["blocks"])

        assert len(said) > 10
        for text in said:
            assert " ".join(text.split()) in shell
        assert "type:" not in " ".join(said)

    def test_a_letter_is_that_of_the_shell(
        self, file: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        shell = printed(capsys, "letter", file, NAME)

        assert " ".join(told("letter", NAMED)["text"].split()) == shell

    @pytest.mark.parametrize("tool", ["assess", "plan", "why", "questions"])
    def test_records_are_those_of_the_tools(self, tool: str) -> None:
        arguments = json.loads(EXAMPLE) if tool == "plan" else PAIR
        found = call_tool(tool, arguments)

        answer = told("record", json.dumps({"tool": tool, "arguments": arguments}))

        assert answer == {"text": str(found), "json": dumps(found)}

    @pytest.mark.parametrize("name", [job.name for job in SEARCH.opportunities])
    def test_what_comes_first_is_the_answer_by_itself(self, name: str) -> None:
        alone = assess(SEARCH.candidate, SEARCH.opportunity(name))
        named = json.dumps({**json.loads(EXAMPLE), "name": name})

        said = told("alone", named)["text"]

        assert said.startswith(f"{name}, judged by itself: {HEADLINES[alone.action]}.")
        is_going = alone.action in GOING
        assert (f"worth {alone.value:.1f} h over two years." in said) == is_going

    def test_what_is_saved_is_a_file_that_is_read_again(self) -> None:
        text = told("saved", EXAMPLE)["text"]

        assert loads(text, Search) == loads(EXAMPLE, Search)
        assert told("saved", text)["text"] == text

    @pytest.mark.parametrize("question", ["alone", "plan", "why", "letter", "saved"])
    @pytest.mark.parametrize(
        "text", ["", "{}", "[1]", "[" * 100_000, EXAMPLE.replace("0.6", "60")]
    )
    def test_faults_are_an_answer(self, question: str, text: str) -> None:
        answer = told(question, text)

        assert answer["faults"]
        assert all(isinstance(fault, str) for fault in answer["faults"])

    def test_an_answer_is_the_same_whatever_was_asked_before(self) -> None:
        """Moves of sliders, fewer opportunities, and back again."""
        tree, requests = json.loads(EXAMPLE), [EXAMPLE]
        for mean, sd in ((5, 5), (-30, 5), (5, 2)):
            jobs = [dict(job) for job in tree["opportunities"]]
            jobs[0]["beliefs"] = {"pay": {"mean": mean, "sd": sd}}
            requests.append(json.dumps({**tree, "opportunities": jobs}))
        few = tree["opportunities"][1:]
        requests.append(json.dumps({**tree, "opportunities": few}))
        after_others = [ANSWERS.plan(text) for text in [*requests, EXAMPLE]]

        for text, answer in zip([*requests, EXAMPLE], after_others, strict=True):
            assert module("answers").plan(text) == answer
        assert len(set(after_others)) == len(requests)

    def test_where_a_date_matters_the_day_is_said(self) -> None:
        tree = json.loads(EXAMPLE)
        plain = told("plan", EXAMPLE)
        assert told("plan", json.dumps({**tree, "today": "2026-11-30"})) == plain
        tree["opportunities"][0]["answer_by"] = "2026-12-04"

        dated = json.dumps({**tree, "today": "2026-11-30"})

        said = words(told("plan", dated)["blocks"])
        assert "Counted from today, 30 November 2026." in said
        assert "until" in told("plan", dated)["blocks"][1]["heads"]
        named = json.dumps({**json.loads(dated), "name": NAME})
        assert told("why", named)["blocks"]


class TestVocabulary:
    def test_the_form_offers_what_the_library_knows(self) -> None:
        offered = json.loads(ANSWERS.vocabulary())

        assert tuple(offered["aspects"]) == ASPECTS
        assert set(offered["signs"]) == set(Sign)
        assert offered["purposes"] == {
            phase.value: list(purposes) for phase, purposes in PURPOSES.items()
        }


class TestFiles:
    def test_the_page_fetches_nothing_from_elsewhere(self) -> None:
        """The network of Pyodide stands in what the build writes, and nowhere else."""
        for name in module("build_page").PAGE_FILES:
            text = (PAGE / name).read_text(encoding="utf-8")
            assert re.findall(r"https?:|//[a-z]+\.", text) == [], name

    def test_it_asks_only_questions_that_there_are(self) -> None:
        script = (PAGE / "page.js").read_text(encoding="utf-8")

        asked = set(re.findall(r'ask\("(\w+)"', script))
        assert asked == {"alone", "plan", "why", "letter", "saved"}
        assert all(hasattr(ANSWERS, name) for name in asked)
        assert asked & set(TOOLS) == {"plan", "why", "letter"}


class TestBuild:
    def test_a_runtime_that_is_not_whole_is_refused(self, tmp_path: Path) -> None:
        build = module("build_page")
        with pytest.raises(SystemExit, match=r"pyodide-lock.json: no such file"):
            build.copy_runtime(tmp_path, tmp_path / "out")

        lock: dict[str, Any] = {
            "info": {"version": "0.1"},
            "packages": {"numpy": {"file_name": "numpy.whl", "sha256": "0"}},
        }
        path = tmp_path / "pyodide-lock.json"
        path.write_text(json.dumps(lock), encoding="utf-8")
        with pytest.raises(SystemExit, match=r"Pyodide 0\.1, not "):
            build.copy_runtime(tmp_path, tmp_path / "out")

        lock["info"]["version"] = build.PYODIDE
        path.write_text(json.dumps(lock), encoding="utf-8")
        (tmp_path / "numpy.whl").write_bytes(b"else")
        with pytest.raises(SystemExit, match="not the file of Pyodide's lock"):
            build.copy_runtime(tmp_path, tmp_path / "out")

        assert not (tmp_path / "out").exists()


class TestNotebooks:
    @pytest.mark.parametrize("name", module("build_page").NOTEBOOKS)
    def test_the_library_is_fetched_before_a_cell_imports_it(self, name: str) -> None:
        """In the one cell that is added; every cell that imports it waits for that."""
        notebooks = module("build_page")
        source = (notebooks.SOURCES / f"{name}.py").read_text(encoding="utf-8")

        tree = ast.parse(notebooks.for_browser(source))

        cells = [ast.unparse(node) for node in tree.body if hasattr(node, "args")]
        needing = [cell for cell in cells if "from interviewfit" in cell]
        assert needing
        assert all(
            cell.index("assert is_installed") < cell.index("from interviewfit")
            for cell in needing
        )
        (fetching,) = (cell for cell in cells if "pyodide_js" in cell)
        assert "is_installed = True" in fetching
        assert len(cells) == source.count("@app.cell") + 1
        compile(ast.unparse(tree), name, "exec")
