"""Whether the advice holds for every weighting in a box, proved or refuted.

Write V_a for the value of action a, which is convex in each number (``_box``). Its
*lead* is V_a less the best of the others.

**Leaving.** The lead of every other action over leaving is convex in each number,
because leaving is affine. A function that is convex in each number is largest at a
corner of a box: along each edge direction in turn, one may move to an end without
making it smaller. So if leaving is best at all corners, it is best everywhere. The same
holds for *finish politely*, by what going on afterwards would add. An offer is accepted
either for its mean m or, where silence alone speaks against it, at a tie for what was
told. Both are affine, so either holds inside if it holds at all corners; where some
corners rest on one and some on the other, and asking competes, nothing is proved.

**Going on.** For a convex function f, every tangent lies below it, so that with slopes
g at a point x

    f(y) >= f(x) + sum of min over y_i in [low_i, high_i] of g_i (y_i - x_i).

Slopes are enclosed by differences to both sides, which bound every tangent of a convex
function. Where going on leads only over leaving, f is its lead, which is convex, and a
descent moves x to its least point. Where another way of going on competes (to postpone,
to look it up, to ask first), V_a is bounded below by its tangent and the other values
above by their values at the corners, and the box is split where that does not decide.

**Passes that tell of the fit.** The employer's view is of the aspects as they are
weighed, so a priority moves the chances to pass as well, and no convexity is left
(``Box.is_convex``). Nor is it beside other processes. Then the corners and a lattice
are tried: the answer is a weighting that turns the advice, or that none was found.

Reference for the idea of weights under which an action is best: R. Lahdelma and P.
Salminen, "SMAA-2", Operations Research 49 (2001) 444-454, who sample them.
"""

from collections.abc import Mapping
from math import isqrt

import numpy as np
from attrs import evolve

from interviewfit._assessment.assessing import Assessment, check_assessment
from interviewfit._model.vocabulary import ACTIONS, Action, Phase
from interviewfit._numeric.arrays import BoolArray, FloatArray, FloatColumn
from interviewfit._numeric.convexity import least_change, slopes_of
from interviewfit._numeric.effort import largest_work
from interviewfit._process.structure import structure_of
from interviewfit._results.assessment import LEAVING
from interviewfit.errors import InvalidFieldError
from interviewfit.sensitivity._work import Allowance
from interviewfit.weightings._bounding import bound_in
from interviewfit.weightings._box import (
    POINTS,
    Box,
    Limits,
    WeightedValues,
    pulls_of_staying,
    read_box,
)
from interviewfit.weightings._certificate import Certificate

# More corners than this are not looked at.
_MOST_CORNERS = 1 << 14
# Steps of the descent, and the step lengths tried in each.
_DESCENTS, _LENGTHS = 40, 0.5 ** np.arange(12)
# Boxes and weightings looked at where another way of going on competes.
_MOST_BOXES, _MOST_EVALUATIONS = 40, 20_000
# Leads below this, of what is at stake, are rounding.
_ROUNDING = 1e-10
# How often the way to a weighting that turns the advice is looked at, first all of it,
# then what the change lies between, and the parts each time. Where each weighting takes
# long it is looked at more often, in fewer parts.
_ON_THE_WAY, _FEWEST_PARTS, _FEWEST_LOOKS = (2, 100), 3, 2
# At least so many corners, and weightings inside the box, likewise.
_FEWEST = 4


