"""Stages become steps: every number worked by hand from the priors.

The numbers stand here as DESIGN.md gives them, not as ``priors`` has them, so
that a test fails if one of them moves.
"""

from math import sqrt
from typing import Any

import pytest
from scipy.stats import norm

from compiled import process_of
from interviewfit import (
    Assumptions,
    Candidate,
    Clue,
    Opportunity,
    Phase,
    Stage,
    Term,
    Weights,
)
from interviewfit._process.compilation import Process, Step

# 100 + 144 + 100 + 64 + 36 + 36 + 36 + 25
VARIANCE = 541.0
PERCENT = 36.0


def close(expected: float) -> Any:
    """The same but for the last digits."""
    return pytest.approx(expected, rel=1e-12, abs=1e-14)


def process(
    *stages: Stage,
    someone: Candidate | None = None,
    numbers: dict[str, float] | None = None,
    research_first: bool = False,
    **more: Any,
) -> Process[float]:
    """The process of an opportunity of which nothing is known but its stages."""
    someone, usual = someone or Candidate(), Assumptions(numbers=numbers or {})
    job = Opportunity(name="Acme", stages=stages, **more)
    return process_of(someone, job, usual, research_first=research_first)


def terms(step: Step[float]) -> dict[str, float]:
    """Gains by the words of their terms."""
    return {term.value: worth for term, worth in step.reward_terms.items()}


MANAGER = Stage(kind="hiring_manager")


