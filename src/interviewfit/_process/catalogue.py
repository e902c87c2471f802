"""The catalogue of named signs: what each of them says of a job.

All strengths are judgement; the assumption ``sign_strength`` moves them together.
"""

from collections.abc import Mapping

from attrs import frozen

from interviewfit._model.beliefs import Clue, Reading, Signal
from interviewfit._model.vocabulary import Event, Sign

__all__ = ["CATALOGUE", "SignDefinition"]


@frozen
class SignDefinition:
    """What a named sign means, and the readings and clues it stands for.

    Attributes:
        meaning: In a few words, as it reads in an explanation.
        source: The article that names it, or where its strength comes from.
        signals: Its readings and clues, at a ``sign_strength`` of 1.
    """

    meaning: str
    source: str
    signals: tuple[Signal, ...]


def _reading(
    aspect: str, value: float, noise: float, unsettled: float = 0.0
) -> Reading:
    """A reading of the catalogue.

    Args:
        aspect: That it tells of.
        value: What it says, percent of pay.
        noise: Standard deviation of its error, percent of pay.
        unsettled: Standard deviation of news still to come, percent of pay.
    """
    return Reading(aspect=aspect, value=value, noise=noise, unsettled=unsettled)


def _clue(event: Event, factor: float) -> Clue:
    """A clue of the catalogue.

    Args:
        event: That it is evidence of.
        factor: The Bayes factor that multiplies the event's odds.
    """
    return Clue(event=event, factor=factor)


CATALOGUE: Mapping[Sign, SignDefinition] = {
    Sign.MERGER_TALKS: SignDefinition(
        "talk of a merger or takeover",
        "interviews-you-dont-want",
        (_reading("stability", -12, 5, unsettled=12),),
    ),
    Sign.EXECUTIVE_DEPARTURE: SignDefinition(
        "an executive left abruptly",
        "interviews-you-dont-want",
        (
            _reading("stability", -9, 6, unsettled=10),
            _reading("manager", -3, 10, unsettled=6),
        ),
    ),
    Sign.LAYOFF_NEWS: SignDefinition(
        "news of layoffs",
        "as a merger, somewhat milder",
        (_reading("stability", -10, 6, unsettled=8),),
    ),
    Sign.CULTURE_HEARSAY: SignDefinition(
        "hearsay on the culture",
        "turn-down-a-job-interview",
        (_reading("culture", -10, 15),),
    ),
    Sign.BAD_REVIEWS: SignDefinition(
        "bad reviews by employees",
        "as hearsay, from more people with a grudge",
        (_reading("culture", -8, 12), _reading("manager", -4, 15)),
    ),
    Sign.LONG_COMMUTE_REMOTE_UNKNOWN: SignDefinition(
        "a long commute, remote work not yet asked about",
        "turn-down-a-job-interview; a commute of 45 against 15 minutes is worth 13 % "
        "(Mas and Pallais 2017), about one time in three it need not be made",
        (_reading("commute", -9, 6),),
    ),
    Sign.REMOTE_ALLOWED: SignDefinition(
        "remote work allowed",
        "worth 8 % of pay (Mas and Pallais 2017)",
        (_reading("commute", 8, 4),),
    ),
    Sign.PAY_GUESSED_LOW: SignDefinition(
        "pay guessed too low, no range stated",
        "turn-down-a-job-interview; pay is known at first contact one time in three "
        "and bargained one time in three (Hall and Krueger 2012)",
        (_reading("pay", -8, 10),),
    ),
    Sign.BENEFITS_WEAKER: SignDefinition(
        "weaker benefits than now",
        "match-dances",
        (_reading("benefits", -8, 4),),
    ),
    Sign.THIN_JOB_DESCRIPTION: SignDefinition(
        "a job description that leaves one cold",
        "interview-as-networking-opportunity; descriptions foretell liking poorly",
        (_reading("role", -5, 20),),
    ),
    Sign.SPECIFICATION_MISMATCH: SignDefinition(
        "a specification that does not match",
        "meet-the-most-senior-person; specifications move while firms interview",
        (_reading("role", -8, 12), _clue(Event.PASSED_ON, 0.7)),
    ),
    Sign.NO_CHEMISTRY: SignDefinition(
        "no chemistry with the team",
        "interview-as-networking-opportunity",
        (_reading("culture", -30, 6), _reading("manager", -20, 6)),
    ),
    Sign.LIKED_EVERYONE: SignDefinition(
        "liked everyone there",
        "interview-as-networking-opportunity",
        (_reading("culture", 12, 8), _reading("manager", 8, 8)),
    ),
    Sign.WRONG_KIND_OF_WORK: SignDefinition(
        "the work itself is not what one wants",
        "match-dances",
        (_reading("role", -35, 6), _reading("growth", -15, 6)),
    ),
    Sign.PASSED_ON_BY_HR: SignDefinition(
        "passed on by HR",
        "meet-the-most-senior-person",
        (_clue(Event.PASSED_ON, 1.2),),
    ),
    Sign.THEY_LIKE_YOU: SignDefinition(
        "they say they like the candidate",
        "meet-the-most-senior-person",
        (
            _clue(Event.PASSED_ON, 1.5),
            _clue(Event.RESHAPED, 3.0),
            _clue(Event.HIDDEN_ROLE, 2.0),
        ),
    ),
    Sign.OTHER_OPENINGS: SignDefinition(
        "the firm has other openings",
        "turn-down-a-job-interview",
        (_clue(Event.HIDDEN_ROLE, 6.0),),
    ),
    Sign.MET_VICE_PRESIDENT: SignDefinition(
        "met a vice president",
        "interview-as-networking-opportunity",
        (_clue(Event.CONTACT_HELPS, 2.0), _clue(Event.HIDDEN_ROLE, 1.5)),
    ),
    Sign.WORKED_THERE_BEFORE: SignDefinition(
        "worked there before",
        "people a firm knows fill 15 % of positions at one firm (benefitspro.com 2018)",
        (_clue(Event.PASSED_ON, 1.5), _clue(Event.CONTACT_HELPS, 1.5)),
    ),
}
"""What each named sign says, before ``sign_strength``."""
