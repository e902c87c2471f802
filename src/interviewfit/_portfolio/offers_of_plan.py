"""What a plan says of the offers on the table beyond how each is answered."""

from collections.abc import Sequence

from attrs import evolve

from interviewfit._assessment.offer_questions import aspects_to_ask, sd_of_answers
from interviewfit._assessment.problems import compile_problem
from interviewfit._competition.best_of import best_chances
from interviewfit._model.decision import Decision, pay_as_reading
from interviewfit._model.domain import Opportunity
from interviewfit._model.vocabulary import Phase
from interviewfit._results.plan import HeldOffer, PlanRecord


def asked_first(plan: PlanRecord, jobs: Sequence[Opportunity]) -> tuple[HeldOffer, ...]:
    """The offers of a plan with dates, with what asking first would tell of each.

    Args:
        plan: With dates. Where asking is not the best answer to an offer, its plan
            says that there is nothing to ask.
        jobs: Everything in the search, as stated.
    """
    candidate, numbers = plan.search.candidate, plan.search.assumptions
    problems = {
        job.name: compile_problem(
            Decision(
                candidate=candidate,
                opportunity=pay_as_reading(candidate, job, numbers),
                assumptions=numbers,
            )
        )
        for job in jobs
        if job.position.phase is Phase.OFFERED
    }
    return tuple(
        evolve(
            offer,
            ask_about=aspects_to_ask(problems[offer.name]),
            asking_sd=sd_of_answers(problems[offer.name]),
        )
        for offer in plan.offers
    )


def with_best_chances(offers: Sequence[HeldOffer]) -> tuple[HeldOffer, ...]:
    """The offers with the chance of each to be the best of them.

    Args:
        offers: On the table; one that a dealbreaker rules out is not compared.
    """
    compared = [offer for offer in offers if not offer.dealbreakers]
    if len(compared) < 2:
        return tuple(offers)
    fits, sds = [offer.fit for offer in compared], [offer.sd for offer in compared]
    chances = dict(
        zip(
            (offer.name for offer in compared),
            best_chances(fits, sds).tolist(),
            strict=True,
        )
    )
    return tuple(
        evolve(offer, best_chance=chances.get(offer.name, 0.0)) for offer in offers
    )
