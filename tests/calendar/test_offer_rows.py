"""What a plan says of an offer is what ``assess`` says of it, by its dates."""

from typing import Any

import pytest

from effort import as_many
from interviewfit import Action, assess, plan
from whole_searches import whole_search


@pytest.mark.parametrize("seed", range(as_many(4, 40)))
def test_time_and_chance_of_an_offer_are_those_of_its_own_answer(seed: int) -> None:
    candidate, jobs, settings = whole_search(seed, dated=True)
    numbers: dict[str, Any] = {
        name: settings[name] for name in ("assumptions", "today") if name in settings
    }

    offers = plan(candidate, jobs, **numbers).offers

    for row in offers:
        (job,) = (job for job in jobs if job.name == row.name)
        others = [other for other in jobs if other is not job]
        answer = assess(candidate, job, beside=others, **numbers)
        choice = answer.choices[0]
        assert row.action is answer.action
        assert row.hours == pytest.approx(choice.hours, abs=1e-9)
        assert row.accept_probability == pytest.approx(choice.accept_probability)
        if row.action is Action.ACCEPT_OFFER:
            assert row.accept_probability == 1.0
        if row.action in (Action.DECLINE_OFFER, Action.LET_IT_LAPSE):
            assert row.accept_probability == 0.0
