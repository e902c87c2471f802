"""Why a plan leaves a process or turns an offer down, in the words of what was said.

A process that is not worth going on with alone is left for its own reasons, those of
``assess``, with what the other openings of its company have shown. One that is worth it
alone is left because of the others. So without what a clause names the advice is
another one.
"""

from datetime import date

from interviewfit._assessment.assessing import assess
from interviewfit._model.decision import Search
from interviewfit._model.news_beside import informed
from interviewfit._model.vocabulary import Action, Phase
from interviewfit._results.assessment import GOING, LEAVING, Verdict
from interviewfit._text.amounts import value_of
from interviewfit._text.reasons_text import because, stop_words


def leaving_reason(search: Search, name: str, accepted: str, today: date | None) -> str:
    """The clause that follows the advice to leave an opportunity.

    Args:
        search: That was planned.
        name: Of the opportunity.
        accepted: The offer that the plan accepts; empty for none.
        today: The day of the plan; None if no date matters.
    """
    jobs = {item.name: item for item in search.opportunities}
    job = jobs[name]
    if job.position.phase is Phase.REJECTED:
        return "because they turned you down"
    candidate = informed(search.candidate, job, search.opportunities)
    alone = assess(candidate, job, assumptions=search.assumptions, today=today)
    if alone.hard_stops:
        return f"because {stop_words(alone.hard_stops)}"
    if alone.action in LEAVING or alone.action is Action.FINISH_POLITELY:
        words = because(alone).removeprefix(", ") or _too_little(alone)
        return f"{words}, and you accept another offer" if accepted else words
    value = value_of(alone.value, alone.hour_price)
    if accepted:
        return f"because you accept the offer of {accepted} (alone it is worth {value})"
    return f"because the others are worth more (alone it is worth {value})"


def _too_little(alone: Verdict) -> str:
    """The clause for a process of which nothing that was said decides.

    Args:
        alone: The answer for it alone.
    """
    going = [choice.value for choice in alone.choices if choice.action in GOING]
    if not going or alone.action is Action.FINISH_POLITELY:
        return "because what it may still bring does not pay for your time"
    worse = value_of(alone.value - going[0], alone.hour_price)
    if alone.phase is Phase.OFFERED:
        return f"because it is worth {worse} less than what you would have otherwise"
    return f"because to go on costs {worse} more than it brings"
