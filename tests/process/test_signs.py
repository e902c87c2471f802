"""Named signs: directions, strength, repeats, scope, stops and familiarity."""

import re
from itertools import combinations, permutations
from math import prod, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st

from compiled import posterior_of
from interviewfit import (
    Action,
    Assumptions,
    Belief,
    Candidate,
    InvalidFieldError,
    NamedSign,
    Opportunity,
    Position,
    Reading,
    Search,
    Sign,
    assess,
    corporate,
    dumps,
    flips,
    loads,
    plan,
    robustness,
    score,
)
from interviewfit._model.parameters import PRIORS
from interviewfit._model.signs import SIGNS
from interviewfit._model.vocabulary import ASPECTS
from interviewfit._process.parameters import find_parameter, list_inputs
from interviewfit._process.signals import Posterior
from interviewfit._process.signs import sign_table
from interviewfit.records import Event, Scope, Signal, Strength

USUAL = Assumptions()
BAD = sorted(
    sign
    for sign, entry in SIGNS.items()
    if any(reading.value < 0.0 for reading in entry.readings)
)
GOOD = sorted(
    sign
    for sign, entry in SIGNS.items()
    if any(reading.value > 0.0 for reading in entry.readings)
)

percents = st.floats(-80.0, 80.0)
strengths = st.sampled_from(["mild", "plain", "strong"]) | st.floats(0.0, 5.0)
named_signs = st.builds(
    NamedSign,
    sign=st.sampled_from(Sign),
    strength=strengths,
    source=st.sampled_from(["", "a friend", "the news"]),
)
readings = st.builds(
    Reading,
    aspect=st.sampled_from(ASPECTS),
    value=percents,
    noise=st.floats(0.5, 40.0),
    unsettled=st.sampled_from([0.0, 3.0]),
)
beliefs = st.dictionaries(
    st.sampled_from(ASPECTS),
    st.builds(Belief, mean=percents, sd=st.floats(0.0, 30.0)),
    max_size=4,
)
believed = st.lists(named_signs | readings, max_size=4)


def seeing(*signals: Signal | Sign | str, **more: Any) -> Opportunity:
    """An ordinary opportunity of which something was seen."""
    return Opportunity(name="Acme", stages=corporate(), signals=signals, **more)


def posterior(
    job: Opportunity, someone: Candidate | None = None, usual: Assumptions = USUAL
) -> Posterior[float]:
    """Beliefs once all is in."""
    return posterior_of(someone or Candidate(), job, usual)


def fit(posterior: Posterior[float]) -> float:
    """What is believed of the job, percent of pay."""
    return sum(belief.mean for belief in posterior.beliefs.values())


