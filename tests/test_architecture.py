"""The order of the modules, and what none of them may do.

The file names are the architecture: imports point one way, up the list below.
The checker reads source, so it needs nothing installed and misses no import that
hides in a function.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import pytest

PACKAGE = "interviewfit"
SOURCE = Path(__file__).parents[1] / "src" / PACKAGE
MODULES = sorted(path.relative_to(SOURCE) for path in SOURCE.rglob("*.py"))
FACES = [
    module
    for module in MODULES
    if module.name == "__init__.py"
    and "extra" not in module.parts
    and module.parent.name
]

ORDER = (
    "errors",
    "progress",
    "_numeric.arrays",
    "_numeric.statistics",
    "_numeric.scratch",
    "_numeric.normal",
    "_numeric.panels",
    "_numeric.adaptive_quadrature",
    "_numeric.root_finding",
    "_numeric.beta_mixture",
    "_numeric",
    "_model.units",
    "_model.vocabulary",
    "_model.fields",
    "_model.beliefs",
    "_model.stages",
    "_model.domain",
    "_model.defaults",
    "_model.priors",
    "_model.search",
    "_model.decision",
    "_model",
    "_process.signals",
    "_process.inputs",
    "_process.parameters",
    "_process.side_values",
    "_process.compilation",
    "_process",
    "_results.assessment",
    "_results.plan",
    "_results",
    "_text.labels",
    "_text.assessment_text",
    "_text.plan_text",
    "_text.html",
    "_text",
    "_solver.gaussian_expectation",
    "_solver.chains",
    "_solver.interpolation",
    "_solver.value_function",
    "_solver.forward_pass",
    "_solver.backward_induction",
    "_solver.solution",
    "_solver",
    "_competition.chains",
    "_competition.index_value",
    "_competition.solved_processes",
    "_competition.rivals",
    "_competition.entries",
    "_competition",
    "_assessment.context",
    "_assessment.alternatives",
    "_assessment.choices",
    "_assessment.assessing",
    "_assessment.ranking",
    "_assessment.evaluation",
    "_assessment",
    "_portfolio.lattice",
    "_portfolio.learner",
    "_portfolio.joint",
    "_portfolio.pairs",
    "_portfolio.relaxation",
    "_portfolio.practice",
    "_portfolio.standing",
    "_portfolio.offers",
    "_portfolio.bounds",
    "_portfolio.planning",
    "_portfolio",
    "sensitivity._sampling",
    "sensitivity._agreement",
    "sensitivity._robustness",
    "sensitivity._one_way_search",
    "sensitivity._switching_values",
    "sensitivity._expected_maximum",
    "sensitivity._sweeps",
    "sensitivity._conditional",
    "sensitivity._information_value",
    "sensitivity._sources",
    "sensitivity._questions",
    "sensitivity._summary",
    "sensitivity",
    "simulation._paths",
    "simulation._policies",
    "simulation._scenarios",
    "simulation._plan_scenarios",
    "simulation._outcomes",
    "simulation._simulating",
    "simulation",
    "columns._specs",
    "columns._threads",
    "columns._factorize",
    "columns._table",
    "columns._validation",
    "columns._groups",
    "columns._solved_groups",
    "columns._scores",
    "columns._atlas",
    "columns._evaluation",
    "columns._scoring",
    "columns",
    "history._log",
    "history._waits",
    "history._survival",
    "history._pass_rates",
    "history._calibration",
    "history._verification",
    "history._backtest",
    "history._sankey",
    "history._review",
    "history",
    "schema._converter",
    "schema._json",
    "schema._schemas",
    "schema",
    "logs._dates",
    "logs._synonyms",
    "logs._formats",
    "logs._reader",
    "logs",
    "postings._documents",
    "postings._values",
    "postings._pay",
    "postings._currencies",
    "postings._intervals",
    "postings._amounts",
    "postings._cells",
    "postings._quotes",
    "postings._posting",
    "postings._composition",
    "postings._jsonld",
    "postings._boards",
    "postings._jobspy",
    "postings._resume",
    "postings._sources",
    "postings",
    "records",
    "__init__",
    "extra",
    "_importer",
    "__main__",
)
"""A module may import only what stands before it; modules of `extra` each other. The
modules of a package stand one by one, the package itself after them.
"""

THIRD_PARTY = {"attr", "attrs", "cattr", "cattrs", "numpy"}
"""What any module may import besides Python itself."""

# Extras of the project for people who use it; the others are for those who change it.
FOR_CHANGING_IT = {
    "bench",
    "bench-sums",
    "browser",
    "dev",
    "docs",
    "fuzz",
    "lint",
    "test",
}

FORBIDDEN_IMPORTS = {
    "_pickle",
    "_posixsubprocess",
    "_socket",
    "asyncio",
    "builtins",
    "code",
    "codeop",
    "ctypes",
    "dill",
    "ftplib",
    "http",
    "imaplib",
    "joblib",
    "marshal",
    "multiprocessing",
    "pickle",
    "poplib",
    "pty",
    "requests",
    "runpy",
    "shelve",
    "smtplib",
    "socket",
    "socketserver",
    "ssl",
    "subprocess",
    "telnetlib",
    "urllib",
    "webbrowser",
    "xmlrpc",
}
"""A library that reads strangers' job postings runs no code and opens no line."""

