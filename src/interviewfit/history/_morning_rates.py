"""The pass rates that a log shows on one morning after another.

The log is read once, from its first day on: every event opens or ends a wait, and what
is counted of a stage changes by it. So a log costs as much as it has events, and an
estimate as much as there are different lengths of waits.
"""

from collections import Counter, defaultdict, deque
from datetime import date, timedelta
from operator import itemgetter

from attrs import define, field

from interviewfit._model.dates import FIRST_DAY
from interviewfit._model.priors import Assumptions
from interviewfit._model.units import Probability
from interviewfit._model.vocabulary import Answer
from interviewfit.history._log import History
from interviewfit.history._pass_rates import prior_shapes
from interviewfit.history._rate_posterior import WaitCounts, rate_posterior, wait_key
from interviewfit.history._waits import WaitTracker

_FEW = 100
"""Waits below which a rate still moves so much that it is estimated on every day."""


@define
class _StageLog:
    """What is known of one stage on a morning.

    Attributes:
        ended: How many waits ended in each way, after how many days.
        answers: How many waits ended in each answer.
        open: How many wait without an answer, by their first day and by whether they
            are marked as silent.
        waiting: How many of those there are.
        silent: How many of those are marked.
        learned: The rate that was estimated last; None if there is none.
        size: How many waits there were then.
    """

    ended: WaitCounts = field(factory=Counter)
    answers: Counter[Answer] = field(factory=Counter)
    open: Counter[tuple[date, bool]] = field(factory=Counter)
    waiting: int = 0
    silent: int = 0
    learned: Probability | None = None
    size: int = 0


class MorningRates:
    """The log as it was on one morning after another, and its rates.

    Args:
        history: The log, in which every process is dated.
        assumptions: Default pass rates and their weight.
        growth: By what factor a stage's log must have grown for a new estimate.
    """

    def __init__(
        self, history: History, assumptions: Assumptions, growth: float
    ) -> None:
        self._assumptions = assumptions
        self._growth = growth
        self._stages = defaultdict[str, _StageLog](_StageLog)
        self._trackers: dict[str, WaitTracker] = {}
        dated = [
            (event.on, event)
            for events in history.events_by_process().values()
            for event in events
            if event.on
        ]
        # The order within a process is kept, because sorting is stable.
        dated.sort(key=itemgetter(0))
        self._events = deque(dated)
        self._last_day = FIRST_DAY

    def move_to(self, day: date) -> None:
        """Take in all events before a day."""
        self._last_day = max(FIRST_DAY, day - timedelta(days=1))
        while self._events and self._events[0][0] < day:
            on, event = self._events.popleft()
            tracker = self._trackers.setdefault(
                event.process, WaitTracker(event.process)
            )
            self._count_open(tracker, -1)
            if wait := tracker.add(event, (on, on)):
                log = self._stages[wait.stage]
                log.ended[wait_key(wait)] += 1
                log.answers[wait.answer] += 1
            self._count_open(tracker, 1)

    def _count_open(self, tracker: WaitTracker, change: int) -> None:
        """Count the wait without an answer of a process, or take it back.

        Args:
            tracker: The process.
            change: 1 or -1.
        """
        if tracker.opened:
            stage, event, _ = tracker.opened
            if event.on:
                log, marked = self._stages[stage], tracker.silence is not None
                log.open[event.on, marked] += change
                log.waiting += change
                log.silent += change * marked

    def rates_at(self, stage: str) -> tuple[Probability, Probability]:
        """Return the learned pass rate of a stage, and its base rate."""
        log, default = self._stages[stage], self._assumptions[f"{stage}.pass_rate"]
        answers = log.answers
        passed = answers[Answer.PASSED]
        failed = answers[Answer.REFUSED] + log.silent
        base_rate = passed / (passed + failed) if passed + failed else default
        answered = passed + answers[Answer.REFUSED]
        if answered < self._assumptions["learning_floor"]:
            return default, base_rate
        size = answers.total() + log.waiting
        is_due = self._growth == 1.0 or size > self._growth * log.size
        if log.learned is None or is_due or size < _FEW:
            waits = log.ended.copy()
            for (start, marked), count in log.open.items():
                days = (self._last_day - start).days
                answer = Answer.SILENT if marked else Answer.OPEN
                waits[answer, days, days] += count
            shapes = prior_shapes(stage, self._assumptions)
            log.learned, log.size = rate_posterior(*shapes, +waits).mean, size
        return log.learned, base_rate
