"""Very many decisions at once: columns in, columns out."""

from interviewfit.columns._columns import Coded
from interviewfit.columns._scores import Details, Scores
from interviewfit.columns._scoring import TEMPLATES, score
from interviewfit.columns._specs import column_table

__all__ = ["TEMPLATES", "Coded", "Details", "Scores", "column_table", "score"]
