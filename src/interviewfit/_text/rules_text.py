"""The thresholds of an answer as rules: when to go on, when to walk out."""

from collections.abc import Iterable, Iterator

from interviewfit._model.vocabulary import Phase
from interviewfit._results.assessment import Verdict
from interviewfit._text.amounts import left_out, percent_of
from interviewfit._text.labels import without_article

SENSIBLE = 1000.0
"""Beyond it, percent of pay, no threshold says more than always or never."""


def rules(verdict: Verdict) -> Iterator[str]:
    """Yield the thresholds ahead as rules: when to go on, when to walk out."""
    always, between, never = _sorted_rules(verdict, Phase.BEFORE)
    _, walks, stops = _sorted_rules(verdict, Phase.MIDWAY)
    if always:
        stages = join_words(always, 6, ", the ")
        yield f"Do the {stages} whatever you come to think of the job."
    if between:
        yield f"Go on while you believe in a fit above: {join_words(between, 6)}."
    if never:
        stages = join_words(never, 6, ", the ")
        yield f"Do not go on to the {stages}, whatever you come to think."
    if walks:
        limits = join_words(walks, 6)
        yield f"Once inside, stop only if you come to believe in a fit below: {limits}."
    if stops:
        yield f"Once inside, stop in any case: {join_words(stops, 6)}."
    elif verdict.phase is Phase.MIDWAY and not walks:
        yield "Once inside, always finish."


def _sorted_rules(verdict: Verdict, phase: Phase) -> tuple[list[str], ...]:
    """The stages done whatever one thinks, those with a limit, and those never done.

    Args:
        verdict: Whose thresholds are sorted by how high they are.
        phase: Of the thresholds: before a stage, or midway through it.
    """
    always, between, never = list[str](), list[str](), list[str]()
    for item in verdict.thresholds:
        if item.phase is phase and abs(item.fit) <= SENSIBLE:
            between.append(f"{percent_of(item.fit)} ({item.stage})")
        elif item.phase is phase:
            stage = without_article(item.stage)
            (always if item.fit < 0.0 else never).append(stage)
    return always, between, never


def join_words(
    parts: Iterable[str], most: int, comma: str = ", ", where: str = "thresholds"
) -> str:
    """Parts with commas; of very many the first, and how many more.

    Args:
        parts: Words.
        most: How many are shown.
        comma: What stands between two of them.
        where: The attribute of the answer that has all.
    """
    words = list(parts)
    return comma.join(words[:most]) + left_out(len(words) - most, where)
