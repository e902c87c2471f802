"""Data frames scored: pandas, polars, pyarrow and every other kind that narwhals knows.

Columns that bear a name of ``columns.column_table`` are read; all others are carried
over unchanged. A null says that a value is unknown. ``Scoring`` does the same for the
record batches of any engine.
"""

import json
import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from attrs import field, frozen

from interviewfit._model.beliefs import Either
from interviewfit._model.domain import Candidate
from interviewfit._model.priors import Assumptions
from interviewfit._model.stages import Stage
from interviewfit._model.units import number_of
from interviewfit._model.vocabulary import Action
from interviewfit._numeric.arrays import AnyArray
from interviewfit.columns._columns import Coded
from interviewfit.columns._scores import Scores
from interviewfit.columns._scoring import score
from interviewfit.columns._specs import (
    FLAGS,
    is_carried,
    is_known_column,
    is_number_column,
)
from interviewfit.errors import InvalidFieldError, MissingPackageError
from interviewfit.schema._json import dumps

if TYPE_CHECKING:
    import narwhals as nw
    import pyarrow as pa

__all__ = ["score_frame"]

Frame = TypeVar("Frame")

_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
"""A cell that is a number, and so no formula."""
_FORMULA = re.compile("[=+\\-@\\t\\r\\n\uff1d\uff0b\uff0d\uff20]")
"""What a cell begins with that a spreadsheet computes; the last are full-width."""
_ACTIONS = [action.value for action in Action]


def score_frame(
    candidate: Candidate,
    frame: Frame,
    *,
    constants: Mapping[str, Any] | None = None,
    processes: Mapping[str, Sequence[Stage]] | None = None,
    assumptions: Assumptions | None = None,
    terms: bool = False,
    threads: int | None = None,
    first_row: int = 0,
    facts: Sequence[Either] = (),
) -> Frame:
    """The rows of a data frame with their answers, as ``score`` gives them.

    Args:
        candidate: The person who decides.
        frame: A data frame in memory, one row per opportunity. It is not changed.
        constants: Values that are the same in all rows, by the name of their column,
            such as ``{"process": "corporate"}``.
        processes: Processes of your own by name, each a sequence of stages.
        assumptions: Priors and defaults; those of the library if None.
        terms: Whether to add columns with the terms of every value, hours.
        threads: Number of threads; as many as there are processors if None.
        first_row: Number of the first row, for error messages.
        facts: Either/or facts of every row, as ``score`` takes them.

    Returns:
        A frame of the same kind, with the same rows and index. It holds the columns
        that were carried over, then those of ``Scores.columns``. A null stands where
        an action is not open.

    Raises:
        DecodeError: With one line for every column at fault.
        InvalidFieldError: If it is no data frame or a lazy one, if a constant is a
            column as well, or if a column has the name of an answer.
        MissingPackageError: If narwhals is not installed.
    """
    data = _eager(frame)
    columns, carried = _read_columns(data, candidate)
    for name, value in (constants or {}).items():
        if name in columns:
            where = f"score_frame(constants[{name!r}])"
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
        facts=facts,
    )
    answers = _answers(scores, data.implementation)
    if clashes := sorted(answers.keys() & set(carried)):
        where, expected = "score_frame(frame)", "free of the names of answers"
        raise InvalidFieldError(where, expected, clashes, "Rename it first.")
    scored: Frame = data.with_columns(**answers).select(*carried, *answers).to_native()
    return scored


def _eager(frame: Any) -> "nw.DataFrame[Any]":
    """The frame as narwhals wraps it.

    Raises:
        InvalidFieldError: If it is no frame in memory, or if its columns cannot be told
            by their names.
    """
    try:
        import narwhals as nw  # an extra

        data: nw.DataFrame[Any] | nw.LazyFrame[Any] = nw.from_native(frame)
    except ImportError:
        raise MissingPackageError("narwhals", "frames") from None
    except TypeError:
        expected = "a data frame that narwhals knows, such as of pandas"
        raise InvalidFieldError("score_frame(frame)", expected, type(frame)) from None
    except ValueError as error:
        # What narwhals says of two columns with the same name: the names, after "got".
        said = " ".join(str(error).partition("got:")[2].split()).removeprefix("- ")
        raise InvalidFieldError("the columns", "of different names", said) from None
    if isinstance(data, nw.LazyFrame):
        remedy = "Call .collect() first, or map over its batches."
        kind = type(frame)
        raise InvalidFieldError("score_frame(frame)", "in memory", kind, remedy)
    if odd := [name for name in data.columns if not isinstance(name, str)]:
        remedy = "Make it text, such as with frame.columns = map(str, frame.columns)."
        expected = "columns with names that are text"
        raise InvalidFieldError("score_frame(frame)", expected, odd, remedy)
    return data


