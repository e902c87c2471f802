"""How Sphinx builds these pages: offline, and with every warning an error."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib import import_module, metadata
from pathlib import Path
from pkgutil import walk_packages
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.utils.math import latex2mathml
from sphinx.util import logging

import interviewfit
from interviewfit import assess, loads
from interviewfit._command.table import COMMANDS
from interviewfit._model.parameters import prior_table
from interviewfit._process.signs import sign_table
from interviewfit._text import HEADLINES
from interviewfit.columns._specs import column_table
from interviewfit.records import Decision
from interviewfit.schema import SCHEMA

# Sphinx does not look beside this file, where the figures stand.
sys.path.insert(0, str(Path(__file__).parents[1]))
from docs import figures

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator

CASEBOOK = Path(__file__).parents[1] / "tests" / "data" / "casebook.json"

project = "interviewfit"
author = "The interviewfit authors"
copyright = "2026, The interviewfit authors"
release = metadata.version("interviewfit")

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
]
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
html_math_renderer = "mathml"
# Prompts and what is printed stay behind when an example is copied.
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
exclude_patterns = ["_build", "_generated", "notebooks/__marimo__", "page", "skill"]
# For agents: where to look, and how to write down what somebody says.
html_extra_path = ["llms.txt", "skill"]
html_theme = "furo"
html_title = "interviewfit"
html_static_path = ["_static"]
html_css_files = ["pages.css"]
language = "en-GB"
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
# Fields of a class become part of its description: as entries of their own they
# would be documented twice, since autodoc finds them too.
napoleon_use_ivar = True

# Intersphinx would need the network, so names of other packages have no target.
# Names of ours must have one, or the build fails.
nitpick_ignore_regex = [
    (r"py:.*", r"(numpy|np|npt|attr|attrs|cattrs)\..*"),
    (r"py:.*", r"(abc|collections|datetime|enum|fractions|os|pathlib)\..*"),
    # Types of the extras' packages, which are imported only when they are used.
    (r"py:.*", r"(pa|pyarrow|nw|narwhals|distributed|matplotlib)\..*|Axes|Client|Path"),
    (r"py:class", r"Server"),
    # Limits by name.
    (r"py:class", r"Limits"),
    # attrs' Attribute takes no subscript at run time, so annotations quote it.
    (r"py:class", r"Attribute"),
    # Type variables, which a signature shows and no page describes.
    (r"py:class", r"interviewfit\.[\w.]+\.(Frame|Kind|T)"),
]


def write_tables(app: Sphinx) -> None:
    """Write the tables of defaults, columns and signs from what the library works with.

    A page includes each, so the docs cannot differ from what is in use.
    """
    generated = Path(app.srcdir) / "_generated"
    generated.mkdir(exist_ok=True)
    (generated / "priors.md").write_text(prior_table() + "\n", encoding="utf-8")
    (generated / "columns.md").write_text(column_table(), encoding="utf-8")
    (generated / "signs.md").write_text(sign_table(), encoding="utf-8")


def write_casebook(app: Sphinx) -> None:
    """Write the thirty situations, with the advice that comes out today."""
    rows = ["| | what it states | advice | better by, h |", "|---|---|---|--:|"]
    for case in json.loads(CASEBOOK.read_text("utf-8")):
        advice, ahead = "schedule it first (`plan`)", ""
        if "beside" not in case:
            parts = {name: case[name] for name in ("candidate", "opportunity")}
            decision = loads(json.dumps({"schema": SCHEMA, **parts}), Decision)
            answer = assess(decision.candidate, decision.opportunity)
            advice = HEADLINES[answer.action]
            decided = answer.hard_stops or answer.runner_up is None
            ahead = "" if decided else f"{answer.margin:.1f}"
        rows.append(f"| {case['id']} | {case['set']} | {advice} | {ahead} |")
    text = "\n".join(rows) + "\n"
    (Path(app.srcdir) / "_generated" / "casebook.md").write_text(text, "utf-8")


def write_commands(app: Sphinx) -> None:
    """Write what ``--help`` says of each command."""
    pages = [_help(), *map(_help, COMMANDS)]
    text = "\n".join(f"```text\n{page}```\n" for page in pages)
    (Path(app.srcdir) / "_generated" / "commands.md").write_text(text, "utf-8")


def _help(*command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "interviewfit", *command, "--help"],
        capture_output=True,
        check=True,
        encoding="utf-8",
        env={**os.environ, "COLUMNS": "80"},
    )
    return done.stdout


def public_paths() -> dict[str, list[str]]:
    """Return every public name with the paths from which it can be imported."""
    modules = [
        import_module(module.name)
        for module in walk_packages(interviewfit.__path__, "interviewfit.")
        if not re.search(r"\._|\.extra$", module.name)
    ]
    paths: dict[str, list[str]] = {}
    for module in [interviewfit, *modules]:
        for name in set(module.__all__) - {"__version__"}:
            paths.setdefault(name, []).append(f"{module.__name__}.{name}")
    return paths


PATHS = public_paths()


def check_public_names(_app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of each public name that no page documents under a path to import."""
    documented = env.domains.python_domain.objects.keys()
    for name in sorted(PATHS):
        if documented.isdisjoint(PATHS[name]):
            logging.getLogger(__name__).warning("%s is on no page", name)


