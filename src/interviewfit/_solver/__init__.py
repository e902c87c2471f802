"""Optimal stopping of a chain of steps: thresholds, values and terms."""