def certify(
    assessment: Assessment,
    *,
    priorities: Limits | None = None,
    weights: Limits | None = None,
) -> Certificate:
    """Whether the advice holds for every weighting within limits.

    The work grows with the numbers that pull both ways, and with the stages.

    Args:
        assessment: What ``assess`` returned; beside others nothing is proved, but
            weightings from all over the limits are tried.
        priorities: Lower and upper limit of the priority of each aspect that may vary.
        weights: Likewise of the weights of terms, such as ``"time"``.

    Raises:
        InvalidFieldError: If *assessment* is none, limits are missing, upside down or
            of something that does not occur, or so many numbers pull both ways that
            their corners cannot all be looked at.

    >>> from interviewfit import Belief, Candidate, Opportunity, assess, corporate
    >>> beliefs = {"role": Belief(mean=-40, sd=5)}
    >>> job = Opportunity(name="Acme", stages=corporate(), beliefs=beliefs)
    >>> found = assess(Candidate(), job)
    >>> print(certify(found, priorities={"role": (0.8, 3), "pay": (0.5, 1.5)}))
    decline, whatever you care about within these limits: ...
    """
    check_assessment(assessment, "certify(assessment)")
    box = read_box("certify", assessment.decision, priorities or {}, weights or {})
    return _Search(box).certificate()


