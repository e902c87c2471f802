"""One function for every engine: a record batch in, a record batch out."""

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

__all__ = ["Scoring", "arrow"]


@frozen(kw_only=True)
class Scoring:
    """How rows are to be scored. It can be pickled, and called by any engine.

    Attributes:
        candidate: Who decides.
        also: What is the same in all rows, as in ``score_frame``; and so
        processes: as in ``score``,
        assumptions: likewise,
        terms: likewise.
    """

    candidate: Candidate = field(factory=Candidate)
    also: Mapping[str, Any] = field(factory=dict)
    processes: Mapping[str, Sequence[Stage]] | None = None
    assumptions: Assumptions = field(factory=Assumptions)
    terms: bool = False

    def __call__(self, batch: "pa.RecordBatch", first_row: int = 0) -> "pa.RecordBatch":
        """A record batch scored: what is carried over, then the answers.

        Raises:
            DecodeError: As ``score_frame``; rows are counted from *first_row*.
        """
        pa = arrow()
        table = score_frame(
            self.candidate,
            pa.Table.from_batches([batch]),
            also=self.also,
            processes=self.processes,
            assumptions=self.assumptions,
            terms=self.terms,
            threads=1,
            first_row=first_row,
        )
        whole = table.combine_chunks()
        if batches := whole.to_batches():
            return batches[0]
        return pa.RecordBatch.from_pylist([], schema=whole.schema)

    @property
    def fingerprint(self) -> str:
        """The same for the same numbers and the same version only."""
        processes = {
            str(name): [dumps(stage) for stage in stages]
            for name, stages in (self.processes or {}).items()
        }
        parts = [
            dumps(self.candidate),
            dumps(self.assumptions),
            sorted((str(name), repr(value)) for name, value in self.also.items()),
            processes,
            self.terms,
            version("interviewfit"),
        ]
        return sha256(json.dumps(parts).encode()).hexdigest()


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
