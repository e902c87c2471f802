"""The numbers of a decision in words.

The registry (``_model.parameters``) has the words, with blanks for aspects, stages and
people, which are filled here. A ``clause`` says that a number is above or below
a value, as it reads after "if".
"""

import re
from collections.abc import Iterator, Mapping

from interviewfit._model.beliefs import Clue, Either, NamedSign, Reading, Signal
from interviewfit._model.decision import Decision
from interviewfit._model.parameters import PARAMETERS, ParameterSpec, spec_at
from interviewfit._model.signs import SIGNS
from interviewfit._model.vocabulary import (
    ASPECTS,
    TERM_NAMES,
    Phase,
    Seniority,
    Sign,
    StageKind,
    Term,
)
from interviewfit._process.fact_structure import UNTOLD, fact_record
from interviewfit._process.parameters import Parameter
from interviewfit._process.structure import Structure
from interviewfit.errors import InvalidFieldError

# What a weight multiplies is a thing, and no gain or cost yet.
WEIGHTED = {**TERM_NAMES, Term.TIME: "an hour of yours", Term.OFFER: "the job itself"}
PEOPLE: Mapping[str, str] = {
    Seniority.NOBODY: "nobody",
    Seniority.HR: "somebody of HR",
    Seniority.PEER: "a peer",
    Seniority.MANAGER: "a manager",
    Seniority.EXECUTIVE: "an executive",
}
_KINDS: Mapping[str, str] = {
    **{kind.replace("_", " "): kind.replace("_", " ") for kind in StageKind},
    "hr screen": "HR screen",
    "research": "desk research",
    "take home": "take-home task",
    "call": "call with questions",
}
_ARTICLE = re.compile(r"^(?:an?|the|my|your|our|their|his|her)\s+(?=\S)", re.IGNORECASE)
# Smaller than the rounding of any number that was searched for.
_ROUNDING = 1e-6


def clause(parameter: Parameter, more: bool, value: float, decision: Decision) -> str:
    """That a number is above or below a value, as it reads after "if".

    Args:
        parameter, more, value: The number, and whether it is above a value in its unit.
        decision: That has the number; it names stages and signals.

    Raises:
        InvalidFieldError: If the registry has no such number.

    >>> from interviewfit import Candidate, Opportunity, corporate
    >>> from interviewfit._process.parameters import find_parameter
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> decision = Decision(candidate=Candidate(), opportunity=job)
    >>> clause(find_parameter(decision, "weights.time"), True, 2.3, decision)
    'an hour of yours is worth more than 2.3 ordinary ones'
    >>> clause(find_parameter(decision, "hr_screen.pass_rate"), False, 0.1, decision)
    'the chance to be passed on after the HR screen is below 10 %'
    """
    noun, amount = subject(parameter, decision), quantity(value, parameter.unit)
    spec = _spec(parameter)
    verb, than = spec.verb, "more than" if more else "less than"
    if verb == "is":
        return f"{noun} is {'above' if more else 'below'} {amount}"
    if noun == WEIGHTED[Term.TIME]:
        return f"{noun} is worth {than} {value:.3g} ordinary ones"
    if noun == TERM_NAMES[Term.NETWORKING] or is_plural(noun):
        verb = {"counts": "count", "is worth": "are worth"}.get(verb, verb)
    if spec.verb == "counts":
        amount = f"{value:.3g} times"
    elif parameter.unit == "% of pay":
        amount += " of pay"
    return f"{noun} {verb} {than} {amount}"


def stage_name(title: str) -> str:
    """A stage as a sentence calls it, by its title.

    >>> stage_name("hr screen"), stage_name("a final chat")
    ('HR screen', 'final chat')
    """
    return _KINDS.get(title, without_article(title))


def without_article(title: str) -> str:
    """A title as it stands after *the*, however somebody has named the stage.

    >>> without_article("A talk"), without_article("my day there"), without_article("A")
    ('talk', 'day there', 'A')
    """
    return _ARTICLE.sub("", title)


def aspect_name(aspect: str) -> str:
    """An aspect as a sentence calls it: one that somebody has named is in quotes.

    >>> aspect_name("pay"), aspect_name("free lunch")
    ('pay', "'free lunch'")
    """
    return aspect if aspect in ASPECTS else f"'{aspect}'"


def is_plural(noun: str) -> bool:
    """Whether a noun takes the verb of several things.

    >>> [is_plural(noun) for noun in ("the benefits", "the pay", "status", "fairness")]
    [True, False, False, False]
    """
    return noun.endswith("s") and not noun.endswith(("ss", "us", "is"))


def subject(parameter: Parameter, decision: Decision) -> str:
    """The thing that a number is a number of, such as "the pay".

    Args:
        parameter: The number.
        decision: That has the number; it names stages and signals.

    Raises:
        InvalidFieldError: If the registry or the signal has no such number.
    """
    spec, path = _spec(parameter), parameter.path
    match path:
        case (_, "signals" | "learned" as field, int(number), name):
            record = decision.opportunity if field == "signals" else decision.candidate
            return _signal_words(getattr(record, field)[number], str(name), spec.label)
        case ("opportunity", "stages", int(number), *_):
            title = decision.opportunity.stages[number].title
            name = aspect_name(str(path[-1]))
            return spec.label.format(stage=stage_name(title), aspect=f"the {name}")
        case ("beside", int(index), "stages", int(number), _):
            job = decision.beside[index]
            title = stage_name(job.stages[number].title)
            return f"{spec.label.format(stage=title)} of {job.name}"
        case (_, "weights", term):
            return WEIGHTED[Term(str(term))]
        case (_, "beliefs" | "priorities", aspect, *_):
            return spec.label.format(aspect=aspect_name(str(aspect)))
        case _:
            return prior_label(parameter.name, priced=False)


