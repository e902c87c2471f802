"""Stages one after the other: what is left to learn, positions, recruiters, presets.

Numbers worked by hand from DESIGN.md, as in ``test_process``.
"""

from math import sqrt
from typing import Any

import attrs
import pytest

from compiled import process_of
from interviewfit import (
    Assumptions,
    Belief,
    Candidate,
    Opportunity,
    Phase,
    Position,
    Reading,
    Stage,
    StageKind,
    Term,
    corporate,
    small_firm,
    technical,
)
from interviewfit._model.vocabulary import ASPECTS
from interviewfit._process.compilation import Process

CERTAIN = {name: Belief(mean=0, sd=0) for name in ASPECTS}


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
    """The process of an opportunity with these stages."""
    someone, usual = someone or Candidate(), Assumptions(numbers=numbers or {})
    job = Opportunity(name="Acme", stages=stages, **more)
    return process_of(someone, job, usual, research_first=research_first)


class TestSequence:
    def test_a_stage_reveals_a_share_of_what_is_left(self) -> None:
        """Pay alone, sd 10: half of 100 at HR, .35 of the other 50, .2 of the 32.5
        then left: 50, 17.5 and 6.5, each in two halves.
        """
        others = dict.fromkeys(ASPECTS[1:], 0.0)

        steps = process(*corporate(), someone=Candidate(priorities=others)).steps

        halves = [(step.reveal / 36) ** 2 for step in steps[::2]]
        assert halves == [close(25), close(8.75), close(3.25)]

    def test_both_halves_of_the_news_make_the_whole(self) -> None:
        steps = process(
            Stage(kind="panel", reshape_chance=0), numbers={"first_half": 0.3}
        ).steps

        shares = [step.reveal**2 for step in steps]
        assert shares[0] / sum(shares) == close(0.3)

    def test_priorities_multiply_aspects(self) -> None:
        """Pay counts double, commute not at all, a canteen comes in with sd 5."""
        someone = Candidate(priorities={"pay": 2, "commute": 0, "canteen": 3})

        found = process(*corporate(), someone=someone)

        assert found.mean == close(-2 - 6)
        assert found.sd == close(sqrt(541 + 3 * 100 - 36 + 9 * 25))

    def test_practice_decays_as_interviews_go_by(self) -> None:
        """Three done; a screen counts .3, a manager 1: .6^3, .6^3.3, .6^4.3."""
        found = [
            step.reward_terms[Term.PRACTICE]
            for step in process(*corporate()).steps[1::2]
        ]

        assert found == [
            close(3.6 * 0.3 * 0.6**3),
            close(3.6 * 0.6**3.3),
            close(3.6 * 0.6**4.3),
        ]

    def test_what_a_stage_says_of_its_practice_counts_for_the_next(self) -> None:
        """A screen that counts for two interviews: .6^3 of two, then .6^5."""
        stages = (Stage(kind="hr_screen", practice=2), Stage(kind="hiring_manager"))

        found = [
            step.reward_terms[Term.PRACTICE] for step in process(*stages).steps[1::2]
        ]

        assert found == [close(3.6 * 2 * 0.6**3), close(3.6 * 0.6**5)]

    def test_another_opening_surfaces_once(self) -> None:
        """A manager names it once in ten times, else the executive in three of ten."""
        manager, executive = (
            step.reward_terms[Term.HIDDEN_ROLE]
            for step in process(*small_firm()).steps[1::2]
        )

        assert executive / manager == close(0.9 * 0.3 / 0.1)

    def test_certainty_reveals_nothing(self) -> None:
        stages = [Stage(kind="panel", reshape_chance=0)] * 2

        assert [s.reveal for s in process(*stages, beliefs=CERTAIN).steps] == [0.0] * 4

    def test_midway_nothing_is_left_where_the_first_half_showed_all(self) -> None:
        stage = Stage(
            kind="panel", reveals=dict.fromkeys(ASPECTS, 1.0), reshape_chance=0
        )

        (midway,) = process(
            stage, numbers={"first_half": 1.0}, position=Position(phase=Phase.MIDWAY)
        ).steps

        assert midway.reveal == 0.0

    def test_desk_research_is_put_first_only_if_asked_for(self) -> None:
        job = Opportunity(name="Acme", stages=corporate())
        usual = Assumptions()

        found = process_of(Candidate(), job, usual)

        assert [step.stage for step in found.steps] == [0, 0, 1, 1, 2, 2]

    def test_news_only_waiting_brings_widens_the_fit_but_no_stage_shows_it(
        self,
    ) -> None:
        news = Reading(aspect="pay", value=0, noise=4, unsettled=12)
        settled = Reading(aspect="pay", value=0, noise=4)

        with_news = process(*corporate(), signals=[news])
        without = process(*corporate(), signals=[settled])

        assert with_news.unsettled == 12.0
        # Pay's variance fell from 100 to 64, and 144 is to come.
        assert with_news.sd == close(sqrt(541 - 36 + 144))
        assert [s.reveal for s in with_news.steps] == [s.reveal for s in without.steps]


class TestPosition:
    @pytest.mark.parametrize("stage", [0, 1, 2])
    def test_only_what_lies_ahead_is_a_step(self, stage: int) -> None:
        believed = dict.fromkeys(ASPECTS, Belief(mean=0, sd=1))
        before = process(
            *corporate(), position=Position(stage=stage), beliefs=believed
        ).steps
        midway = process(
            *corporate(),
            position=Position(phase="midway", stage=stage),
            beliefs=believed,
        ).steps

        assert len(before) == 2 * (3 - stage)
        assert (before[0].stage, before[0].phase) == (stage, Phase.BEFORE)
        # The same steps; but a belief held midway is one that the first half left,
        # so more is still to come.
        assert midway[0].reveal > before[1].reveal
        assert [attrs.evolve(s, reveal=0) for s in midway] == [
            attrs.evolve(s, reveal=0) for s in before[1:]
        ]

    @pytest.mark.parametrize("phase", ["offered", "rejected"])
    def test_nothing_lies_ahead_at_the_end(self, phase: str) -> None:
        found = process(*corporate(), position=Position(phase=phase))

        assert found.steps == ()
        assert found.mean == close(-8)


