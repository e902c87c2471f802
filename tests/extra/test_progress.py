import io
import sys

import pytest

from interviewfit import Candidate, Opportunity, assess, corporate, simulate
from interviewfit.errors import MissingPackageError
from interviewfit.extra.progress import bar


class TestBar:
    def test_without_tqdm_it_says_what_is_missing(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "tqdm.auto", None)

        with pytest.raises(MissingPackageError, match=r"tqdm: .*\[progress\]"):
            bar()

    def test_it_is_drawn_to_its_end_each_time(self) -> None:
        drawn = io.StringIO()
        told = bar(file=drawn, desc="careers")
        found = assess(Candidate(), Opportunity(name="Acme", stages=corporate()))

        simulate(found, 10_000, progress=told)
        simulate(found, 5_000, progress=told)

        text = drawn.getvalue()
        assert "careers" in text
        assert "10000/10000" in text
        assert "5000/5000" in text
