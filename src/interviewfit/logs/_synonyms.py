"""Trackers' words for what happened, and for the columns they keep it in.

Words are compared by their letters and digits alone: ``applicationRejected``,
"Application rejected" and ``application_rejected`` are one. What is not found here is
reported, never guessed.
"""

import re
from collections.abc import Mapping

from attrs import frozen

from interviewfit._model.vocabulary import Milestone, StageKind

__all__ = ["BEFORE", "COLUMNS", "Meaning", "meaning_of", "plain"]


@frozen
class Meaning:
    """What a tracker's word says.

    Attributes:
        kind: What happened.
        number: Which interview, 0 if not said.
        stage: What kind of round, if said.
    """

    kind: Milestone
    number: int = 0
    stage: StageKind | None = None


_WORDS: Mapping[Meaning, str] = {
    Meaning(Milestone.CONTACTED): """
        contacted recruiteroutreach outreach recruitercontacted recruitercontactedme
        inbound sourced responded responsereceived response replied respondido répondu
        """,
    Meaning(Milestone.APPLIED): """
        applied application applicationsent applicationsubmitted submitted sent
        applicationreceived inreview underreview awaitingresponse pending aplicado
        aplicada enviada postulé beworben
        """,
    Meaning(Milestone.SCREEN): """
        screen screening screened initialscreen phonescreen phonescreening phone
        phonecall recruiterscreen recruitercall hrscreen hrinterview hrcall hr
        initialcall introcall intro screeningcall telephoneinterview phoneinterview
        """,
    Meaning(Milestone.TASK): """
        task takehome takehometask takehometest takehomeassignment assignment
        assessment onlineassessment oa codingchallenge challenge test technicaltest
        homework casestudy
        """,
    Meaning(Milestone.INTERVIEW): """
        interview interviewing interviewed interviews interviewscheduled
        interviewcompleted interviewprocess entrevista entrevue round
        """,
    Meaning(Milestone.INTERVIEW, stage=StageKind.HIRING_MANAGER): """
        hiringmanager hiringmanagerscreen hiringmanagerinterview manager
        managerinterview hmscreen hminterview hm teammatch
        """,
    Meaning(Milestone.INTERVIEW, stage=StageKind.PANEL): """
        panel panelinterview technical technicalinterview techinterview technicalscreen
        techscreen onsiteinterview loop behavioral behavioural behavioralinterview
        systemdesign codinginterview
        """,
    Meaning(Milestone.INTERVIEW, stage=StageKind.EXECUTIVE): """
        final finalround finalinterview finalstage onsite executive executiveinterview
        """,
    Meaning(Milestone.HIDDEN_ROLE): "hiddenrole otherrole otheropening",
    Meaning(Milestone.OFFER): """
        offer offered offerreceived offerextended gotoffer oferta offre negotiation
        negotiating angebot
        """,
    Meaning(Milestone.ACCEPTED): """
        accepted offeraccepted acceptedoffer hired signed joined
        """,
    Meaning(Milestone.DECLINED): "declined offerdeclined declinedoffer turneddown",
    Meaning(Milestone.WITHDREW): """
        withdrew withdrawn withdraw withdrewapplication iwithdrew notinterested
        discarded descartado descartada écarté écartée cancelled canceled closed
        archived expired positionclosed jobclosed onhold
        """,
    Meaning(Milestone.REJECTED): """
        rejected rejection reject applicationrejected notselected denied refused
        declinedbycompany rejectedbycompany unsuccessful rechazado rechazada refusé
        refusée absage failed resumerejected
        """,
    Meaning(Milestone.SILENT): """
        silent ghosted ghost noresponse noreply noanswer unresponsive ignored
        applicationignored closednoresponse
        """,
}
_MEANINGS = {word: one for one, words in _WORDS.items() for word in words.split()}

_EARLY = """
    saved bookmarked wishlist wishlisted interested toapply readytoapply ready new
    discovered processing draft researching preparing evaluated evaluada evaluar hold
    condicional évalué skip skipped noaplicar monitor ignoré watchlist queued
    """
BEFORE = frozenset(_EARLY.split())
"""Words for what comes before an application; they are no events."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    name: tuple(words.split())
    for name, words in {
        "process": """process processid applicationid jobid trackerid tracker id uuid
            number""",
        "company": "company companyname employer organization organisation firm",
        "role": "role roletitle title jobtitle position positiontitle job jobname",
        "word": """status currentstatus state stage tostage to event eventtype kind
            newstatus step""",
        "outcome": "outcome result",
        "when": """on date timestamp occurredat at when statusdate stagedate eventdate
            changedat updatedat updated lastupdated datechanged day""",
        "applied": """applieddate dateapplied appliedat appliedon applicationdate
            datesubmitted submittedat""",
        "first": "firstcontactdate",
        "last": "lastcontactdate",
        "source": "source via channel platform referral howfound foundvia",
        "hours": "hours hoursspent timespent",
        "minutes": "minutes durationmins durationminutes durationmin",
        "number": "interviewnumber roundnumber",
        "steps": """statuslog statushistory history events timeline stages statuschanges
            stageevents log""",
    }.items()
}
"""What each field may be called; of two in one row the first counts."""

_NUMBERED = re.compile(r"(?:technical|tech)?(?:interview|round)(?:round)?(\d{1,2})")
_ORDINAL = re.compile(
    r"(first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th)(?:interview|round)+"
)
_PLACES = {
    word: place
    for place, words in enumerate(
        (("first", "1st"), ("second", "2nd"), ("third", "3rd"), ("fourth", "4th"),
         ("fifth", "5th")),
        start=1,
    )
    for word in words
}  # fmt: skip
_MOST_ROUNDS = 50


def plain(word: str) -> str:
    """A word by its letters and digits alone.

    >>> plain("Take-home task")
    'takehometask'
    """
    return "".join(letter for letter in word.casefold() if letter.isalnum())


def meaning_of(word: str) -> Meaning | None:
    """What a tracker's word says; None if it is not known.

    >>> meaning_of("Phone Screen").kind.value, meaning_of("interview2").number
    ('screen', 2)
    """
    text = plain(word[:100])
    if text in _MEANINGS:
        return _MEANINGS[text]
    number = 0
    if found := _NUMBERED.fullmatch(text):
        # Digits of other scripts are digits too.
        number = int(found[1])
    elif found := _ORDINAL.fullmatch(text):
        number = _PLACES[found[1]]
    if 1 <= number <= _MOST_ROUNDS:
        return Meaning(Milestone.INTERVIEW, number)
    return None