def _read_columns(
    data: "nw.DataFrame[Any]", candidate: Candidate
) -> tuple[dict[str, Any], list[str]]:
    """The columns of a frame that are read, and the names of those carried over.

    Args:
        data: The frame.
        candidate: Whose priorities say which columns are aspects.

    Returns:
        Columns by name, as ``score`` takes them; one that only resembles a known name
        is among them, empty, so that ``score`` refuses it. And a list of names.
    """
    columns: dict[str, Any] = {}
    carried: list[str] = []
    for name in data.columns:
        if is_carried(name, candidate):
            carried.append(name)
        elif is_known_column(name, candidate):
            columns[name] = _column(data[name], name, candidate)
        else:
            columns[name] = np.empty(len(data))
    return columns, carried


def _column(  # noqa: PLR0911  # a way out for each type of a column
    series: "nw.Series[Any]", name: str, candidate: Candidate
) -> AnyArray | Coded:
    """A column of a frame as ``score`` takes it.

    Args:
        series, name: The column, and its name, which decides what type it must have.
        candidate: Whose priorities say which columns are aspects.

    Returns:
        Flags, False for null; numbers, NaN for null; or coded categories; shape
        ``(rows,)``. A column of a wrong type as it is, so that ``score`` refuses it.
    """
    import narwhals as nw  # an extra

    is_empty = series.null_count() == len(series)
    if name in FLAGS or name.startswith(("signs.", "tags.")):
        if isinstance(series.dtype, nw.Boolean):
            return np.asarray(series.fill_null(value=False).to_numpy(), dtype=np.bool_)
        if name.startswith("signs.") and series.dtype.is_numeric():
            strengths = series.cast(nw.Float64).fill_null(value=0.0)
            return np.asarray(strengths.to_numpy(), dtype=np.float64)
        # In pandas, flags with gaps are objects.
        entries = series.to_list()
        if all(entry is None or isinstance(entry, bool) for entry in entries):
            return np.array([entry is True for entry in entries], dtype=np.bool_)
    elif is_number_column(name, candidate):
        if is_empty:
            return np.full(len(series), np.nan)
        if series.dtype.is_numeric():
            # Without the cast, nullable and decimal columns would come as objects.
            return np.asarray(series.cast(nw.Float64).to_numpy(), dtype=np.float64)
    elif is_empty:
        return Coded(words=[""], codes=np.zeros(len(series), dtype=np.int8))
    elif isinstance(series.dtype, nw.String | nw.Categorical | nw.Enum):
        return _categories(series)
    return np.asarray(series.to_numpy())


def _categories(series: "nw.Series[Any]") -> Coded:
    """A column of names, coded by the frame's own engine."""
    import narwhals as nw  # an extra

    if series.implementation.is_pandas_like():
        codes, words = series.__native_namespace__().factorize(series.to_native())
        return Coded(words=words, codes=codes)
    text = series.cast(nw.String).fill_null("")
    words = text.unique().to_list()
    codes = text.replace_strict(words, list(range(len(words))), return_dtype=nw.Int32)
    return Coded(words=words, codes=codes.to_numpy())


def _answers(scores: Scores, backend: Any) -> dict[str, "nw.Series[Any]"]:
    """The answers as columns of a kind of frame by name, one entry per row.

    Args:
        scores: What ``score`` returned.
        backend: The library of the frame, as narwhals names it.
    """
    import narwhals as nw  # an extra

    answers: dict[str, nw.Series[Any]] = {}
    for name, entries in scores.to_columns(codes=True).items():
        is_value = name.startswith("value.")
        # An action that is not open is worth minus infinity to the engine.
        shown = np.where(entries == -np.inf, np.nan, entries) if is_value else entries
        series = nw.Series.from_numpy(name, shown, backend=backend)
        if name == "action":
            codes = list(range(len(_ACTIONS)))
            series = series.replace_strict(codes, _ACTIONS, return_dtype=nw.String)
        elif is_value or name.startswith("threshold["):
            series = series.fill_nan(None)
        answers[name] = series
    return answers


