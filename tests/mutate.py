"""Are the tests able to fail? ``python tests/mutate.py signals prices``.

mutmut changes one thing at a time in a module, and runs the tests that speak of it; a
change that no test notices has survived. Each module is mutated by itself in a copy of
the project, with the tests of ``TESTS`` alone: all of them would take hours, and a test
three modules away that happens to fail says little. Of those that reach a mutant it
meets the quickest first, and only as many as take ``--seconds`` together, so that
slower tests are not counted on. Prints a Markdown table, and on standard error each
survivor as a difference.

``--sample 100`` takes so many mutants of a module by lot, the same every time unless
another ``--lot`` is named (tests written for one lot are fairly judged by another), and
gives the share with its 95 % interval (E. B. Wilson, "Probable Inference", Journal of
the American Statistical Association 22 (1927) 209-212).
"""

import argparse
import math
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "interviewfit"
COPIED = ("src", "tests", "README.md", "pyproject.toml", "docs", "SECURITY.md")
KILLED = (
    "killed",
    "timeout",
    "segfault",
    "caught by type check",
    # So mutmut calls it where a test file cannot even be read.
    "check was interrupted by user",
)

EQUAL = (
    (
        r"strict=True",
        r"strict=(None|False)|, \)",
        "what is zipped has one length, since one was made from the other",
    ),
    (
        r"whole = variance / left if left else 0\.0",
        r"else 1\.0",
        "nothing is left only where all was shown, and then it is multiplied by 0",
    ),
    (
        r"np\.empty\(steps\[0\]\.shape\)",
        r"np\.empty\(steps\[1\]\.shape\)",
        "all five parts of a chain have one shape, which was checked",
    ),
    (
        r"view\.see\(points\.reshape\(1, -1\)\)",
        r"view\.see\(points\.reshape\((-1|1, -2)\)\)",
        "one row of points is what NumPy makes of these too",
    ),
    (
        r"\(_CELL \* blur\), 1e15\)",
        r"1000000000000001",
        "any number will do that is neither infinite nor a number of cells",
    ),
    (
        r"for pair in pairs\(\) if",
        r"or True|\[1\] > 1|>= 1|> 2",
        "which layout is tried first is a matter of time; each is good to 1e-11",
    ),
    (
        r"sound = np\.isfinite",
        r"None| - steps",
        "it spares a look at each part; no number shows in a difference as in a sum",
    ),
    (
        r"questions\(assessment, pairs=False\)",
        r"pairs=(None|True)|assessment, \)",
        "pairs come after all single aspects, and the first is taken",
    ),
    (
        r"vanishes\(candidate\.priorities\.get\(name, 1\.0\)\)",
        r"None|name, \)|2\.0",
        "anything but 0 counts, and what is not said counts",
    ),
    (
        r"\.(min|max)\(initial=0\.0\)",
        r"initial=1\.0",
        "a chance of 0 or 1 is in range, and so is a reveal of either",
    ),
    (
        r"term in step\.gains or|loses = fsum",
        r"term not in step\.gains|max\(1\.0|term, 1\.0\)",
        "a looser bound asks the solver where it need not, and the answer is the same",
    ),
    (
        r"strict=False",
        r"strict=None|, \)",
        "so it is anyway",
    ),
    (
        r'in "AO" else',
        r"XXAOXX",
        "no kind of argument begins with an X",
    ),
    (
        r'name="an opening"',
        r"XX|AN OPENING",
        "an opening that nobody has been invited to is not shown by a name",
    ),
    (
        r"^ +plain,$",
        r"None,",
        "lanes that were not solved yet are solved again",
    ),
    (
        r"process\.steps\[1:2\]",
        r"process\.steps\[1:3\]",
        "only the first of them is looked at",
    ),
    (
        r"cast\((float, found|Any, )",
        r"cast\(None, ",
        "what a cast is to is for the type checker alone",
    ),
    (
        r"len\((courses|going)\) > _FEW",
        r">= _FEW",
        "two are as well solved side by side as one by one",
    ),
    (
        r"ChainParameters\.of_steps\(mean, one\.steps\)",
        r"ChainParameters\.of_steps\(None, one\.steps\)",
        "where the mean stands does not matter to a solution",
    ),
    (
        r"smaller\(1\.0, larger\(0\.0, (accept|chance)\)\)",
        r"smaller\(2\.0",
        "only a rounding error is above 1",
    ),
    (
        r"first\.worth > _SMALL",
        r"first\.worth >= _SMALL",
        "no worth is three minutes to the last digit",
    ),
    (
        r"part / np\.where\(nothing, 1\.0, whole\)",
        r"np\.where\(nothing, 2\.0, whole\)",
        "what it is divided by there is thrown away",
    ),
    (
        r"np\.resize\(part, rows\) if isinstance\(part, np\.ndarray\)",
        r"and False|or True",
        "a number, or a column of one, is spread over the rows by NumPy as well",
    ),
    (
        r"if not 0\.0 < chance < 1\.0",
        r"0\.0 <= chance|chance <= 1\.0",
        "the formula leaves 0 and 1 as they are too",
    ),
    (
        r"max\(1\.0, abs\(lane\.exit\[0\]\)\)|worst = -fsum",
        r"max\(2\.0|- 2\.0",
        "any number that is worse than leaving will do",
    ),
    (
        r"pipeline = plain|SolvedProcesses\.of\(lanes, self\.pipeline\)",
        r"pipeline = None|SolvedProcesses\.of\(lanes, None\)|SolvedProcesses\.of\(lanes, \)",
        "lanes that were not solved yet are solved again",
    ),
    (
        r"min\(1\.0, max\(0\.0, (self\._mixtures|float\(outcome)",
        r"min\(2\.0",
        "only a rounding error is above 1",
    ),
    (
        r"low, high = 0\.0, 1\.0",
        r"0\.0, 2\.0",
        "a search that begins with wider bounds ends between the same",
    ),
    (
        r'^ +with np\.errstate\(all="ignore"\):$',
        r"np\.errstate\(all=None\)",
        "of a first reveal wide enough to tabulate nothing is known to overflow",
    ),
    (
        r"priorities\.get\(aspect, 1\.0\)",
        r"None|aspect, \)|2\.0",
        "anything but 0 counts, and what is not said counts",
    ),
    (
        r"first_row, crew\)|AT_ONCE if shared",
        r"first_row, (None)?\)|and False|or True",
        "how many threads there are and how much each takes is a matter of time",
    ),
    (
        r"worth\(surplus\) if surplus > 0\.0 else without",
        r"surplus >= 0\.0",
        "beside nothing all that runs is worth what it is without an offer",
    ),
    (
        r"self\.indices\[rows\] > base|contest\.indices\[row\] > contest\.base",
        r">= (contest\.)?base",
        "against an alternative of just its index going on is worth what leaving is",
    ),
    (
        r"cls\.of\(running, base, (0\.0, plain|1\.0)\)",
        r"0\.0, (None|\))|2\.0",
        "lanes that were not solved yet are solved, and a search may begin higher",
    ),
    (
        r"high\.hours > most|(pair\[0\]|found\.lower) > known|_off\) < 1\.0",
        r">= (most|known)|<= 1\.0",
        "just as much is as well counted to either side",
    ),
    (
        r"\(off\) < _NEAR|<= usual \+ TIE|< _NOTHING|> _STRONG",
        r"<= _N|>= _STRONG|< usual|\) - abs",
        "just as much is as well counted to either side",
    ),
    (
        r"_FIRST_PANELS \+ 1",
        r"_FIRST_PANELS \+ 2",
        "panels halve themselves from however many there are",
    ),
    (
        r"parts, np\.empty\(0\)",
        r"parts, None",
        "where none jumps nobody is above one that does",
    ),
    (
        r"np\.ones_like\(left, dtype=np\.bool_\)|dtype=(np\.int8|whole|np\.float64)\)",
        r"dtype=None|, \)",
        "numbers of another kind say the same",
    ),
    (
        r"else None\)$|short=True\)",
        r"or True|short=False|weights, \)",
        "there is a quick way where it does, and the usual one says the same",
    ),
    (
        r"self\.alone and points|if few else|^ +alone,$",
        r"points\.size < |and False|None,",
        "few points have a quick way, and the usual one says the same",
    ),
    (
        r"self\.lens is not None and|curve\.panels is not None and",
        r"is not None or",
        "there are both or neither",
    ),
    (
        r"slope = np\.zeros\(count\)|contest\.value, \{\}, contest",
        r"slope = None|contest\.value, None",
        "it is written before it is read, or only asked whether there is any",
    ),
    (
        r"logs = np\.zeros\(1\)",
        r"zeros\(2\)",
        "a belief is the mixture of those that one case more may make of it",
    ),
    (
        r"flip = x >|weights\[kept\] / weights",
        r"alphas \+ 2\.0|weights\[kept\] \* weights",
        "either tail is summed, one of them sooner; what is not kept is negligible",
    ),
    (
        r"> 0\.35 \* carries|apart <= wanted|off - 1\.0\) < 1e-15",
        r">= 0\.35|apart < wanted|<= 1e-15",
        "just as much is as well counted to either side",
    ),
    (
        r"reshape\(rows, -1\)",
        r"-2\)",
        "NumPy works out a length that is below 0, whatever it is",
    ),
    (
        r"short=several\[0\]",
        r"several\[1\]",
        "panels that are joined have one layout, and that is a part of it",
    ),
    (
        r"alone = sources\[0\]|own\[some\], one\.rows\.size|\|= moving & arrived",
        r"alone = None|own\[some\], None|moving \| arrived",
        "a copy or a look more, and the answer is the same",
    ),
    (
        r"asked < table\[-1\]",
        r"asked <= ",
        "a search may begin at either of two places",
    ),
    (
        r"np\.full\(len\(self\.lanes\), -1\)|for side in \(-_REACH, 0\.0",
        r"-2\)|- side \* blur",
        "any number below 0 will do, and the same places come in another order",
    ),
    (
        r"found = self\._solved\.get|out=second",
        r"found = None|out=None",
        "what was solved already is solved again, or written elsewhere",
    ),
    (
        r"self\.middle\(self\.length\)",
        r"self\.middle\(None\)",
        "up to the end is up to no particular step",
    ),
    (
        r"kinds == kinds\[0\]",
        r"kinds\[1\]",
        "all are as the second one where all are as the first",
    ),
    (
        r"if stop - first == 1",
        r"stop \+ first",
        "one step has a quick way, and the usual one says the same",
    ),
    (
        r"slice\(begin, begin \+ _PAIRS_AT_ONCE\)",
        r"slice\(None",
        "what was worked out already is worked out again",
    ),
    (
        r"compile_case\(one, met\)|reveal=np\.where\(news > 0|\(news <= 0\.0\)\.any",
        r"one, None|steps\[0\], \)|news < 0\.0|news >= 0\.0",
        "it takes longer, and the answer is the same",
    ),
    (
        r"_FEW_POINTS \+ 1\) \*\* 2",
        r"\+ 2\)|\*\* 3",
        "where one looks first does not matter where there is one change at most",
    ),
    (
        r'kind="stable"',
        r"STABLE",
        "NumPy takes the name of a sort in either case",
    ),
    (
        r"left_over > 2\.0 \* EXACTLY|round\(one, 12\)",
        r"3\.0 \* EXACTLY|round\(one, 13\)",
        "any number will do that is a little more than what rounding leaves",
    ),
    (
        r"return 0, 0\.0",
        r"return 1, 0\.0",
        "of what teaches nothing nobody asks when",
    ),
    (
        r"if not 0 < cells <=",
        r"if not 1 < cells <=",
        "a curve bends over 14 blurs at least, so there are 58 cells or none",
    ),
)
"""Mutants that are the same program: what the line lost, what it got, and why."""