class TestDirections:
    @given(sign=st.sampled_from(BAD), strength=strengths, stated=beliefs, seen=believed)
    def test_a_bad_sign_never_raises_any_belief(
        self, sign: Sign, strength: Any, stated: Any, seen: list[Signal]
    ) -> None:
        before = posterior(seeing(*seen, beliefs=stated))
        bad = NamedSign(sign=sign, strength=strength, source="somebody else")
        after = posterior(seeing(*seen, bad, beliefs=stated))

        for aspect, belief in after.beliefs.items():
            assert belief.mean <= before.beliefs[aspect].mean + 1e-9
            assert belief.sd <= before.beliefs[aspect].sd + 1e-9
        assert after.odds.get(Event.PASSED_ON, 1.0) <= 1e-9 + before.odds.get(
            Event.PASSED_ON, 1.0
        )

    @given(
        sign=st.sampled_from(GOOD), strength=strengths, stated=beliefs, seen=believed
    )
    def test_a_good_sign_never_lowers_any_belief(
        self, sign: Sign, strength: Any, stated: Any, seen: list[Signal]
    ) -> None:
        before = posterior(seeing(*seen, beliefs=stated))
        good = NamedSign(sign=sign, strength=strength, source="somebody else")
        after = posterior(seeing(*seen, good, beliefs=stated))

        for aspect, belief in after.beliefs.items():
            assert belief.mean >= before.beliefs[aspect].mean - 1e-9
            assert belief.sd == pytest.approx(before.beliefs[aspect].sd, rel=1e-12)

    @pytest.mark.parametrize("unknown", [-60.0, -15.0, -1.0, 0.0, 20.0])
    @pytest.mark.parametrize("sign", [*BAD, *GOOD])
    def test_wherever_one_would_put_what_is_unknown(
        self, sign: Sign, unknown: float
    ) -> None:
        usual = Assumptions(numbers={"unknown_mean": unknown})

        moved = fit(posterior(seeing(sign), usual=usual)) - fit(
            posterior(seeing(), usual=usual)
        )

        assert moved <= 0.0 if sign in BAD else moved >= 0.0

    def test_news_of_a_merger_turns_no_decline_into_a_wait(self) -> None:
        """It was worth waiting for because the sign pulled -25 up towards -12."""
        stated = {"stability": Belief(mean=-25, sd=4), "role": Belief(mean=-12, sd=2)}

        before = assess(Candidate(), seeing(beliefs=stated))
        after = assess(Candidate(), seeing("merger_talks", beliefs=stated))

        assert after.mean < before.mean

    @given(stated=beliefs, seen=believed)
    def test_the_order_does_not_matter(self, stated: Any, seen: list[Signal]) -> None:
        found = {
            str(posterior(seeing(*order, beliefs=stated)))
            for order in permutations(seen[:3])
        }

        assert len(found) == 1

    @pytest.mark.parametrize("sign", [*BAD, *GOOD])
    def test_at_the_default_a_sign_is_a_noisy_look(self, sign: Sign) -> None:
        """The precisions of a look at its value and of the default add.

        A good one does not narrow the belief, so that the best stays as likely.
        """
        found, silent = posterior(seeing(sign)), posterior(seeing())

        for look in SIGNS[sign].readings:
            belief, usual = found.beliefs[look.aspect], silent.beliefs[look.aspect]
            precisions = np.array([usual.sd, look.noise]) ** -2.0
            mean = np.average([usual.mean, look.value], weights=precisions)
            narrowed = precisions.sum() ** -0.5 if sign in BAD else usual.sd
            assert belief.mean == pytest.approx(mean, rel=1e-13)
            assert belief.sd == pytest.approx(narrowed, rel=1e-13)

    def test_two_signs_of_one_aspect_by_hand(self) -> None:
        """Hearsay moves culture by -13.5 * 64 / 208, reviews by -15.5 * 64 / 164."""
        found = posterior(seeing("culture_hearsay", "bad_reviews")).beliefs["culture"]

        assert found.mean == pytest.approx(-0.5 - 13.5 * 64 / 208 - 15.5 * 64 / 164)
        assert found.sd == pytest.approx(8 / sqrt(1 + 64 / 144 + 64 / 100))

    def test_from_another_belief_by_hand(self) -> None:
        """20 give or take 4 counts as 8: hearsay moves it by -13.5 * 64 / 208."""
        stated = {"culture": Belief(mean=20, sd=4)}

        found = posterior(seeing("culture_hearsay", beliefs=stated)).beliefs["culture"]

        assert found.mean == pytest.approx(20 - 13.5 * 64 / 208, rel=1e-13)

    def test_certainty_is_not_moved(self) -> None:
        stated = {"team": Belief(mean=5, sd=0)}

        found = posterior(seeing("no_chemistry", beliefs=stated)).beliefs["team"]

        assert (found.mean, found.sd) == (5.0, 0.0)