def library_version() -> str:
    """The version of this library where it runs."""
    return version("interviewfit")


@frozen(kw_only=True, repr=False)
class Scoring:
    """A function that scores record batches; it can be pickled for any engine.

    Attributes:
        candidate: The person who decides.
        constants, processes, assumptions, terms, facts: As in ``score_frame``.
        escape_formulas: Whether texts that are carried over, and names of columns, get
            a quote before them where a spreadsheet would compute them, such as
            ``=1+1``.
        made_by: The version of the library of whoever made it; answers of another
            version may differ.
    """

    candidate: Candidate = field(factory=Candidate)
    constants: Mapping[str, Any] = field(factory=dict)
    processes: Mapping[str, Sequence[Stage]] | None = None
    assumptions: Assumptions = field(factory=Assumptions)
    terms: bool = False
    escape_formulas: bool = False
    facts: Sequence[Either] = ()
    made_by: str = field(init=False, factory=library_version)

    def __call__(self, batch: "pa.RecordBatch", first_row: int = 0) -> "pa.RecordBatch":
        """The scored batch: the columns that were carried over, then the answers.

        Args:
            batch: Rows with columns as in ``score_frame``.
            first_row: Number of the first of them in its file, for error messages.

        Raises:
            DecodeError: As in ``score_frame``; rows are counted from *first_row*.
        """
        pa = arrow()
        table = score_frame(
            self.candidate,
            pa.Table.from_batches([batch]),
            constants=self.constants,
            processes=self.processes,
            assumptions=self.assumptions,
            terms=self.terms,
            threads=1,
            first_row=first_row,
            facts=self.facts,
        )
        scored = table.combine_chunks()
        if self.escape_formulas:
            scored = _escaped(scored)
        nothing = pa.RecordBatch.from_pylist([], schema=scored.schema)
        return next(iter(scored.to_batches()), nothing)

    def __repr__(self) -> str:
        constants = number_of(len(self.constants), "constant")
        return f"<Scoring with {constants}, terms={self.terms}>"

    @property
    def fingerprint(self) -> str:
        """A hash that is equal only for the same numbers and the same version."""
        processes = {
            str(name): [*map(dumps, stages)]
            for name, stages in (self.processes or {}).items()
        }
        contents = [
            *map(dumps, (self.candidate, self.assumptions)),
            sorted((str(name), repr(value)) for name, value in self.constants.items()),
            processes,
            self.terms,
            [*map(dumps, self.facts)],
            self.escape_formulas,
            self.made_by,
        ]
        return sha256(json.dumps(contents).encode()).hexdigest()


def _escaped(table: "pa.Table") -> "pa.Table":
    """A table whose texts no spreadsheet takes for a formula."""
    from pyarrow import compute  # an extra

    pa, types, columns = arrow(), arrow().types, []
    for head, column in zip(table.schema, table.columns, strict=True):
        texts = column
        if types.is_dictionary(head.type):
            texts = column.cast(head.type.value_type)
        if types.is_string(texts.type) or types.is_large_string(texts.type):
            texts = texts.cast(pa.large_string())
            begins = compute.match_substring_regex(texts, f"^{_FORMULA.pattern}")
            is_number = compute.match_substring_regex(texts, f"^({_NUMBER.pattern})$")
            risky = compute.and_not(begins, is_number)
            quote, nothing = (pa.scalar(text, texts.type) for text in ("'", ""))
            quoted = compute.binary_join_element_wise(quote, texts, nothing)
            columns.append(compute.if_else(risky, quoted, texts))
        else:
            columns.append(column)
    return pa.table(
        columns, names=[escape_formula(name) for name in table.schema.names]
    )


def escape_formula(text: str) -> str:
    """A cell with a quote before it if a spreadsheet would compute it.

    >>> escape_formula("=1+1"), escape_formula("-5"), escape_formula("Acme")
    ("'=1+1", '-5', 'Acme')
    """
    if not _FORMULA.match(text) or _NUMBER.fullmatch(text):
        return text
    return f"'{text}"


def arrow() -> Any:
    """The module ``pyarrow``, or a ``MissingPackageError`` that says how to get it."""
    try:
        import pyarrow as pa  # an extra
    except ImportError:
        raise MissingPackageError("pyarrow", "files") from None
    return pa
