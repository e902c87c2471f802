from collections.abc import Callable, Mapping

import numpy as np
import pytest
from attrs import evolve

from interviewfit import (
    Action,
    Assessment,
    Belief,
    Candidate,
    InvalidFieldError,
    Opportunity,
    Phase,
    Position,
    Stage,
    Weights,
    assess,
    corporate,
    dumps,
    flips,
    loads,
)
from interviewfit._assessment.evaluation import Ranking
from interviewfit._assessment.known_rivals import KnownRivals
from interviewfit._model.vocabulary import ASPECTS
from interviewfit._numeric.arrays import FloatColumn
from interviewfit._process.parameters import (
    Parameter,
    find_parameter,
    list_inputs,
    substitute,
)
from interviewfit._text.assessment_text import HEADLINES
from interviewfit.records import Decision
from interviewfit.sensitivity import SwitchingValues, _sweeps
from interviewfit.sensitivity._one_way_search import OneWaySearch

JOB = Opportunity(name="Acme", stages=corporate())
FOUND = assess(Candidate(), JOB)
TIME = find_parameter(FOUND.decision, "weights.time")
CODES = [list(Action).index(one) for one in (Action.DECLINE, Action.TAKE)]


def certain(mean: float) -> dict[str, Belief]:
    """All that is known of a job, nothing of it worth anything but the pay."""
    return {name: Belief(mean=0, sd=0) for name in ASPECTS} | {
        "pay": Belief(mean=mean, sd=0)
    }


def moved(found: Assessment, name: str, value: float) -> Action:
    decision = found.decision
    one = substitute(decision, {find_parameter(decision, name): value})
    return assess(
        one.candidate,
        one.opportunity,
        assumptions=one.assumptions,
        beside=one.beside,
    ).action


