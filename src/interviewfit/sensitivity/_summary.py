"""How sure the advice is, what would change it and what to ask, in a few lines."""

from attrs import evolve, frozen

from interviewfit._assessment.assessing import Assessment, check_assessment
from interviewfit._model.draws import random_generator
from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.effort import share_of_work
from interviewfit._text.assessment_text import HEADLINES
from interviewfit._text.preparation_text import advised_words
from interviewfit.sensitivity._one_way_search import MOST_PARTS
from interviewfit.sensitivity._questions import InformationValue, questions
from interviewfit.sensitivity._robustness import Robustness, robustness_of_draws
from interviewfit.sensitivity._sampling import sampled_parameters
from interviewfit.sensitivity._switching_values import SwitchingValues, flips
from interviewfit.sensitivity._work import DrawBlocks, left_out_line

# As many switching values as one takes in at a glance.
_MOST_SHOWN = 2
# Draws that tell a share to a few percent; fewer where each takes long.
_DRAWS, _DRAWS_WITH_RIVALS, _SEED = 2_000, 200, 0
# What each of the three parts may take of the operations of all.
_DRAWN, _MOVED, _ASKED = 0.35, 0.4, 0.25
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
    kept = evolve(assessment, reasons=assessment.reasons)
    return evolve(_deepen_briefly(assessment), assessment=kept)


def _deepen_briefly(assessment: Assessment) -> DeepAssessment:
    """As ``deepen``, but the answer does not keep its reasons, which take long."""
    draws = _DRAWS_WITH_RIVALS if assessment.decision.beside else _DRAWS
    parameters = sampled_parameters(assessment.decision, False, None)
    generator = random_generator("deepen(rng)", _SEED)
    with share_of_work(_DRAWN):
        blocks = DrawBlocks(None, draws)
        sure = robustness_of_draws(assessment, parameters, blocks, generator)
    with share_of_work(_MOVED):
        changes = flips(assessment)
    with share_of_work(_ASKED):
        asked = questions(assessment)
    return DeepAssessment(
        assessment=assessment,
        robustness=sure,
        flips=changes,
        questions=tuple(asked),
    )


def advise(assessment: Assessment) -> str:
    """How sure the advice is, what would change it and what to find out first.

    Two or three lines from ``robustness``, ``flips`` and ``questions``; one where a
    dealbreaker is met, and none once the process is over.

    The work grows as that of all three together, which share what one of them may take.

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
    deep = _deepen_briefly(assessment)
    lines = [deep.robustness.headline]
    conditions = [
        f"if {value.clause} ({HEADLINES[value.action]})"
        for value in deep.flips.values[:_MOST_SHOWN]
    ]
    if conditions:
        lines.append(f"It would change {', or '.join(conditions)}.")
    elif deep.flips.left_out or deep.flips.parts < MOST_PARTS:
        count = len(deep.flips.insensitive)
        none = f"None of the {count} numbers that were moved would change it."
        lines.append(none if count != 1 else "It does not change with what was moved.")
    else:
        lines.append("No single plausible change would alter this advice.")
    if deep.flips.left_out:
        lines.append(left_out_line(deep.flips.left_out))
    first = deep.questions[:1]
    lines += [question.text for question in first if question.value > _NEGLIGIBLE]
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
