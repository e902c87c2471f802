"""What somebody said of a decision, in words that follow "because"."""

from collections.abc import Mapping
from math import nan
from typing import Any

from interviewfit._model.beliefs import Clue, Either, NamedSign, Reading
from interviewfit._model.decision import Decision
from interviewfit._model.parameters import PRIORS, Path, spec_at
from interviewfit._model.signs import SIGNS
from interviewfit._model.units import number_of
from interviewfit._model.vocabulary import (
    ASPECTS,
    TERM_NAMES,
    Event,
    Phase,
    Seniority,
    Sign,
    Strength,
    Term,
)
from interviewfit._process.arrivals import stated
from interviewfit._process.structure import structure_of
from interviewfit._text.labels import (
    PEOPLE,
    WEIGHTED,
    aspect_name,
    is_plural,
    prior_label,
    quantity,
    stage_name,
)

_EVENTS: Mapping[Event, str] = {
    Event.PASSED_ON: "they will pass you on",
    Event.HIDDEN_ROLE: "they have another opening for you",
    Event.CONTACT_HELPS: "somebody you meet there can help you",
    Event.RESHAPED: "they will change the job to suit you",
}
_MANY: Mapping[str, str] = {
    "signals": "things that you saw or heard",
    "learned": "things that you learned elsewhere",
    "numbers": "assumptions",
    "stages": "numbers of stages",
}
_FLAGS: Mapping[str, str] = {
    "via_recruiter": "a recruiter introduced you",
    "knows_someone": "you could name somebody better suited",
    "unresearched": "you have not looked up the public facts yet",
    "researched": "you have looked up the public facts",
    "contacts": "you named people whom you know already",
    "person": "you named a person whom you meet more than once",
}


def statement(decision: Decision, path: Path) -> str:
    """What stands at a path of a decision, as it reads after "because".

    Args:
        decision: As it was stated.
        path: Record, field, then keys and indices; it need not be a number.

    >>> from interviewfit import Candidate, Opportunity, corporate
    >>> job = Opportunity(name="A", stages=corporate(), signals=["no_chemistry"])
    >>> decision = Decision(candidate=Candidate(fallback=-20), opportunity=job)
    >>> statement(decision, ("opportunity", "signals", 0))
    'there was no chemistry with the team'
    >>> statement(decision, ("candidate", "fallback"))
    'what you would have otherwise is worth -20 % of pay'
    """
    if path == ("beside",):
        return _beside(decision)
    if path == ("opportunity", "position"):
        return _position(decision)
    value = _at(decision, path)
    if words := _entry(path, value):
        if path[0] != "beside":
            return words
        return f"{words} (you said so of {decision.beside[int(path[1])].name})"
    if path[-1] == "meets":
        stage = stage_name(decision.opportunity.stages[int(path[2])].title)
        return f"you meet {PEOPLE[Seniority(value)]} in the {stage}"
    return _FLAGS.get(str(path[-1])) or _number(decision, path, value)


def _at(decision: Decision, path: Path) -> Any:
    """What stands at a path of a decision.

    Args:
        decision, path: As ``statement``.
    """
    value: Any = decision
    for step in path:
        if isinstance(value, tuple):
            value = value[int(step)]
        elif isinstance(value, Mapping):
            value = value[step]
        elif not isinstance(value, frozenset):
            value = getattr(value, str(step))
    return value


def _lines_of_work(decision: Decision) -> str:
    """Whether a job is in one of the candidate's lines of work, if they named some."""
    structure = structure_of(decision.candidate, decision.opportunity)
    place = "in one of" if structure.in_field else "outside"
    return f"the job is {place} your lines of work"


def _beside(decision: Decision) -> str:
    """The other processes that run, and the offers, as an answer counts them."""
    rivals = [
        job.position.phase
        for job in stated(decision.beside)
        if job.name != decision.opportunity.name
        and not structure_of(decision.candidate, job).dealbreakers
    ]
    offers = rivals.count(Phase.OFFERED)
    running = len(rivals) - offers - rivals.count(Phase.REJECTED)
    parts = []
    if running:
        parts.append(number_of(running, "other process"))
    if offers:
        parts.append(f"{number_of(offers, 'offer')} elsewhere")
    weeks = len(decision.beside) - len(stated(decision.beside))
    if weeks:
        parts.append(f"{number_of(weeks, 'week')} that may bring a new opening")
    return f"you have {' and '.join(parts) or 'no other process that still runs'}"


