"""
What needs another package, a module for each; nothing here is imported by itself.
"""