class TestStrength:
    def test_a_sign_by_its_name_is_a_plain_one(self) -> None:
        plain = NamedSign(sign="bad_reviews")

        assert plain.strength == "plain"
        assert posterior(seeing(plain)) == posterior(seeing("bad_reviews"))

    @pytest.mark.parametrize(("word", "factor"), [("mild", 0.5), ("strong", 2.0)])
    def test_a_word_is_a_factor(self, word: str, factor: float) -> None:
        said = posterior(seeing(NamedSign(sign="pay_guessed_low", strength=word)))
        stated = posterior(seeing(NamedSign(sign="pay_guessed_low", strength=factor)))

        assert said == stated

    def test_twice_as_strong_moves_twice_as_far_and_squares_factors(self) -> None:
        double = NamedSign(sign="specification_mismatch", strength=2)
        start, once, twice = (
            posterior(job)
            for job in (seeing(), seeing("specification_mismatch"), seeing(double))
        )
        moved = once.beliefs["role"].mean - start.beliefs["role"].mean

        assert twice.beliefs["role"].mean == pytest.approx(-1 + 2 * moved, rel=1e-13)
        assert twice.odds[Event.PASSED_ON] == pytest.approx(0.49, rel=1e-13)
        assert twice.beliefs["role"].sd == once.beliefs["role"].sd

    @pytest.mark.parametrize(("word", "factor"), [("mild", 0.5), ("strong", 2.0)])
    def test_what_is_to_come_of_a_sign_by_hand(self, word: str, factor: float) -> None:
        """A plain merger comes one time in four; the mean is moved by -11 * 36 / 61."""
        (news,) = posterior(
            seeing(NamedSign(sign="merger_talks", strength=word))
        ).pending

        assert news.chance == pytest.approx(1 - 0.75**factor, rel=1e-13)
        moved = news.chance * news.sizes["stability"]
        assert moved == pytest.approx(factor * -11 * 36 / 61, rel=1e-13)

    def test_whoever_speaks_of_it_it_comes_once(self) -> None:
        friend = NamedSign(sign="merger_talks", source="a friend")
        both = posterior(seeing("merger_talks", friend)).pending
        strong = posterior(seeing(NamedSign(sign="merger_talks", strength=2))).pending

        assert both == strong

    def test_an_executive_leaves_for_all_aspects_at_once(self) -> None:
        (news,) = posterior(seeing("executive_departure")).pending

        assert set(news.sizes) == {"stability", "manager"}
        assert news.chance == pytest.approx(0.15)

    def test_of_strength_0_nothing_was_seen(self) -> None:
        none = NamedSign(sign="merger_talks", strength=0)

        assert posterior(seeing(none)) == posterior(seeing())
        assert assess(Candidate(), seeing(none)) == assess(Candidate(), seeing())

    def test_the_strength_of_all_signs_multiplies_each(self) -> None:
        double = Assumptions(numbers={"sign_strength": 2.0})
        mild = NamedSign(sign="merger_talks", strength="mild")

        assert posterior(seeing(mild), usual=double) == posterior(
            seeing("merger_talks")
        )

    def test_what_users_say_themselves_is_left_alone(self) -> None:
        double = Assumptions(numbers={"sign_strength": 2.0})
        own = Reading(aspect="pay", value=3, noise=4)

        assert posterior(seeing(own), usual=double) == posterior(seeing(own))

    @pytest.mark.parametrize("strength", [-0.1, 5.1, float("nan"), None, True])
    def test_a_strength_beyond_bounds_is_refused(self, strength: Any) -> None:
        with pytest.raises(InvalidFieldError, match=r"NamedSign\.strength"):
            NamedSign(sign="bad_reviews", strength=strength)

    def test_a_misspelt_word_is_refused(self) -> None:
        with pytest.raises(InvalidFieldError, match="Did you mean 'strong'"):
            NamedSign(sign="bad_reviews", strength="strang")

    def test_it_is_a_number_of_the_decision(self) -> None:
        job = seeing("merger_talks", NamedSign(sign="bad_reviews", strength=1.5))
        answer = assess(Candidate(), job)

        (flip,) = flips(answer, names=["signals[1].strength"]).values
        stronger = NamedSign(sign="bad_reviews", strength=flip.threshold + 1e-6)
        turned = assess(Candidate(), seeing("merger_talks", stronger))

        assert find_parameter(answer.decision, "signals[1].strength").value == 1.5
        assert turned.action is flip.action is not answer.action

    def test_a_word_is_drawn_as_any_default_is(self) -> None:
        job = seeing(NamedSign(sign="bad_reviews", strength="strong"))
        names = {item.name for item in list_inputs(assess(Candidate(), job).decision)}
        plain = assess(Candidate(), seeing("bad_reviews"))

        assert "strength.strong" in names
        assert "strength.mild" not in names
        assert "strength.strong" not in {
            item.name for item in list_inputs(plain.decision)
        }
        assert robustness(assess(Candidate(), job), draws=50).draws == 50

    @given(signs=st.lists(named_signs, min_size=1, max_size=3))
    def test_json_keeps_it(self, signs: list[NamedSign]) -> None:
        job = seeing(*signs)

        assert loads(dumps(job), Opportunity) == job

    def test_json_leaves_out_what_is_usual(self) -> None:
        text = dumps(seeing(NamedSign(sign="bad_reviews", strength="mild")))

        assert '"strength": "mild"' in text
        assert "scope" not in text


