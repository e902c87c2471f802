"""Source as trees of syntax, each read once for all laws that look at it."""

import ast
from functools import cache
from pathlib import Path


@cache
def tree_of(path: Path) -> ast.Module:
    """The tree of a file of source, which nobody may change.

    Args:
        path: The file.
    """
    return ast.parse(path.read_text(encoding="utf-8"))
