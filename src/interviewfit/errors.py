"""The exceptions of this package, and how messages show the text of strangers.

Every message names the place, value and remedy.
"""

from collections.abc import Sequence
from unicodedata import bidirectional, category, combining

__all__ = [
    "DecodeError",
    "InterviewFitError",
    "InvalidFieldError",
    "MissingPackageError",
    "faults_of",
]

_SHOWN_AS_ESCAPES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_VIRAMA = 9
_NON_JOINER, _JOINER = "\u200c", "\u200d"


class InterviewFitError(Exception):
    """Base class of every exception that this package raises on purpose."""


class InvalidFieldError(InterviewFitError, ValueError):
    """A field has a value that is not allowed.

    Attributes:
        where: Class and field, such as ``"Stage.pass_rate"``.
        expected: What is allowed, to read after "must be".
        value: The value that was given.
        remedy: What to do, as a sentence; may be empty.

    >>> print(InvalidFieldError("Stage.hours", "a number of at least 0", -1))
    Stage.hours must be a number of at least 0, got -1.
    """

    def __init__(
        self, where: str, expected: str, value: object, remedy: str = ""
    ) -> None:
        # All parts go to the base, so that the error survives pickling.
        super().__init__(where, expected, value, remedy)
        self.where = where
        self.expected = expected
        self.value = value
        self.remedy = remedy

    def __str__(self) -> str:
        try:
            shown = repr(self.value)
        except ValueError:
            # Python refuses to print an integer of thousands of digits.
            shown = "a number of very many digits"
        if len(shown) > 80:
            shown = f"{shown[:77]}..."
        text = f"{self.where} must be {self.expected}, got {shown}."
        return visible(f"{text} {self.remedy}" if self.remedy else text)


class DecodeError(InterviewFitError, ValueError):
    """Text that cannot be read as what it should be, with all of its faults.

    Attributes:
        kind: Name of the type that was to be read, such as ``"Candidate"``.
        faults: A line for each fault, ending in its JSON path.
    """

    def __init__(self, kind: str, faults: Sequence[str]) -> None:
        # Each on one line, and with escapes for what nobody sees: a fault tells of text
        # that a stranger may have written.
        lines = tuple(visible(" ".join(fault.splitlines())) for fault in faults)
        super().__init__(kind, lines)
        self.kind = kind
        self.faults: tuple[str, ...] = lines

    def __str__(self) -> str:
        return "\n".join((f"This is not a valid {self.kind}:", *self.faults))


class MissingPackageError(InterviewFitError, ImportError):
    """An optional feature was used whose package is not installed.

    Attributes:
        package: Name of the missing package.
        extra: Extra of interviewfit that installs it.

    >>> print(MissingPackageError("pyarrow", "files"))
    This needs pyarrow: pip install 'interviewfit[files]'
    """

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(package, extra)
        self.package = package
        self.extra = extra

    def __str__(self) -> str:
        return f"This needs {self.package}: pip install 'interviewfit[{self.extra}]'"


def faults_of(error: InterviewFitError) -> tuple[str, ...]:
    """The faults that an exception reports, a line for each.

    >>> faults_of(DecodeError("Belief", ["It is empty."]))
    ('It is empty.',)
    """
    if isinstance(error, DecodeError):
        return error.faults
    return getattr(error, "lines", None) or (str(error),)


def visible(text: str, keep: str = "") -> str:
    r"""Text with all that is invisible in it as escapes.

    Control characters and escape sequences rewrite a line of a terminal, direction
    overrides turn words round, and characters without a form hide in names. So all of
    Unicode's categories Cc, Cf and Cs are shown as escapes, and so are the two
    characters that end a line.

    Two joiners shape letters of some scripts. They stay where RFC 5892 (appendix A.1
    and A.2) lets them stand in a name: behind a virama, and ZERO WIDTH NON-JOINER
    between letters of a script that is written joined.

    Args:
        text: Of anybody.
        keep: Characters that stay as they are, such as a line end.

    >>> print(visible("Acme\x1b[2K\u202eemca"))
    Acme\x1b[2K\u202eemca
    """
    if text.isprintable():
        return text
    return "".join(
        character.encode("unicode_escape").decode("ascii")
        if category(character) in _SHOWN_AS_ESCAPES
        and character not in keep
        and not _shapes(text, position)
        else character
        for position, character in enumerate(text)
    )


def _shapes(text: str, position: int) -> bool:
    """Whether a character joins or parts the letters beside it, as their script asks.

    Args:
        text, position: Where it stands.
    """
    if text[position] not in {_NON_JOINER, _JOINER} or position == 0:
        return False
    before, after = text[position - 1], text[position + 1 : position + 2]
    if combining(before) == _VIRAMA:
        return True
    is_cursive = bidirectional(before) == "AL" and bool(after)
    return text[position] == _NON_JOINER and is_cursive and bidirectional(after) == "AL"