class TestRepeats:
    def test_the_same_sign_counts_once(self) -> None:
        once = posterior(seeing("bad_reviews"))

        assert posterior(seeing("bad_reviews", "bad_reviews")) == once
        assert posterior(seeing(NamedSign(sign="bad_reviews"), "bad_reviews")) == once

    def test_at_the_greater_strength(self) -> None:
        strong = NamedSign(sign="bad_reviews", strength="strong")

        assert posterior(seeing("bad_reviews", strong)) == posterior(seeing(strong))

    def test_from_another_source_it_counts_again(self) -> None:
        friend = NamedSign(sign="culture_hearsay", source="a friend")
        found = posterior(seeing("culture_hearsay", friend)).beliefs["culture"]

        assert found.mean == pytest.approx(-0.5 - 2 * 13.5 * 64 / 208, rel=1e-13)

    def test_a_source_is_compared_as_people_write(self) -> None:
        same = [
            NamedSign(sign="culture_hearsay", source=source)
            for source in ("A friend", "a  friend ")
        ]

        assert posterior(seeing(*same)) == posterior(seeing(same[0]))


class TestScope:
    def test_two_openings_at_one_firm_share_its_news(self) -> None:
        informed = Opportunity(
            name="A", stages=corporate(), company="Acme", signals=["layoff_news"]
        )
        silent = Opportunity(name="B", stages=corporate(), company=" ACME")
        apart = Opportunity(name="B", stages=corporate(), company="Bolt")

        shared = assess(Candidate(), silent, beside=[informed])
        alone = assess(Candidate(), apart, beside=[informed])

        assert shared.mean == pytest.approx(
            assess(Candidate(), informed).mean, rel=1e-12
        )
        assert alone.mean == assess(Candidate(), apart).mean

    def test_told_of_both_it_counts_once(self) -> None:
        jobs = [
            Opportunity(
                name=name, stages=corporate(), company="Acme", signals=["layoff_news"]
            )
            for name in "AB"
        ]

        both = assess(Candidate(), jobs[0], beside=jobs)

        assert both.mean == assess(Candidate(), jobs[0]).mean

    def test_what_is_of_the_people_met_stays_there(self) -> None:
        met = Opportunity(
            name="A", stages=corporate(), company="Acme", signals=["no_chemistry"]
        )
        other = Opportunity(name="B", stages=corporate(), company="Acme")

        shared = assess(Candidate(), other, beside=[met])

        assert shared.mean == assess(Candidate(), other).mean

    def test_a_plan_counts_it_for_both(self) -> None:
        def search(signals: list[str]) -> float:
            jobs = [
                Opportunity(
                    name=name, stages=corporate(), company="Acme", signals=signals * own
                )
                for name, own in (("A", 1), ("B", 0))
            ]
            return plan(Candidate(), jobs).ranked[-1].index

        assert search(["bad_reviews"]) < search([]) - 5.0

    @pytest.mark.parametrize(
        ("scope", "more"),
        [(None, {"company": "acme"}), ("field", {"field": "ACME"})],
    )
    def test_what_was_learned_elsewhere_names_what_it_is_about(
        self, scope: str | None, more: dict[str, str]
    ) -> None:
        stated = {} if scope is None else {"scope": scope}
        lesson = NamedSign(sign="bad_reviews", about="Acme", **stated)
        someone = Candidate(learned=[lesson])

        assert posterior(seeing(**more), someone) == posterior(seeing("bad_reviews"))
        assert posterior(seeing(), someone) == posterior(seeing())
        assert loads(dumps(someone), Candidate) == someone

    def test_what_was_learned_and_seen_counts_once(self) -> None:
        lesson = NamedSign(sign="bad_reviews", about="Acme")
        job = seeing("bad_reviews", company="Acme")

        assert posterior(job, Candidate(learned=[lesson])) == posterior(job)

    @pytest.mark.parametrize(
        "lesson", [NamedSign(sign="bad_reviews"), NamedSign(sign="no_chemistry")]
    )
    def test_a_lesson_about_nothing_is_refused(self, lesson: NamedSign) -> None:
        with pytest.raises(InvalidFieldError, match="name a company or field"):
            Candidate(learned=[lesson])

    def test_a_sign_is_not_of_another_firm(self) -> None:
        lesson = NamedSign(sign="bad_reviews", about="Bolt")

        with pytest.raises(InvalidFieldError, match="about the company 'Acme'"):
            seeing(lesson, company="Acme")

    def test_the_scope_can_be_stated(self) -> None:
        assert NamedSign(sign="no_chemistry").scope is Scope.OPPORTUNITY
        assert NamedSign(sign="no_chemistry", scope="company").scope is Scope.COMPANY


