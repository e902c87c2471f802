"""What can go wrong. Every message names the place, the value and the remedy."""

from collections.abc import Sequence

__all__ = [
    "DecodeError",
    "InterviewFitError",
    "InvalidFieldError",
    "MissingPackageError",
    "faults_of",
]


class InterviewFitError(Exception):
    """Base of every error this package raises on purpose."""


class InvalidFieldError(InterviewFitError, ValueError):
    """A field holds what it cannot mean.

    Attributes:
        where: Class and field, such as ``"Stage.pass_rate"``.
        expected: What would have been right.
        value: What came.
        remedy: What to do, a sentence; may be empty.

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
    """Text that is not what it should be, with every fault found in it.

    Attributes:
        kind: Name of what was to be read, such as ``"Candidate"``.
        faults: One line each, ending in the JSON path.
    """

    def __init__(self, kind: str, faults: Sequence[str]) -> None:
        super().__init__(kind, tuple(faults))
        self.kind = kind
        self.faults: tuple[str, ...] = tuple(faults)

    def __str__(self) -> str:
        return "\n".join((f"This is not a valid {self.kind}:", *self.faults))


class MissingPackageError(InterviewFitError, ImportError):
    """A package is not installed that something asked for needs.

    Attributes:
        package: Which one.
        extra: Of ours, that brings it.

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
    """What is wrong, one line for every fault.

    >>> faults_of(DecodeError("Belief", ["It is empty."]))
    ('It is empty.',)
    """
    return error.faults if isinstance(error, DecodeError) else (str(error),)