class TestFlips:
    def test_an_offer_turns_where_it_is_worth_nothing_more(self) -> None:
        """All is known of an offer 7 % above, so it turns at a fallback of 7, at pay of
        0, and at no other number.
        """
        job = Opportunity(
            name="Acme",
            stages=corporate(),
            beliefs=certain(7.0),
            position=Position(phase=Phase.OFFERED),
        )
        found = flips(assess(Candidate(), job))

        turns = {one.name: one for one in found}
        assert turns["fallback"].threshold == pytest.approx(7.0, abs=1e-8)
        assert turns["fallback"].above
        assert turns["fallback"].action is Action.DECLINE_OFFER
        assert turns["fallback"].distance == pytest.approx(7.0 / 5.0, abs=1e-8)
        aspects = {one.name for one in found if one.name.endswith(".mean")}
        assert aspects <= {f"{name}.mean" for name in ASPECTS}

    def test_however_little_an_offer_counts_it_turns_at_the_same_fit(self) -> None:
        job = Opportunity(
            name="Acme",
            stages=corporate(),
            beliefs=certain(-3.0),
            position=Position(phase=Phase.OFFERED),
        )
        for weight in (1.0, 1e-12, 1e-90):
            who = Candidate(weights=Weights(offer=weight))
            (only,) = flips(assess(who, job), names=["fallback"])
            assert only.threshold == pytest.approx(-3.0, abs=1e-8)
            assert only.action is Action.ACCEPT_OFFER

    def test_one_round_turns_where_its_hours_eat_up_its_worth(self) -> None:
        """
        Sure to pass, all known: the job's 36 h a percent against 2 + 1 hours of time.
        """
        job = Opportunity(
            name="Acme",
            stages=[
                Stage(
                    kind="panel",
                    hours=2,
                    preparation=1,
                    pass_rate=1,
                    practice=0,
                    meets="nobody",
                    surfaces=0,
                    reshape_chance=0,
                )
            ],
            beliefs=certain(0.5),
        )
        found = flips(assess(Candidate(), job))

        turns = {one.name: one.threshold for one in found}
        assert turns["pay.mean"] == pytest.approx(3.0 / 36.0, abs=1e-9)
        assert turns["weights.offer"] == pytest.approx(3.0 / 18.0, abs=1e-9)
        assert "weights.time" in flips(assess(Candidate(), job)).insensitive

    def test_the_nearest_comes_first_and_each_side_once(self) -> None:
        found = flips(FOUND)
        distances = [one.distance for one in found]

        assert distances == sorted(distances)
        assert len({(one.name, one.above) for one in found}) == len(found)
        assert {one.name for one in found}.isdisjoint(found.insensitive)
        names = {one.name for one in list_inputs(FOUND.decision)}
        assert {one.name for one in found} | set(found.insensitive) == names

    def test_both_sides_are_found_where_there_are_two(self) -> None:
        """
        Waiting for news pays while one is in doubt: not where one would go on whatever
        it says, nor where one would decline.
        """
        job = Opportunity(
            name="A", stages=[Stage(kind="research")], signals=["merger_talks"]
        )
        answer = assess(Candidate(), job)
        below, above = sorted(
            flips(answer, names=["pay.mean"]), key=lambda one: one.threshold
        )

        assert answer.action is Action.POSTPONE
        assert (below.action, above.action) == (Action.DECLINE, Action.TAKE)
        assert not below.above
        assert above.above
        assert "only" not in below.text + above.text
        for one, actions in (
            (below, (Action.DECLINE, Action.POSTPONE)),
            (above, (Action.POSTPONE, Action.TAKE)),
        ):
            sides = tuple(
                moved(answer, "pay.mean", one.threshold + by) for by in (-1e-6, 1e-6)
            )
            assert sides == actions

    def test_staying_in_mid_interview_may_turn_into_finishing(self) -> None:
        """These two are worth the same; they differ in going on later."""
        job = Opportunity(
            name="Acme",
            stages=corporate(),
            position=Position(phase=Phase.MIDWAY, stage=1),
        )
        answer = assess(Candidate(), job)
        found = flips(answer, names=["fallback"])

        assert answer.action is Action.CONTINUE
        (only,) = found
        assert only.action is Action.FINISH_POLITELY
        assert moved(answer, "fallback", only.threshold - 1e-6) is Action.CONTINUE
        assert (
            moved(answer, "fallback", only.threshold + 1e-6) is Action.FINISH_POLITELY
        )

    def test_no_number_lifts_a_dealbreaker(self) -> None:
        job = Opportunity(name="Acme", stages=corporate(), tags=["arms"])
        found = flips(assess(Candidate(dealbreakers=["arms"]), job))

        assert not found.values
        assert len(found.insensitive) == len(list_inputs(FOUND.decision))
        assert "Your dealbreaker (arms) decides: no number changes that." in str(found)

    def test_nothing_turns_once_one_is_out(self) -> None:
        job = Opportunity(
            name="A", stages=corporate(), position=Position(phase=Phase.REJECTED)
        )
        assert not flips(assess(Candidate(), job)).values

    def test_beside_others_the_answer_turns_elsewhere(self) -> None:
        other = Opportunity(
            name="Other", stages=corporate(), beliefs={"pay": Belief(mean=8, sd=3)}
        )
        beside = assess(Candidate(), JOB, beside=[other])
        (here,) = flips(beside, names=["weights.time"])
        (alone,) = flips(FOUND, names=["weights.time"])

        assert abs(here.threshold - alone.threshold) > 0.01
        assert moved(beside, "weights.time", here.threshold - 1e-6) is beside.action
        assert moved(beside, "weights.time", here.threshold + 1e-6) is here.action

    def test_are_printed_a_line_each(self) -> None:
        found = flips(FOUND)
        stopped = flips(
            assess(
                Candidate(dealbreakers=["arms", "oil"]),
                evolve(JOB, tags=["arms", "oil", "sun"]),
            )
        )

        head, *lines = str(found).splitlines()
        texts = [one.text for one in found.values]
        assert head == f"Now: {HEADLINES[found.action]}."
        assert lines[:-1] == [f"  {text[0].upper()}{text[1:]}." for text in texts]
        assert lines[-1] == (
            f"  None of the {len(found.insensitive)} other numbers would change it "
            "within its plausible range."
        )
        assert len(texts) > 3
        assert str(stopped).splitlines()[1] == (
            "  Your dealbreaker (arms, oil) decides: no number changes that."
        )

    def test_their_repr_is_a_line(self) -> None:
        found = flips(FOUND, names=["weights.time", "contact"])

        assert repr(found) == "<SwitchingValues of 'take': 1 change, 1 insensitive>"

    def test_wrong_arguments_are_named(self) -> None:
        with pytest.raises(InvalidFieldError, match=r"^flips\(assessment\) must"):
            flips("Acme")  # type: ignore[arg-type]  # refused at run time
        with pytest.raises(InvalidFieldError, match=r"^flips\(names\) .*weights\.time"):
            flips(FOUND, names="weights.time")

    def test_come_back_from_json(self) -> None:
        found = flips(FOUND, names=["weights.time", "contact"])

        assert loads(dumps(found), SwitchingValues) == found

    def test_an_unknown_name_is_refused(self) -> None:
        with pytest.raises(InvalidFieldError, match=r"weights\.time"):
            flips(FOUND, names=["weights.tine"])

    def test_progress_ends_at_all_of_it(self) -> None:
        calls: list[tuple[int, int]] = []
        flips(FOUND, progress=lambda done, of: calls.append((done, of)))

        assert calls
        assert calls[-1][0] == calls[-1][1]

    def test_varying_a_default_is_not_hidden_by_a_belief_beside_it(self) -> None:
        """What nobody stated starts from its prior, so the prior alone must count."""
        found = {one.name: one for one in flips(FOUND)}
        alone = {one.name: one for one in flips(FOUND, names=["unknown_mean"])}

        assert ("unknown_mean" in found) == ("unknown_mean" in alone)
        for name, one in alone.items():
            assert found[name].threshold == pytest.approx(one.threshold, abs=1e-8)


