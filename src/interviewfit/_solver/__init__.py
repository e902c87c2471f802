"""Optimal stopping of a chain of steps: thresholds, values and terms.

Records of the recursion are never changed either, but not frozen: a frozen one takes
four times as long to make, and an answer takes some hundred of them.
"""
