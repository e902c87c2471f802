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
from pathlib import Path

import pytest

from source_trees import tree_of

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
    "_numeric",
    "_model",
    "_reading",
    "schema",
    "_process",
    "_results",
    "_text",
    "_solver",
    "_competition",
    "_calendar",
    "_assessment",
    "_portfolio",
    "sensitivity",
    "weightings",
    "letters",
    "simulation",
    "columns",
    "history",
    "logs",
    "postings",
    "records",
    "__init__",
    "extra",
    "_command",
    "__main__",
)
"""Packages and top-level modules: each may import only those that stand before it.

Inside a package the modules may import each other as long as there is no circle.
"""

THIRD_PARTY = {"attr", "attrs", "cattr", "cattrs", "numpy"}
"""What any module may import besides Python itself."""

# Extras of the project for people who use it; the others are for those who change it.
FOR_CHANGING_IT = {
    "bench",
    "bench-libraries",
    "bench-sums",
    "browser",
    "dev",
    "docs",
    "fuzz",
    "lint",
    "test",
    "test-agent",
    "test-notebook",
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

LOOKED_UP = {
    "__init__.py": "import_module(_HOMES[name])",
    "_command/table.py": "import_module(_HOMES[name])",
    "extra/imports.py": "import_module(module.name)",
}
"""The computed imports of our own modules: by a table at first use, and all at once."""

MOST_LINES = 400
"""Past this, look for the second noun."""


def area(module: Path) -> str:
    """The entry of ORDER that *module* belongs to."""
    return module.with_suffix("").parts[0]


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


def order_faults(importer: str, path: list[str]) -> Iterator[str]:
    """What is wrong with a module of the area *importer* importing *path*.

    A single name that is no module, as in `from interviewfit import assess`, is
    one that `__init__` defines.
    """
    is_module = path and (len(path) > 1 or path[0] in ORDER)
    target = path[0] if is_module else "__init__"
    if target not in ORDER:
        yield f"imports {target}, which has no place in the table ORDER"
    elif target != importer and ORDER.index(target) >= ORDER.index(importer):
        yield f"imports {target}, which does not stand before {importer}"


def edges(modules: Sequence[Path]) -> set[tuple[str, str]]:
    """Which module imports which, by dotted names inside the package."""
    names = {
        ".".join(module.with_suffix("").parts).removesuffix(".__init__"): module
        for module in modules
    }
    pairs = set()
    for name, module in names.items():
        tree = tree_of(SOURCE / module)
        for target in imports(module, tree):
            path = target.split(".")[1:] if target.startswith(f"{PACKAGE}.") else []
            while path and ".".join(path) not in names:
                path.pop()
            if path and ".".join(path) != name:
                pairs.add((name, ".".join(path)))
    return pairs


def circles(pairs: set[tuple[str, str]]) -> set[str]:
    """Modules that import themselves in the end: what is left when leaves are cut."""
    names = {name for pair in pairs for name in pair}
    while True:
        leaves = names - {
            source for source, target in pairs if source in names and target in names
        }
        if not leaves:
            return names
        names -= leaves


def arrows(pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The import arrows between packages and top-level modules, each once."""
    tops = {(source.split(".")[0], target.split(".")[0]) for source, target in pairs}
    return {(source, target) for source, target in tops if source != target}


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


def call_faults(module: Path, tree: ast.Module) -> Iterator[str]:
    """Calls that run text as code, import by a computed name or start a program."""
    looked_up = LOOKED_UP.get(module.as_posix(), "None")
    looked_up = ast.dump(ast.parse(looked_up, mode="eval").body)
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
    found += call_faults(module, tree)
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

    def test_no_module_imports_itself_in_the_end(self) -> None:
        assert circles(edges(MODULES)) == set()

    def test_few_arrows_join_the_packages(self) -> None:
        """What a newcomer has to keep in mind; 301 before the packages were drawn."""
        assert len(arrows(edges(MODULES))) <= 140

    @pytest.mark.parametrize("face", FACES, ids=str)
    def test_the_face_of_a_package_only_hands_names_on(self, face: Path) -> None:
        tree = tree_of(SOURCE / face)
        docstring, *statements = tree.body

        assert isinstance(docstring, ast.Expr)
        assert all(
            isinstance(statement, ast.ImportFrom)
            or ast.unparse(statement).startswith("__all__ = [")
            for statement in statements
        )


class TestChecker:
    """A checker that cannot fail checks nothing."""

    @pytest.mark.parametrize(
        ("module", "source", "fault"),
        [
            ("gadgets.py", "", "gadgets has no place in the table ORDER"),
            (
                "_model/units.py",
                "from interviewfit._process.signals import update",
                "imports _process, which does not stand before _model",
            ),
            (
                "_model/units.py",
                "from interviewfit import _process",
                "imports _process, which does not stand before _model",
            ),
            (
                "_model/units.py",
                "import interviewfit._process.signals as d",
                "imports _process, which does not stand before _model",
            ),
            (
                "_model/units.py",
                "def f():\n    from interviewfit._process.signals import update",
                "imports _process, which does not stand before _model",
            ),
            (
                "_model/units.py",
                "from interviewfit import Stage",
                "imports __init__, which does not stand before _model",
            ),
            (
                "_model/units.py",
                "from .. import Stage",
                "imports __init__, which does not stand before _model",
            ),
            (
                "_model/units.py",
                "from interviewfit.gadgets import a, b",
                "imports gadgets, which has no place in the table ORDER",
            ),
            (
                "_model/units.py",
                "import interviewfit",
                "imports __init__, which does not stand before _model",
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
                "columns/_scoring.py",
                "import pandas as pd",
                "imports pandas; only interviewfit.extra may need another package",
            ),
            (
                "schema/_json.py",
                "from urllib.request import urlopen",
                "imports urllib, which nothing here may",
            ),
            (
                "extra/frames.py",
                "import pickle",
                "imports pickle, which nothing here may",
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
            (
                "schema/_json.py",
                "import builtins",
                "imports builtins, which nothing here may",
            ),
            ("schema/_json.py", "map(eval, '1')", "names eval"),
            ("schema/_json.py", "import os\nos.popen('')", "calls popen"),
            (
                "schema/_json.py",
                "numpy.load('', allow_pickle=True)",
                "says allow_pickle",
            ),
            ("schema/_json.py", "anything.exec('')", "calls exec"),
            (
                "schema/_json.py",
                "import_module(f'{__name__}.{x}')",
                "calls import_module",
            ),
            ("schema/_json.py", "import os\nos.system('')", "calls system"),
            ("schema/_json.py", "x = 1\n" * 401, "has 401 lines, above 400"),
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
            (
                "_solver/solution.py",
                "from ..errors import DecodeError\nfrom . import chains",
            ),
            ("_model/domain.py", "import __future__, enum, attrs, numpy.typing"),
            ("postings/_fields.py", "import re\nre.compile('x')"),
            ("__init__.py", "from .postings import read"),
            ("postings/__init__.py", "from interviewfit.postings._jsonld import read"),
            ("postings/_jsonld.py", "from interviewfit.postings._cells import Entry"),
            ("extra/__init__.py", ""),
            (
                "extra/frames.py",
                "from ..columns import score\ndef f(): import narwhals",
            ),
            ("extra/frames.py", "if TYPE_CHECKING:\n    import narwhals"),
            ("extra/plots.py", "from . import frames\nfrom interviewfit import plan"),
            ("__main__.py", "from . import __version__\nfrom .schema import loads"),
            ("schema/_json.py", "x = 1\n" * 400),
        ],
    )
    def test_a_good_module_passes(self, module: str, source: str) -> None:
        assert faults(Path(module), source) == []

    def test_a_circle_is_found_out(self) -> None:
        pairs = {("a", "b"), ("b", "c"), ("c", "b"), ("c", "d")}

        assert circles(pairs) == {"a", "b", "c"}
        assert circles(pairs - {("c", "b")}) == set()

    def test_arrows_are_counted_between_packages(self) -> None:
        pairs = {("a.x", "b.y"), ("a.z", "b.y"), ("a.x", "a.z"), ("c", "b.w")}

        assert arrows(pairs) == {("a", "b"), ("c", "b")}
