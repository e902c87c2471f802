"""The exceptions of this package. Every message names the place, value and remedy."""

from collections.abc import Sequence

__all__ = [
    "DecodeError",
    "InterviewFitError",
    "InvalidFieldError",
    "MissingPackageError",
    "faults_of",
]


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
        return f"{text} {self.remedy}" if self.remedy else text


class DecodeError(InterviewFitError, ValueError):
    """Text that cannot be read as what it should be, with all of its faults.

    Attributes:
        kind: Name of the type that was to be read, such as ``"Candidate"``.
        faults: A line for each fault, ending in its JSON path.
    """

    def __init__(self, kind: str, faults: Sequence[str]) -> None:
        super().__init__(kind, tuple(faults))
        self.kind = kind
        self.faults: tuple[str, ...] = tuple(faults)

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
    return error.faults if isinstance(error, DecodeError) else (str(error),)
