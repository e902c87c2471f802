"""The numbers of a decision in words.

Every input has a clause with two blanks, the direction and the value, as in "an hour of
yours is worth {more} than {value} ordinary ones". One table for names that stand
alone, others for names put together from an aspect, a term or a kind of stage.
"""

from collections.abc import Mapping

from interviewfit._model.beliefs import Clue, Reading, Signal
from interviewfit._model.decision import Decision
from interviewfit._model.vocabulary import Sign, StageKind, Term
from interviewfit._process.substitution import Parameter
from interviewfit.errors import InvalidFieldError

__all__ = [
    "TERM_NAMES",
    "clause",
    "guess",
    "is_plural",
    "label",
    "quantity",
    "subject",
]

TERM_NAMES: Mapping[Term, str] = {
    Term.OFFER: "the offer it may lead to",
    Term.NETWORKING: "people met",
    Term.PRACTICE: "practice",
    Term.HIDDEN_ROLE: "another opening there",
    Term.REFERRAL: "a referral",
    Term.TIME: "your time",
    Term.BAIL: "harm from walking out",
    Term.DECLINING: "turning down the recruiter",
    Term.COURTESY: "the interviewers' time",
}
"""What the worth of a choice is made of, in words."""

_ALONE: Mapping[str, str] = {
    "fallback": "what you would have otherwise",
    "hours_per_year": "a year's hours of work",
    "horizon_years": "how far you look ahead",
    "overconfidence": "how much too narrow your own estimates are",
    "unknown_mean": "an aspect nobody has told you of",
    "other_spread": "the uncertainty about an aspect of your own",
    "contact": "a contact with a manager",
    "contact_helps": "the chance that a person met knows of an opening",
    "activity": "how actively you look",
    "relevance": "how much the people there matter to your field",
    "practice_gain": "what a full interview adds to the odds of the next",
    "practice_decay": "what an interview leaves for the next one to teach",
    "interviews_done": "the number of interviews behind you",
    "interviews_ahead": "the number of other processes ahead",
    "worth_ahead": "each process ahead",
    "practice_sensitivity": "what better odds in every round add to an offer's chance",
    "hidden_role": "the chance that another opening there would suit",
    "hidden_offer": "the chance that such an opening becomes an offer",
    "bail_chance": "the chance that walking out does harm",
    "bail_harm": "the harm a manager can do if you walk out",
    "bail_practice": "the share of practice kept on walking out",
    "refusal": "what turning down the recruiter costs",
    "referral": "what naming somebody better suited earns",
    "courtesy": "what an interviewer's hour counts",
    "first_half": "the share of a stage that is over by its middle",
    "research_saves": "the share of desk research that need not be repeated",
    "asking": "the message to ask for a later date",
    "stays_open": "the chance that the invitation waits",
    "reshape_gain": "a job changed to suit you",
    "sign_strength": "the strength of the signs you saw",
}
# What is counted is a thing, and no gain or cost yet.
_WEIGHTS: Mapping[str, str] = {
    **{term.value: words for term, words in TERM_NAMES.items()},
    "time": "an hour of yours",
    "offer": "the job itself",
}
# Things with a price, where others are numbers by themselves.
_PRICED = ("contact", "worth_ahead")
_PEOPLE: Mapping[str, str] = {
    "nobody": "nobody",
    "hr": "somebody of HR",
    "peer": "a peer",
    "manager": "a manager",
    "executive": "an executive",
}
_OF_STAGE: Mapping[str, str] = {
    "hours": "the {stage} itself",
    "preparation": "preparing for the {stage}",
    "pass_rate": "the chance to be passed on after the {stage}",
    "practice": "what the {stage} counts as practice",
    "surfaces": "the chance that the {stage} brings up another opening",
    "reshape_chance": "the chance that the {stage} changes the job to suit you",
    "reshape_gain": "a job changed to suit you in the {stage}",
}
_OF_READING: Mapping[str, str] = {
    "value": "what you saw of the {aspect}",
    "noise": "how far off what you saw of the {aspect} may be",
    "unsettled": "how far news to come may move the {aspect}",
}
_KINDS: Mapping[str, str] = {
    **{
        kind.value.replace("_", " "): kind.value.replace("_", " ") for kind in StageKind
    },
    "hr screen": "HR screen",
    "research": "desk research",
    "take home": "take-home task",
}


# Smaller than a rounding of anything that was found by looking for it.
_NOTHING = 1e-6


def clause(one: Parameter, more: bool, value: float, decision: Decision) -> str:
    """That an input is above or below a value, as it reads after "if".

    Raises:
        InvalidFieldError: If there are no words for such an input.

    >>> from interviewfit import Candidate, Opportunity, corporate
    >>> from interviewfit._process.parameters import find_parameter
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> decision = Decision(candidate=Candidate(), opportunity=job)
    >>> clause(find_parameter(decision, "weights.time"), True, 2.3, decision)
    'an hour of yours is worth more than 2.3 ordinary ones'
    >>> clause(find_parameter(decision, "hr_screen.pass_rate"), False, 0.1, decision)
    'the chance to be passed on after the HR screen is below 10 %'
    """
    said, amount = subject(one, decision), quantity(value, one.unit)
    match one.path:
        case ("candidate", "weights", "time"):
            verb, amount = "is worth", f"{value:.3g} ordinary ones"
        case ("candidate", "weights" | "priorities", _):
            verb = "count" if is_plural(said) else "counts"
            amount = f"{value:.3g} times"
        case (*_, "hours" | "preparation"):
            verb = "takes"
        case (*_, name) if str(name).endswith((".hours", ".preparation")):
            verb = "takes"
        case (*_, "mean" | "unknown_mean" | "reshape_gain"):
            verb = "are worth" if is_plural(said) else "is worth"
            amount = f"{amount} of pay"
        case (*_, name) if name in _PRICED:
            verb = "is worth"
        case _:
            return f"{said} is {'above' if more else 'below'} {amount}"
    return f"{said} {verb} {'more' if more else 'less'} than {amount}"


