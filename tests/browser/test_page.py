"""The page in a real Chromium, offline: answers, files, keys, phone, screen reader."""

import json
import os
import re
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from playwright.sync_api import Page

from browser.conftest import PATIENCE, settle
from interviewfit import Assessment, Search, assess, dumps, loads, plan, questions
from interviewfit.letters import letter

EXAMPLE = files("interviewfit").joinpath("data/example.json").read_text("utf-8")
SEARCH = loads(EXAMPLE, Search)
TREE: dict[str, Any] = json.loads(EXAMPLE)
NAMES = [job.name for job in SEARCH.opportunities]
OPEN_ALL = "document.querySelectorAll('details').forEach((d) => { d.open = true; })"
PARTS = ("plan", "why", "letter")
# Parts that are shown without a mark while the form has changed since: nothing may be.
WATCH_PARTS = """
() => {
  window.unmarked = [];
  const look = () => {
    for (const part of ["why", "letter"]) {
      const isFresh = document.getElementById(part).ariaBusy !== "true";
      if (isFresh && JSON.stringify(search) !== window.answered[part]) {
        unmarked.push(part);
      }
    }
  };
  window.answered = {};
  const old = ask;
  ask = async (question, ...more) => {
    const now = JSON.stringify(search);
    const answer = await old(question, ...more);
    window.answered[question] = now;
    return answer;
  };
  const now = JSON.stringify(search);
  for (const part of ["why", "letter"]) window.answered[part] = now;
  document.addEventListener("input", () => setTimeout(look));
  setInterval(look, 20);
}
"""
SLIDER = "details[data-job][open] input[type=range]"


def assessed(name: str) -> Assessment:
    """The answer of CPython about an opportunity beside the others."""
    job = SEARCH.opportunity(name)
    others = [item for item in SEARCH.opportunities if item is not job]
    return assess(SEARCH.candidate, job, beside=others)


def asked(page: Page, question: str, request: Any) -> Any:
    """What Python in the browser answers."""
    return page.evaluate("([q, r]) => ask(q, r)", [question, request])


def record(page: Page, tool: str, **more: Any) -> Any:
    arguments = {**TREE, **more}
    return asked(page, "record", {"tool": tool, "arguments": arguments})


def numbers_of(tree: Any) -> list[float]:
    """Every number in a tree, in order."""
    if isinstance(tree, dict):
        return [number for key in tree for number in numbers_of(tree[key])]
    if isinstance(tree, list):
        return [number for entry in tree for number in numbers_of(entry)]
    is_number = isinstance(tree, int | float) and not isinstance(tree, bool)
    return [float(tree)] if is_number else []