class TestHiringManager:
    """4 h around it and 1 h in it; pass .4; reveals .35, of stability .05."""

    # .35 of all but stability, .05 of stability's 36.
    SHOWN = 0.35 * (VARIANCE - 36) + 0.05 * 36

    def test_before_it_one_prepares_and_sits_through_the_first_half(self) -> None:
        before, _ = process(MANAGER).steps

        assert (before.stage, before.phase) == (0, Phase.BEFORE)
        assert before.title == "hiring manager"
        assert terms(before) == {"time": close(-(4 + 0.5))}
        assert before.exit_terms == {}
        assert before.survive == 1.0
        assert before.drift == 0.0
        assert before.reveal == close(PERCENT * sqrt(0.5 * self.SHOWN))
        assert before.hours == close(4.5)
        assert (before.reward, before.exit) == (close(-4.5), 0.0)

    def test_midway_one_sits_through_the_rest_and_collects(self) -> None:
        """Practice: .15 logit x 1.5 x 2 processes x 8 h x .6^3 = .7776 h. Another
        role: .1 x .1 x .3 x E[max(0, X)], X as unknown as this one: mean -8.
        Reshaped: .02 x 8 % = 5.76 h, with sd .14 x 288 h = 40.32 h.
        """
        _, midway = process(MANAGER).steps
        sd = sqrt(VARIANCE)
        excess = norm.expect(lambda x: x, loc=-8, scale=sd, lb=0)

        assert (midway.stage, midway.phase) == (0, Phase.MIDWAY)
        assert terms(midway) == {
            "networking": close(1 * 0.5),
            "practice": close(0.7776),
            "hidden_role": pytest.approx(0.1 * 0.1 * 0.3 * 36 * excess, rel=1e-9),
            "time": close(-0.5),
        }
        assert midway.exit_terms == {
            Term.PRACTICE: close(0.3888),
            Term.BAIL: close(-0.1 * 60),
        }
        assert midway.survive == 0.4
        assert midway.drift == close(5.76)
        assert midway.reveal == close(PERCENT * sqrt(0.5 * self.SHOWN))
        assert midway.facts == ((0.02, close(8 * PERCENT)),)
        assert midway.hours == close(0.5)
        assert midway.days == 0.0
        assert midway.exit == close(0.3888 - 6)

    def test_half_may_be_a_third(self) -> None:
        numbers = {"first_half": 0.3}

        before, midway = process(MANAGER, numbers=numbers).steps

        assert (before.hours, midway.hours) == (close(4.3), close(0.7))
        assert before.reveal == close(PERCENT * sqrt(0.3 * self.SHOWN))

    def test_the_surplus_and_its_spread(self) -> None:
        found = process(MANAGER, someone=Candidate(fallback=3))

        assert found.mean == close(-8 - 3)
        assert found.sd == close(sqrt(VARIANCE))
        assert found.unsettled == 0.0
        assert found.hours_per_percent == close(PERCENT)

    def test_what_a_stage_says_of_itself_comes_first(self) -> None:
        stage = Stage(
            kind="hiring_manager", name="lunch", hours=2, preparation=1, pass_rate=0.9,
            reveals={"pay": 1.0}, meets="executive", surfaces=0.5, reshape_chance=0.5,
            reshape_gain=4, practice=0.5, days=9,
        )  # fmt: skip

        before, midway = process(stage).steps

        assert (before.title, midway.title) == ("lunch", "lunch")
        assert (before.hours, midway.hours) == (close(2), close(1))
        assert before.reveal == close(PERCENT * sqrt(0.5 * (self.SHOWN + 65)))
        assert midway.reward_terms[Term.NETWORKING] == close(4 * 0.5)
        assert midway.reward_terms[Term.PRACTICE] == close(0.3888)
        assert midway.exit_terms[Term.BAIL] == close(-0.1 * 60 * 4)
        assert midway.survive == 0.9
        assert midway.drift == close(0.5 * 4 * 36)
        # Another opening there is worth as much per chance that it comes up.
        usual = process(MANAGER).steps[1].reward_terms[Term.HIDDEN_ROLE]
        assert midway.reward_terms[Term.HIDDEN_ROLE] == close(usual * 0.5 / 0.1)
        assert (before.days, midway.days) == (0.0, 9.0)
        assert (before.practice_log_odds, midway.practice_log_odds) == (
            0.0,
            close(0.15 * 0.5 * 0.6**3),
        )

    def test_every_weight_multiplies_its_term(self) -> None:
        weights = Weights(
            offer=2, networking=3, practice=5, hidden_role=7, time=11, bail=13
        )
        plain = process(MANAGER)

        found = process(MANAGER, someone=Candidate(weights=weights))

        assert found.hours_per_percent == close(72)
        (early, late), (first, second) = plain.steps, found.steps
        assert first.reward_terms[Term.TIME] == close(
            11 * early.reward_terms[Term.TIME]
        )
        assert first.reveal == close(2 * early.reveal)
        for term in (Term.NETWORKING, Term.PRACTICE, Term.HIDDEN_ROLE, Term.TIME):
            factor = getattr(weights, term.value)
            assert second.reward_terms[term] == close(factor * late.reward_terms[term])
        assert second.exit_terms[Term.BAIL] == close(13 * -6)
        assert second.exit_terms[Term.PRACTICE] == close(5 * 0.3888)
        assert second.drift == close(2 * 5.76)
        assert (second.hours, second.survive) == (late.hours, late.survive)

    def test_relevance_and_activity_scale_what_people_are_worth(self) -> None:
        """Who does not look gains nothing from people, but can still harm himself."""
        _, midway = process(
            MANAGER, someone=Candidate(activity=0.25), relevance=0.4
        ).steps

        assert midway.reward_terms[Term.NETWORKING] == close(0.25 * 0.4)
        assert midway.exit_terms[Term.BAIL] == close(-6 * 0.4)

    def test_practice_wears_off_and_is_worth_what_lies_ahead(self) -> None:
        someone = Candidate(interviews_done=0, interviews_ahead=3, worth_ahead=10)

        _, midway = process(MANAGER, someone=someone).steps

        assert midway.reward_terms[Term.PRACTICE] == close(0.15 * 1.5 * 3 * 10)

    def test_the_hours_of_interviewers_count_if_one_says_so(self) -> None:
        """Not those of the desk: a task at home costs nobody else's time."""
        polite = Candidate(weights=Weights(courtesy=2))
        task = Stage(kind="take_home")

        steps = process(MANAGER, task, someone=polite, numbers={"courtesy": 0.5}).steps
        panel = process(
            Stage(kind="panel", hours=3), someone=polite, numbers={"courtesy": 0.5}
        )

        assert [step.reward_terms[Term.COURTESY] for step in panel.steps] == [
            close(-1.5)
        ] * 2
        assert [step.reward_terms.get(Term.COURTESY) for step in steps] == [
            close(-0.5), close(-0.5), None, None,
        ]  # fmt: skip


class TestClues:
    @pytest.mark.parametrize(
        ("event", "survive", "networking", "hidden", "drift"),
        [
            # .4 is 2 to 3; times 2: 4 to 3.
            ("passed_on", 4 / 7, 0.5, 1.0, 5.76),
            # .2 is 1 to 4; times 2: 1 to 2, so 5 / 3 of what it was.
            ("contact_helps", 0.4, 0.5 * 5 / 3, 1.0, 5.76),
            # .1 is 1 to 9; times 2: 2 to 9, so 20 / 11 of what it was.
            ("hidden_role", 0.4, 0.5, 20 / 11, 5.76),
            # .02 is 1 to 49; times 2: 2 to 49, of 288 h.
            ("reshaped", 0.4, 0.5, 1.0, 288 * 2 / 51),
        ],
    )
    def test_each_moves_its_event_and_nothing_else(
        self,
        event: str,
        survive: float,
        networking: float,
        hidden: float,
        drift: float,
    ) -> None:
        _, plain = process(MANAGER).steps

        _, found = process(MANAGER, signals=[Clue(event=event, factor=2)]).steps

        assert found.survive == close(survive)
        assert found.reward_terms[Term.NETWORKING] == close(networking)
        assert found.reward_terms[Term.HIDDEN_ROLE] == close(
            hidden * plain.reward_terms[Term.HIDDEN_ROLE]
        )
        assert found.drift == close(drift)
