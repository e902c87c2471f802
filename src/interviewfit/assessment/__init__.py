"""
One decision: what each open action is worth, and why.
"""

from interviewfit.assessment.answer import Assessment, assess

__all__ = ["Assessment", "assess"]
