"""Accepting is not for ever: a trial in which one may leave again.

In the first weeks of a job one sees what it is like. With m the surplus as believed
when the offer is accepted, s the standard deviation of what is still unknown of it, r
the share of that variance that shows within the trial, and c what leaving again costs,
all in hours, an accepted offer is worth

    E[max(m + sqrt(r) s Z, -c)] = -c + E[max(0, m + c + sqrt(r) s Z)]

instead of m: never less, and more the longer the trial is. Half of what is unknown
shows in so many weeks, so that r = 1 - 2 ** (-weeks / half).

It counts for an offer on the table. Before one comes, and after a call or news about
it, the trial is left out, which understates them. Facts that hold or do not, and news
that only waiting brings, are left out of s.

Reference: B. Jovanovic, "Job Matching and the Theory of Turnover", Journal of Political
Economy 87 (1979) 972-990.
"""

from collections.abc import Sequence

from interviewfit._model.numbers import Numbers
from interviewfit._model.vocabulary import Phase, Term
from interviewfit._numeric.arrays import N, is_zero, root_sum_square, sqrt
from interviewfit._numeric.normal import expected_positive_part
from interviewfit._process.structure import Structure


def trial_gain(
    structure: Structure, numbers: Numbers[N], mean: N, sds: Sequence[N]
) -> N:
    """What it is worth to be able to leave again within a trial, hours; at least 0.

    Args:
        structure, numbers: Of the decision; without an offer or a trial it is 0.
        mean: Of the surplus, percent of pay.
        sds: Standard deviations of what is unknown of the job, percent of pay.
    """
    weeks: N = numbers.get("trial_weeks", 0.0)
    if structure.phase is not Phase.OFFERED or is_zero(weeks):
        return 0.0
    share: N = 1.0 - 2.0 ** (-weeks / numbers["trial_half"])
    percent: N = numbers.hours_per_percent * numbers.weight(Term.OFFER)
    sd: N = percent * sqrt(share) * root_sum_square(sds)
    surplus: N = percent * mean
    cost: N = numbers["leaving_again"]
    kept: N = expected_positive_part(surplus + cost, sd)
    return kept - cost - surplus
