"""How sure the advice is, what would change it and what to ask, in a few lines."""

from attrs import evolve, frozen

from interviewfit._assessment.assessing import Assessment, check_assessment
from interviewfit._assessment.known_rivals import KnownRivals
from interviewfit._model.draws import random_generator
from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.effort import counted, largest_work, share_of_work
from interviewfit._process.parameters import list_inputs
from interviewfit._text.assessment_text import HEADLINES
from interviewfit._text.preparation_text import advised_words
from interviewfit.sensitivity._one_way_search import MOST_PARTS
from interviewfit.sensitivity._questions import (
    InformationValue,
    Questions,
    information_values,
    not_worked_out_line,
)
from interviewfit.sensitivity._robustness import Robustness, robustness_of_draws
from interviewfit.sensitivity._sampling import sampled_parameters
from interviewfit.sensitivity._switching_values import SwitchingValues, switching_values
from interviewfit.sensitivity._work import DrawBlocks, few_draws_line, left_out_line

# As many switching values as one takes in at a glance.
_MOST_SHOWN = 2
# Draws that tell a share to a few percent; fewer where each takes long.
_DRAWS, _DRAWS_WITH_RIVALS, _SEED = 2_000, 200, 0
# What each of the three parts may take of the operations of all.
_DRAWN, _MOVED, _ASKED = 0.35, 0.4, 0.25
# As many rows as draws are needed, about, to look at an aspect.
_FEWEST_ROWS = 5
# Below this, in hours, knowing more is not worth a question.
_NEGLIGIBLE = 0.05


@frozen(kw_only=True)
class DeepAssessment:
    """An answer with all that can be asked of it.

    Attributes:
        assessment: The answer, with its reasons.
        robustness: How sure it is.
        flips: What would change it.
        questions: What to find out, the most valuable first.
    """

    assessment: Assessment
    robustness: Robustness
    flips: SwitchingValues
    questions: tuple[InformationValue, ...]


def deepen(assessment: Assessment) -> DeepAssessment:
    """An answer with how sure it is, what would change it and what to find out."""
    sure, changes, to_ask = _parts(assessment, is_brief=False)
    return DeepAssessment(
        assessment=evolve(assessment, reasons=assessment.reasons),
        robustness=sure,
        flips=changes,
        questions=tuple(to_ask),
    )


def _parts(
    assessment: Assessment, *, is_brief: bool
) -> tuple[Robustness, SwitchingValues, Questions]:
    """How sure an answer is, what would change it and what to find out.

    What the rivals come to is worked out once for all three. Each has its share of the
    operations, or less where those before it took more than theirs.

    Args:
        assessment: What ``assess`` returned.
        is_brief: As ``robustness_of_draws``.
    """
    decision, most = assessment.decision, largest_work()
    rivals = KnownRivals.of(decision, assessment)
    draws = _DRAWS_WITH_RIVALS if decision.beside else _DRAWS
    parameters = sampled_parameters(decision, False, None)
    generator = random_generator("deepen(rng)", _SEED)
    with counted() as effort:
        with share_of_work(_DRAWN):
            blocks = DrawBlocks(None, draws)
            sure = robustness_of_draws(
                assessment, parameters, blocks, generator, rivals, is_brief=is_brief
            )
        each = effort.operations / sure.draws
        left = max(0.0, 1.0 - effort.operations / most)
        with share_of_work(min(_MOVED, left * _MOVED / (_MOVED + _ASKED))):
            changes = switching_values(assessment, list_inputs(decision), rivals)
        left = max(0.0, 1.0 - effort.operations / most)
        if not decision.beside and left * most < _FEWEST_ROWS * each:
            # An aspect would take more, as nothing but the process itself is solved.
            left = 0.0
        with share_of_work(min(_ASKED, left)):
            to_ask = information_values(assessment, rivals)
    return sure, changes, to_ask


def advise(assessment: Assessment) -> str:
    """How sure the advice is, what would change it and what to find out first.

    Two or three lines from ``robustness``, ``flips`` and ``questions``; one where a
    dealbreaker is met, and none once the process is over.

    The work grows as that of all three together, which share what one of them may take.
    Where that is too little for all, its sentences say what was left out.

    Raises:
        InvalidFieldError: If *assessment* is not an assessment.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> result = assess(Candidate(), Opportunity(name="Acme", stages=corporate()))
    >>> print(advise(result))
    Clear: over 99 % of plausible assumptions lead to this advice.
    It would change if ...
    Find out about the role first: knowing it is worth 3.3 h. The hiring manager's ...
    """
    check_assessment(assessment, "advise(assessment)")
    if assessment.phase is Phase.REJECTED:
        return ""
    if assessment.hard_stops:
        met = ", ".join(assessment.hard_stops)
        return f"No number lifts your dealbreaker ({met})."
    sure, changes, to_ask = _parts(assessment, is_brief=True)
    lines = [sure.headline]
    if sure.limited:
        lines.append(few_draws_line(sure.draws, sure.share, sure.interval))
    conditions = [
        f"if {value.clause} ({HEADLINES[value.action]})"
        for value in changes.values[:_MOST_SHOWN]
    ]
    if conditions:
        lines.append(f"It would change {', or '.join(conditions)}.")
    elif changes.left_out or changes.parts < MOST_PARTS:
        count = len(changes.insensitive)
        none = f"None of the {count} numbers that were moved would change it."
        if count <= 1:
            none = "It does not change with what was moved."
        lines.append(none if count else "What would change it was not worked out.")
    else:
        lines.append("No single plausible change would alter this advice.")
    if changes.left_out:
        lines.append(left_out_line(changes.left_out))
    first = to_ask[:1]
    lines += [question.text for question in first if question.value > _NEGLIGIBLE]
    if to_ask.left_out:
        lines.append(not_worked_out_line(to_ask.left_out))
    return "\n".join(lines)


def full_text(assessment: Assessment) -> str:
    """An assessment in all words: how to prepare, why, and what would change it.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> job = Opportunity(name="Acme", stages=corporate(), signals=["bad_reviews"])
    >>> print(full_text(assess(Candidate(), job)).splitlines()[-1][:34])
      Find out about the role first: k
    """
    further = [
        *advised_words(assessment).splitlines(),
        *str(assessment.reasons).splitlines(),
        *advise(assessment).splitlines(),
    ]
    return "\n".join([str(assessment), *(f"  {line}" for line in further)])