def show_public_paths(*event: object) -> None:
    """Name types in a docstring by the path from which people import them.

    Args:
        event: What Sphinx hands over, last the lines, which are changed in place.
    """
    lines = event[-1]
    assert isinstance(lines, list)
    for number, line in enumerate(lines):
        if line.startswith((":vartype", ":rtype")):
            lines[number] = re.sub(
                r"interviewfit[\w.]*\._[\w.]*\.(\w+)",
                lambda path: "~" + PATHS.get(path[1], [path[0]])[0],
                line,
            )


def split_names(*event: object) -> None:
    """Give each of several names that are described together an entry of its own.

    Args:
        event: What Sphinx hands over, last the lines, which are changed in place.
    """
    lines = event[-1]
    assert isinstance(lines, list)
    lines[:] = re.sub(
        r"^( +)((?:\w+, )+\w+):(.*(?:\n\1 +\S.*)*)",
        lambda entry: "\n".join(
            f"{entry[1]}{name}:{entry[3]}" for name in entry[2].split(", ")
        ),
        "\n".join(lines),
        flags=re.MULTILINE,
    ).split("\n")


def write_mathml(translator: HTML5Translator, node: nodes.Element) -> None:
    """Write a formula as MathML, which browsers show without a script."""
    display = isinstance(node, nodes.math_block)
    formula = latex2mathml.tex2mathml(node.astext(), as_block=display)
    translator.body.append(formula.replace("\n", ""))
    raise nodes.SkipNode


def draw_figures(app: Sphinx) -> None:
    """Draw every figure anew, so that none shows an old answer."""
    figures.draw(Path(app.srcdir) / "_generated")


def close_examples(_app: Sphinx, _name: str, source: list[str]) -> None:
    """Leave out the blank line that ends an example: only its test needs it."""
    source[0] = source[0].replace("\n\n```\n", "\n```\n")


def leave_out_units(
    _app: Sphinx,
    _kind: str,
    _name: str,
    _object: object,
    _options: object,
    signature: str | None,
    returned: str | None,
) -> tuple[str | None, str | None]:
    """Show a number as a number: its docstring says the unit, which types carry."""

    def plain(text: str | None) -> str | None:
        return text and re.sub(r"~?(?:typing\.)?Annotated\[(.+?), '\w+'\]", r"\1", text)

    return plain(signature), plain(returned)


def setup(app: Sphinx) -> None:
    """Hook what is generated into the start of every build."""
    app.connect("source-read", close_examples)
    app.connect("builder-inited", write_tables)
    app.connect("builder-inited", write_casebook)
    app.connect("builder-inited", write_commands)
    app.connect("builder-inited", draw_figures)
    app.connect("env-check-consistency", check_public_names)
    # Before napoleon, which knows only one name a line, and after it, when the lines
    # with types are written.
    app.connect("autodoc-process-signature", leave_out_units)
    app.connect("autodoc-process-docstring", split_names, priority=100)
    app.connect("autodoc-process-docstring", show_public_paths, priority=900)
    renderers = (write_mathml, None), (write_mathml, None)
    app.add_html_math_renderer("mathml", *renderers)