class TestStops:
    @pytest.mark.parametrize(
        ("position", "action"),
        [
            (Position(), Action.DECLINE),
            (Position(stage=1), Action.WITHDRAW_POLITELY),
            (Position(phase="offered"), Action.DECLINE_OFFER),
        ],
    )
    def test_without_a_visa_one_leaves(
        self, position: Position, action: Action
    ) -> None:
        before = assess(Candidate(), seeing(position=position))
        after = assess(Candidate(), seeing("visa_refused", position=position))

        assert after.action is action
        assert after.hard_stops == ("visa refused",)
        assert after.choices == before.choices

    def test_silence_on_visas_says_nothing(self) -> None:
        silent = assess(Candidate(), seeing("visa_unmentioned"))

        assert silent == assess(Candidate(), seeing())

    def test_it_stops_in_rows_too(self) -> None:
        columns: dict[str, Any] = {
            "process": "corporate",
            "signs.visa_refused": np.array([True, False]),
        }
        strengths = {**columns, "signs.visa_refused": np.array([1.0, 0.0])}

        for table in (columns, strengths):
            assert score(Candidate(), table).hard_stop.tolist() == [True, False]

    def test_it_stops_every_process_it_is_said_of(self) -> None:
        refused = NamedSign(sign="visa_refused", scope="company")
        jobs = [
            Opportunity(
                name=name, stages=corporate(), company="Acme", signals=[refused] * own
            )
            for name, own in (("A", 1), ("B", 0))
        ]

        assert plan(Candidate(), jobs).ranked == ()


