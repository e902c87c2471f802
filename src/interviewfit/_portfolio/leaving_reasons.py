"""Why a plan leaves a process or turns an offer down, in the words of what was said.

A process that is not worth going on with alone is left for its own reasons, those of
``assess``, with what the other openings of its company have shown. One that is worth it
alone is left because of the others. So without what a clause names the advice is
another one.
"""

from collections.abc import Iterator
from datetime import date

from attrs import evolve

from interviewfit._assessment.assessing import assess
from interviewfit._model.beliefs import Either, Signal
from interviewfit._model.decision import Search
from interviewfit._model.domain import Opportunity
from interviewfit._model.fields import canonical
from interviewfit._model.signs import SIGNS
from interviewfit._model.vocabulary import Action, Phase, Scope, Sign
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
    job = next(item for item in search.opportunities if item.name == name)
    if job.position.phase is Phase.REJECTED:
        return "because they turned you down"
    informed = evolve(job, signals=(*job.signals, *_carried(search, job)))
    alone = assess(
        search.candidate, informed, assumptions=search.assumptions, today=today
    )
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


def _carried(search: Search, job: Opportunity) -> Iterator[Signal | Sign]:
    """What others of a search have shown of the company or field of an opportunity.

    Args:
        search, job: The search, and one opportunity of it.
    """
    subjects = {
        Scope.COMPANY: canonical(job.company),
        Scope.FIELD: canonical(job.field),
    }
    facts = [signal for signal in job.signals if isinstance(signal, Either)]
    for other in search.opportunities:
        theirs = {
            Scope.COMPANY: canonical(other.company),
            Scope.FIELD: canonical(other.field),
        }
        for signal in other.signals if other is not job else ():
            scope = SIGNS[signal].scope if isinstance(signal, Sign) else signal.scope
            if not subjects.get(scope) or subjects[scope] != theirs[scope]:
                continue
            if isinstance(signal, Either):
                told = signal.stage_among(job.stages) is not None
                same = (signal.aspect, canonical(signal.note))
                known = [(fact.aspect, canonical(fact.note)) for fact in facts]
                if not told or same in known:
                    continue
                facts.append(signal)
            yield signal