_SOLVER = (
    "solver/test_solution.py",
    "solver/test_solution_rows.py",
    "solver/test_solution_terms.py",
)
_PLANS = (
    "portfolio/test_planning.py",
    "portfolio/test_planning_oracle.py",
    "portfolio/test_planning_parts.py",
    "competition/test_index_value.py",
    "properties/test_portfolio.py",
)
_ONE = (
    "assessment/test_assessing.py",
    "model/test_decision.py",
    "assessment/test_assessing_beside.py",
    "assessment/test_assessing_bounds.py",
    "assessment/test_assessing_information.py",
    "test_casebook.py",
    "assessment/test_choices.py",
    "assessment/test_choices_columns.py",
    "assessment/test_choices_detours.py",
    "assessment/test_choices_worth.py",
    "competition/test_context.py",
    "properties/test_leaving.py",
    "properties/test_order.py",
    "properties/test_terms.py",
)
_MANY = (
    "columns/test_scoring.py",
    "columns/test_scoring_room.py",
    "columns/test_scoring_desk.py",
    "columns/test_validation.py",
    "properties/test_score.py",
)

TESTS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("chains", "chart", "curves", "induction", "outcome"),
        ("solver/test_backward_induction.py", *_SOLVER),
    ),
    **dict.fromkeys(("lens", "panels"), ("numeric/test_panels.py", *_SOLVER)),
    **dict.fromkeys(("lineup", "plans"), ("competition/test_context.py", *_PLANS)),
    **dict.fromkeys(
        ("contest", "outlook", "pipeline"),
        (
            "competition/test_context.py",
            "competition/test_solved_processes.py",
            "portfolio/test_bounds.py",
            *_PLANS,
        ),
    ),
    **dict.fromkeys(
        ("joint", "lattice", "learner"),
        (
            "portfolio/test_joint.py",
            "portfolio/test_lattice.py",
            "portfolio/test_pairs.py",
        ),
    ),
    "relaxation": ("portfolio/test_relaxation.py", "portfolio/test_bounds.py"),
    **dict.fromkeys(
        ("recount", "agreement"),
        (
            "sensitivity/test_robustness.py",
            "sensitivity/test_switching_values.py",
            "properties/test_rows.py",
        ),
    ),
    "outlooks": ("sensitivity/test_conditional.py", "sensitivity/test_questions.py"),
    "others": ("competition/test_rivals.py", "sensitivity/test_conditional.py"),
    "seasons": ("simulation/test_simulating.py", "simulation/test_paths.py"),
    "rules": ("simulation/test_paths.py",),
    "lanes": ("competition/test_chains.py",),
    "offers": ("portfolio/test_offers.py",),
    "standing": ("portfolio/test_standing.py", *_PLANS),
    **dict.fromkeys(("answer", "choices", "courses"), _ONE),
    **dict.fromkeys(
        (
            *("answers", "atlas", "columns", "desk", "intake", "patterns", "ranking"),
            *("scores", "sheets", "table"),
        ),
        _MANY,
    ),
    "arithmetic": ("numeric/test_arrays.py",),
    "batch/scoring": (
        "columns/test_scoring.py",
        "columns/test_scoring_room.py",
        "columns/test_scoring_share.py",
    ),
    "foresight": ("sensitivity/test_questions.py", "properties/test_questions.py"),
    "inquiry": ("sensitivity/test_questions.py", "properties/test_questions.py"),
    "pairs": ("portfolio/test_pairs.py", "portfolio/test_planning.py"),
    "planner": (
        "portfolio/test_planning_parts.py",
        "portfolio/test_planning.py",
        "competition/test_context.py",
    ),
    "context": (
        "competition/test_context.py",
        "competition/test_context_practice.py",
        "sensitivity/test_questions.py",
    ),
    "practice": (
        "portfolio/test_practice.py",
        "portfolio/test_practice_oracle.py",
        "portfolio/test_bounds.py",
        *_PLANS,
    ),
    "prices": ("process/test_side_values.py",),
    "process": ("process/test_compilation.py", "process/test_compilation_chain.py"),
    "rows": (
        "assessment/test_evaluation.py",
        "columns/test_scoring.py",
        "properties/test_rows.py",
        "sensitivity/test_robustness.py",
        "sensitivity/test_switching_values.py",
    ),
    "scan": (
        "sensitivity/test_one_way_search.py",
        "sensitivity/test_switching_values.py",
        "properties/test_flips.py",
    ),
    "signals": ("process/test_signals.py",),
    "solution": _SOLVER,
    "turning": ("sensitivity/test_switching_values.py", "properties/test_flips.py"),
    "verdict": ("results/test_assessment.py",),
}
"""Which tests speak of a module; for any other, those of its name."""


