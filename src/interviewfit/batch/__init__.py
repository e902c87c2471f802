"""
Very many decisions at once: columns in, columns out.
"""

from interviewfit.batch.coding import Coded
from interviewfit.batch.scores import Details, Scores
from interviewfit.batch.scoring import TEMPLATES, score

__all__ = ["TEMPLATES", "Coded", "Details", "Scores", "score"]
