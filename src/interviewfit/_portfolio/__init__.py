"""What to do next when several processes run at once."""

from interviewfit._portfolio.planning import Plan, plan

__all__ = ["Plan", "plan"]
