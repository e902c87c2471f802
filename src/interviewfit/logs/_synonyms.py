"""Synonyms: the words that trackers use for statuses and for columns.

Words are compared by their letters and digits alone, so ``applicationRejected``,
"Application rejected" and ``application_rejected`` are the same. A word that is not
listed is reported as unknown and never guessed.
"""

import re
from collections.abc import Mapping

from attrs import frozen

from interviewfit._model.vocabulary import Milestone, StageKind
from interviewfit.history._log import MAX_INTERVIEWS


@frozen
class Meaning:
    """The meaning of a tracker's status.

    Attributes:
        kind: What happened.
        number: Which interview it was, 1 for the first; 0 if the status does not say.
        stage: The kind of interview, if the status says so.
    """

    kind: Milestone
    number: int = 0
    stage: StageKind | None = None


_STATUSES: Mapping[Meaning, str] = {
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
_MEANINGS = {
    word: meaning for meaning, words in _STATUSES.items() for word in words.split()
}

_EARLY_STATUSES = """
    saved bookmarked wishlist wishlisted interested toapply readytoapply ready new
    discovered processing draft researching preparing evaluated evaluada evaluar hold
    condicional évalué skip skipped noaplicar monitor ignoré watchlist queued
    """
PRE_APPLICATION = frozenset(_EARLY_STATUSES.split())
"""Statuses before an application; they are no events."""

COLUMN_NAMES: Mapping[str, tuple[str, ...]] = {
    name: tuple(words.split())
    for name, words in {
        "process": """process processid applicationid jobid trackerid tracker id uuid
            number""",
        "company": "company companyname employer organization organisation firm",
        "role": "role roletitle title jobtitle position positiontitle job jobname",
        "status": """status currentstatus state stage tostage to event eventtype kind
            newstatus step""",
        "outcome": "outcome result",
        "date": """on date timestamp occurredat at when statusdate stagedate eventdate
            changedat updatedat updated lastupdated datechanged day""",
        "applied_date": """applieddate dateapplied appliedat appliedon applicationdate
            datesubmitted submittedat""",
        "first_contact": "firstcontactdate",
        "last_contact": "lastcontactdate",
        "source": "source via channel platform referral howfound foundvia",
        "hours": "hours hoursspent timespent",
        "minutes": "minutes durationmins durationminutes durationmin",
        "number": "interviewnumber roundnumber",
        "steps": """statuslog statushistory history events timeline stages statuschanges
            stageevents log""",
    }.items()
}
"""The names that trackers give to each field; of two in a row the first counts."""

_NUMBERED = re.compile(r"(?:technical|tech)?(?:interview|round)(?:round)?(\d{1,2})")
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5,
    "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5,
}  # fmt: skip
_ORDINAL = re.compile(rf"({'|'.join(_ORDINALS)})(?:interview|round)+")


def normalise(word: str) -> str:
    """Return the letters and digits of a word, in lower case.

    >>> normalise("Take-home task")
    'takehometask'
    """
    return "".join(letter for letter in word.casefold() if letter.isalnum())


def find_meaning(status: str) -> Meaning | None:
    """Return the meaning of a tracker's status; None if it is not known.

    >>> find_meaning("Phone Screen").kind.value, find_meaning("interview2").number
    ('screen', 2)
    """
    word = normalise(status[:100])
    if word in _MEANINGS:
        return _MEANINGS[word]
    number = 0
    if match := _NUMBERED.fullmatch(word):
        # Digits of other scripts are digits too.
        number = int(match[1])
    elif match := _ORDINAL.fullmatch(word):
        number = _ORDINALS[match[1]]
    if 1 <= number <= MAX_INTERVIEWS:
        return Meaning(Milestone.INTERVIEW, number)
    return None
