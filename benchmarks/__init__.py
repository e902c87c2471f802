"""Measurements of speed: run by hand, never part of the tests.

They share cases and oracles with the tests, whose folder is put on the path here.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