def summary(field: str, subject: str, count: int) -> str:
    """So many things of one kind, as it reads after "because".

    Args:
        field: Where they stand, such as ``"signals"``.
        subject: The aspect that they are about, if they are about one.
        count: How many they are.

    >>> summary("signals", "pay", 70)
    'you stated 70 things that you saw or heard of the pay'
    """
    of_it = f" of the {subject}" if subject in ASPECTS else ""
    return f"you stated {count:,} {_MANY.get(field, field)}{of_it}"


def _entry(path: Path, value: Any) -> str:
    """An entry of a list or mapping; empty for anything else.

    Args:
        path: Where it stands in the decision.
        value: What stands there.
    """
    words = ""
    match path:
        case (_, "signals" | "learned", _) | ("beside", _, "signals", _):
            words = _signal(value)
        case (_, "beliefs", aspect):
            noun = aspect_name(str(aspect))
            words = f"you value the {noun} at {_percent(value.mean)} of pay"
        case (_, "priorities", aspect):
            words = _weighed(f"the {aspect_name(str(aspect))}", value)
        case (_, "dealbreakers", tag):
            words = f"it meets your dealbreaker ({tag})"
        case (_, "weights", Term.TIME):
            words = f"an hour of yours is worth {value:.3g} ordinary ones"
        case (_, "weights", term):
            words = _weighed(WEIGHTED[Term(str(term))], value)
    return words


def _weighed(noun: str, weight: float) -> str:
    """That something counts more or less for somebody than for most people.

    Args:
        noun: What it is.
        weight: 1 as much, 0 not at all.
    """
    several = is_plural(noun) or noun == TERM_NAMES[Term.NETWORKING]
    if not weight:
        return f"{noun} {'do' if several else 'does'} not count for you"
    return f"{noun} count{'' if several else 's'} {weight:.3g} times as much for you"


def _signal(signal: object) -> str:
    """One observed thing, with its note where it has one."""
    note = getattr(signal, "note", "")
    if isinstance(signal, Sign):
        return SIGNS[signal].meaning
    if isinstance(signal, NamedSign):
        plain = signal.strength in {Strength.PLAIN, 1.0}
        strength = "" if plain else f"{_strength(signal)}, "
        details = f"{strength}{note or signal.source}".removesuffix(", ")
        return SIGNS[signal.sign].meaning + (f" ({details})" if details else "")
    if isinstance(signal, Reading):
        where = f" in {signal.about}" if signal.about else ""
        words = f"what you learned of the {aspect_name(signal.aspect)}{where} says"
        return f"{words} {_percent(signal.value)} of pay{f' ({note})' if note else ''}"
    if isinstance(signal, Clue):
        event = _EVENTS[signal.event]
        times = f"{signal.factor:.3g} times as likely"
        return f"a clue{f' ({note})' if note else ''} makes it {times} that {event}"
    if isinstance(signal, Either):
        fact = note or f"it is worth {_percent(signal.if_so)} of pay"
        odds = f"{100.0 * signal.chance:.3g} %: {fact}"
        noun = f"the {aspect_name(signal.aspect)}"
        verb = "are" if is_plural(noun) else "is"
        return f"{noun} {verb} one of two things ({odds})"
    return note or f"you said {signal!r:.60}"


def _strength(sign: NamedSign) -> str:
    if isinstance(sign.strength, Strength):
        return sign.strength.value
    return f"{sign.strength:.3g} times as strong as usual"


def _position(decision: Decision) -> str:
    position = decision.opportunity.position
    if position.phase is Phase.OFFERED:
        return "their offer is on the table"
    if position.phase is Phase.REJECTED:
        return "they turned you down"
    stage = stage_name(decision.opportunity.stages[position.stage].title)
    if position.phase is Phase.MIDWAY:
        return f"you are in the middle of the {stage}"
    return f"you have come as far as the {stage}"


