"""Modules that need another package than the core; each names its extra."""