def tests_of(module: str) -> list[str]:
    """Paths of the tests to run for a module."""
    tests = ROOT / "tests"
    usual = (
        path.relative_to(tests).as_posix()
        for path in tests.rglob(f"test_{Path(module).name}*.py")
        if path.parent.name != "properties"
    )
    names = TESTS.get(module, tuple(sorted(usual)))
    if not names:
        message = f"no test speaks of {module}: name some in TESTS"
        raise SystemExit(message)
    return [f"tests/{name}" for name in names]


def source_of(module: str) -> str:
    """
    Path of a module, given by its name or, where two have it, as ``postings/sources``.
    """
    sources = [path.relative_to(ROOT).as_posix() for path in SOURCE.rglob("*.py")]
    flat = f"src/interviewfit/{module}.py"
    inner = [one for one in sources if one.endswith(f"/{module}.py")]
    found = [flat] if flat in sources else inner
    if len(found) != 1:
        message = f"no one module is called {module}: {found or 'none'}"
        raise SystemExit(message)
    return found[0]


def configured(text: str, module: str, tests: list[str]) -> str:
    """The project's configuration, narrowed to one module and its tests."""
    return re.sub(
        r"(?m)^pytest_add_cli_args_test_selection = .*$",
        f"pytest_add_cli_args_test_selection = {tests}\n"
        f'only_mutate = ["{source_of(module)}"]',
        text,
    )