def _number(decision: Decision, path: Path, value: object) -> str:
    """A number beside what it usually is.

    Args:
        decision, path: The decision, and where the number stands in it.
        value: The number.
    """
    name = str(path[-1])
    if name == "fallback":
        return f"what you would have otherwise is worth {_percent(value)} of pay"
    if path == ("candidate", "activity"):
        return _activity(float(str(value)), decision.assumptions[name])
    if path == ("opportunity", "mutual_fit"):
        return _agreement(float(str(value)), decision.assumptions[name])
    if words := _said_plainly(decision, path, value):
        return words
    try:
        spec = spec_at(path)
    except KeyError:
        return f"you set {name.replace('_', ' ')} to {value!s:.60}"
    default = name
    if path[1] == "stages":
        stage = decision.opportunity.stages[int(path[2])]
        words = stage_name(stage.title)
        noun = spec.label.format(stage=words, aspect=f"the {aspect_name(name)}")
        kind = stage.kind
        family = f"{kind}.reveals" if "reveals" in path else kind
        default = f"{family}.{name}"
        if default not in PRIORS:
            default = f"{family}.other" if "reveals" in path else name
    else:
        noun = prior_label(name, priced=False)
    usual = PRIORS.get(default)
    against = ""
    if usual is not None:
        replaced = path[0] != "assumptions"
        number = decision.assumptions[default] if replaced else usual.value
        against = f", {_usually(float(str(value)), number, spec.unit)}"
    return f"{noun} {spec.verb} {quantity(float(str(value)), spec.unit)}{against}"


def _usually(value: float, usual: float, unit: str) -> str:
    """What a number usually is, as it follows what somebody says that it is.

    Args:
        value, usual, unit: Both numbers, and their unit.
    """
    return "as usual" if value == usual else f"not the usual {quantity(usual, unit)}"


def _said_plainly(decision: Decision, path: Path, value: object) -> str:
    """A number that the words of the registry would say badly; else empty.

    Args:
        decision, path: The decision, and where the number stands in it.
        value: The number.
    """
    number = float(value) if isinstance(value, int | float) else nan
    match path:
        case ("candidate", "fields"):
            return _lines_of_work(decision)
        case ("candidate", "interviews_done" | "interviews_ahead" as name):
            noun, place = "interview", "behind"
            if name == "interviews_ahead":
                noun, place = "other process", "ahead of"
            usual = _usually(number, decision.assumptions[name], "factor")
            return f"you have {number_of(f'{number:.3g}', noun)} {place} you, {usual}"
        case ("opportunity", "reach") if not number:
            return "their word does not carry in your field"
        case ("opportunity", "reach"):
            return f"their word carries in your field ({quantity(number, 'share')})"
        case ("opportunity", "stages", int(stage), "influence"):
            title = stage_name(decision.opportunity.stages[stage].title)
            person = f"the person you meet ({title}) counts in your field"
            return f"{person} {number:.3g} times as much as a usual manager"
    return ""


def _activity(stated: float, usual: float) -> str:
    """How actively somebody looks.

    Args:
        stated, usual: Shares.
    """
    share = quantity(stated, "share")
    if stated == usual:
        return f"you look as actively as is usual ({share})"
    compared, other = "more" if stated > usual else "less", quantity(usual, "share")
    return f"you look {compared} actively than usual ({share}, not {other})"


def _agreement(stated: float, usual: float) -> str:
    """How far both sides' views of a match agree.

    Args:
        stated, usual: Correlations.
    """
    if stated == usual:
        return f"their view of the match and yours agree as usual ({stated:.3g})"
    compared = "more" if stated > usual else "less"
    agree = f"their view of the match and yours agree {compared} than usual"
    return f"{agree} ({stated:.3g}, not {usual:.3g})"


def _percent(value: object) -> str:
    return quantity(float(str(value)), "% of pay")
