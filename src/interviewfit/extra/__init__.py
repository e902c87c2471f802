"""
What needs another package than attrs, cattrs and NumPy; each is imported when used.
"""
