"""What every public docstring owes its reader, read from the source.

Public is what a module lists in ``__all__``. A new module is read as soon as it is
there. That there is a docstring at all is for ruff to see.
"""

import ast
import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from inspect import isfunction
from pathlib import Path
from typing import TypeAlias

import pytest

import interviewfit
from source_trees import tree_of

SOURCE = Path(interviewfit.__file__).parent
MODULES = sorted(path.relative_to(SOURCE) for path in SOURCE.rglob("*.py"))
STUB = ast.parse((SOURCE / "__init__.pyi").read_text(encoding="utf-8"))
REFERENCE = Path(__file__).parents[1] / "docs" / "reference"

UNITS = {
    "Days": "days?",
    "Hours": "hours?",
    "PercentOfPay": "percent of pay",
    "Worth": "hours?",
}
"""Annotations that are an alias of float, and the word that must stand beside them."""

# A unit may have been given a line above, or be that of what is named.
SAID_ABOVE = r"likewise|same unit|its standard deviation|of \*\w+\*"

SHAPED = {"FloatArray", "BoolArray", "IntArray"}
SHAPE = r"shape|\([a-z, *]+\)|\bone (?:for|per)\b|\beach\b|\bper\b|\brows?\b|\bnodes?\b"

ERRORS = {"DecodeError", "InvalidFieldError", "KeyError", "TypeError", "ValueError"}
"""Errors a caller may have to handle: each that is raised is announced."""

NO_EXAMPLE = {
    "main": "what it prints is an example in the README",
    "score_frame": "it needs a package more; docs/howto/data-frames.md shows it",
    "score_parquet": "likewise",
    "arrow": "likewise",
    "create_server": "it needs mcp; tests/agent calls it",
    "serve": "likewise; docs/howto/agents.md shows it",
    "bar": "it needs tqdm; tests/extra/test_progress.py draws one",
}
"""Public functions without an example of their own, and where one can be seen."""

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
Documented: TypeAlias = Function | ast.ClassDef


def listed(tree: ast.Module) -> set[str]:
    """What ``__all__`` says; that of the front door is worked out from its stub."""
    for node in tree.body:
        match node:
            case ast.Assign(
                targets=[ast.Name(id="__all__")], value=ast.List(elts=names)
            ):
                return {
                    str(name.value) for name in names if isinstance(name, ast.Constant)
                }
    return set()


def front_door() -> set[str]:
    """The names that the stub of ``interviewfit`` hands on."""
    return {
        alias.name
        for node in STUB.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def public_paths() -> dict[str, set[str]]:
    """Every public name, with each path from which it can be imported."""
    paths = {name: {f"interviewfit.{name}"} for name in front_door()}
    for module in MODULES:
        parts = module.with_suffix("").parts
        if any(part.startswith("_") and part != "__init__" for part in parts):
            continue
        tree = tree_of(SOURCE / module)
        path = ".".join(part for part in parts if part != "__init__")
        for name in listed(tree) if path else ():
            paths.setdefault(name, set()).add(f"interviewfit.{path}.{name}")
    return paths


def section(text: str, title: str) -> dict[str, str]:
    """Entries of a section of a docstring, each with its words."""
    found = re.search(rf"^{title}:\n((?:(?: .*)?\n)*)", text + "\n", re.MULTILINE)
    entries: dict[str, str] = {}
    names: list[str] = []
    for line in found[1].splitlines() if found else []:
        head = re.match(r"    ((?:\*{0,2}\w+(?:, )?)+):(.*)", line)
        if head:
            names = head[1].replace("*", "").split(", ")
            entries.update(dict.fromkeys(names, head[2]))
        for name in names if not head else []:
            entries[name] += f" {line.strip()}"
    return entries


def fields(node: ast.ClassDef) -> Iterator[tuple[str, ast.expr]]:
    """Public fields of a record, with their annotations."""
    for one in node.body:
        match one:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=kind):
                if not name.startswith("_"):
                    yield name, kind


def is_record(node: ast.ClassDef) -> bool:
    text = " ".join(ast.unparse(one) for one in node.decorator_list)
    return bool(re.search(r"\b(frozen|define|mutable|dataclass)\b", text))


def words(kind: ast.expr) -> set[str]:
    return set(re.findall(r"\w+", ast.unparse(kind)))


def raised(node: ast.AST) -> set[str]:
    """Errors raised in the body itself, not by what it calls."""
    return {
        name
        for one in ast.walk(node)
        if isinstance(one, ast.Raise) and one.exc is not None
        for name in words(one.exc) & ERRORS
    }


def unit_faults(name: str, kind: ast.expr, said: str) -> Iterator[str]:
    """A number with a unit says which, an array its shape."""
    for alias in words(kind) & set(UNITS):
        if not re.search(f"{UNITS[alias]}|{SAID_ABOVE}", said, re.IGNORECASE):
            yield f"{name} does not say its unit"
    if words(kind) & SHAPED and not re.search(SHAPE, said):
        yield f"{name} does not say its shape"