class TestFamiliarity:
    def test_who_worked_there_knows_half_of_the_people_and_the_firm(self) -> None:
        found = posterior(seeing("worked_there_before"))

        assert found.beliefs["culture"].sd == pytest.approx(8 * sqrt(0.5), rel=1e-13)
        assert found.beliefs["team"].sd == pytest.approx(6 * sqrt(0.5), rel=1e-13)
        assert found.beliefs["manager"].sd == pytest.approx(8 * sqrt(0.5), rel=1e-13)
        assert found.beliefs["role"] == posterior(seeing()).beliefs["role"]
        assert fit(found) == fit(posterior(seeing()))

    @pytest.mark.parametrize("strength", [0.5, 1.0, 2.0])
    def test_as_long_as_one_was_there(self, strength: float) -> None:
        sign = NamedSign(sign="worked_there_before", strength=strength)
        found = posterior(seeing(sign)).beliefs["culture"]

        assert found.sd == pytest.approx(8 * prod([sqrt(0.5) ** strength]), rel=1e-13)

    def test_a_stated_belief_is_as_it_was_stated(self) -> None:
        stated = {"culture": Belief(mean=2, sd=2)}

        found = posterior(seeing("worked_there_before", beliefs=stated))

        assert found.beliefs["culture"].sd == 4.0

    @pytest.mark.parametrize("known", [0.0, 0.3, 1.0])
    def test_how_much_is_an_assumption(self, known: float) -> None:
        usual = Assumptions(numbers={"familiarity": known})

        found = posterior(seeing("worked_there_before"), usual=usual)

        assert found.beliefs["culture"].sd == pytest.approx(8 * sqrt(1 - known))

    def test_it_is_listed_where_it_counts(self) -> None:
        def names(*signals: str) -> set[str]:
            decision = assess(Candidate(), seeing(*signals)).decision
            return {parameter.name for parameter in list_inputs(decision)}

        assert "familiarity" in names("worked_there_before")
        assert "familiarity" not in names("bad_reviews")

    def test_to_say_what_is_believed_anyway_changes_nothing_but_the_words(self) -> None:
        """A flip starts from the belief in use: its sd is the narrowed one."""
        who = Candidate(priorities={"culture": 2})
        answer = assess(who, seeing("worked_there_before"))

        (flip,) = flips(answer, names=["culture.mean"]).values
        stated = {"culture": Belief(mean=flip.threshold, sd=8 * sqrt(0.5) / 2)}
        turned = assess(who, seeing("worked_there_before", beliefs=stated))

        assert turned.margin == pytest.approx(0.0, abs=1e-6)


class TestRows:
    def test_a_column_of_strengths_is_a_named_sign_in_each_row(self) -> None:
        strengths = [0.0, 0.5, 1.0, 2.5, np.nan]
        columns: dict[str, Any] = {
            "process": "corporate",
            "signs.bad_reviews": np.array(strengths),
            "signs.worked_there_before": np.array([True, False, True, False, True]),
            "culture": np.array([np.nan, 2.0, np.nan, np.nan, 4.0]),
        }
        found = score(Candidate(), columns)

        for row, strength in enumerate(strengths):
            signals: list[Signal] = []
            if strength > 0:
                signals.append(NamedSign(sign="bad_reviews", strength=strength))
            if columns["signs.worked_there_before"][row]:
                signals.append(NamedSign(sign="worked_there_before"))
            stated, sd = columns["culture"][row], 4.0
            if columns["signs.worked_there_before"][row]:
                sd *= sqrt(0.5)
            beliefs = (
                {} if np.isnan(stated) else {"culture": Belief(mean=stated, sd=sd)}
            )
            answer = assess(Candidate(), seeing(*signals, beliefs=beliefs))
            assert found.value[row] == pytest.approx(answer.value, rel=1e-9)
            assert found.mean[row] == pytest.approx(answer.mean, rel=1e-9)
            assert found.unknown[row] == len(answer.unknown)

    def test_one_strength_may_serve_all_rows(self) -> None:
        columns = {
            "process": "corporate",
            "role": np.array([0.0, 3.0]),
            "signs.bad_reviews": 2.0,
        }
        strong = NamedSign(sign="bad_reviews", strength=2)
        found = score(Candidate(), columns)

        for row, mean in enumerate((0.0, 3.0)):
            job = seeing(strong, beliefs={"role": Belief(mean=mean, sd=6)})
            assert found.value[row] == pytest.approx(
                assess(Candidate(), job).value, rel=1e-9
            )

    @pytest.mark.parametrize("bad", [-1.0, 5.5, np.inf])
    def test_a_strength_beyond_bounds_is_named(self, bad: float) -> None:
        columns = {"process": "corporate", "signs.bad_reviews": np.array([0.0, bad])}

        with pytest.raises(Exception, match="row 1 must be a strength between 0 and 5"):
            score(Candidate(), columns)

    def test_a_company_is_found_however_it_is_written(self) -> None:
        lesson = NamedSign(sign="bad_reviews", about="Acme AG")
        companies = np.array(["ACME  AG", "acme ag", "Acme", ""])
        columns = {"process": "corporate", "company": companies}
        objects = {**columns, "company": companies.astype(object)}
        someone = Candidate(learned=[lesson])

        for table in (columns, objects):
            known = (score(someone, table).unknown < len(ASPECTS)).tolist()
            assert known == [True, True, False, False]

    def test_a_dealbreaker_is_met_however_it_is_written(self) -> None:
        columns = {"process": "corporate", "tags.meat": np.array([True, False])}

        found = score(Candidate(dealbreakers=["Meat"]), columns)

        assert found.hard_stop.tolist() == [True, False]


