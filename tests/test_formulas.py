"""Every module with mathematics names its source, or stands here with where it is from.

Arithmetic needs no source. What does is told by what a module calls: integrals, roots
of equations, logarithms, distributions. A source is an author and a year.
"""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

import interviewfit
from source_trees import tree_of

SOURCE = Path(interviewfit.__file__).parent
MATHEMATICS = {
    *("cdf", "erf", "erfc", "exp", "expm1", "hypot", "interp"),
    *("inv", "lgamma", "log", "log1p", "logaddexp", "legvander", "leggauss", "sqrt"),
    *("convolve", "expected_positive_part", "pdf", "pdf_cdf", "quantile"),
    *("small_pdf_cdf", "unit_normal_loss"),
}
"""Functions that a formula with an author tends to call."""

ELSEWHERE = {
    "_assessment/offer_questions": "variances add up; the rule is that of signals",
    "_assessment/outcome": "variances add up; the passes through the chain are its own",
    "columns/_pay": "the standard deviation of a uniform range",
    "_calendar/timed": "quantiles of a lognormal distribution, by its definition",
    "_competition/chains": "a shift of log-odds, as in signals",
    "_numeric/arrays": "functions of NumPy under a single name for numbers and columns",
    "_solver/mutual_chains": "units and blocks; mutual_induction has the recursion",
    "_solver/mutual_kinds": "sizes are rounded to a few; convolutions has the sums",
    "_competition/mutual_rivals": "the product of rivals, whose source rivals names",
    "_process/mutual_fit": "a page of the explanation derives it",
    "_process/compilation": "the law of total variance; signals has the updating",
    "_solver/chains": "variances add up; the recursion is that of backward_induction",
    "_solver/value_function": "the recursion is that of backward_induction",
    "extra/explore/_map": "a picture",
    "extra/plots/_passing": "a picture",
    "extra/plots/_processes": "a picture",
    "sensitivity/_influence": "a bound by the solver's own recursion without stopping",
    "simulation/_simulating": "mean squares add up, as in every standard error",
    "simulation/_mutual_paths": "the factor of the passes is that of _mutual_beliefs",
    "history/_pass_rates": "the posterior of a pass rate is that of beta_mixture",
    "_model/pay_conversion": "the standard deviation of a uniform range",
}
"""Modules without a source of their own, and why."""


def called(tree: ast.AST) -> set[str]:
    """Last names of the functions that are called."""
    functions = [one.func for one in ast.walk(tree) if isinstance(one, ast.Call)]
    return {
        one.attr if isinstance(one, ast.Attribute) else one.id
        for one in functions
        if isinstance(one, ast.Attribute | ast.Name)
    }


def names_a_source(tree: ast.AST) -> bool:
    """Whether some docstring has an author, initials first, and a year."""
    kinds = ast.Module | ast.ClassDef | ast.FunctionDef
    texts = [ast.get_docstring(one) for one in ast.walk(tree) if isinstance(one, kinds)]
    author = r"\b(?:[A-Z]\. )+(?:van |de )?[A-Z]\w+"
    return any(
        re.search(author, text) and re.search(r"\b(?:1[89]|20)\d\d\b", text)
        for text in texts
        if text
    )


@cache
def modules() -> dict[str, ast.Module]:
    """Modules with mathematics, by name."""
    trees = {
        path.relative_to(SOURCE).with_suffix("").as_posix(): tree_of(path)
        for path in SOURCE.rglob("*.py")
    }
    return {name: tree for name, tree in trees.items() if called(tree) & MATHEMATICS}


def test_each_names_a_source_or_says_where_it_is() -> None:
    silent = {name for name, tree in modules().items() if not names_a_source(tree)}

    assert silent == set(ELSEWHERE)


def test_a_source_that_stands_elsewhere_stands_there() -> None:
    """A module that another one is referred to names its source itself."""
    trees = {name.rpartition("/")[2]: tree for name, tree in modules().items()}
    for reason in ELSEWHERE.values():
        for word in set(re.findall(r"\w+", reason)) & trees.keys():
            assert names_a_source(trees[word]), reason


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Reference: R. Bellman, Dynamic Programming (1957).", True),
        ("as in S. Kotz and J. R. van Dorp, Beyond Beta\n(2004)", True),
        ("By hand, in 1957.", False),
        ("R. Bellman would have liked it.", False),
        ("", False),
    ],
)
def test_an_author_and_a_year_are_a_source(text: str, *, found: bool) -> None:
    assert names_a_source(ast.parse(f'"""\n{text}\n"""')) is found


def test_mathematics_is_what_is_called() -> None:
    tree = ast.parse("import numpy as np\nx = np.log(2) + f(3) + (lambda: 1)()")

    assert called(tree) == {"log", "f"}
