"""
The numbers of a decision in words, as they follow "it hangs on".

Every name of ``inventory`` has its words; ``tests`` hold that none is forgotten.
"""

from collections.abc import Mapping

from interviewfit.decision import Decision

__all__ = ["phrase"]

_PRIORS: Mapping[str, str] = {
    "hours_per_year": "how many hours a year you work",
    "horizon_years": "how many years you look ahead",
    "overconfidence": "how far off one's own estimates are",
    "unknown_mean": "how good an opening picked blind is",
    "other_spread": "how much aspects of your own differ between jobs",
    "contact": "what a contact is worth",
    "contact_helps": "how often somebody met knows of an opening",
    "activity": "how actively you look",
    "relevance": "how close the opening is to your field",
    "practice_gain": "how much an interview teaches for the next",
    "practice_decay": "how fast interviews stop teaching",
    "practice_sensitivity": "how much passing every round hangs on skill",
    "interviews_done": "how many interviews you have behind you",
    "interviews_ahead": "how many processes are still to come",
    "worth_ahead": "what the processes to come are worth",
    "hidden_role": "how often another opening turns up",
    "hidden_offer": "how often another opening becomes an offer",
    "bail_chance": "how often walking out does harm",
    "bail_harm": "what walking out costs",
    "bail_practice": "how much is learned by the time one walks out",
    "refusal": "what turning down a recruiter costs",
    "referral": "what a referral earns",
    "courtesy": "what an interviewer's hour counts",
    "first_half": "how much of a stage is over by its middle",
    "research_saves": "how much looking it up saves later",
    "asking": "how long it takes to ask for a later date",
    "stays_open": "how often an invitation waits",
    "reshape_gain": "what a reshaped job is worth",
    "sign_strength": "how much the signs seen say",
    "fallback": "what you have otherwise",
}
_OF_STAGE: Mapping[str, str] = {
    "hours": "how long the {} takes",
    "preparation": "how long one prepares for the {}",
    "pass_rate": "how often one passes the {}",
    "practice": "how much practice the {} is",
    "surfaces": "how often the {} brings up another opening",
    "reshape_chance": "how often the {} reshapes the job",
    "reshape_gain": "what a job reshaped in the {} is worth",
}
_OF_PART: Mapping[str, str] = {
    "priorities": "how much {} matters to you",
    "weights": "how much {} counts",
    "spread": "how much {} differs between jobs",
    "influence": "how much meeting {} counts",
}
_SHOWN: Mapping[str, str] = {
    "weights.offer": "the job itself",
    "weights.networking": "meeting people",
    "weights.hidden_role": "another opening",
    "weights.referral": "a referral",
    "weights.time": "an hour of yours",
    "weights.bail": "harm from walking out",
    "weights.declining": "turning down the recruiter",
    "weights.courtesy": "the interviewers' time",
    "influence.hr": "somebody in HR",
    "influence.peer": "a peer",
    "influence.manager": "a manager",
    "influence.executive": "an executive",
}


def phrase(name: str, decision: Decision | None = None) -> str:
    """
    A number in words, by its name.

    Args:
        name: As in ``inputs``.
        decision: Whose number it is, so that its stages go by their titles.

    >>> phrase("hidden_role"), phrase("hr_screen.reveals.pay")
    ('how often another opening turns up', 'how much of pay the hr screen shows')
    """
    if name in _PRIORS:
        return _PRIORS[name]
    head, _, what = name.partition(".")
    if head in _OF_PART:
        shown = _SHOWN.get(name, what.replace("_", " "))
        return _OF_PART[head].format(shown)
    if head.startswith("signals["):
        return f"what signal {_number(head) + 1} says"
    title = head.replace("_", " ")
    if head.startswith("stages["):
        stages = decision.opportunity.stages if decision else ()
        number = _number(head)
        title = stages[number].title if stages else f"stage {number + 1}"
    if what in _OF_STAGE:
        return _OF_STAGE[what].format(title)
    if what.startswith("reveals."):
        aspect = what.partition(".")[2]
        shown = "everything else" if aspect == "other" else aspect
        return f"how much of {shown} the {title} shows"
    # What is left is a belief, whose aspect may hold a dot of its own.
    aspect, _, part = name.rpartition(".")
    return f"how {'good' if part == 'mean' else 'unsure'} {aspect} is"


def _number(head: str) -> int:
    return int(head.partition("[")[2].rstrip("]"))
