"""One chain of steps, solved exactly: thresholds, values, terms.

A chain is numbers only. What they mean is said by ``process`` below and ``assessment``
above.
"""

from interviewfit._solver.solution import Solution, solve, value_rows

__all__ = ["Solution", "solve", "value_rows"]