def same(difference: str) -> bool:
    """Whether a survivor is known to be the same program."""
    lost = re.findall(r"(?m)^-(?!--)(.*)$", difference)
    got = re.findall(r"(?m)^\+(?!\+\+)(.*)$", difference)
    return any(
        re.search(before, " ".join(lost)) and re.search(after, " ".join(got))
        for before, after, _ in EQUAL
    )


def mutate(
    module: str, folder: Path, sample: int | None, seconds: float, lot: str
) -> tuple[int, dict[str, int], list[str]]:
    """
    How many mutants there are, how those tried ended, and the survivors as differences.
    """
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "_build", "_generated")
            shutil.copytree(source, folder / name, ignore=ignored)
        else:
            shutil.copy(source, folder / name)
    settings = folder / "pyproject.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(configured(text, module, tests_of(module)), encoding="utf-8")

    def mutmut(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "mutmut", *arguments],
            cwd=folder,
            capture_output=True,
            check=False,
            text=True,
            env={**os.environ, "MUTANT_SECONDS": str(seconds)},
        )
        if done.returncode:
            sys.stderr.write(done.stdout[-3_000:] + done.stderr[-3_000:])
            raise SystemExit(2)
        return done.stdout

    def results() -> dict[str, str]:
        found = mutmut("results", "--all", "true")
        return dict(re.findall(r"(?m)^\s+(\S+): (.+)$", found))

    chosen: list[str] = []
    if sample is not None:
        # One run must come first: it is what writes the mutants down.
        mutmut("run", "--max-children", "1", "*__mutmut_1")
        names = sorted(results())
        chosen = random.Random(module + lot).sample(names, min(sample, len(names)))
    mutmut("run", "--max-children", "1", *chosen)
    ends = results()
    tried = {name: ends[name] for name in chosen or ends}
    counts: dict[str, int] = {}
    for how in tried.values():
        counts[how] = counts.get(how, 0) + 1
    left = [name for name, how in tried.items() if how not in KILLED]
    return len(ends), counts, [mutmut("show", name) for name in left]


