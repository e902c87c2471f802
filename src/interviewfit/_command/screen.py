"""What stands on standard output: answers as they print themselves."""

from collections.abc import Iterable


def lines_of(answers: Iterable[object]) -> str:
    """Answers in plain text, a blank line after each."""
    return "".join(f"{answer}\n\n" for answer in answers)
