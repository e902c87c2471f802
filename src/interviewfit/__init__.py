"""Whether the next interview is worth your time, and if not, how you leave.

>>> from interviewfit import Candidate, Opportunity, assess, corporate
>>> job = Opportunity(name="Acme", stages=corporate(), signals=["bad_reviews"])
>>> assess(Candidate(), job).action.value
'take'

The names of this package stand in ``__init__.pyi``, each with the module that it comes
from. A module is imported when one of its names is first used, so that ``import
interviewfit`` costs next to nothing (SPEC 1 of Scientific Python, "Lazy Loading of
Submodules and Functions"). All further public names have a submodule:
``sensitivity``, ``weightings``, ``simulation``, ``columns``, ``history``, ``logs``,
``postings``, ``schema`` and ``records``.
"""

import ast
from importlib import import_module
from pkgutil import get_data
from typing import Any

_STUB = ast.parse(get_data(__name__, "__init__.pyi") or b"")
_HOMES = {
    alias.name: node.module
    for node in _STUB.body
    if isinstance(node, ast.ImportFrom) and node.module
    for alias in node.names
}

__all__ = [*_HOMES, "__version__"]  # noqa: PLE0604  # the stub has it in full


def __getattr__(name: str) -> Any:
    if name == "__version__":
        # Imported when it is asked for: it takes longer than a module of ours.
        from importlib.metadata import version

        value: Any = version(__name__)
    elif name in _HOMES:
        value = getattr(import_module(_HOMES[name]), name)
    else:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
