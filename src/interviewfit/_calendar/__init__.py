"""Searches on dates: offers that must be answered, steps on given days."""
