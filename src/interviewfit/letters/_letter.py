"""What to write or say to an employer, made of templates and of stated facts only.

No letter shows enthusiasm that nobody stated, and none gives a reason unless the caller
asks for it. What the answer rests on stays with the candidate: hearsay, dealbreakers,
values, other processes.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from interviewfit._assessment.assessing import Assessment
from interviewfit._model.beliefs import NamedSign, Reading
from interviewfit._model.fields import canonical, check_kind, to_one_line
from interviewfit._model.vocabulary import Action, Phase, Sign
from interviewfit._results.assessment import Verdict
from interviewfit._results.reasons import Reason
from interviewfit.errors import InvalidFieldError, visible
from interviewfit.letters._templates import (
    CHANNELS,
    FORMS,
    LANGUAGES,
    PURPOSES,
    TEMPLATES,
    Channel,
    Form,
    fill,
    purpose_template,
    sentences,
    slots,
)

_MOST_CHARACTERS = 1_000
_MOST_QUESTIONS = 3
# Reasons that an employer may hear; what is not listed is never given away.
_SAYABLE_ASPECTS = frozenset({"role", "pay", "commute", "benefits"})
_SAYABLE_SIGNS: Mapping[Sign, str] = {
    Sign.LONG_COMMUTE_REMOTE_UNKNOWN: "commute",
    Sign.WRONG_KIND_OF_WORK: "role",
    Sign.SPECIFICATION_MISMATCH: "role",
    Sign.BENEFITS_WEAKER: "benefits",
}
_LEAVING = frozenset(
    {
        Action.DECLINE,
        Action.WITHDRAW_POLITELY,
        Action.LEAVE,
        Action.FINISH_POLITELY,
        Action.DECLINE_OFFER,
    }
)


def letter(
    found: Verdict,
    channel: Channel = "email",
    *,
    to: str = "",
    reason: str | bool = "",
    recommend: str = "",
    when: str = "",
    language: str = "en",
    form: Form = "short",
    purpose: str = "",
) -> str:
    """What to write or say for an answer, as text.

    The same answer and arguments give the same text. Every sentence is a template of
    ``data/letters.json`` with stated facts in it: the names of the opportunity, of its
    company and of the stage, and the arguments below. You sign it yourself.

    The work grows with the length of what is written.

    Args:
        found: An answer of ``assess``.
        channel: ``"email"`` with a subject line, ``"message"``, or ``"call"``: words to
            say, on the phone or in the room.
        to: Who reads or hears it, as they are addressed, such as ``"Ms Lee"``.
        reason: No reason by default. A text is given as the reason; write it in the
            language of the letter. True gives the reason of the answer, if it is one
            that an employer may hear: the work, the pay, the commute, the benefits, or
            the time that it takes.
        recommend: Name of somebody better suited, where the letter turns a job down.
        when: A date, such as ``"3 March"``, where the letter suggests one for a stage
            or for your answer, or states a deadline.
        language: ``"en"``, ``"de"``, ``"fr"`` or ``"es"``.
        form: ``"short"`` says what is needed, ``"full"`` a little more.
        purpose: What it is for, if not for the advised action: another action, or
            ``"hurry"`` (ask this firm to decide, because another one waits for your
            answer), ``"follow_up"`` (after silence) or ``"ask_time"`` (on an offer).

    Raises:
        InvalidFieldError: If an argument is none of these, the purpose does not suit
            where the process stands, the letter has no place for what was stated, or no
            reason of the answer is one to tell an employer.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> job = Opportunity(name="Acme, analyst", stages=corporate())
    >>> print(letter(assess(Candidate(), job), to="Ms Lee", purpose="follow_up"))
    Subject: Interviews: Acme, analyst
    <BLANKLINE>
    Dear Ms Lee,
    <BLANKLINE>
    I would like to ask how things stand with the job “Acme, analyst”.
    <BLANKLINE>
    Kind regards
    """
    check_kind("letter(found)", found, Verdict, "Pass what assess(...) returns.")
    _check_word("channel", channel, CHANNELS)
    _check_word("language", language, LANGUAGES)
    _check_word("form", form, FORMS)
    purpose = _purpose(found, purpose)
    words = TEMPLATES[language]
    template = purpose_template(language, purpose, found.phase)
    if isinstance(reason, bool):
        reason = words["reasons"][_sayable(found, purpose)] if reason else ""
    stated = {
        name: _shown(f"letter({name})", value)
        for name, value in (
            ("to", to),
            ("reason", reason),
            ("recommend", recommend),
            ("when", when),
        )
    }
    facts = {name: value for name, value in stated.items() if value}
    _check_places(template, facts, purpose)
    facts |= _named(found, words)
    if asked := _questions(found, words) if purpose == Action.ASK_FIRST else []:
        facts["question"] = ("\n" if channel == "call" else " ").join(asked)
    tags = frozenset({form, "spoken" if channel == "call" else "written"})
    body = list(sentences(template, facts, tags))
    inside = found.phase is Phase.MIDWAY and channel == "call"
    key = "inside" if inside else channel
    greeting = words["greeting"][key][0 if "to" in facts else 1]
    closing = words["closing"][key]
    parts = [fill(greeting, facts), *body]
    if words["lower_after_comma"] and greeting.endswith(","):
        parts[1] = parts[1][0].lower() + parts[1][1:]
    if channel == "call":
        return "\n".join(part for part in (*parts, closing) if part)
    blocks = [parts[0], " ".join(parts[1:]), closing]
    if channel == "message":
        return "\n".join(blocks)
    subject = fill(words["subject"], {"subject": fill(template["subject"], facts)})
    return "\n\n".join((subject, *blocks))


def _check_word(name: str, value: object, allowed: Sequence[str]) -> None:
    """Refuse a word that is not on a list.

    Args:
        name, value, allowed: The argument, what came for it, and the list.

    Raises:
        InvalidFieldError: If it is not on the list, which the error shows.
    """
    if not isinstance(value, str) or value not in allowed:
        raise InvalidFieldError(
            f"letter({name})", f"one of {', '.join(allowed)}", value
        )


def _purpose(found: Verdict, purpose: str) -> str:
    """What a letter is for: the advised action, unless another purpose is named.

    Args:
        found, purpose: The answer, and the purpose; empty for the advised action.

    Raises:
        InvalidFieldError: If it does not suit where the process stands.
    """
    purpose = purpose or found.action.value
    allowed = PURPOSES[found.phase]
    if not isinstance(purpose, str) or purpose not in allowed:
        expected = f"one of {', '.join(allowed)}"
        stands = {
            Phase.BEFORE: "before a stage",
            Phase.MIDWAY: "in the middle of a stage",
            Phase.OFFERED: "with an offer",
            Phase.REJECTED: "after a refusal",
        }[found.phase]
        remedy = f"These suit a process that stands {stands}, as this one does."
        raise InvalidFieldError("letter(purpose)", expected, purpose, remedy)
    return str(purpose)


def _shown(where: str, text: object) -> str:
    """A fact on one line, with invisible characters escaped; empty if none was stated.

    Args:
        where, text: The argument or field that an error names, and what came for it.

    Raises:
        InvalidFieldError: If it is no text, or has more than 1,000 characters.
    """
    if not isinstance(text, str) or len(text) > _MOST_CHARACTERS:
        expected = f"a text of at most {_MOST_CHARACTERS:,} characters"
        raise InvalidFieldError(where, expected, text)
    return visible(to_one_line(text))


def _check_places(
    template: Mapping[str, Any], facts: Mapping[str, str], purpose: str
) -> None:
    """Refuse a fact that the letter has no place for, rather than drop it.

    Who is addressed may be stated for every letter.

    Args:
        template, facts, purpose: Of the letter, what was stated for it, and its name.

    Raises:
        InvalidFieldError: If a stated fact would not appear.
    """
    places = {place for entry in template["sentences"] for place in slots(entry)}
    for name in facts.keys() - places - {"to"}:
        expected = f"left out of a letter to {purpose.replace('_', ' ')}"
        remedy = "Such a letter has no sentence for it."
        raise InvalidFieldError(f"letter({name})", expected, facts[name], remedy)


def _named(found: Verdict, words: Mapping[str, Any]) -> dict[str, str]:
    """The names that an answer states: of the job and the stage.

    Args:
        found, words: The answer, and the templates of a language.
    """
    name, company = _shown("Opportunity.name", found.opportunity), ""
    if isinstance(found, Assessment):
        stated = found.decision.opportunity.company
        company = _shown("Opportunity.company", stated) if stated else ""
    title, form = name, "name"
    if company and canonical(company) == canonical(name):
        form = "firm"
    elif company and canonical(company) not in canonical(name):
        title, form = f"{name}, {company}", "both"
    # In quotes it may be a firm, a role or both, and everybody sees where it ends.
    job = fill(words["job"][form], {"name": name, "company": company})
    kind, stage = found.stage.replace(" ", "_"), words["no_stage"]
    if kind in words["stages"]:
        stage = words["stages"][kind]
    elif kind not in ("", "research"):
        stage = fill(words["stage"], {"stage": _shown("Stage.name", found.stage)})
    return {"job": job, "title": title, "stage": stage}


def _questions(found: Verdict, words: Mapping[str, Any]) -> list[str]:
    """The questions about the unknown aspects that are worth most, the most first.

    Args:
        found, words: The answer, and the templates of a language.

    Raises:
        InvalidFieldError: If nothing is unknown.
    """
    unknown = (found.ask_about or found.unknown)[:_MOST_QUESTIONS]
    if not unknown:
        expected = "another one, because no aspect of the job is unknown"
        raise InvalidFieldError("letter(purpose)", expected, Action.ASK_FIRST.value)
    return [
        fill(
            words["questions"].get(aspect, words["questions"]["other"]),
            {"aspect": _shown("Candidate.priorities", aspect)},
        )
        for aspect in unknown
    ]


def _sayable(found: Verdict, purpose: str) -> str:
    """The reason of an answer that an employer may hear, by its key in the templates.

    Args:
        found, purpose: The answer, and what the letter is for.

    Raises:
        InvalidFieldError: If the answer has none, or the letter is for something else.
    """
    reasons = found.reasons.deciding if found.reasons else ()
    leaves = found.action in _LEAVING and purpose in _LEAVING
    # A dealbreaker forces the answer, and is nobody else's business.
    if leaves and not found.hard_stops:
        for item in reasons:
            for key in _keys(found, item):
                return key
    remedy = "Leave it out, or write the reason as text."
    expected = "left out, because this answer has no reason to tell an employer"
    raise InvalidFieldError("letter(reason)", expected, True, remedy)


def _keys(found: Verdict, item: Reason) -> Iterator[str]:
    """Yield the key of a reason if it speaks for leaving and an employer may hear it.

    Args:
        found, item: The answer, and one of its reasons.
    """
    if re.fullmatch(r"stages\[\d+\]\.hours|weights\.time", item.name):
        if item.effect_hours > 0.0:
            yield "time"
        return
    if item.effect_percent >= 0.0:
        return
    field, _, aspect = item.name.partition(".")
    if field == "beliefs" and aspect in _SAYABLE_ASPECTS:
        yield aspect
    number = re.fullmatch(r"signals\[(\d+)\]", item.name)
    if number and isinstance(found, Assessment):
        signal = found.decision.opportunity.signals[int(number[1])]
        sign = signal.sign if isinstance(signal, NamedSign) else signal
        if isinstance(sign, Sign) and sign in _SAYABLE_SIGNS:
            yield _SAYABLE_SIGNS[sign]
        elif isinstance(signal, Reading) and signal.aspect in _SAYABLE_ASPECTS:
            yield signal.aspect
