"""
What to do next when several processes run at once.
"""

from interviewfit.portfolio.planner import Plan, plan

__all__ = ["Plan", "plan"]