def is_plural(noun: str) -> bool:
    """Whether a noun takes the plural form of a verb, judged by how it ends.

    >>> [is_plural(noun) for noun in ("the benefits", "the pay", "status", "fairness")]
    [True, False, False, False]
    """
    return noun.endswith("s") and not noun.endswith(("ss", "us", "is"))


def subject(one: Parameter, decision: Decision) -> str:
    """What an input is a number of.

    Raises:
        InvalidFieldError: If there are no words for such an input.
    """
    found: str | None = None
    match one.path:
        case ("opportunity", "beliefs", aspect, "mean"):
            found = f"the {aspect}"
        case ("opportunity", "beliefs", aspect, "sd"):
            found = f"your uncertainty about the {aspect}"
        case ("candidate", "priorities", aspect):
            found = f"the {aspect}"
        case ("candidate", "weights", term):
            found = _WEIGHTS.get(str(term))
        case ("opportunity", "signals", int(number), what):
            found = _of_signal(decision.opportunity.signals[number], str(what))
        case ("candidate", "learned", int(number), what):
            found = _of_signal(decision.candidate.learned[number], str(what))
        case ("opportunity", "stages", int(number), *rest):
            title = decision.opportunity.stages[number].title
            found = _of_stage(_KINDS.get(title, title), ".".join(map(str, rest)))
        case (_, name) | (_, _, name):
            found = _of_prior(str(name))
    if found is None:
        raise InvalidFieldError("wording", "an input with words of its own", one.name)
    return found


def label(one: Parameter, decision: Decision) -> str:
    """What an input is a number of, where it stands alone: a weight says that it is one.

    Raises:
        InvalidFieldError: If there are no words for such an input.

    >>> from interviewfit import Candidate, Opportunity, corporate
    >>> from interviewfit._process.parameters import find_parameter
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> decision = Decision(candidate=Candidate(), opportunity=job)
    >>> label(find_parameter(decision, "priorities.pay"), decision)
    'the weight of the pay'
    """
    said = subject(one, decision)
    weighs = one.path[:2] in (("candidate", "weights"), ("candidate", "priorities"))
    return f"the weight of {said}" if weighs else said


def guess(name: str) -> str:
    """What a default that stands alone is a number of.

    >>> guess("contact")
    'what a contact with a manager is worth'
    """
    return f"what {_ALONE[name]} is worth" if name in _PRICED else _ALONE[name]


def quantity(value: float, unit: str) -> str:
    """A value with its unit, three digits; of pay and hours, what is next to nothing is 0.

    >>> quantity(-4.25, "% of pay"), quantity(0.125, "chance"), quantity(3, "h")
    ('-4.25 %', '12.5 %', '3 h')
    >>> quantity(1.1e-10, "% of pay")
    '0 %'
    """
    if unit in ("% of pay", "h") and abs(value) < _NOTHING:
        value = 0.0
    if unit in ("chance", "share"):
        return f"{100.0 * value:.3g} %"
    shown = f"{value:,.0f}" if abs(value) >= 1000.0 else f"{value:.3g}"
    if unit == "% of pay":
        return f"{'+' if value > 0.0 else ''}{shown} %"
    if unit == "factor":
        return shown
    return f"{shown} {unit}"


def _of_prior(name: str) -> str | None:
    head, _, rest = name.partition(".")
    if not rest:
        return _ALONE.get(name)
    if head == "influence":
        person = _PEOPLE.get(rest)
        return f"a contact with {person} against a manager" if person else None
    if head == "spread":
        return f"the usual uncertainty about the {rest}"
    kind = _KINDS.get(head.replace("_", " "))
    return _of_stage(kind, rest) if kind else None


def _of_stage(title: str, what: str) -> str | None:
    what, _, aspect = what.partition(".")
    if what == "reveals":
        others = "other aspects" if aspect == "other" else f"the {aspect}"
        return f"what the {title} shows of {others}"
    template = _OF_STAGE.get(what)
    return template.format(stage=title) if template else None


def _of_signal(signal: Signal | Sign, what: str) -> str | None:
    told = ""
    if not isinstance(signal, Sign) and signal.note:
        told = f" ({signal.note})"
    if isinstance(signal, Reading):
        template = _OF_READING.get(what)
        return template.format(aspect=signal.aspect) + told if template else None
    if isinstance(signal, Clue) and what == "factor":
        event = signal.event.value.replace("_", " ")
        return f"the clue on {event}{told}"
    return None
