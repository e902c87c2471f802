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
from interviewfit._model.priors import ASPECTS
from interviewfit._process.inputs import put
from interviewfit._process.parameters import find_parameter, list_inputs
from interviewfit._text.assessment_text import HEADLINES
from interviewfit.sensitivity import SwitchingValues

JOB = Opportunity(name="Acme", stages=corporate())
FOUND = assess(Candidate(), JOB)


def certain(mean: float) -> dict[str, Belief]:
    """All that is known of a job, nothing of it worth anything but the pay."""
    return {name: Belief(mean=0, sd=0) for name in ASPECTS} | {
        "pay": Belief(mean=mean, sd=0)
    }


def moved(found: Assessment, name: str, value: float) -> Action:
    decision = found.decision
    one = put(decision, {find_parameter(decision, name): value})
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
        assert turns["fallback"].at == pytest.approx(7.0, abs=1e-8)
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
            assert only.at == pytest.approx(-3.0, abs=1e-8)
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

        turns = {one.name: one.at for one in found}
        assert turns["pay.mean"] == pytest.approx(3.0 / 36.0, abs=1e-9)
        assert turns["weights.offer"] == pytest.approx(3.0 / 18.0, abs=1e-9)
        assert "weights.time" in flips(assess(Candidate(), job)).never

    def test_the_nearest_comes_first_and_each_side_once(self) -> None:
        found = flips(FOUND)
        distances = [one.distance for one in found]

        assert distances == sorted(distances)
        assert len({(one.name, one.above) for one in found}) == len(found)
        assert {one.name for one in found}.isdisjoint(found.never)
        names = {one.name for one in list_inputs(FOUND.decision)}
        assert {one.name for one in found} | set(found.never) == names

    def test_both_sides_are_found_where_there_are_two(self) -> None:
        """
        Waiting for news pays while one is in doubt: not where one would go on whatever
        it says, nor where one would decline.
        """
        job = Opportunity(
            name="A", stages=[Stage(kind="research")], signals=["merger_talks"]
        )
        answer = assess(Candidate(), job)
        below, above = sorted(flips(answer, names=["pay.mean"]), key=lambda one: one.at)

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
                moved(answer, "pay.mean", one.at + by) for by in (-1e-6, 1e-6)
            )
            assert sides == actions

    def test_staying_in_mid_interview_may_turn_into_finishing(self) -> None:
        """These two are worth the same; what parts them is whether one goes on later."""
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
        assert moved(answer, "fallback", only.at - 1e-6) is Action.CONTINUE
        assert moved(answer, "fallback", only.at + 1e-6) is Action.FINISH_POLITELY

    def test_no_number_lifts_a_dealbreaker(self) -> None:
        job = Opportunity(name="Acme", stages=corporate(), tags=["arms"])
        found = flips(assess(Candidate(dealbreakers=["arms"]), job))

        assert not found.found
        assert len(found.never) == len(list_inputs(FOUND.decision))
        assert "Your dealbreaker (arms) decides: no number changes that." in str(found)

    def test_nothing_turns_once_one_is_out(self) -> None:
        job = Opportunity(
            name="A", stages=corporate(), position=Position(phase=Phase.REJECTED)
        )
        assert not flips(assess(Candidate(), job)).found

    def test_beside_others_the_answer_turns_elsewhere(self) -> None:
        other = Opportunity(
            name="Other", stages=corporate(), beliefs={"pay": Belief(mean=8, sd=3)}
        )
        beside = assess(Candidate(), JOB, beside=[other])
        (here,) = flips(beside, names=["weights.time"])
        (alone,) = flips(FOUND, names=["weights.time"])

        assert abs(here.at - alone.at) > 0.01
        assert moved(beside, "weights.time", here.at - 1e-6) is beside.action
        assert moved(beside, "weights.time", here.at + 1e-6) is here.action

    def test_are_printed_a_line_each(self) -> None:
        found = flips(FOUND)
        stopped = flips(
            assess(
                Candidate(dealbreakers=["arms", "oil"]),
                evolve(JOB, tags=["arms", "oil", "sun"]),
            )
        )

        head, *lines = str(found).splitlines()
        texts = [one.text for one in found.found]
        assert head == f"Now: {HEADLINES[found.action]}."
        assert lines == [
            *(f"  {one[0].upper()}{one[1:]}." for one in texts),
            f"  {len(found.never)} other numbers: never, within reason.",
        ]
        assert len(texts) > 3
        assert str(stopped).splitlines()[1] == (
            "  Your dealbreaker (arms, oil) decides: no number changes that."
        )

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
        """What nobody has stated starts from its prior, so the prior alone must count."""
        found = {one.name: one for one in flips(FOUND)}
        alone = {one.name: one for one in flips(FOUND, names=["unknown_mean"])}

        assert ("unknown_mean" in found) == ("unknown_mean" in alone)
        for name, one in alone.items():
            assert found[name].at == pytest.approx(one.at, abs=1e-8)
