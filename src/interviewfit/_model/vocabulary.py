"""The closed lists of words: actions, phases, people, events, named signs."""

from collections.abc import Mapping
from enum import StrEnum

ASPECTS = (
    "pay",
    "role",
    "culture",
    "team",
    "manager",
    "growth",
    "commute",
    "stability",
    "benefits",
)
"""Aspects every job has, in the order they are listed. Culture is the company's; the
team is whom one would work with."""


class Action(StrEnum):
    """What to do now."""

    TAKE = "take"
    CONTINUE = "continue"
    FINISH_POLITELY = "finish_politely"
    WITHDRAW_POLITELY = "withdraw_politely"
    LEAVE = "leave"
    DECLINE = "decline"
    POSTPONE = "postpone"
    INVESTIGATE = "investigate"
    ACCEPT_OFFER = "accept_offer"
    DECLINE_OFFER = "decline_offer"
    MOVE_ON = "move_on"
    ASK_FIRST = "ask_first"
    ASK_FOR_TIME = "ask_for_time"
    HURRY = "hurry"
    LET_IT_LAPSE = "let_it_lapse"


ACTIONS = tuple(Action)
"""Every action, in the order of its enumeration."""
ACTION_CODES = {action: code for code, action in enumerate(ACTIONS)}
"""Each action as its place in ``ACTIONS``."""


class Agreement(StrEnum):
    """How far draws from all that is guessed agree on an answer."""

    CLEAR = "clear"
    LEANS = "leans"
    CLOSE = "too_close_to_call"


class Answer(StrEnum):
    """What came of a stage.

    Only the first two are news from the firm; the others say how long none came.
    """

    PASSED = "passed"
    REFUSED = "refused"
    SILENT = "silent"
    WITHDREW = "withdrew"
    CLOSED = "closed"
    OPEN = "open"


class Certainty(StrEnum):
    """How sure a plan is to be the best one."""

    EXACT = "exact"
    BOUNDED = "bounded"
    HEURISTIC = "heuristic"


class Seniority(StrEnum):
    """Whom one meets. It scales networking and the harm of walking out."""

    NOBODY = "nobody"
    HR = "hr"
    PEER = "peer"
    MANAGER = "manager"
    EXECUTIVE = "executive"


class StageKind(StrEnum):
    """What a stage is like where nothing else is said; ``PRIORS`` has its numbers."""

    RESEARCH = "research"
    HR_SCREEN = "hr_screen"
    HIRING_MANAGER = "hiring_manager"
    EXECUTIVE = "executive"
    PANEL = "panel"
    TAKE_HOME = "take_home"
    CALL = "call"


class Milestone(StrEnum):
    """What a log of a search records, roughly in the order in which it happens.

    ``contacted`` is a word from the firm that is no stage, such as a recruiter's first
    message; ``closed``, that it ended by nobody's decision about the candidate: the job
    was filled, frozen or withdrawn; ``hidden_role``, that another opening there came
    up; ``silent``, that one
    has stopped waiting for an answer.
    """

    CONTACTED = "contacted"
    APPLIED = "applied"
    SCREEN = "screen"
    TASK = "task"
    INTERVIEW = "interview"
    HIDDEN_ROLE = "hidden_role"
    OFFER = "offer"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDREW = "withdrew"
    CLOSED = "closed"
    REJECTED = "rejected"
    SILENT = "silent"


class Phase(StrEnum):
    """Where a process stands."""

    BEFORE = "before"
    MIDWAY = "midway"
    OFFERED = "offered"
    REJECTED = "rejected"


class Scope(StrEnum):
    """How far a signal carries."""

    OPPORTUNITY = "opportunity"
    COMPANY = "company"
    FIELD = "field"


class When(StrEnum):
    """Since when something is believed: whether the rounds behind came after it."""

    BEFORE = "before"
    NOW = "now"


class Event(StrEnum):
    """What a clue is about."""

    PASSED_ON = "passed_on"
    HIDDEN_ROLE = "hidden_role"
    CONTACT_HELPS = "contact_helps"
    RESHAPED = "reshaped"


class Strength(StrEnum):
    """How strong a named sign is; the priors ``strength.*`` say what it stands for."""

    MILD = "mild"
    PLAIN = "plain"
    STRONG = "strong"