def record_faults(node: ast.ClassDef) -> Iterator[str]:
    """Every field of a record is described, with its unit, and nothing else is."""
    text = ast.get_docstring(node) or ""
    told = section(text, "Attributes")
    head = text.partition("Attributes:")[0]
    own = dict(fields(node))
    for name in own.keys() - told.keys():
        yield f"{node.name}.{name} is not described"
    for name in told.keys() - own.keys() if is_record(node) else ():
        yield f"{node.name} has no {name}"
    for name in own.keys() & told.keys():
        yield from unit_faults(f"{node.name}.{name}", own[name], head + told[name])


def function_faults(node: Function, where: str) -> Iterator[str]:
    """Arguments are described all or none, errors are announced, units are said."""
    text = ast.get_docstring(node) or ""
    told = section(text, "Args")
    every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    every += [one for one in (node.args.vararg, node.args.kwarg) if one]
    own = {one.arg for one in every} - {"self", "cls"}
    if told:
        for name in sorted(own ^ told.keys()):
            yield f"{where} describes not just its arguments: {name}"
    announced = section(text, "Raises")
    for error in sorted(raised(node) - announced.keys()):
        yield f"{where} raises {error} and does not say when"
    if node.returns is not None:
        yield from unit_faults(where, node.returns, text)


def constant_faults(tree: ast.Module, public: set[str]) -> Iterator[str]:
    """A public constant is followed by words that say what it is."""
    for node, after in zip(tree.body, [*tree.body[1:], ast.Pass()], strict=True):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)]):
                pass
            case ast.AnnAssign(target=ast.Name(id=name)):
                pass
            case _:
                continue
        if name not in public or name == "__all__":
            continue
        match after:
            case ast.Expr(value=ast.Constant(value=str())):
                pass
            case _:
                yield f"{name} is not followed by words"


def faults(source: str) -> list[str]:
    """All that the docstrings of a module owe."""
    tree = ast.parse(source)
    public = listed(tree)
    found: list[str] = []
    for node in tree.body:
        if not isinstance(node, Documented) or node.name not in public:
            continue
        if isinstance(node, Function):
            found += function_faults(node, node.name)
            continue
        found += record_faults(node)
        text = ast.get_docstring(node) or ""
        for one in node.body:
            if not isinstance(one, Function):
                continue
            if not one.name.startswith("_"):
                found += function_faults(one, f"{node.name}.{one.name}")
            elif is_record(node):
                # A validator's errors are the constructor's.
                hidden = raised(one) - section(text, "Raises").keys()
                announced = section(ast.get_docstring(one) or "", "Raises").keys()
                found += [
                    f"{node.name} raises {error} and does not say when"
                    for error in sorted(hidden - announced)
                ]
    return list(dict.fromkeys([*found, *constant_faults(tree, public)]))


def examples() -> Iterator[tuple[str, str]]:
    """Every public function with its docstring, and the command line's."""
    for module in MODULES:
        if "__all__" not in (SOURCE / module).read_text(encoding="utf-8"):
            continue
        tree = tree_of(SOURCE / module)
        names = listed(tree)
        for node in tree.body:
            if not isinstance(node, Function) or node.name not in names:
                continue
            if node.name == "main" or node.name in dict(PUBLIC):
                yield node.name, ast.get_docstring(node) or ""


PUBLIC = sorted(public_paths().items())
LISTED = set(
    re.findall(r"\{py:obj\}`([\w.]+)`", (REFERENCE / "index.md").read_text("utf-8"))
)
DESCRIBED = {
    name
    for page in REFERENCE.glob("*.md")
    for name in re.findall(
        r"^\.\. (?:auto|py:)\w+:: ([\w.]+)", page.read_text("utf-8"), re.MULTILINE
    )
}


TYPED = (Path(__file__).parent / "typing" / "api.py").read_text("utf-8")


class TestPackage:
    @pytest.mark.parametrize("module", MODULES, ids=str)
    def test_every_docstring_says_what_it_owes(self, module: Path) -> None:
        assert faults((SOURCE / module).read_text(encoding="utf-8")) == []

    @pytest.mark.parametrize(
        ("name", "text"), [pytest.param(*one, id=one[0]) for one in examples()]
    )
    def test_every_function_a_user_calls_has_an_example(
        self, name: str, text: str
    ) -> None:
        """The examples run, since the suite runs all of them."""
        assert (">>> " in text) != (name in NO_EXAMPLE)

    @pytest.mark.parametrize(
        ("name", "paths"), [pytest.param(*pair, id=pair[0]) for pair in PUBLIC]
    )
    def test_every_public_name_is_in_the_reference(
        self, name: str, paths: set[str]
    ) -> None:
        """In the list of names, and described on a page, under a path to import it."""
        assert paths & LISTED, f"{name} is not in docs/reference/index.md"
        assert paths & DESCRIBED, f"{name} is described on no page of docs/reference"

    @pytest.mark.parametrize("name", [name for name, _ in PUBLIC])
    def test_a_type_checker_sees_every_public_name(self, name: str) -> None:
        assert re.search(rf"\b{name}\b", TYPED)

    def test_the_reference_has_no_other_name(self) -> None:
        every = {path for _, paths in PUBLIC for path in paths}

        assert LISTED - every == set()
        assert DESCRIBED - every == set()


