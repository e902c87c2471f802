"""What comes with the package, and what importing it brings along."""

import ast
import json
import re
from importlib.metadata import requires, version
from importlib.resources import files
from pathlib import Path

import pytest

import interviewfit
import watched
from child import python
from interviewfit import Search, loads

STUB = Path(interviewfit.__file__).with_suffix(".pyi")
"""Where the names of the front door stand, each with its module."""

# What attrs, cattrs and NumPy themselves import.
ALLOWED = {"attr", "attrs", "cattr", "cattrs", "numpy", "typing_extensions"}


class TestImport:
    def test_nothing_else_is_brought_along(self) -> None:
        """Whoever only asks one question waits for no data frames."""
        script = (
            "import sys; before = set(sys.modules); import interviewfit, json;"
            "[getattr(interviewfit, name) for name in interviewfit.__all__];"
            "tops = {name.partition('.')[0] for name in set(sys.modules) - before};"
            "print(json.dumps(sorted(tops - sys.stdlib_module_names)))"
        )

        run = python("-c", script)

        assert run.err == b""
        found = set(json.loads(run.out))
        # Compiled helpers of NumPy's random numbers name themselves this way.
        found = {name for name in found if not name.startswith("_")}
        assert "interviewfit" in found
        assert found - {"interviewfit"} <= ALLOWED
        assert {"attrs", "cattrs", "numpy"} <= found

    def test_what_a_first_decision_does_not_need_waits_until_it_is_used(self) -> None:
        """Neither what is asked later, nor what only other decisions need."""
        script = (
            "import sys, json; from interviewfit import assess;"
            "ours = lambda: sorted(n for n in sys.modules if 'interviewfit.' in n);"
            "loaded = ours();"
            "from interviewfit import Candidate, Opportunity, corporate;"
            "str(assess(Candidate(), Opportunity(name='Acme', stages=corporate())));"
            "late = [n for n in ours() if n not in loaded];"
            "from interviewfit.history import History;"
            "print(json.dumps([loaded, late, 'interviewfit.history._log' in ours()]))"
        )

        run = python("-c", script)

        assert run.err == b""
        loaded, late, has_log = json.loads(run.out)
        assert len(loaded) <= 78
        for_reasons = tuple(
            f"_assessment.{name}" for name in ("afterwards", "reasons", "statements")
        )
        further = ("_model.news_beside", "_text.statements")
        assert late == [f"interviewfit.{name}" for name in (*for_reasons, *further)]
        packages = ("_portfolio", "postings", "history", "simulation", "columns")
        # Dates are rare, as are other processes and passes that tell of the fit.
        unneeded = {*packages, "schema", "_calendar"}
        assert not [n for n in loaded if n.split(".")[1] in unneeded]
        within = [n for n in loaded if n.startswith("interviewfit._competition.")]
        assert within == ["interviewfit._competition.chains"]
        assert not [n for n in loaded if "mutual" in n]
        assert has_log

    def test_it_says_nothing_and_leaves_random_numbers_alone(self) -> None:
        script = (
            "import numpy as np; np.random.seed(1); import interviewfit;"
            "assert np.random.random() == np.random.RandomState(1).random_sample()"
        )

        assert python("-W", "error", "-c", script) == (0, b"", b"")

    def test_nobody_elses_serialisation_changes(self) -> None:
        """The converter is ours alone: the global one still knows no infinity rule."""
        script = (
            "import cattrs; before = cattrs.unstructure(float('inf'));"
            "import interviewfit; assert cattrs.unstructure(before) == before;"
            "assert cattrs.structure('3', float) == 3.0"
        )

        assert python("-c", script) == (0, b"", b"")

    def test_nothing_is_sent_started_or_written(self) -> None:
        """By us or by what we use."""
        example = files("interviewfit").joinpath("data/example.json").read_text("utf-8")
        script = str(Path(watched.__file__))

        run = python("-B", script, text=example)

        assert run.status == 0
        said = run.err.decode().splitlines()
        assert said == [
            "nowhere.json: no such file or directory. Check the name.",
            "[0, 0, 0, 2] []",
        ]

    @pytest.mark.parametrize(
        ("event", "given", "count"),
        [
            ("open", ("a", "w", 0o101), 1),
            ("open", ("a", "r", 0), 0),
            ("socket.connect", (), 1),
            ("os.system", ("ls",), 1),
            ("os.listdir", (".",), 0),
        ],
    )
    def test_what_is_done_to_the_world_is_seen(
        self, event: str, given: tuple[object, ...], count: int
    ) -> None:
        before = len(watched.seen)

        watched.watch(event, given)

        assert len(watched.seen) == before + count

    def test_three_packages_are_needed_and_no_more(self) -> None:
        needed = [
            one for one in requires("interviewfit") or [] if "extra ==" not in one
        ]

        assert {one.partition(">")[0] for one in needed} == {"attrs", "cattrs", "numpy"}


class TestResources:
    @pytest.mark.parametrize("name", ["py.typed", "data/example.json"])
    def test_they_are_packaged(self, name: str) -> None:
        assert files("interviewfit").joinpath(name).is_file()

    def test_the_example_is_a_search(self) -> None:
        text = files("interviewfit").joinpath("data/example.json").read_text("utf-8")

        assert len(loads(text, Search).opportunities) == 4


class TestNames:
    def test_what_is_promised_is_there(self) -> None:
        assert all(hasattr(interviewfit, name) for name in interviewfit.__all__)

    def test_the_door_is_narrow(self) -> None:
        assert 36 <= len(interviewfit.__all__) <= 40

    def test_a_type_checker_is_told_the_same_as_the_running_program(self) -> None:
        """Each name stands once, in the stub, as itself: so it is handed on."""
        tree = ast.parse(STUB.read_text(encoding="utf-8"))
        aliases = [
            (alias.name, alias.asname)
            for node in tree.body
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        ]

        assert all(name == handed_on for name, handed_on in aliases)
        assert [name for name, _ in aliases] + ["__version__"] == interviewfit.__all__

    def test_the_version_is_that_of_the_package(self) -> None:
        assert interviewfit.__version__ == version("interviewfit")

    def test_all_of_it_is_listed_before_it_is_used(self) -> None:
        script = "import interviewfit as i; assert set(i.__all__) <= set(dir(i))"

        assert python("-c", script) == (0, b"", b"")

    def test_a_name_that_is_not_there_is_said_to_be_missing(self) -> None:
        with pytest.raises(AttributeError, match="has no attribute 'asses'"):
            getattr(interviewfit, "asses")  # noqa: B009  # A checker would object.

    def test_everything_promised_says_what_it_is(self) -> None:
        promised = set(interviewfit.__all__) - {"__version__"}

        assert all(getattr(interviewfit, name).__doc__.strip() for name in promised)

    def test_everything_promised_is_checked_for_its_type(self) -> None:
        """``typing/api.py`` says what a type checker knows of each."""
        source = Path(__file__).with_name("typing") / "api.py"
        said = set(re.findall(r"\w+", source.read_text(encoding="utf-8")))

        assert set(interviewfit.__all__) - {"__version__"} <= said
