"""One decision: what each open action is worth, and why."""

from interviewfit._assessment.assessing import Assessment, assess

__all__ = ["Assessment", "assess"]