class TestWords:
    @pytest.mark.parametrize(
        ("dealbreaker", "tag"),
        [("Meat", "meat"), ("arms  trade", " Arms Trade"), ("STRASSE", "straße")],
    )
    def test_a_dealbreaker_is_matched_as_people_write(
        self, dealbreaker: str, tag: str
    ) -> None:
        someone = Candidate(dealbreakers=[dealbreaker])
        answer = assess(someone, seeing(tags=[tag]))

        assert answer.action is Action.DECLINE
        assert answer.hard_stops == (" ".join(dealbreaker.split()),)

    def test_one_that_is_no_tag_is_said(self) -> None:
        someone = Candidate(dealbreakers=["weapon", "Meat"])
        search = Search(
            candidate=someone, opportunities=[seeing(tags=["weapons", "meat"])]
        )
        text = str(plan(someone, search.opportunities))

        assert search.unmet_dealbreakers == ("weapon",)
        assert "'weapon' is a tag of no opportunity" in text
        assert "Did you mean 'weapons'?" in text
        assert "Meat' is a tag" not in text


class TestTimes:
    @pytest.mark.parametrize("stage", [0, 1, 2])
    def test_a_sign_as_of_now_leaves_what_it_leaves(self, stage: int) -> None:
        """The rounds behind narrow what was noticed before them, and no mean."""
        position = Position(stage=stage)
        before, now = (
            posterior(
                seeing(NamedSign(sign="bad_reviews", when=when), position=position)
            ).beliefs["culture"]
            for when in ("before", "now")
        )

        assert now.mean == before.mean
        assert before.sd <= now.sd
        assert (before.sd < now.sd) is (stage > 0)

    @given(
        stage=st.integers(0, 2),
        sign=st.sampled_from(BAD),
        seen=believed,
        stated=beliefs,
    )
    def test_a_bad_sign_lowers_the_fit_at_any_stage(
        self, stage: int, sign: Sign, seen: list[Signal], stated: Any
    ) -> None:
        more: dict[str, Any] = {"position": Position(stage=stage), "beliefs": stated}
        before = posterior(seeing(*seen, **more))
        bad = NamedSign(sign=sign, source="somebody else", when="now")
        after = posterior(seeing(*seen, bad, **more))

        assert fit(after) <= fit(before) + 1e-9
        for aspect, belief in after.beliefs.items():
            assert belief.sd <= before.beliefs[aspect].sd + 1e-9