FORBIDDEN_NAMES = {"__builtins__", "__import__", "compile", "eval", "exec"}
"""Not even handed on to be called by somebody else."""

FORBIDDEN_CALLS = FORBIDDEN_NAMES | {
    "execl",
    "execv",
    "execve",
    "fork",
    "forkpty",
    "import_module",
    "popen",
    "posix_spawn",
    "spawnl",
    "spawnv",
    "startfile",
    "system",
}

LOOKED_UP = 'import_module(f"{__name__}.{_LATER[name]}")'
"""The one computed import: of our own modules, by a table, at first use."""

MOST_LINES = 400
"""Past this, look for the second noun."""


def area(module: Path) -> str:
    """The entry of the table that *module* belongs to."""
    path = module.with_suffix("").parts
    # Modules of `extra` share one entry; those of another package have their own.
    own = len(path) > 1 and path[0] != "extra" and path[-1] != "__init__"
    return ".".join(path) if own else path[0]


def entry(path: Sequence[str]) -> str:
    """The entry of the table for a dotted path inside the package."""
    longer = ".".join(path[:2])
    return longer if longer in ORDER else path[0]


def imports(module: Path, tree: ast.Module) -> Iterator[str]:
    """Absolute dotted names of all that *module* imports, wherever in the file.

    `from .units import Hours` gives `interviewfit._model.units.Hours`: whether the last
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
    """What is wrong with a module of area *own* importing *path* of the package.

    A single name that is no module, as in `from interviewfit import assess`, is
    one that `__init__` defines.
    """
    known = path and (len(path) > 1 or path[0] in ORDER)
    target = entry(path) if known else "__init__"
    if target not in ORDER:
        yield f"imports {target}, which has no place in the table ORDER"
    elif own == target == "extra":
        return
    elif ORDER.index(target) >= ORDER.index(own):
        yield f"imports {target}, which does not stand before {own}"


def packages_of_extras() -> set[str]:
    """What the extras for users bring along, by the name it is imported by."""
    text = (SOURCE.parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    extras = tomllib.loads(text)["project"]["optional-dependencies"]
    needed = [
        need
        for extra, needs in extras.items()
        if extra not in FOR_CHANGING_IT
        for need in needs
    ]
    names = [re.split(r"[^\w-]", need, maxsplit=1)[0] for need in needed]
    # `distributed` is Dask's, and brings Dask.
    return {"dask", *(name.replace("-", "_") for name in names)}


OF_EXTRAS = packages_of_extras()


def eager(tree: ast.Module) -> Iterator[ast.stmt]:
    """Import statements that run as soon as the module is imported.

    What only a type checker reads does not run.
    """
    nodes: list[ast.AST] = [tree]
    while nodes:
        node = nodes.pop()
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import | ast.ImportFrom):
                yield child
            elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(
                child.test
            ):
                nodes.extend(child.orelse)
            elif not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                nodes.append(child)


def eager_faults(tree: ast.Module) -> Iterator[str]:
    """Packages of an extra that are wanted before anybody asks for what needs them."""
    for node in eager(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            assert isinstance(node, ast.ImportFrom)
            names = [] if node.level else [node.module or ""]
        for name in names:
            top = name.partition(".")[0]
            if top in OF_EXTRAS - THIRD_PARTY:
                yield f"imports {top} outside of a function"


def import_faults(module: Path, name: str) -> Iterator[str]:
    """What is wrong with *module* importing *name*."""
    top, *rest = name.split(".")
    if top in FORBIDDEN_IMPORTS:
        yield f"imports {top}, which nothing here may"
    elif top == PACKAGE:
        yield from order_faults(area(module), rest)
    elif top in THIRD_PARTY | sys.stdlib_module_names:
        return
    elif area(module) != "extra":
        yield f"imports {top}; only {PACKAGE}.extra may need another package"
    elif top not in OF_EXTRAS:
        yield f"imports {top}, which no extra for users brings along"


def call_faults(tree: ast.Module) -> Iterator[str]:
    """Calls that run text as code, import by a computed name or start a program."""
    looked_up = ast.dump(ast.parse(LOOKED_UP, mode="eval").body)
    for node in ast.walk(tree):
        match node:
            case ast.Call() if ast.dump(node) == looked_up:
                continue
            case ast.Call(func=ast.Name(id=name)) if name in FORBIDDEN_CALLS:
                yield f"calls {name}"
            # `re.compile` is harmless; any other attribute of these names is not.
            case ast.Call(func=ast.Attribute(attr=name)) if name in FORBIDDEN_CALLS - {
                "compile"
            }:
                yield f"calls {name}"
            case ast.Name(id=name) if name in FORBIDDEN_NAMES:
                yield f"names {name}"
            case ast.keyword(arg="allow_pickle"):
                yield "says allow_pickle"


def faults(module: Path, source: str) -> list[str]:
    """All that is wrong with *source* standing at *module* in the package."""
    if area(module) not in ORDER:
        return [f"{area(module)} has no place in the table ORDER"]
    tree = ast.parse(source)
    found = [
        fault for name in imports(module, tree) for fault in import_faults(module, name)
    ]
    if area(module) == "extra":
        found += eager_faults(tree)
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

    def test_the_modules_of_a_package_stand_together(self) -> None:
        """So packages, too, import one way: nothing goes into one and comes out below."""
        rooms = [module.partition(".")[0] for module in ORDER]

        assert [one for one, _ in groupby(rooms)] == list(dict.fromkeys(rooms))

    @pytest.mark.parametrize("face", FACES, ids=str)
    def test_the_face_of_a_package_only_hands_names_on(self, face: Path) -> None:
        tree = ast.parse((SOURCE / face).read_text(encoding="utf-8"))
        words, *taken, told = tree.body
        own = f"{PACKAGE}.{face.parent.name}."

        assert isinstance(words, ast.Expr)
        assert all(name.startswith(own) for name in imports(face, tree))
        assert all(isinstance(one, ast.ImportFrom) for one in taken)
        assert isinstance(told, ast.Assign)
        assert ast.unparse(told.targets[0]) == "__all__"


class TestChecker:
    """A checker that cannot fail checks nothing."""

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
                "import interviewfit._model.domain as d",
                "imports domain, which does not stand before units",
            ),
            (
                "units.py",
                "def f():\n    from interviewfit._model.domain import Stage",
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
            (
                "postings/cells.py",
                "from interviewfit.postings._jsonld import read",
                "imports postings.jsonld, which does not stand before postings.cells",
            ),
            (
                "postings/cells.py",
                "from interviewfit.postings import read",
                "imports postings, which does not stand before postings.cells",
            ),
            (
                "postings/gadgets.py",
                "",
                "postings.gadgets has no place in the table ORDER",
            ),
            (
                "extra/frames.py",
                "import narwhals",
                "imports narwhals outside of a function",
            ),
            (
                "extra/frames.py",
                "if True:\n    from narwhals import DataFrame",
                "imports narwhals outside of a function",
            ),
            (
                "extra/frames.py",
                "def f():\n    import scipy",
                "imports scipy, which no extra for users brings along",
            ),
            ("codec.py", "import builtins", "imports builtins, which nothing here may"),
            ("codec.py", "map(eval, '1')", "names eval"),
            ("codec.py", "import os\nos.popen('')", "calls popen"),
            ("codec.py", "numpy.load('', allow_pickle=True)", "says allow_pickle"),
            ("codec.py", "anything.exec('')", "calls exec"),
            ("codec.py", "import_module(f'{__name__}.{x}')", "calls import_module"),
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
            ("postings/__init__.py", "from interviewfit.postings._jsonld import read"),
            ("postings/jsonld.py", "from interviewfit.postings._cells import Entry"),
            ("extra/__init__.py", ""),
            ("extra/frames.py", "from ..batch import score\ndef f(): import narwhals"),
            ("extra/frames.py", "if TYPE_CHECKING:\n    import narwhals"),
            ("extra/plots.py", "from . import frames\nfrom interviewfit import plan"),
            ("__main__.py", "from . import __version__\nfrom .codec import loads"),
            ("codec.py", "x = 1\n" * 400),
        ],
    )
    def test_a_good_module_passes(self, module: str, source: str) -> None:
        assert faults(Path(module), source) == []