RECORD = '''
__all__ = ["Box"]

@frozen
class Box:
    """
    A box.

    Attributes:
        hours: {said}
    """

    hours: Hours
    {more}
'''
FUNCTION = '''
__all__ = ["f"]

def f(size: int, *, rate: float = 0.0) -> {kind}:
    """
    {said}
    """
    {more}
'''
RAISES = "Raises:\n{0}    InvalidFieldError: If not."


class TestChecker:
    """A checker that cannot fail checks nothing."""

    @pytest.mark.parametrize(
        ("said", "more", "found"),
        [
            ("How long, hours.", "", []),
            ("Its standard deviation, likewise.", "", []),
            ("How long.", "", ["Box.hours does not say its unit"]),
            ("Time, hours.", "name: str", ["Box.name is not described"]),
            ("Time, hours.", "_cache: str", []),
            ("Time, hours.\n        days: So many.", "", ["Box has no days"]),
            ("Hours.\n        at: Those in row 1.", "at: FloatArray", []),
            (
                "Hours.\n        found: Those in it.",
                "found: FloatArray",
                ["Box.found does not say its shape"],
            ),
            (
                "Time, hours.",
                "def _check(self):\n        raise InvalidFieldError('x')",
                ["Box raises InvalidFieldError and does not say when"],
            ),
            (
                "Hours.\n\n    " + RAISES.format("    "),
                "def _check(self):\n        raise InvalidFieldError('x')",
                [],
            ),
            (
                "Time, hours.",
                "def find(self):\n        raise KeyError(3)",
                ["Box.find raises KeyError and does not say when"],
            ),
        ],
    )
    def test_records(self, said: str, more: str, found: list[str]) -> None:
        assert faults(RECORD.format(said=said, more=more)) == found

    @pytest.mark.parametrize(
        ("kind", "said", "more", "found"),
        [
            ("float", "What it is.", "", []),
            ("Worth", "What it is worth, hours.", "", []),
            ("Worth", "What it is worth.", "", ["f does not say its unit"]),
            ("FloatArray", "All of them.", "", ["f does not say its shape"]),
            ("FloatArray", "All of them, one for each row.", "", []),
            (
                "int",
                "What.\n\n    Args:\n        size: Of it.",
                "",
                ["f describes not just its arguments: rate"],
            ),
            (
                "int",
                "What.\n\n    Args:\n        size: Of it.\n        rate, at: Both.",
                "",
                ["f describes not just its arguments: at"],
            ),
            (
                "int",
                "What.",
                "raise DecodeError('a', [])",
                ["f raises DecodeError and does not say when"],
            ),
            (
                "int",
                "What.\n\n    " + RAISES.format("    "),
                "raise InvalidFieldError('x')",
                [],
            ),
        ],
    )
    def test_functions(self, kind: str, said: str, more: str, found: list[str]) -> None:
        assert faults(FUNCTION.format(kind=kind, said=said, more=more)) == found

    @pytest.mark.parametrize(
        ("source", "found"),
        [
            ("__all__ = ['A']\nA = 1", ["A is not followed by words"]),
            ("__all__ = ['A']\nA: int = 1", ["A is not followed by words"]),
            ("__all__ = ['A']\nA = 1\n'Words.'", []),
            ("__all__ = ['A']\nB = 1", []),
            ("def f():\n    raise KeyError(1)", []),
        ],
    )
    def test_constants_and_what_is_not_public(
        self, source: str, found: list[str]
    ) -> None:
        assert faults(source) == found


# Of fixed size, whatever is asked.
FIXED = {"corporate", "small_firm", "technical"}


@pytest.mark.parametrize(
    "module",
    [
        "interviewfit",
        "interviewfit.columns",
        "interviewfit.extra.pages",
        "interviewfit.history",
        "interviewfit.letters",
        "interviewfit.logs",
        "interviewfit.postings",
        "interviewfit.schema",
        "interviewfit.sensitivity",
        "interviewfit.simulation",
        "interviewfit.weightings",
    ],
)
def test_every_function_says_how_its_work_grows(module: str) -> None:
    public = import_module(module)
    silent = {
        name
        for name in public.__all__
        if isfunction(function := getattr(public, name))
        and not re.search(r"work\s+grows", inspect.getdoc(function) or "")
    }

    assert silent <= FIXED
