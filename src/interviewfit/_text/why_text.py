"""Why one opportunity has its answer, on one screen; nothing is computed again."""

from collections.abc import Iterator
from math import inf

from interviewfit._model.units import rounded
from interviewfit._model.vocabulary import TERM_NAMES, Action, Phase, Term
from interviewfit._results.assessment import GOING, LEAVING, Verdict
from interviewfit._results.reasons import Reason
from interviewfit._text.amounts import percent_of, signed, years_of
from interviewfit._text.assessment_text import explain, how_to, name_of_choice
from interviewfit._text.employer_text import passing_words
from interviewfit._text.labels import aspect_name
from interviewfit._text.layout import Block, Paragraph, Table, bar
from interviewfit._text.notes_text import checks
from interviewfit._text.preparation_text import advised_words

_SMALL = 0.05
_MOST_REASONS, _MOST_TERMS, _MOST_STAGES, _MOST_ASKED = 4, 6, 4, 9
# Beyond it, percent of pay, no threshold says more than always or never.
_SENSIBLE = 1000.0


def why_screen(verdict: Verdict, letter: str, more: str = "") -> list[Block]:
    """One opportunity explained: what was said, what it is made of, when to go on.

    Args:
        verdict: The answer.
        letter: What to type for words to write.
        more: How to see rows that are left out, a sentence; without one all are shown.
    """
    headline = explain(verdict).split("\n", 1)[0]
    return [
        *checks(verdict.notes),
        Paragraph(headline, strong=True),
        *_said(verdict, more),
        *_terms(verdict, more),
        *_limits(verdict, more),
        *_news(verdict),
        *_preparation(verdict),
        *_questions(verdict),
        *_leaving(verdict, letter),
    ]


def _said(verdict: Verdict, more: str) -> Iterator[Block]:
    """Yield what each thing said does to the answer.

    Args:
        verdict: The answer.
        more: As ``why_screen`` has it.
    """
    reasons = verdict.reasons
    if reasons is None or verdict.phase is Phase.REJECTED or verdict.hard_stops:
        return
    opinions = [item for item in reasons if item.name != "position"]
    items = [
        (item.effect_hours, f"{signed(item.effect_hours)} h", _words(item, verdict))
        for item in opinions
        if abs(item.effect_hours) > _SMALL
    ]
    adds = "how much it speaks for this advice (+) or against it (-)"
    deciding = {item.what for item in reasons.deciding}
    if deciding.isdisjoint(what for _, _, what in items):
        # Each could be missing without a change, and not all of them.
        opinions.sort(key=lambda item: -abs(item.effect_percent))
        by_fit = [
            (item.effect_percent, percent_of(item.effect_percent), item.what)
            for item in opinions
            if item.what in deciding and rounded(item.effect_percent)
        ]
        items, adds = by_fit or items, "what it adds to the fit" if by_fit else adds
    if not items:
        return
    yield Paragraph(f"What you said, and {adds}:")
    shown = items[: _MOST_REASONS if more else None]
    yield Table(
        heads=("", ""),
        rows=tuple((number, what) for _, number, what in shown),
        kinds=tuple("go" if effect > 0.0 else "leave" for effect, _, _ in shown),
        left_out=len(items) - len(shown),
        more=more,
        indent=2,
    )


def _words(reason: Reason, verdict: Verdict) -> str:
    """A reason in words; how others speak against leaving is said.

    Args:
        reason: One thing that was said.
        verdict: The answer.
    """
    second = verdict.runner_up
    is_against = reason.name == "beside" and reason.effect_hours < 0.0
    if not is_against or verdict.action not in LEAVING or second is None:
        return reason.what
    return f"{reason.what}, so that {name_of_choice(second, verdict)} costs less"


def _terms(verdict: Verdict, more: str) -> Iterator[Block]:
    """Yield the terms of the value as bars, the largest first.

    Args:
        verdict, more: As ``_said`` has them.
    """
    shown = verdict.displayed_choice
    ranked = sorted(shown.terms.items(), key=lambda pair: -abs(pair[1]))
    terms = [(term, value) for term, value in ranked if abs(value) > _SMALL]
    if not terms or verdict.phase is Phase.REJECTED:
        return
    lead, names = "It is made of", TERM_NAMES
    if verdict.phase is Phase.OFFERED:
        names = {**TERM_NAMES, Term.OFFER: "the job, if you accept"}
    if verdict.hard_stops:
        lead = "Without that, it would be made of"
    elif shown is not verdict.choices[0]:
        is_offer = shown.action is Action.ACCEPT_OFFER
        lead = f"{'Accepting' if is_offer else 'Going on'} would bring"
    yield Paragraph(f"{lead}, in hours over {years_of(verdict.horizon_years)}:")
    largest = abs(terms[0][1])
    first = terms[: _MOST_TERMS if more else None]
    yield Table(
        heads=("", "", ""),
        rows=tuple(
            (names[term], signed(value), bar(value, largest)) for term, value in first
        ),
        kinds=tuple("go" if value > 0.0 else "leave" for _, value in first),
        left_out=len(terms) - len(first),
        more=more,
        indent=2,
    )