class TestLeaving:
    def test_a_recruiter_minds_dropping_out_half_as_much_as_a_refusal(self) -> None:
        steps = process(*corporate(), via_recruiter=True).steps

        refused = [step.exit_terms.get(Term.DECLINING) for step in steps]
        assert refused == [close(-2), *[close(-1)] * 5]
        later = process(*corporate(), via_recruiter=True, position=Position(stage=1))
        assert later.steps[0].exit_terms == {Term.DECLINING: close(-1)}

    def test_somebody_better_is_named_before_a_stage_never_on_walking_out(
        self,
    ) -> None:
        """To HR .45 h, a manager 1 h, an executive 2 h; three tenths of that at the
        end, which walking out forfeits.
        """
        steps = process(*corporate(), knows_someone=True).steps

        named = [step.exit_terms.get(Term.REFERRAL) for step in steps]
        hr = 0.2**0.5
        assert named == [
            close(n) for n in (hr, -0.3 * hr, 1 - 0.3 * hr, -0.3, 2 - 0.3, -0.6)
        ]
        kept = [step.reward_terms.get(Term.REFERRAL) for step in steps]
        assert kept[::2] == [close(n) for n in (0.3 * hr, 0.3 - 0.3 * hr, 0.3)]
        assert kept[1::2] == [None, None, None]

    def test_walking_out_on_nobody_harms_nobody(self) -> None:
        _, midway = process(Stage(kind="take_home")).steps

        assert Term.BAIL not in midway.exit_terms

    @pytest.mark.parametrize(
        ("kind", "harm"),
        [
            ("hr_screen", -1.2),
            ("panel", -3),
            ("hiring_manager", -6),
            ("executive", -24),
        ],
    )
    def test_walking_out_harms_by_who_is_there(self, kind: str, harm: float) -> None:
        """One time in ten 60 h, times .2, .5, 1 and 4."""
        _, midway = process(Stage(kind=kind)).steps

        assert midway.exit_terms[Term.BAIL] == close(harm)


class TestResearch:
    def test_it_goes_first_and_saves_its_time_later(self) -> None:
        """Half an hour at the desk, which the screen's hour of preparation need not
        repeat: .5 + .25 h before the screen and nothing saved before the manager.
        """
        steps = process(*corporate(), research_first=True).steps

        assert [step.stage for step in steps] == [-1, -1, 0, 0, 1, 1, 2, 2]
        assert [step.hours for step in steps[:6]] == [
            close(x) for x in (0.25, 0.25, 0.75, 0.25, 4.5, 0.5)
        ]

    def test_it_shows_public_facts(self) -> None:
        """15 + 4.32 + 8.96 + 1.08 + 1.92 + 1.08 + 18 + 5.4 + 5 = 60.76 of the
        variance. Then half of pay's 85 and commute's 18, and .07 of the other 346.64
        at the screen.
        """
        steps = process(*corporate(), research_first=True).steps

        assert steps[0].reveal == close(36 * sqrt(60.76 / 2))
        assert steps[1].reveal == close(36 * sqrt(60.76 / 2))
        assert steps[2].reveal == close(36 * sqrt((51.5 + 0.07 * 346.64) / 2))

    def test_nobody_is_met_and_all_are_still_in(self) -> None:
        first, second = process(*corporate(), research_first=True).steps[:2]

        assert first.reward_terms == {Term.TIME: close(-0.25)}
        assert second.reward_terms == {Term.TIME: close(-0.25)}
        assert (first.survive, second.survive) == (1.0, 1.0)
        assert second.drift == 0.0

    def test_only_part_of_it_may_be_saved(self) -> None:
        steps = process(
            *corporate(), research_first=True, numbers={"research_saves": 0.5}
        ).steps

        assert steps[2].hours == close(1 - 0.25 + 0.25)

    def test_it_saves_no_more_than_there_is(self) -> None:
        steps = process(Stage(kind="take_home"), research_first=True).steps

        assert steps[2].hours == close(3)

    def test_stopping_at_the_desk_still_turns_the_recruiter_down(self) -> None:
        """He waits for an answer: half an hour of reading is no way around it."""
        steps = process(*corporate(), research_first=True, via_recruiter=True).steps

        refused = [step.exit_terms.get(Term.DECLINING) for step in steps]
        assert refused == [close(-2)] * 3 + [close(-1)] * 5


class TestPresets:
    def test_three_whole_processes(self) -> None:
        kinds = [
            [stage.kind for stage in preset()]
            for preset in (small_firm, corporate, technical)
        ]

        assert kinds == [
            [StageKind.HIRING_MANAGER, StageKind.EXECUTIVE],
            [StageKind.HR_SCREEN, StageKind.HIRING_MANAGER, StageKind.EXECUTIVE],
            [
                StageKind.HR_SCREEN,
                StageKind.TAKE_HOME,
                StageKind.PANEL,
                StageKind.HIRING_MANAGER,
            ],
        ]

    def test_what_is_not_said_is_left_to_the_priors(self) -> None:
        assert technical()[2] == Stage(kind="panel")
