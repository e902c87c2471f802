"""How many hours to prepare for each stage, in a sentence."""

from interviewfit._model.units import Hours, rounded
from interviewfit._model.vocabulary import Action
from interviewfit._results.assessment import GOING, Preparation, Verdict
from interviewfit._text.amounts import hours_of, joined, share_of
from interviewfit._text.labels import without_article


def advised_words(verdict: Verdict) -> str:
    """How long to prepare for each stage ahead; empty for whoever does not go on.

    Args:
        verdict: The answer. Whoever finishes only out of courtesy prepares no further.
    """
    stays = verdict.action in GOING and verdict.action is not Action.FINISH_POLITELY
    if not stays or verdict.hard_stops:
        return ""
    return preparation_words(verdict.preparation)


def preparation_words(preparation: Preparation | None) -> str:
    """How long to prepare for each stage, and what more than usual brings.

    Args:
        preparation: None where no stage is ahead, of which nothing is said.
    """
    if preparation is None:
        return ""
    stages = preparation.stages
    is_more = preparation.is_more
    hours = [stage.hours if is_more else stage.usual for stage in stages]
    listed = [
        f"{_rounded(time)} for the {without_article(stage.stage)}"
        for time, stage in zip(hours, stages, strict=True)
    ]
    if not is_more:
        return f"Prepare {joined(listed)}; more would not pay for its time."
    chances = [
        f"{share_of(stage.pass_rate)} instead of {share_of(stage.usual_pass_rate)} to "
        f"pass the {without_article(stage.stage)}"
        for stage in stages
        if share_of(stage.pass_rate) != share_of(stage.usual_pass_rate)
    ]
    return (
        f"Prepare {joined(listed)}. That makes your chance {joined(chances)}, and is "
        f"worth {hours_of(preparation.gain)} more than the usual hours."
    )


def _rounded(hours: Hours) -> str:
    """Hours to prepare, with a digit where it says something."""
    digits = 1 if hours < 10.0 else 0
    return f"{rounded(hours, digits):,g} h"
