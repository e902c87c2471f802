"""What the pages need to run as tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from matplotlib import pyplot as plt

IN_A_FOLDER_OF_THEIR_OWN = {"tutorial.md"}
"""Pages that write files, as their readers do."""


@pytest.fixture(autouse=True)
def _as_a_reader(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[None]:
    if request.node.path.name in IN_A_FOLDER_OF_THEIR_OWN:
        monkeypatch.chdir(tmp_path)
    yield
    plt.close("all")