def interval(killed: int, tried: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    z, share = 1.959964, killed / tried
    middle = share + z * z / (2 * tried)
    half = z * math.sqrt(share * (1 - share) / tried + (z / (2 * tried)) ** 2)
    whole = 1 + z * z / tried
    return (middle - half) / whole, (middle + half) / whole


def main() -> None:
    """One row for each module asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="+", metavar="MODULE")
    parser.add_argument("--sample", type=int, metavar="N", help="mutants by lot")
    parser.add_argument("--seconds", type=float, default=20.0, help="of tests a mutant")
    parser.add_argument("--lot", default="", help="other mutants by lot")
    asked = parser.parse_args()
    print("| module | mutants | tried | the same program | killed | share | s |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for module in asked.modules:
        began = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            whole, counts, left = mutate(
                module, Path(folder), asked.sample, asked.seconds, asked.lot
            )
        tried = sum(counts.values())
        equal = sum(map(same, left))
        killed = sum(counts.get(how, 0) for how in KILLED)
        share = f"{killed / max(tried - equal, 1):.1%}"
        if tried < whole:
            low, high = interval(killed, tried - equal)
            share += f" ({low:.1%} to {high:.1%})"
        print(
            f"| {module} | {whole:,} | {tried:,} | {equal} | {killed:,} | {share} "
            f"| {time.perf_counter() - began:.0f} |",
            flush=True,
        )
        different = "\n".join(one for one in left if not same(one))
        sys.stderr.write(f"{module}: {counts}\n{different}\n")
        sys.stderr.flush()


if __name__ == "__main__":
    main()
