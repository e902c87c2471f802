"""Optimal stopping of a chain of steps: thresholds, values and terms.

A chain is numbers only. What they mean is said by ``_process``, which compiles an
opportunity into a chain, and by the packages above it.
"""