class Sign(StrEnum):
    """Things people notice, by name; the how-to says what each means and does."""

    MERGER_TALKS = "merger_talks"
    EXECUTIVE_DEPARTURE = "executive_departure"
    LAYOFF_NEWS = "layoff_news"
    CULTURE_HEARSAY = "culture_hearsay"
    BAD_REVIEWS = "bad_reviews"
    LONG_COMMUTE_REMOTE_UNKNOWN = "long_commute_remote_unknown"
    REMOTE_ALLOWED = "remote_allowed"
    PAY_GUESSED_LOW = "pay_guessed_low"
    PAY_DODGED = "pay_dodged"
    BENEFITS_WEAKER = "benefits_weaker"
    THIN_JOB_DESCRIPTION = "thin_job_description"
    SPECIFICATION_MISMATCH = "specification_mismatch"
    NO_CHEMISTRY = "no_chemistry"
    LIKED_EVERYONE = "liked_everyone"
    WRONG_KIND_OF_WORK = "wrong_kind_of_work"
    RESCHEDULED_BY_THEM = "rescheduled_by_them"
    MISSED_BY_THEM = "missed_by_them"
    SLOW_ANSWERS = "slow_answers"
    UNPAID_TASK_FIRST = "unpaid_task_first"
    INTERVIEWER_UNPREPARED = "interviewer_unprepared"
    INTERVIEWER_IMPRESSIVE = "interviewer_impressive"
    QUICK_AND_WARM = "quick_and_warm"
    TEAM_MEMBERS_GONE = "team_members_gone"
    POSTING_REPEATED = "posting_repeated"
    POSTING_EXPIRED = "posting_expired"
    PASSED_ON_BY_HR = "passed_on_by_hr"
    THEY_LIKE_YOU = "they_like_you"
    OTHER_OPENINGS = "other_openings"
    MET_VICE_PRESIDENT = "met_vice_president"
    WORKED_THERE_BEFORE = "worked_there_before"
    VISA_REFUSED = "visa_refused"
    VISA_UNMENTIONED = "visa_unmentioned"


class Term(StrEnum):
    """What the worth of a choice is made of."""

    OFFER = "offer"
    NETWORKING = "networking"
    PRACTICE = "practice"
    HIDDEN_ROLE = "hidden_role"
    REFERRAL = "referral"
    TIME = "time"
    BAIL = "bail"
    DECLINING = "declining"
    COURTESY = "courtesy"


PERSON_MET = {
    StageKind.RESEARCH: Seniority.NOBODY,
    StageKind.HR_SCREEN: Seniority.HR,
    StageKind.HIRING_MANAGER: Seniority.MANAGER,
    StageKind.EXECUTIVE: Seniority.EXECUTIVE,
    StageKind.PANEL: Seniority.PEER,
    StageKind.TAKE_HOME: Seniority.NOBODY,
    StageKind.CALL: Seniority.HR,
}
"""The most senior person whom a candidate meets in a kind of stage."""

TERM_NAMES: Mapping[Term, str] = {
    Term.OFFER: "the offer it may lead to",
    Term.NETWORKING: "people met",
    Term.PRACTICE: "practice",
    Term.HIDDEN_ROLE: "another opening there",
    Term.REFERRAL: "a referral",
    Term.TIME: "your time",
    Term.BAIL: "harm from walking out",
    Term.DECLINING: "turning down the recruiter",
    Term.COURTESY: "the interviewers' time",
}
"""What the value of a choice is made of, in words."""

SIDE_TERMS = (Term.NETWORKING, Term.PRACTICE, Term.HIDDEN_ROLE, Term.REFERRAL)
"""Gains that come whether or not the job does; all rest on guesses."""

JUDGED_TERMS: Mapping[Term, str] = {
    Term.NETWORKING: "contact",
    Term.PRACTICE: "practice_gain",
    Term.HIDDEN_ROLE: "hidden_role",
    Term.REFERRAL: "referral",
    Term.BAIL: "bail_harm",
    Term.DECLINING: "refusal",
}
"""Terms that rest on a judgement, and the prior that stands for each."""
