"""
The order of the modules, and what none of them may do.

The file names are the architecture: imports point one way, up the list below.
The checker reads source, so it needs nothing installed and misses no import that
hides in a function.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = "interviewfit"
SOURCE = Path(__file__).parents[1] / "src" / PACKAGE
MODULES = sorted(path.relative_to(SOURCE) for path in SOURCE.rglob("*.py"))

ORDER = (
    "errors",
    "units",
    "arithmetic",
    "vocabulary",
    "progress",
    "fields",
    "evidence",
    "stages",
    "domain",
    "priors",
    "search",
    "decision",
    "signals",
    "inputs",
    "inventory",
    "wording",
    "normal",
    "prices",
    "process",
    "panels",
    "lens",
    "chains",
    "chart",
    "curves",
    "outcome",
    "induction",
    "solver",
    "contest",
    "pipeline",
    "lineup",
    "verdict",
    "explanation",
    "context",
    "courses",
    "choices",
    "assessment",
    "rows",
    "plans",
    "briefing",
    "practice",
    "standing",
    "portfolio",
    "crossings",
    "scan",
    "turning",
    "averages",
    "sweeps",
    "outlooks",
    "foresight",
    "sources",
    "inquiry",
    "sensitivity",
    "simulation",
    "batch",
    "history",
    "converter",
    "codec",
    "postings",
    "__init__",
    "extra",
    "__main__",
)
"""A module may import only what stands before it; modules of `extra` each other."""

THIRD_PARTY = {"attr", "attrs", "cattr", "cattrs", "numpy"}
"""What the core may import besides Python itself; `extra` may import anything."""

FORBIDDEN_IMPORTS = {
    "http",
    "marshal",
    "pickle",
    "requests",
    "shelve",
    "socket",
    "subprocess",
    "urllib",
}
"""A library that reads strangers' job postings runs no code and opens no line."""

FORBIDDEN_CALLS = {"__import__", "compile", "eval", "exec", "import_module", "system"}

MOST_LINES = 400
"""Past this, look for the second noun."""


def area(module: Path) -> str:
    """
    The entry of the table that *module* belongs to.
    """
    return module.parts[0].removesuffix(".py")


def imports(module: Path, tree: ast.Module) -> Iterator[str]:
    """
    Absolute dotted names of all that *module* imports, wherever in the file.

    `from .units import Hours` gives `interviewfit.units.Hours`: whether the last
    part is a module or a name in one is for the reader of the name to tell.
    """
    package = (PACKAGE, *module.parent.parts)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            stem = (*base, *(node.module or "").split("."))
            for alias in node.names:
                yield ".".join(part for part in (*stem, alias.name) if part)


def order_faults(own: str, path: list[str]) -> Iterator[str]:
    """
    What is wrong with a module of area *own* importing *path* of the package.

    A single name that is no module, as in `from interviewfit import assess`, is
    one that `__init__` defines.
    """
    target = path[0] if path and (len(path) > 1 or path[0] in ORDER) else "__init__"
    if target not in ORDER:
        yield f"imports {target}, which has no place in the table ORDER"
    elif own == target == "extra":
        return
    elif ORDER.index(target) >= ORDER.index(own):
        yield f"imports {target}, which does not stand before {own}"


def import_faults(module: Path, name: str) -> Iterator[str]:
    """
    What is wrong with *module* importing *name*.
    """
    top, *rest = name.split(".")
    if top in FORBIDDEN_IMPORTS:
        yield f"imports {top}, which nothing here may"
    elif top == PACKAGE:
        yield from order_faults(area(module), rest)
    elif area(module) != "extra" and top not in THIRD_PARTY | sys.stdlib_module_names:
        yield f"imports {top}; only {PACKAGE}.extra may need another package"


def call_faults(tree: ast.Module) -> Iterator[str]:
    """
    Calls that run text as code, import by a computed name or start a program.
    """
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        match node.func:
            case ast.Name(id=name) if name in FORBIDDEN_CALLS:
                yield f"calls {name}"
            # `re.compile` is harmless; any other attribute of these names is not.
            case ast.Attribute(attr=name) if name in FORBIDDEN_CALLS - {"compile"}:
                yield f"calls {name}"