def _signal_words(signal: Signal | Sign, name: str, words: str) -> str:
    """The thing that a number of a signal is a number of.

    Args:
        signal, name, words: The signal, its number, and the words for it with blanks.

    Raises:
        InvalidFieldError: If the signal has no such number.
    """
    match signal, name:
        case NamedSign(sign=sign), "strength":
            text = words.format(sign=SIGNS[sign].meaning)
        case Clue(event=event), "factor":
            text = words.format(event=event.replace("_", " "))
        case Reading(aspect=aspect), "value" | "noise" | "unsettled":
            text = words.format(aspect=aspect_name(aspect))
        case Either(aspect=aspect, note=note), "chance" | "if_so" | "if_not":
            # The note is part of the words.
            fact = note or "one way or the other"
            return words.format(aspect=aspect_name(aspect), fact=fact)
        case _:
            raise InvalidFieldError("wording", "a number of this signal", name)
    note = getattr(signal, "note", "")
    return f"{text} ({note})" if note else text


def open_facts(decision: Decision, structure: Structure) -> Iterator[str]:
    """The either/or facts of a decision that count and are not certain, in words.

    Each says its chance, the fact, and who tells it.

    Args:
        decision: As it was stated.
        structure: Of it, with the facts of its company that others state.
    """
    job = decision.opportunity
    if job.position.phase is Phase.REJECTED:
        return
    for fact, number in _uncertain(decision, structure):
        worth = quantity(fact.if_so, "% of pay")
        words = fact.note or f"the {aspect_name(fact.aspect)} worth {worth} of pay"
        source = "you can look it up" if job.unresearched else "nobody has told you"
        if number == UNTOLD:
            source = "no stage of it tells you"
        if number >= 0:
            title = stage_name(job.stages[number].title)
            going = job.position.phase in (Phase.BEFORE, Phase.MIDWAY)
            source = f"told by the {title}"
            if not (going and number >= job.position.stage):
                source = f"the {title} has not told you"
        yield f"{quantity(fact.chance, 'chance')}: {words}; {source}"


def facts_to_ask(decision: Decision, structure: Structure) -> Iterator[str]:
    """The either/or facts that count and are not certain, as questions about an offer.

    Each begins with the aspect, so that whoever can answer it is found.

    Args:
        decision, structure: As ``open_facts``.
    """
    for fact, _ in _uncertain(decision, structure):
        worth = f"worth {quantity(fact.if_so, '% of pay')} of pay"
        yield f"{fact.aspect}: {fact.note or worth}"


def _uncertain(
    decision: Decision, structure: Structure
) -> Iterator[tuple[Either, int]]:
    """The facts that count and are not certain, each with the stage that tells it.

    Args:
        decision, structure: As ``open_facts``.
    """
    for item in structure.facts:
        fact = fact_record(decision, item)
        weight = decision.candidate.priorities.get(fact.aspect, 1.0)
        if 0.0 < fact.chance < 1.0 and weight:
            yield fact, item.stage


def label(parameter: Parameter, decision: Decision) -> str:
    """The thing that a number is a number of; a weight says that it is one.

    It reads as a noun within a sentence, such as *the chance to pass the panel*.

    Args:
        parameter: The number.
        decision: That has the number; it names stages and signals.

    Raises:
        InvalidFieldError: If the registry has no such number.
    """
    noun = subject(parameter, decision)
    return f"the weight of {noun}" if _spec(parameter).verb == "counts" else noun


def prior_label(name: str, *, priced: bool = True) -> str:
    """What a number is a number of that goes by the name of a prior.

    Args:
        name, priced: Its name, and whether a thing with a price reads as its value.

    >>> prior_label("contact")
    'what a contact with a manager is worth'
    >>> prior_label("hr_screen.reveals.other")
    'what the HR screen shows of other aspects'
    """
    spec = PARAMETERS[name]
    family, _, member = name.partition(".")
    aspect = name.rpartition(".")[2]
    if ".reveals." in name:
        aspect = "other aspects" if aspect == "other" else f"the {aspect}"
    kind = family.replace("_", " ")
    words = spec.label.format(
        stage=stage_name(kind), aspect=aspect, person=PEOPLE.get(member, member)
    )
    things = ("contact", "worth_ahead")
    return f"what {words} is worth" if priced and name in things else words


def _spec(parameter: Parameter) -> ParameterSpec:
    """The row of the registry of a number.

    Raises:
        InvalidFieldError: If there is none.
    """
    try:
        return spec_at(parameter.path)
    except KeyError:
        expected = "a number of the registry"
        raise InvalidFieldError("wording", expected, parameter.name) from None


def quantity(value: float, unit: str) -> str:
    """A value with its unit, three digits; of pay and hours, next to nothing is 0.

    Args:
        value: In the unit.
        unit: As the registry has it; chances and shares read in percent.

    >>> quantity(-4.25, "% of pay"), quantity(0.125, "chance"), quantity(3, "h")
    ('-4.25 %', '12.5 %', '3 h')
    >>> quantity(1.1e-10, "% of pay")
    '0 %'
    """
    if unit in ("chance", "share"):
        return f"{100.0 * value:.3g} %"
    if unit in ("% of pay", "h") and abs(value) < _ROUNDING:
        value = 0.0
    value = float(f"{value:.10g}")  # Its last digits may be rounding errors.
    shown = f"{value:,.0f}" if abs(value) >= 1000.0 else f"{value:.3g}"
    if shown == "1":
        unit = "process" if unit == "processes" else unit.removesuffix("s")
    if unit == "% of pay":
        return f"{'+' if value > 0.0 else ''}{shown} %"
    return shown if unit in ("factor", "correlation") else f"{shown} {unit}"
