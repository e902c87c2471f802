"""Work counted in functions called; time would tell of the machine."""

import sys
from collections.abc import Callable


def calls(what: Callable[[], object]) -> int:
    """How many functions are called on the way."""
    count = 0

    def see(_: object, event: str, __: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(see)
    try:
        what()
    finally:
        sys.setprofile(before)
    return count
