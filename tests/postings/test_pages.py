"""Postings out of a web page, and what a page cannot make us do."""

import sys

import pytest

from child import python
from interviewfit import DecodeError
from interviewfit.errors import MissingPackageError
from interviewfit.extra import pages
from interviewfit.extra.pages import read_page, scripts_of
from interviewfit.postings import ReadingOptions, Salary
from posting_trees import DATA

PAGE = (DATA / "page.html").read_text("utf-8")

WATCH = """
import sys
from pathlib import Path
from interviewfit.extra.pages import read_page
from interviewfit.postings import read_postings, read_resume
read_page('<script type="application/ld+json">{"@type": "JobPosting", "name": "a"}')
forbidden = ("socket.", "urllib.", "http.", "exec", "compile", "pickle.", "os.system",
             "subprocess.", "import", "open", "ctypes.", "marshal.")
paths = sorted(Path(sys.argv[1]).iterdir())
texts = [(path, path.read_text("utf-8")) for path in paths]
seen = []
sys.addaudithook(lambda event, _: seen.append(event))
for path, text in texts:
    if path.suffix == ".html":
        read_page(text)
    elif path.stem == "resume":
        read_resume(text)
    else:
        read_postings(text)
print(sorted({event for event in seen if event.startswith(forbidden)}))
"""


class TestReadPage:
    def test_the_posting_is_read_whatever_else_there_is(self) -> None:
        """A script that would write a posting is not run; a broken one is reported."""
        own = ReadingOptions(salary=Salary(amount=504_000, currency="SEK"))

        found = read_page(PAGE, own)

        (job,) = found
        assert job.opportunity.name == "Ångström Optics, Lens grinder"
        assert job.fields.description == "<p>Two\nlines</p>"
        assert str(job.fields.pays[0]) == "42,000 SEK per month"
        (reading,) = job.opportunity.signals
        assert getattr(reading, "value", None) == pytest.approx(0.0, abs=1e-9)
        (fault,) = found.faults
        assert "not JSON" in fault
        assert "script 2" in fault

    def test_bytes_are_the_same(self) -> None:
        assert read_page(PAGE.encode()) == read_page(PAGE)

    @pytest.mark.parametrize(
        "page",
        [
            "",
            " ",
            "\x00",
            "\ud800",
            "plain",
            "<html>",
            "<script type='application/ld+json'>",
            "<script type='application/ld+json'>{}</script>",
            "<script type='text/javascript'>{'@type': 'JobPosting'}</script>",
            "<a " * 100_000,
            "<div>" * 100_000,
            "<![CDATA[" * 100_000,
            "<!--" * 100_000,
        ],
    )
    def test_a_page_without_one_is_one_clear_error(self, page: str) -> None:
        with pytest.raises(DecodeError, match="web page"):
            read_page(page)

    def test_the_stated_size_and_no_more(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pages, "MAX_CHARACTERS", 100)

        with pytest.raises(DecodeError, match="at most 100 are read"):
            read_page("x" * 101)

    def test_scripts_of_the_type_and_no_others(self) -> None:
        page = (
            '<SCRIPT TYPE="Application/LD+JSON">a</SCRIPT><script>b</script>'
            '<!-- <script type="application/ld+json">c</script> -->'
            '<script type="application/ld+json; charset=utf-8">&amp;"d"</script>'
        )

        assert list(scripts_of(page)) == ["a", '&amp;"d"']

    def test_without_lxml_it_says_what_is_missing(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "lxml", None)

        with pytest.raises(MissingPackageError, match=r"lxml: .*\[html\]"):
            read_page(PAGE)


class TestSafety:
    def test_reading_opens_no_line_and_runs_nothing(self) -> None:
        """Python reports every socket, file, program, import and piece of code."""
        run = python("-c", WATCH, str(DATA))

        assert run.err == b""
        assert run.out.strip() == b"[]"

    def test_the_watch_would_have_seen_it(self) -> None:
        run = python("-c", WATCH.replace("read_resume(text)", "exec('1')"), str(DATA))

        assert b"exec" in run.out
