"""One function for every engine: it takes a record batch and returns a scored one."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from interviewfit._model.domain import Candidate
from interviewfit._model.priors import Assumptions
from interviewfit._model.stages import Stage
from interviewfit.errors import MissingPackageError
from interviewfit.extra.frames import score_frame
from interviewfit.schema._json import dumps

if TYPE_CHECKING:
    import pyarrow as pa


@frozen(kw_only=True, repr=False)
class Scoring:
    """A function that scores record batches; it can be pickled for any engine.

    Attributes:
        candidate: The person who decides.
        constants: Values that are the same in all rows, as in ``score_frame``.
        processes: Processes of your own by name, as in ``score``.
        assumptions: Priors and defaults, as in ``score``.
        terms: Whether the terms of every value are wanted, as in ``score``.
    """

    candidate: Candidate = field(factory=Candidate)
    constants: Mapping[str, Any] = field(factory=dict)
    processes: Mapping[str, Sequence[Stage]] | None = None
    assumptions: Assumptions = field(factory=Assumptions)
    terms: bool = False

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
        )
        scored = table.combine_chunks()
        if batches := scored.to_batches():
            return batches[0]
        return pa.RecordBatch.from_pylist([], schema=scored.schema)

    def __repr__(self) -> str:
        return f"<Scoring with {len(self.constants)} constants, terms={self.terms}>"

    @property
    def fingerprint(self) -> str:
        """A hash that is equal only for the same numbers and the same version."""
        processes = {
            str(name): [dumps(stage) for stage in stages]
            for name, stages in (self.processes or {}).items()
        }
        contents = [
            dumps(self.candidate),
            dumps(self.assumptions),
            sorted((str(name), repr(value)) for name, value in self.constants.items()),
            processes,
            self.terms,
            version("interviewfit"),
        ]
        return sha256(json.dumps(contents).encode()).hexdigest()


def arrow() -> Any:
    """The module ``pyarrow``.

    Raises:
        MissingPackageError: If it is not installed.
    """
    try:
        import pyarrow as pa  # an extra
    except ImportError:
        raise MissingPackageError("pyarrow", "files") from None
    return pa
