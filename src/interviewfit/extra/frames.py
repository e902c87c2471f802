"""Data frames in, the same kind out: pandas, polars, pyarrow and all that narwhals knows.

Columns of a frame that are named as ``columns.column_table`` says are read; all others
are carried over as they are. A null says that something is not known.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from interviewfit._model.domain import Candidate
from interviewfit._model.priors import Assumptions
from interviewfit._model.stages import Stage
from interviewfit._model.vocabulary import Action
from interviewfit._numeric.arrays import AnyArray
from interviewfit.columns._factorize import Coded
from interviewfit.columns._scores import Scores
from interviewfit.columns._scoring import score
from interviewfit.columns._specs import (
    FLAGS,
    is_known_column,
    suggest_column,
    column_spec,
)
from interviewfit.errors import InvalidFieldError, MissingPackageError

if TYPE_CHECKING:
    import narwhals as nw

__all__ = ["score_frame"]

Frame = TypeVar("Frame")

# Columns named so are meant for us, whatever follows.
_HEADS = ("signs.", "stages[", "weights.", "priorities.")
_ACTIONS = [one.value for one in Action]


def score_frame(
    candidate: Candidate,
    frame: Frame,
    *,
    also: Mapping[str, Any] | None = None,
    processes: Mapping[str, Sequence[Stage]] | None = None,
    assumptions: Assumptions | None = None,
    terms: bool = False,
    threads: int | None = None,
    first_row: int = 0,
) -> Frame:
    """``score`` for a data frame.

    Args:
        candidate: Who decides.
        frame: In memory. It is left as it is.
        also: What is the same in all rows, such as ``{"process": "corporate"}``.
        processes: As in ``score``; and so
        assumptions: likewise,
        terms: likewise,
        threads: likewise,
        first_row: likewise.

    Returns:
        A frame of the same kind, with the same rows and index. It has the columns that
        were carried over, then those of ``Scores.columns``. A null stands for what is
        not open.

    Raises:
        DecodeError: With one line for every column at fault.
        InvalidFieldError: If it is no data frame, or a lazy one.
        MissingPackageError: If narwhals is not installed.
    """
    data = _eager(frame)
    columns, carried = _sorted(data, candidate)
    for name, value in (also or {}).items():
        if name in columns:
            where = f"score_frame(also[{name!r}])"
            raise InvalidFieldError(where, "no column of the frame as well", value)
        columns[name] = value
    scores = score(
        candidate,
        columns,
        processes=processes,
        assumptions=assumptions,
        terms=terms,
        threads=threads,
        first_row=first_row,
    )
    found = _series(scores, data.implementation)
    clashes = sorted(found.keys() & set(carried))
    if clashes:
        remedy = "Rename it first."
        raise InvalidFieldError(
            "score_frame(frame)", "free of our names", clashes, remedy
        )
    whole = data.with_columns(**found).select(*carried, *found)
    native: Frame = whole.to_native()
    return native


def _eager(frame: Any) -> "nw.DataFrame[Any]":
    try:
        import narwhals as nw  # an extra
    except ImportError:
        raise MissingPackageError("narwhals", "frames") from None
    try:
        data: nw.DataFrame[Any] | nw.LazyFrame[Any] = nw.from_native(frame)
    except TypeError:
        expected = "a data frame that narwhals knows, such as of pandas"
        raise InvalidFieldError("score_frame(frame)", expected, type(frame)) from None
    if isinstance(data, nw.LazyFrame):
        remedy = "Call .collect() first, or map over its batches."
        kind = type(frame)
        raise InvalidFieldError("score_frame(frame)", "in memory", kind, remedy)
    return data


def _sorted(
    data: "nw.DataFrame[Any]", candidate: Candidate
) -> tuple[dict[str, Any], list[str]]:
    """Columns that are read, and names of those that are carried over.

    What only seems to be ours is left for ``score`` to refuse.
    """
    columns: dict[str, Any] = {}
    carried: list[str] = []
    for name in data.columns:
        if name == "name":
            carried.append(name)
        elif is_known_column(name, candidate):
            columns[name] = _array(data[name], name, candidate)
        elif name.startswith(_HEADS) or suggest_column(name, candidate):
            columns[name] = np.empty(len(data))
        else:
            carried.append(name)
    return columns, carried


def _array(
    series: "nw.Series[Any]", name: str, candidate: Candidate
) -> AnyArray | Coded:
    """A column as ``score`` takes it; what is of the wrong type is left for it to refuse."""
    found: AnyArray | Coded | None = None
    if name in FLAGS or name.startswith(("signs.", "tags.")):
        found = _flags(series)
    elif name == "stage" or column_spec(name, candidate) is not None:
        found = _numbers(series)
    else:
        found = _words(series)
    return np.asarray(series.to_numpy()) if found is None else found


def _numbers(series: "nw.Series[Any]") -> AnyArray | None:
    import narwhals as nw  # an extra

    if series.null_count() == len(series):
        return np.full(len(series), np.nan)
    if series.dtype.is_numeric():
        # Nullable and decimal columns would come as objects.
        return np.asarray(series.cast(nw.Float64).to_numpy(), dtype=np.float64)
    return None


def _words(series: "nw.Series[Any]") -> Coded | None:
    """Each word once and a code for each row, as the engine itself finds them."""
    import narwhals as nw  # an extra

    if series.null_count() == len(series):
        return Coded(words=[""], codes=np.zeros(len(series), dtype=np.int8))
    if not isinstance(series.dtype, nw.String | nw.Categorical | nw.Enum):
        return None
    if series.implementation.is_pandas_like():
        codes, words = series.__native_namespace__().factorize(series.to_native())
        return Coded(words=words, codes=codes)
    text = series.cast(nw.String).fill_null("")
    words = text.unique().to_list()
    codes = text.replace_strict(words, list(range(len(words))), return_dtype=nw.Int32)
    return Coded(words=words, codes=codes.to_numpy())


def _flags(series: "nw.Series[Any]") -> AnyArray | None:
    import narwhals as nw  # an extra

    if isinstance(series.dtype, nw.Boolean):
        return np.asarray(series.fill_null(value=False).to_numpy(), dtype=np.bool_)
    # In pandas, flags with gaps are objects.
    entries = series.to_list()
    if all(one is None or isinstance(one, bool) for one in entries):
        return np.array([one is True for one in entries], dtype=np.bool_)
    return None


def _series(scores: Scores, backend: Any) -> dict[str, "nw.Series[Any]"]:
    """The answers as columns of a kind of frame."""
    import narwhals as nw  # an extra

    found: dict[str, nw.Series[Any]] = {}
    for name, array in scores.columns(codes=True).items():
        entries = array
        if name.startswith("worth."):
            entries = np.where(entries == -np.inf, np.nan, entries)
        series = nw.Series.from_numpy(name, entries, backend=backend)
        if name == "action":
            series = series.replace_strict(
                list(range(len(_ACTIONS))), _ACTIONS, return_dtype=nw.String
            )
        elif name.startswith(("worth.", "threshold[")):
            series = series.fill_nan(None)
        found[name] = series
    return found
