"""The changes of ``hand_changes.py`` can still be made, and their tests still exist."""

from pathlib import Path

import pytest

from hand_changes import ROOT, SOURCE, Change, changes


def test_none_is_lost() -> None:
    assert len(changes()) >= 17


@pytest.mark.parametrize("change", changes(), ids=lambda change: change.what)
def test_its_text_occurs_once_and_its_tests_exist(change: Change) -> None:
    text = (SOURCE / change.file).read_text(encoding="utf-8")

    assert text.count(change.old) == 1, "write the text as it is now"
    assert change.new not in text
    assert change.tests
    for test in change.tests:
        path, _, names = test.partition("::")
        words = Path(ROOT / path).read_text(encoding="utf-8")
        assert all(name.partition("[")[0] in words for name in names.split("::"))