class _Search:
    """The search for a weighting that turns the advice.

    Args:
        box: The limits.
    """

    def __init__(self, box: Box) -> None:
        self.box = box
        self.evaluations, self.allowance = 0, Allowance(largest_work())
        values = self.evaluate(box.present[None])
        self.action = values.ranking.best[0]
        self.number = int(values.ranking.alternatives_of(values.ranking.codes)[0])
        self.open = int(np.isfinite(values.ranking.values).sum())

    def evaluate(self, points: FloatArray) -> WeightedValues:
        """The value of every action at some points, counted."""
        self.evaluations += len(points)
        with self.allowance.rows(len(points)):
            return self.box.evaluate(points)

    def certificate(self) -> Certificate:
        """What the search finds."""
        box = self.box
        decision = box.decision
        structure = structure_of(decision.candidate, decision.opportunity)
        if structure.dealbreakers or structure.phase is Phase.REJECTED:
            return self._answer(True, np.inf)
        if not box.is_convex:
            return self._by_trial()
        if self.action in LEAVING or self.action is Action.ACCEPT_OFFER:
            return self._by_corners()
        finishes = self.action is Action.FINISH_POLITELY
        if finishes:
            certificate = self._by_corners()
            if not certificate.holds:
                return certificate
        if self.open == 2 and structure.phase is not Phase.OFFERED:
            return self._by_descent(whole=not finishes)
        return self._by_splitting()

    def _answer(
        self,
        holds: bool | None,
        lead: float,
        turned_by: Mapping[str, float] | None = None,
        turned_to: Action | None = None,
    ) -> Certificate:
        """A certificate.

        Args:
            holds, lead, turned_by, turned_to: As the fields of the certificate.
        """
        box = self.box
        return Certificate(
            action=self.action,
            holds=holds,
            lead=lead,
            limits={
                name: (float(low), float(high))
                for name, low, high in zip(box.names, box.low, box.high, strict=True)
            },
            turned_by=turned_by or {},
            turned_to=turned_to,
            labels=box.labels,
            evaluations=self.evaluations,
        )

    def _turned(self, values: WeightedValues) -> BoolArray:
        """Where the advice is another, ``(points,)``."""
        return np.asarray(values.ranking.codes != ACTIONS.index(self.action))

    def _lead(self, values: WeightedValues) -> FloatColumn:
        """The lead of the advice, below 0 where it is another, hours, ``(points,)``.

        In mid-interview that is over leaving, and of going on or leaving afterwards.
        """
        lead = values.lead(self.number)
        if self.action is Action.FINISH_POLITELY:
            return np.minimum(lead, -values.afterwards)
        return np.minimum(lead, values.afterwards)

    def _by_trial(self) -> Certificate:
        """By weightings from all over the box, which prove nothing.

        Where each takes long they are fewer, and half of what may be done is kept for
        the way to one that turns the advice.
        """
        box, reserve = self.box, 0.5 * self.allowance.left
        points, affords = box.few_corners, self.allowance.affords
        while len(points) > _FEWEST and not affords(len(points), reserve):
            # Every third, because every other one has the same end of a number.
            points = points[::3]
        values = self.evaluate(points)
        leads, turned = self._lead(values), self._turned(values)
        if (box.low < box.high).any():
            most = POINTS
            while most > _FEWEST and not affords(most, reserve):
                most //= 2
            values = self.evaluate(inside := box.spread(most))
            points = np.vstack((points, inside))
            leads = np.concatenate((leads, self._lead(values)))
            turned = np.concatenate((turned, self._turned(values)))
        if not turned.any():
            return self._answer(None, float(leads.min()))
        return self._counterexample(points[np.where(turned, leads, np.inf).argmin()])

    def _by_corners(self) -> Certificate:
        """By the corners: leaving, an offer accepted, and an interview finished."""
        pulls = pulls_of_staying(self.box)
        if self.action is Action.FINISH_POLITELY:
            # Whether to go on afterwards is asked of all corners.
            pulls = np.where(pulls > 0.0, 1.0, 0.0)
        varied = self.box.low < self.box.high
        both = int(((pulls == 0.0) & varied).sum())
        if 1 << both > _MOST_CORNERS:
            most = _MOST_CORNERS.bit_length() - 1
            expected = f"at most {most} numbers that pull both ways"
            remedy = "Leave out those that you are sure of."
            raise InvalidFieldError("certify(priorities)", expected, both, remedy)
        corners = self.box.corners(pulls)
        values = self.evaluate(corners)
        if self.action is Action.FINISH_POLITELY:
            leads = -values.afterwards
            turned = values.afterwards > 0.0
        else:
            leads, turned = values.lead(self.number), self._turned(values)
        if turned.any():
            worst = int(np.argmin(np.where(turned, leads, np.inf)))
            return self._counterexample(corners[worst])
        if self.action is Action.ACCEPT_OFFER and self.open > 2:
            # Accepting leads by what the job is worth, or only ties with declining.
            is_tie = values.ranking.values[self.number] <= 0.0
            if is_tie.any() and not is_tie.all():
                return self._answer(None, -np.inf)
        return self._answer(True, float(leads.min()))

    def _by_descent(self, *, whole: bool) -> Certificate:
        """By the least lead over leaving, which is convex: going on.

        Args:
            whole: Whether one must also go on afterwards, in mid-interview.
        """
        functions = [False, True] if whole and self._is_midway else [False]
        least = np.inf
        for afterwards in functions:
            point, bound, lead = self._descend(afterwards=afterwards)
            if lead <= 0.0:
                return self._counterexample(point)
            least = min(least, bound)
        if least > 0.0:
            return self._answer(True, least)
        return self._answer(None, least)

    @property
    def _is_midway(self) -> bool:
        return self.box.decision.opportunity.position.phase is Phase.MIDWAY

    def _descend(self, *, afterwards: bool) -> tuple[FloatColumn, float, float]:
        """Where a convex lead is least, a bound below it, and the lead there, hours.

        The descent projects each step into the box, tries a row of step lengths at
        once, and scales each number by its limits. It stops once the sign is certain.

        Args:
            afterwards: Whether the lead is that after the interview one is in.
        """
        box = self.box
        pulls = pulls_of_staying(box)
        low = np.where(pulls < 0.0, box.high, box.low)
        high = np.where(pulls > 0.0, box.low, box.high)
        low, high = np.minimum(low, high), np.maximum(low, high)
        size = high - low
        free = np.flatnonzero(size > 0.0)

        def leads(points: FloatArray) -> FloatColumn:
            values = self.evaluate(points)
            return values.afterwards if afterwards else values.lead(self.number)

        point, bound = np.clip(box.present, low, high), -np.inf
        lead = float(leads(point[None])[0])
        step, previous = 1.0, None
        for _ in range(_DESCENTS):
            if not free.size:
                return point, lead, lead
            if not self.allowance.affords(2 * free.size + _LENGTHS.size):
                break
            slopes = slopes_of(leads, point, lead, low, high, free)
            steepest = slopes.mean(axis=0)
            bound = max(bound, lead + least_change(slopes, point, low, high, free))
            if bound > 0.0 or lead <= 0.0:
                break
            gradient = np.zeros_like(point)
            gradient[free] = steepest
            direction = -gradient * size * size
            if previous is not None:
                moved, turned = (point - previous[0]), (gradient - previous[1])
                scaled = float(np.sum(moved * turned))
                if scaled > 0.0:
                    norm = np.where(size > 0.0, size, 1.0)
                    step = float(np.sum((moved / norm) ** 2)) / scaled
            previous = point, gradient
            trials = np.clip(
                point + 4.0 * step * _LENGTHS[:, None] * direction, low, high
            )
            trial_leads = leads(trials)
            best = int(np.argmin(trial_leads))
            if trial_leads[best] >= lead - _ROUNDING * (1.0 + abs(lead)):
                break
            point, lead = trials[best], float(trial_leads[best])
        return point, bound, lead

    def _by_splitting(self) -> Certificate:
        """By tangents below and corners above, in ever smaller boxes."""
        box, number = self.box, self.number
        boxes = [box]
        least, looked = np.inf, 0
        while boxes and looked < _MOST_BOXES and self.evaluations < _MOST_EVALUATIONS:
            if self.allowance.left < 0.0:
                break
            piece = boxes.pop()
            looked += 1
            bound, worst, turns = bound_in(piece, number, self.evaluate, self._turned)
            if turns:
                return self._counterexample(worst)
            if bound > 0.0:
                least = min(least, bound)
                continue
            size = (piece.high - piece.low) / np.where(
                box.high > box.low, box.high - box.low, 1.0
            )
            axis = int(np.argmax(size))
            middle = (piece.low[axis] + piece.high[axis]) / 2.0
            below, above = piece.high.copy(), piece.low.copy()
            below[axis] = above[axis] = middle
            boxes = [evolve(piece, high=below), evolve(piece, low=above), *boxes]
        if boxes:
            return self._answer(None, -np.inf)
        return self._answer(True, least)

    def _counterexample(self, point: FloatColumn) -> Certificate:
        """The answer with a weighting that turns the advice, as plain as can be.

        Numbers that need not differ from the present ones stay; the others move only as
        far as they must.

        Args:
            point: A weighting at which the advice is another, ``(numbers,)``.
        """
        base, point = self.box.present, point.copy()
        affords = self.allowance.affords
        while (moved := np.flatnonzero(point != base)).size > 1 and affords(moved.size):
            trials = np.tile(point, (moved.size, 1))
            trials[np.arange(moved.size), moved] = base[moved]
            values = self.evaluate(trials)
            turned = self._turned(values)
            if not turned.any():
                break
            leads = np.where(turned, self._lead(values), np.inf)
            point = trials[int(np.argmin(leads))]
        looks, parts = _ON_THE_WAY
        while parts > _FEWEST_PARTS and not affords(looks * parts):
            looks, parts = 2 * looks, isqrt(parts)
        while looks > _FEWEST_LOOKS and not affords(looks * parts):
            looks -= 1
        start, lead, turned_to = base, 0.0, self.action
        for _ in range(looks):
            start, point, lead, turned_to = self._narrowed(start, point, parts)
        moved = np.flatnonzero(point != base)
        turned_by = {self.box.names[axis]: float(point[axis]) for axis in moved}
        return self._answer(False, lead, turned_by, turned_to)

    def _narrowed(
        self, start: FloatColumn, end: FloatColumn, parts: int
    ) -> tuple[FloatColumn, FloatColumn, float, Action]:
        """The part of a way on which the advice changes for the first time.

        Args:
            start, end: Where the way begins, and where the advice is another.
            parts: Into how many the way is divided.

        Returns:
            Where the part begins and ends, and the lead and the best action there.
        """
        steps = start + np.arange(1, parts + 1)[:, None] / parts * (end - start)
        steps[-1] = end
        values = self.evaluate(steps)
        first = int(np.argmax(self._turned(values)))
        lead = float(self._lead(values)[first])
        before = steps[first - 1] if first else start
        return before, steps[first], lead, values.ranking.best[first]