def faults(module: Path, source: str) -> list[str]:
    """
    All that is wrong with *source* standing at *module* in the package.
    """
    if area(module) not in ORDER:
        return [f"{area(module)} has no place in the table ORDER"]
    tree = ast.parse(source)
    found = [
        fault for name in imports(module, tree) for fault in import_faults(module, name)
    ]
    found += call_faults(tree)
    length = len(source.splitlines())
    if length > MOST_LINES:
        found.append(f"has {length} lines, above {MOST_LINES}")
    return list(dict.fromkeys(found))


class TestPackage:
    def test_there_is_something_to_check(self) -> None:
        assert Path("__init__.py") in MODULES

    @pytest.mark.parametrize("module", MODULES, ids=str)
    def test_every_module_keeps_to_the_table(self, module: Path) -> None:
        source = (SOURCE / module).read_text(encoding="utf-8")

        assert faults(module, source) == []


class TestChecker:
    """
    A checker that cannot fail checks nothing.
    """

    @pytest.mark.parametrize(
        ("module", "source", "fault"),
        [
            ("gadgets.py", "", "gadgets has no place in the table ORDER"),
            (
                "units.py",
                "from .domain import Stage",
                "imports domain, which does not stand before units",
            ),
            (
                "units.py",
                "from . import domain",
                "imports domain, which does not stand before units",
            ),
            (
                "units.py",
                "import interviewfit.domain as d",
                "imports domain, which does not stand before units",
            ),
            (
                "units.py",
                "def f():\n    from interviewfit.domain import Stage",
                "imports domain, which does not stand before units",
            ),
            (
                "units.py",
                "from interviewfit import Stage",
                "imports __init__, which does not stand before units",
            ),
            (
                "units.py",
                "from . import Stage",
                "imports __init__, which does not stand before units",
            ),
            (
                "units.py",
                "from .gadgets import a, b",
                "imports gadgets, which has no place in the table ORDER",
            ),
            (
                "units.py",
                "import interviewfit",
                "imports __init__, which does not stand before units",
            ),
            (
                "__init__.py",
                "from .extra import plots",
                "imports extra, which does not stand before __init__",
            ),
            (
                "extra/frames.py",
                "from ..__main__ import main",
                "imports __main__, which does not stand before extra",
            ),
            (
                "batch.py",
                "import pandas as pd",
                "imports pandas; only interviewfit.extra may need another package",
            ),
            (
                "codec.py",
                "from urllib.request import urlopen",
                "imports urllib, which nothing here may",
            ),
            (
                "extra/frames.py",
                "import pickle",
                "imports pickle, which nothing here may",
            ),
            ("codec.py", "eval('1')", "calls eval"),
            ("codec.py", "import builtins\nbuiltins.exec('')", "calls exec"),
            ("codec.py", "import os\nos.system('')", "calls system"),
            ("codec.py", "x = 1\n" * 401, "has 401 lines, above 400"),
        ],
    )
    def test_a_bad_module_is_found_out(
        self, module: str, source: str, fault: str
    ) -> None:
        assert faults(Path(module), source) == [fault]

    @pytest.mark.parametrize(
        ("module", "source"),
        [
            ("errors.py", ""),
            ("solver.py", "from .units import Hours\nfrom . import errors, normal"),
            ("domain.py", "import __future__, enum, attrs, numpy.typing"),
            ("postings.py", "import re\nre.compile('x')"),
            ("__init__.py", "from .postings import read"),
            ("extra/__init__.py", ""),
            ("extra/frames.py", "import narwhals\nfrom ..batch import score"),
            ("extra/plots.py", "from . import frames\nfrom interviewfit import plan"),
            ("__main__.py", "from . import __version__\nfrom .codec import loads"),
            ("codec.py", "x = 1\n" * 400),
        ],
    )
    def test_a_good_module_passes(self, module: str, source: str) -> None:
        assert faults(Path(module), source) == []
