"""Offers that wait: what news of them makes of what is in hand.

News comes before anything else goes on. What becomes of an event makes an offer worth
one of two things; what is told in numbers is a step before all others.
"""

from collections.abc import Sequence

import numpy as np

from interviewfit._competition.chains import solve_steps
from interviewfit._competition.rivals import RivalDistribution
from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.arrays import FloatColumn, N, maximum
from interviewfit._process.compilation import Process, Step
from interviewfit._process.facts import uncertain
from interviewfit._solver.solution import Solution

# Events of held offers up to which everything that may become of them is told apart.
_MOST_EVENTS = 6


def news_of_offer(process: Process[N], rows: int) -> Solution:
    """The step in which news of an offer comes, solved.

    Args:
        process: With the offer.
        rows: How many rows there are.
    """
    percent, news = process.hours_per_percent, process.news
    sure: N = 1.0
    nothing: N = 0.0
    step: Step[N] = Step(
        stage=-1,
        phase=Phase.BEFORE,
        title="news",
        reward_terms={},
        exit_terms={},
        survive=sure,
        drift=nothing,
        reveal=percent * news.sd,
        hours=nothing,
        days=nothing,
        facts=uncertain((chance, percent * size) for chance, size in news.events),
    )
    return solve_steps((step,), rows, exact_rows=True)


def bases_by_event(offers: Sequence[Process[N]]) -> Sequence[tuple[N, N]]:
    """The best of some offers, or nothing, hours, by what becomes of events to come.

    Args:
        offers: That are held.

    Returns:
        A probability and an offer each; of very many events together only what is
        believed, as if they were no news.
    """
    sure: N = 1.0
    nothing: N = 0.0
    worlds: list[tuple[N, N]] = [(sure, nothing)]
    are_few = sum(len(offer.news.events) for offer in offers) <= _MOST_EVENTS
    for offer in offers:
        mean, percent = offer.mean_hours, offer.hours_per_percent
        events = list(offer.news.worlds()) if are_few else [(sure, nothing)]
        worlds = [
            (share * chance, maximum(base, mean + percent * shift))
            for share, base in worlds
            for chance, shift in events
        ]
    return worlds


def gain_with_news(
    running: RivalDistribution, process: Process[N], rows: int
) -> FloatColumn:
    """What an offer adds if news of it comes before anything that runs goes on, hours.

    Args:
        running: All that runs, against the best of the other offers.
        process: With the offer.
        rows: How many rows there are.
    """
    solution = news_of_offer(process, rows)
    means = np.full(rows, process.mean_hours - process.trial)
    numbers = np.arange(rows)
    return running.value_beside(solution, numbers, means, np.zeros(rows))
