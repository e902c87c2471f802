"""What to ask first: the worth of knowing an aspect before deciding, and whom to ask.

The worth is worked out in ``foresight``, whom to ask in ``sources``.
"""

from itertools import combinations
from math import hypot

from attrs import frozen

from interviewfit._assessment.assessing import Assessment, check_assessment
from interviewfit._model.units import PercentOfPay, Worth
from interviewfit._model.vocabulary import Phase
from interviewfit._text.assessment_text import hours_of, share_of
from interviewfit.progress import Progress
from interviewfit.sensitivity._conditional import Asked
from interviewfit.sensitivity._information_value import Foresight
from interviewfit.sensitivity._sources import DESK, Source, sources_of

__all__ = ["InformationValue", "questions"]

# A source worth naming shows so much.
_MUCH = 0.1


@frozen(kw_only=True)
class InformationValue:
    """What it is worth to know something before deciding. Made by ``questions``.

    Attributes:
        aspects: What is asked about, one aspect or two.
        worth: Of knowing it for sure before deciding, hours; never below 0.
        spread: How unsure the fit is for want of it, percent of pay: the standard
            deviation it would take out.
        sources: Whom to ask, or where to look it up: all that show something of it,
            in the order in which they come.
    """

    aspects: tuple[str, ...]
    worth: Worth
    spread: PercentOfPay
    sources: tuple[Source, ...]

    @property
    def text(self) -> str:
        """All of it as a sentence without its end."""
        named = " and ".join(self.aspects)
        return "; ".join(
            (
                f"ask first about {named}, worth {hours_of(self.worth)}",
                *(self._whom(aspect) for aspect in self.aspects),
            )
        )

    def __str__(self) -> str:
        return self.text

    def _whom(self, aspect: str) -> str:
        own = [one for one in self.sources if one.aspect == aspect]
        if not own:
            return f"nothing ahead shows {aspect}"
        best = next((one for one in own if one.share >= _MUCH), None)
        one = best or max(own, key=lambda source: source.share)
        half = 0.45 <= one.share <= 0.55
        part = "half" if half else share_of(one.share)
        what = "it" if len(self.aspects) == 1 else aspect
        where = one.where if one.where == DESK else f"the {one.where}"
        return f"{where} shows {part} of {what} for {hours_of(one.hours)} of your time"


def questions(
    assessment: Assessment, *, pairs: bool = True, progress: Progress | None = None
) -> tuple[InformationValue, ...]:
    """What it is worth to know each aspect, and each pair of them, before deciding.

    Exact but for rounding. News that only waiting brings is not part of it. With a
    dealbreaker met, or once out, nothing is worth asking and the result is empty.

    Args:
        assessment: The answer.
        pairs: Whether to work out pairs as well, which takes many times as long. Beside
            other processes what the two of a pair come to is known together.
        progress: Called as work goes on.

    Returns:
        Single aspects, the most valuable first; then pairs likewise. Aspects known
        for sure are left out.

    Raises:
        InvalidFieldError: If it is no assessment.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> found = assess(Candidate(), Opportunity(name="Acme", stages=corporate()))
    >>> print(questions(found, pairs=False)[0])
    ask first about role, ...
    """
    check_assessment(assessment, "questions(assessment)")
    if assessment.hard_stops or assessment.phase is Phase.REJECTED:
        return ()
    foresight = Foresight.of(assessment)
    names = [name for name, sd in foresight.sds.items() if sd > 0.0]
    asked: list[Asked] = [(name,) for name in names]
    if pairs:
        asked.extend(combinations(names, 2))
    worths = dict(zip(asked, foresight.worths(asked), strict=True))
    if progress is not None:
        progress(1, 1)
    found = [
        InformationValue(
            aspects=one,
            worth=worths[one],
            spread=hypot(*(foresight.sds[name] for name in one)),
            sources=tuple(
                source
                for name in one
                for source in sources_of(assessment.decision, name)
            ),
        )
        for one in asked
    ]
    return tuple(sorted(found, key=lambda one: (len(one.aspects), -one.worth)))
