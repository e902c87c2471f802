"""Which files are read, and that none of them is written over.

A target may lie inside a directory that is read, so that answers stand beside their
rows; then nothing may lie there but answers of an earlier run.
"""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from interviewfit.errors import InvalidFieldError
from interviewfit.extra._storage import FINGERPRINT_KEY
from interviewfit.extra.frames import arrow

_ELSEWHERE = "another place than the source, which it would overwrite"


def format_of(path: Path) -> str:
    """The format that a name ends in, in small letters."""
    return path.suffix.lower()


def refuse_overwriting(sources: Iterable[Path], targets: Iterable[Path]) -> None:
    """Refuse a target that is one of the sources, by whatever name or link.

    Args:
        sources, targets: Files or directories to read, and those to write.

    Raises:
        InvalidFieldError: If one is both, or a target is a directory that holds a
            source which is a directory.
    """
    held: set[tuple[int, int]] = set()
    above: set[Path] = set()
    for source in sources:
        with suppress(OSError):  # What is not there is named when it is read.
            status = source.stat()
            held.add((status.st_dev, status.st_ino))
            if source.is_dir():
                above.update(source.resolve().parents)
    for target in targets:
        with suppress(OSError):  # The target need not be there yet.
            status = target.stat()
            if (status.st_dev, status.st_ino) in held or target.resolve() in above:
                raise InvalidFieldError("target", _ELSEWHERE, str(target))


def parquet_files(source: Path, target: Path) -> list[Path]:
    """The parquet files of a directory and of those inside it, in order.

    Links that lead nowhere are among them, so that each is named as a fault.

    Args:
        source: The directory; names that begin with a dot or an underscore are skipped.
        target: Where answers go, which are not read again if that is inside.

    Raises:
        InvalidFieldError: If the target holds a file that is no answer.
    """
    answers = target.resolve()
    files = []
    for file in sorted(source.rglob("*")):
        names = file.relative_to(source).parts
        is_hidden = any(name.startswith((".", "_")) for name in names)
        if is_hidden or format_of(file) != ".parquet" or file.is_dir():
            continue
        folder = file.parent.resolve()
        if answers not in (folder, *folder.parents):
            files.append(file)
        elif not _is_answer(file):
            expected = f"a directory without files to score, such as {file}"
            raise InvalidFieldError("target", expected, str(target))
    return files


def _is_answer(file: Path) -> bool:
    """Whether a file says that an earlier run has made it."""
    from pyarrow import parquet  # an extra

    with suppress(OSError, arrow().ArrowException):
        return FINGERPRINT_KEY in (parquet.read_schema(file).metadata or {})
    return False