class TestNames:
    @pytest.mark.parametrize(
        ("word", "sign"),
        [
            ("bad_revews", "bad_reviews"),
            ("BAD_REVIEWS", "bad_reviews"),
            ("acquisition", "merger_talks"),
            ("layoffs", "layoff_news"),
            ("founder resigned", "executive_departure"),
            ("glassdoor", "bad_reviews"),
            ("rumours of a toxic culture", "culture_hearsay"),
            ("work from home", "remote_allowed"),
            ("salary evasive", "pay_dodged"),
            ("high turnover", "team_members_gone"),
            ("reposted", "posting_repeated"),
            ("homework first", "unpaid_task_first"),
            ("cancelled", "rescheduled_by_them"),
            ("no_sponsorship", "visa_refused"),
            ("met_vp", "met_vice_president"),
        ],
    )
    def test_a_word_that_people_use_suggests_the_sign(
        self, word: str, sign: str
    ) -> None:
        for refused in (lambda: seeing(word), lambda: NamedSign(sign=word)):
            with pytest.raises(InvalidFieldError, match=f"Did you mean '{sign}'"):
                refused()

    def test_where_none_is_like_it_none_is_suggested(self) -> None:
        with pytest.raises(InvalidFieldError, match="must be one of merger") as caught:
            seeing("rain")

        assert "Did you mean" not in str(caught.value)


STRONG = {Sign.NO_CHEMISTRY, Sign.WRONG_KIND_OF_WORK}
ORDINARY = sorted(set(BAD) - STRONG)
LEAVING = {Action.DECLINE, Action.WITHDRAW_POLITELY}


class TestWhatTheySay:
    """How far signs go, as the page on them has it."""

    @pytest.mark.parametrize("sign", ORDINARY)
    def test_no_ordinary_bad_sign_gives_a_no_by_itself(self, sign: Sign) -> None:
        """Not before the first call, and not before the manager is met."""
        for stage in (0, 1):
            answer = assess(Candidate(), seeing(sign, position=Position(stage=stage)))
            assert answer.action not in LEAVING

    @pytest.mark.parametrize("sign", sorted(STRONG))
    def test_a_decisive_one_does_at_any_strength(self, sign: Sign) -> None:
        for strength in ("plain", "strong"):
            job = seeing(NamedSign(sign=sign, strength=strength))
            assert assess(Candidate(), job).action in LEAVING

    @pytest.mark.parametrize(
        ("strength", "stage", "least"),
        [("mild", 0, 0), ("plain", 0, 10), ("plain", 1, 40), ("strong", 0, 80)],
    )
    def test_pairs_of_ordinary_ones_may(
        self, strength: str, stage: int, least: int
    ) -> None:
        pairs = list(combinations(ORDINARY, 2))
        columns: dict[str, Any] = {
            f"signs.{sign}": np.array([sign in pair for pair in pairs])
            * PRIORS[f"strength.{strength}"].value
            for sign in ORDINARY
        }
        found = score(Candidate(), {"process": "corporate", "stage": stage, **columns})
        refused = int(np.isin(found.action, sorted(LEAVING)).sum())

        assert refused >= least
        assert refused < 125
        assert (refused == 0) is (least == 0)

    def test_the_table_says_what_comes_out(self) -> None:
        """Each move of an aspect, mild, plain and strong, as ``assess`` has it."""
        rows = [line.split(" | ") for line in sign_table().splitlines()[2:]]
        silent = posterior(seeing()).beliefs
        checked = 0
        for name, meaning, scope, effects in rows:
            sign = Sign(name.strip("|` "))
            assert meaning == SIGNS[sign].meaning
            assert scope == SIGNS[sign].scope
            number = r"([-+][\d.]+)"
            moves = re.findall(rf"(\w+) {number} / {number} / {number} %", effects)
            assert len(moves) == len(SIGNS[sign].readings)
            for aspect, *shown in moves:
                for strength, move in zip(Strength, shown, strict=True):
                    job = seeing(NamedSign(sign=sign, strength=strength))
                    found = posterior(job).beliefs[aspect].mean - silent[aspect].mean
                    assert found == pytest.approx(float(move), abs=0.0501)
                    checked += 1

        assert checked > 90
        assert rows[-1][-1] == "nothing |"

    def test_a_lesson_about_a_field_is_one_for_all_of_it(self) -> None:
        lesson = NamedSign(sign="wrong_kind_of_work", scope="field", about="HR")
        someone = Candidate(learned=[lesson])

        assert assess(someone, seeing(field="hr")).action is Action.DECLINE
        assert assess(someone, seeing(field="law")).action is Action.TAKE
