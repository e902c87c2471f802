"""
How Hypothesis runs here.
"""

from hypothesis import HealthCheck, settings

# The ordinary run tries the same examples every time and knows no deadline, so
# neither luck nor a slow machine fails it.
settings.register_profile("ordinary", derandomize=True, deadline=None)
# For a long look: `python -m pytest --hypothesis-profile=thorough`.
settings.register_profile("thorough", deadline=None, max_examples=2_000)
# mutmut runs the suite many times in one process, which is no fault of a test's.
settings.register_profile(
    "mutation",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.differing_executors],
)
settings.load_profile("ordinary")