def _limits(verdict: Verdict, more: str) -> Iterator[Block]:
    """Yield the fit that each stage ahead asks for, beside the fit that is believed.

    Args:
        verdict, more: As ``_said`` has them.
    """
    if verdict.hard_stops or verdict.phase is Phase.REJECTED:
        return
    believed = (
        f"You believe in a fit of {percent_of(verdict.mean)}, give or take "
        f"{rounded(verdict.sd):,.0f} (% of pay, against what you would have otherwise)."
    )
    first = verdict.thresholds[0].fit if verdict.thresholds else inf
    if verdict.rival_count and verdict.action in LEAVING and verdict.mean > first:
        enough = "By itself that is enough to go on, beside the others it is not."
        yield Paragraph(f"{believed} {enough}")
        return
    rows = list[tuple[str, ...]]()
    for item in verdict.thresholds:
        # Nearly always one finishes an interview that has begun.
        if item.phase is Phase.MIDWAY and item.fit < -_SENSIBLE:
            continue
        stage = item.stage if item.phase is Phase.BEFORE else f"midway, {item.stage}"
        if abs(item.fit) > _SENSIBLE:
            always = item.fit < 0.0
            advice = "go on whatever it is" if always else "stop whatever it is"
            rows.append((stage, "-", advice))
            continue
        ahead = rounded(verdict.mean) - rounded(item.fit)
        side = (
            f"{abs(ahead):,.0f} {'above' if ahead > 0 else 'below'}" if ahead else "at"
        )
        rows.append((stage, percent_of(item.fit), f"you are {side} it"))
    if len({advice for _, _, advice in rows}) == 1 and rows[0][1] == "-":
        advice = rows[0][2]
        yield Paragraph(f"{believed} {advice[:1].upper()}{advice[1:]}.")
        return
    yield Paragraph(f"{believed}{' Go on if it is above:' if rows else ''}")
    nearest = rows[: _MOST_STAGES if more else None]
    yield Table(
        heads=("", "", ""),
        rows=tuple(nearest),
        left_out=len(rows) - len(nearest),
        more=more,
        indent=2,
    )


def _news(verdict: Verdict) -> Iterator[Block]:
    """Yield what being passed on tells of the fit that is believed."""
    if not verdict.hard_stops and verdict.phase is not Phase.REJECTED:
        news = passing_words(verdict).replace(" it by ", " this fit by ", 1)
        yield from [Paragraph(news, optional=True)] if news else []


def _preparation(verdict: Verdict) -> Iterator[Block]:
    """Yield the best hours for every stage ahead, if one goes on."""
    words = advised_words(verdict)
    yield from [Paragraph(words, optional=True)] if words else []


def _questions(verdict: Verdict) -> Iterator[Block]:
    """Yield what to ask about."""
    unknown = verdict.ask_about or verdict.unknown
    if not unknown or verdict.phase is Phase.REJECTED or verdict.action in LEAVING:
        return
    shown = ", ".join(map(aspect_name, unknown[:_MOST_ASKED]))
    more = len(unknown) - _MOST_ASKED
    rest = f" and {more} more (`assess --json` has all)" if more > 0 else ""
    words = f"Ask about: {shown}{rest}."
    yield Paragraph(words, optional=True)


def _leaving(verdict: Verdict, letter: str) -> Iterator[Block]:
    """Yield how to leave, or to do what is advised, and what to type for the words.

    Args:
        verdict, letter: As ``why_screen`` has them.
    """
    actions = [choice.action for choice in verdict.choices]
    if how := how_to(verdict):
        yield Paragraph(f"How: {how}")
        yield Paragraph("For words to write, type:")
        yield Paragraph(letter, indent=2)
        return
    polite = next((action for action in actions if action in LEAVING), None)
    if Action.FINISH_POLITELY in actions:
        polite = Action.FINISH_POLITELY
    if polite is not None and verdict.action in GOING:
        yield Paragraph("To leave politely all the same, type:")
        yield Paragraph(f"{letter} --purpose {polite.value}", indent=2)