def without_numbers(tree: Any) -> Any:
    """A tree with every number in it replaced by 0."""
    if isinstance(tree, dict):
        return {key: without_numbers(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [without_numbers(value) for value in tree]
    is_number = isinstance(tree, int | float) and not isinstance(tree, bool)
    return 0 if is_number else tree


class TestAnswers:
    """Byte for byte what CPython says; numbers in JSON to the last digits but two.

    Their last digits depend on how a processor computes an exponential.
    """

    def test_the_plan_is_that_of_cpython(self, page: Page) -> None:
        mine = plan(SEARCH.candidate, SEARCH.opportunities)

        answer = record(page, "plan")

        assert answer["text"] == str(mine)
        self._assert_same(answer["json"], dumps(mine))

    @pytest.mark.parametrize("name", NAMES)
    def test_an_assessment_is_that_of_cpython(self, page: Page, name: str) -> None:
        mine = assessed(name)

        answer = record(page, "assess", name=name)

        assert answer["text"] == str(mine)
        self._assert_same(answer["json"], dumps(evolve(mine, reasons=mine.reasons)))

    @pytest.mark.parametrize("name", NAMES)
    def test_questions_are_those_of_cpython(self, page: Page, name: str) -> None:
        mine = questions(assessed(name))

        answer = record(page, "questions", name=name)

        assert answer["text"] == str(mine)
        self._assert_same(answer["json"], dumps(mine))

    @pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
    @pytest.mark.parametrize("name", NAMES)
    def test_a_letter_is_that_of_cpython(
        self, page: Page, name: str, language: str
    ) -> None:
        mine = letter(assessed(name), language=language)

        answer = record(page, "letter", name=name, language=language)

        assert answer["text"] == mine

    def _assert_same(self, theirs: str, mine: str) -> None:
        first, second = json.loads(theirs), json.loads(mine)

        assert without_numbers(first) == without_numbers(second)
        assert numbers_of(first) == pytest.approx(
            numbers_of(second), rel=1e-9, abs=1e-9
        )

    def test_deep_json_is_a_fault_there_too(self, page: Page) -> None:
        for depth in (65, 1_000, 100_000):
            text = (
                '{"schema": "interviewfit/2", "a": ' + "[" * depth + "]" * depth + "}"
            )

            (fault,) = asked(page, "plan", text)["faults"]

            assert "nested more than 64 levels deep" in fault

    def test_a_table_of_many_rows_needs_one_thread_only(self, page: Page) -> None:
        rows = {"numbers": [float(number % 60) for number in range(70_000)]}
        arguments = {
            "schema": TREE["schema"],
            "candidate": {},
            "columns": {"process": {"words": ["corporate"]}, "pay.mean": rows},
        }

        answer = asked(page, "record", {"tool": "score", "arguments": arguments})

        assert answer["text"].count("\n") == 69_999


class TestPage:
    def test_the_table_and_the_words_of_the_example(self, page: Page) -> None:
        names = page.locator("#plan tbody td:first-child").all_inner_texts()
        assert sorted(names) == sorted(NAMES)
        assert "Start at the top with" in page.inner_text("#lead")
        assert NAMES[0] in page.inner_text("#why")
        assert "Subject: " in page.inner_text("#letter")

    def test_a_slider_moved_by_key_changes_the_answer(self, page: Page) -> None:
        before = page.inner_text("#plan")
        slider = page.locator(SLIDER).first
        slider.focus()

        for _ in range(25):
            page.keyboard.press("ArrowRight")
        settle(page)

        assert page.inner_text("#plan") != before
        assert slider.get_attribute("aria-valuetext") == "+31 % of pay"
        kept = json.loads(
            page.evaluate("sessionStorage.getItem('interviewfit-search')")
        )
        assert kept["opportunities"][0]["beliefs"]["pay"] == {"mean": 31, "sd": 5}

    def test_what_is_not_yet_answered_anew_is_marked(self, page: Page) -> None:
        """Nobody takes the reasons of the move before for those of this one."""
        slider = page.locator(SLIDER).first
        page.evaluate(WATCH_PARTS)
        for _ in range(25):
            slider.press("ArrowRight")
        seen = page.evaluate("[...document.querySelectorAll('[data-stale]')].length")
        settle(page)
        shown = {part: page.inner_html(f"#{part}") for part in PARTS}

        assert seen >= 2
        assert page.locator("[data-stale]").count() == 0
        assert page.locator("[aria-busy=true]").count() == 0
        # Whatever was put there last was the answer to where the slider stands.
        assert page.evaluate("unmarked") == []
        page.evaluate("changed()")
        settle(page)
        assert {part: page.inner_html(f"#{part}") for part in PARTS} == shown

    def test_where_the_table_takes_long_an_answer_stands_over_it(
        self, page: Page, tmp_path: Path
    ) -> None:
        """Of what is changed, by itself, until the table comes."""
        page.wait_for_selector("body[data-loaded=yes]", timeout=PATIENCE)
        jobs = [
            {**job, "name": f"{job['name']} {number}", "mutual_fit": 0.3}
            for number in range(3)
            for job in TREE["opportunities"]
        ]
        path = tmp_path / "many.json"
        path.write_text(json.dumps({**TREE, "opportunities": jobs}), encoding="utf-8")
        page.set_input_files("#open", path)
        settle(page)
        page.locator(SLIDER).first.press("ArrowRight")

        page.wait_for_selector("#alone", state="visible", timeout=PATIENCE)
        first = page.inner_text("#alone")
        settle(page)

        jobs[0]["beliefs"] = {"pay": {"mean": 7, "sd": 5}}
        moved = loads({**TREE, "opportunities": jobs}, Search)
        alone = assess(moved.candidate, moved.opportunities[0])
        assert first.startswith(f"{jobs[0]['name']}, judged by itself: take it.")
        assert f"worth {alone.value:.1f} h over two years. Beside the others" in first
        assert not page.is_visible("#alone")

    def test_where_hours_are_short_the_table_stands_first(self, page: Page) -> None:
        """It is that of the whole answer, and what is not known yet is named."""
        page.wait_for_selector("body[data-loaded=yes]", timeout=PATIENCE)
        page.evaluate(
            """() => new MutationObserver((_, observer) => {
                const plan = document.getElementById("plan");
                if (plan.dataset.tables === plan.dataset.answers) return;
                window.early = [plan.querySelector("table").outerHTML, plan.innerText];
                observer.disconnect();
            }).observe(document.getElementById("plan"), { attributes: true })"""
        )

        page.get_by_label("Hours that you have for all interviews").fill("5")
        settle(page)

        table, said = page.evaluate("early")
        assert page.inner_html("#plan").startswith(table)
        assert "What all of it is worth is being worked out." in said
        assert "one more hour would add" in page.inner_text("#plan")
        assert "is being worked out" not in page.inner_text("#plan")

    def test_a_date_in_a_file_is_counted_from_today(
        self, page: Page, tmp_path: Path
    ) -> None:
        jobs = [dict(job) for job in TREE["opportunities"]]
        jobs[0]["answer_by"] = (date.today() + timedelta(days=3)).isoformat()  # noqa: DTZ011  # as the browser
        path = tmp_path / "dated.json"
        path.write_text(json.dumps({**TREE, "opportunities": jobs}), encoding="utf-8")

        page.set_input_files("#open", path)
        settle(page)

        assert page.inner_text("#faults") == ""
        assert "Counted from today, " in page.inner_text("#plan")
        assert NAMES[0] in page.inner_text("#why")
        kept = page.evaluate("sessionStorage.getItem('interviewfit-search')")
        assert "today" not in json.loads(kept)

    def test_reasons_from_the_second_python_are_those_of_the_first(
        self, page: Page
    ) -> None:
        page.wait_for_selector("body[data-loaded=yes]", timeout=PATIENCE)
        assert page.evaluate("patient !== quick")
        request = {**TREE, "name": NAMES[0]}

        second = asked(page, "why", request)
        page.evaluate("TAKES_LONG.delete('why')")
        first = asked(page, "why", request)
        page.evaluate("TAKES_LONG.add('why')")

        assert first == second
        assert first["blocks"]

    def test_another_opportunity_is_explained(self, page: Page) -> None:
        page.get_by_role("button", name=NAMES[1]).first.click()
        settle(page)

        assert page.input_value("#which") == "1"
        assert NAMES[1] in page.inner_text("#why")
        assert NAMES[1] in page.inner_text("#letter")

    def test_a_letter_in_german_to_somebody(self, page: Page) -> None:
        page.get_by_label("Language of the letter").select_option("de")
        page.get_by_label("To whom, such as Ms Lee").fill("Frau Berg")
        settle(page)

        assert "Frau Berg" in page.inner_text("#letter")
        assert "Mit freundlichen" in page.inner_text("#letter")

    def test_a_search_is_written_from_nothing_saved_and_opened(
        self, page: Page, tmp_path: Path
    ) -> None:
        page.click("#empty")
        settle(page)
        page.get_by_label("Name of the job").first.fill("Acme, analyst")
        page.get_by_label("Your salary").fill("62000")
        page.get_by_label("Currency, such as EUR").fill("EUR")
        page.get_by_label("Pay of this job, from").fill("70000")
        page.get_by_role("combobox", name="Interview 2").select_option("executive")
        page.get_by_role("button", name="Add an interview").click()
        page.get_by_label("Where it stands").select_option("midway 1")
        page.get_by_text("What you noticed (0)").click()
        page.get_by_label("employees write bad reviews").check()
        page.get_by_text("What you think of it").click()
        page.get_by_label("I know something about culture").check()
        settle(page)

        with page.expect_download() as download:
            page.click("#save")
        path = tmp_path / "my.json"
        download.value.save_as(path)

        assert download.value.suggested_filename == "my.json"
        search = loads(path.read_text(encoding="utf-8"), Search)
        assert search == loads(
            {
                "schema": "interviewfit/2",
                "candidate": {
                    "salary": {"amount": 62000, "currency": "EUR", "per": "year"}
                },
                "opportunities": [
                    {
                        "name": "Acme, analyst",
                        "stages": [
                            {"kind": "hr_screen"},
                            {"kind": "executive"},
                            {"kind": "panel"},
                        ],
                        "beliefs": {"culture": {"mean": 0, "sd": 8}},
                        "pay": {
                            "low": 70000,
                            "high": 70000,
                            "currency": "EUR",
                            "per": "year",
                        },
                        "signals": ["bad_reviews"],
                        "position": {"phase": "midway", "stage": 1},
                    }
                ],
            },
            Search,
        )
        page.click("#show-example")
        settle(page)
        page.set_input_files("#open", path)
        settle(page)
        assert page.inner_text("#plan tbody td:first-child") == "Acme, analyst"

    def test_what_the_form_does_not_show_is_kept(
        self, page: Page, tmp_path: Path
    ) -> None:
        rich = {
            **TREE,
            "assumptions": {"numbers": {"horizon_years": 3}},
        }
        path = tmp_path / "rich.json"
        path.write_text(json.dumps(rich), encoding="utf-8")
        page.set_input_files("#open", path)
        settle(page)
        page.locator(SLIDER).first.press("ArrowRight")
        settle(page)

        kept = page.evaluate("JSON.parse(JSON.stringify(search))")

        rich["opportunities"][0]["beliefs"]["pay"]["mean"] += 1
        assert loads(kept, Search) == loads(rich, Search)

    @pytest.mark.parametrize(
        ("text", "fault"),
        [
            ("nonsense", "It is not JSON"),
            (EXAMPLE.replace("0.6", "60"), "For 60 %, write 0.6."),
            ('{"schema": "interviewfit/2"}', "'candidate' is missing"),
        ],
    )
    def test_a_bad_file_is_told_and_nothing_is_lost(
        self, page: Page, tmp_path: Path, text: str, fault: str
    ) -> None:
        path = tmp_path / "bad.json"
        path.write_text(text, encoding="utf-8")

        page.set_input_files("#open", path)
        settle(page)

        told = page.inner_text("#file-faults")
        assert fault in told
        assert "nothing was changed" in told
        assert page.inner_text("#faults") == ""
        assert page.locator("#plan tbody tr").count() == len(NAMES)

    def test_a_fault_in_the_form_names_the_opportunity(self, page: Page) -> None:
        page.get_by_label("Pay of this job, from").first.fill("70000")
        settle(page)

        assert NAMES[0] in page.inner_text("#faults")
        assert "Opportunity.pay must be" in page.inner_text("#faults")

    @pytest.mark.parametrize(
        ("label", "typed", "line"),
        [
            ("Your salary", "-5", "It must be a number above 0, got -5.0."),
            ("Your salary", "20", "It must be at least 100 EUR for a year's work"),
            ("Hours that you have for all interviews", "-3", "0 or more, got -3.0."),
            (
                "Interviews that you have done",
                "1e9",
                "It must be a number between 0 and 1,000",
            ),
            ("What you would never accept, with commas between", "x" * 1500, "1,500"),
            ("Name of the job", "", "This is missing."),
            ("Name of the job", NAMES[1], "Another opportunity has this name."),
            ("Name of the job", "x" * 1500, "It must be at most 1,000 characters"),
            ("Company", "x" * 1500, "It must be at most 1,000 characters"),
            ("Pay of this job, from", "-5", "It must be a number above 0, got -5.0."),
            ("Pay of this job, to", "70000", "You say so twice: leave this empty"),
            ("To whom, such as Ms Lee", "x" * 1500, "a text of at most 1,000"),
        ],
    )
    def test_what_is_wrong_stands_beside_its_field(
        self, page: Page, label: str, typed: str, line: str
    ) -> None:
        """Nothing else is marked, nothing is lost, and it goes once it is mended."""
        if label != "Your salary":
            page.get_by_label("Your salary").fill("60000")
        page.get_by_label("Currency, such as EUR").fill("EUR")
        field = page.get_by_label(label, exact=True).first
        before = field.input_value()

        field.fill(typed)
        settle(page)

        (fault,) = page.locator(".fault").all()
        assert line in fault.inner_text()
        assert field.get_attribute("aria-describedby") == fault.get_attribute("id")
        assert field.get_attribute("aria-invalid") == "true"
        assert field.input_value() == typed
        field.fill(before)
        settle(page)
        assert page.locator(".fault, [aria-invalid]").count() == 0
        assert page.locator("#plan tbody tr").count() == len(NAMES)

    def test_a_closed_box_says_that_something_in_it_is_wrong(self, page: Page) -> None:
        box = page.locator("details[data-job='0']")
        after = "head => getComputedStyle(head, '::after').content"
        head = box.locator("> summary")
        field = page.get_by_label("Pay of this job, from").first
        field.fill("-5")
        settle(page)

        assert head.evaluate(after) == "none"
        head.click()
        assert "wrong" in head.evaluate(after)
        assert page.get_by_text(NAMES[1]).first.evaluate(after) == "none"
        head.click()
        field.fill("")
        settle(page)
        head.click()
        assert head.evaluate(after) == "none"

    def test_what_is_no_number_says_so_and_is_left_out(self, page: Page) -> None:
        page.get_by_label("Currency, such as EUR").fill("EUR")
        for label in ("Your salary", "Interviews that you have done"):
            field = page.get_by_label(label)
            field.focus()
            page.keyboard.press("Control+A")
            page.keyboard.type("1e400")
            settle(page)

            assert "This is no number" in page.inner_text(".fault")
            assert page.locator("#plan tbody tr").count() == len(NAMES)
            field.fill("500")
            settle(page)
            assert page.locator(".fault").count() == 0

    def test_a_salary_that_is_taken_away_does_not_come_back(self, page: Page) -> None:
        page.get_by_label("Your salary").fill("60000")
        page.get_by_label("Currency, such as EUR").fill("EUR")
        page.get_by_label("Your salary").fill("")
        page.get_by_label("Currency, such as EUR").fill("USD")
        settle(page)

        assert page.evaluate("search.candidate.salary ?? null") is None

    def test_whoever_uses_keys_stays_where_they_are(self, page: Page) -> None:
        kinds = page.get_by_role("combobox", name=re.compile("^Interview "))
        count = kinds.count()

        kinds.first.focus()
        page.keyboard.press("ArrowDown")
        assert kinds.first.evaluate("field => field === document.activeElement")
        page.get_by_role("button", name="Add an interview").first.press("Enter")
        assert kinds.count() == count + 1
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert kinds.count() == count
        assert page.evaluate("document.activeElement.localName") == "select"

    def test_names_are_text_and_no_markup(self, page: Page) -> None:
        name = "<img src=x onerror=alert(1)>"
        page.get_by_label("Name of the job").first.fill(name)
        settle(page)

        assert name in page.inner_text("#plan")
        assert page.locator("img").count() == 0

    def test_it_survives_a_reload(self, page: Page) -> None:
        page.get_by_label("Name of the job").first.fill("Kept, analyst")
        settle(page)
        page.reload()
        page.wait_for_selector("body[data-ready=yes]", timeout=300_000)
        settle(page)

        assert "Kept, analyst" in page.inner_text("#plan")

    def test_so_does_what_has_a_fault(self, page: Page) -> None:
        """Somebody who reloads in the midst of typing can go on."""
        page.get_by_label("Hours that you have for all interviews").fill("40")
        page.get_by_label("Pay of this job, from").first.fill("-5")
        settle(page)
        page.reload()
        page.wait_for_selector("body[data-ready=yes]", timeout=300_000)
        settle(page)

        hours = page.get_by_label("Hours that you have for all interviews")
        assert hours.input_value() == "40"
        assert page.get_by_label("Pay of this job, from").first.input_value() == "-5"
        assert page.locator(".fault").count() > 0
        assert "see the line beside the field" in page.inner_text("#lead")
        hours.fill("")


class TestForEverybody:
    def test_axe_finds_nothing_wrong(self, page: Page) -> None:
        """With everything open: beliefs, signs, all opportunities, a fault."""
        script = Path(os.environ["AXE_CORE"]).read_text(encoding="utf-8")
        page.evaluate(script)
        page.evaluate(
            "document.querySelectorAll('details').forEach((d) => d.open = true)"
        )
        page.get_by_label("Pay of this job, from").first.fill("70000")
        settle(page)
        for width in (360, 1200):
            page.set_viewport_size({"width": width, "height": 900})

            found = page.evaluate("axe.run()")["violations"]

            assert [(fault["id"], fault["impact"]) for fault in found] == []

    @pytest.mark.parametrize("width", [320, 360, 412, 768])
    def test_on_a_phone_nothing_is_cut(self, page: Page, width: int) -> None:
        page.set_viewport_size({"width": width, "height": 740})
        page.evaluate(
            "document.querySelectorAll('details').forEach((d) => d.open = true)"
        )
        settle(page)

        cut = page.evaluate(
            """() => [...document.querySelectorAll("main *, header *, #foot *")]
              .filter((node) => node.closest("option, select, .skip") === null)
              .filter((node) => getComputedStyle(node).clipPath === "none")
              .filter((node) => !node.closest("thead"))
              .filter((node) => node.getBoundingClientRect().right > innerWidth + 0.5
                || (node.scrollWidth > node.clientWidth + 1 && node.clientWidth > 0
                    && !["INPUT", "SPAN"].includes(node.tagName)))
              .map((node) => node.outerHTML.slice(0, 100))"""
        )

        assert cut == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    @pytest.mark.parametrize("width", [320, 360, 768, 1024, 1200])
    def test_no_word_of_the_table_is_cut(self, page: Page, width: int) -> None:
        page.set_viewport_size({"width": width, "height": 740})
        settle(page)

        cut = page.evaluate(
            """() => {
              const cut = [];
              for (const cell of document.querySelectorAll("#plan th, #plan td")) {
                const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
                while (walker.nextNode()) {
                  const node = walker.currentNode;
                  for (const match of node.data.matchAll(/\\S+/g)) {
                    const range = document.createRange();
                    range.setStart(node, match.index);
                    range.setEnd(node, match.index + match[0].length);
                    const tops = [...range.getClientRects()].map((box) => box.top);
                    if (new Set(tops).size > 1) cut.push(match[0]);
                  }
                }
              }
              return cut;
            }"""
        )

        assert cut == []

    def test_everything_is_reached_by_key_in_the_order_of_the_page(
        self, page: Page
    ) -> None:
        page.focus(".skip")
        reached = ["Skip to the answer"]
        for _ in range(200):
            page.keyboard.press("Tab")
            name = page.evaluate(
                "document.activeElement.id || document.activeElement.textContent.trim()"
            )
            if name == reached[0]:
                break
            reached.append(name)

        assert len(reached) < 200
        for name in ("save", "empty", "which", "letter", "copy", *NAMES):
            assert name in reached

    def test_a_screen_reader_hears_what_is_first(self, page: Page) -> None:
        tree = page.locator("body").aria_snapshot()

        assert 'heading "What to do"' in tree
        assert re.search(r"status: .?Start at the top with", tree)
        assert 'columnheader "do what"' in tree
        assert "slider" in tree