def changes(
    monkeypatch: pytest.MonkeyPatch,
    lead: Callable[[FloatColumn], FloatColumn],
    shared: Callable[[FloatColumn], FloatColumn] = np.zeros_like,
) -> list[tuple[Parameter, float, float, Action]]:
    """Where taking gives way to declining, were this its lead at each weight of time.

    And this what both are worth besides.
    """

    def evaluate_recorded(
        decision: Decision, values: Mapping[str, FloatColumn], known: object
    ) -> Ranking:
        assert decision is FOUND.decision
        assert isinstance(known, KnownRivals)
        take = lead(values[TIME.name])
        codes = np.where(take > 0.0, CODES[1], CODES[0]).astype(np.int8)
        return Ranking(
            (Action.DECLINE, Action.TAKE),
            shared(values[TIME.name]) + np.array([0.0 * take, take]),
            codes,
            np.abs(take),
        )

    monkeypatch.setattr(_sweeps, "evaluate_rows", evaluate_recorded)
    return OneWaySearch(FOUND, [TIME]).changes()


class TestOneWaySearch:
    @pytest.mark.parametrize("place", [0.02, 0.3, 1.003, 1.01, 2.718, 4.6, 4.95])
    def test_a_window_between_two_points_is_found(
        self, monkeypatch: pytest.MonkeyPatch, place: float
    ) -> None:
        """Where it begins, seen from 1; it is 0.004 wide, of a range of 5. Of some the
        lead only falls towards it between an end of the range and the point next to it.
        """
        ((_, *ends, action),) = changes(
            monkeypatch, lambda at: 1e4 * ((at - place) ** 2 - 4e-6)
        )

        edge = place - 0.002 if place > 1.0 else place + 0.002
        assert ends == pytest.approx([edge, edge], abs=1e-9)
        assert action is Action.DECLINE

    def test_of_many_changes_the_nearest_counts(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        found = changes(monkeypatch, lambda at: np.cos(4.0 * (at - 1.0)))

        quarter = np.pi / 8.0
        assert sorted(threshold for _, threshold, *_ in found) == pytest.approx(
            [1.0 - quarter, 1.0 + quarter], abs=1e-9
        )

    def test_a_tie_but_for_rounding_is_no_change(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert not changes(monkeypatch, lambda at: np.where(at == 1.0, 1.0, -1e-15))

    @pytest.mark.parametrize("place", [0.3, 1.01, 4.6])
    def test_what_all_are_worth_alike_hides_no_window(
        self, monkeypatch: pytest.MonkeyPatch, place: float
    ) -> None:
        found, moved = (
            changes(monkeypatch, lambda at: 1e4 * ((at - place) ** 2 - 4e-6), shared)
            for shared in (np.zeros_like, lambda at: 3e4 * np.sin(5.0 * at))
        )

        assert [change[1] for change in moved] == pytest.approx(
            [change[1] for change in found]
        )

    def test_where_more_is_at_stake_a_tie_is_wider(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A lead of a part in a thousand billions is rounding, not a reason to turn."""

        def behind(at: FloatColumn) -> FloatColumn:
            return np.where(at == 1.0, 1.0, -0.01)

        assert changes(monkeypatch, behind)
        assert not changes(
            monkeypatch, behind, lambda at: np.where(at == 1.0, 0.0, 1e12)
        )

    def test_a_lead_that_only_touches_is_no_change(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert not changes(monkeypatch, lambda at: (at - 2.718) ** 2 + 1e-9)
