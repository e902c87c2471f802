"""The most a choice could gain if a term counted for nothing, by hand.

Where the bound is too low an answer is wrong; where it is too high, the solver is asked
for nothing.
"""

import pytest

from cases import process, step
from interviewfit import Action, Phase, Term
from interviewfit._assessment.dropped_terms import _could_gain
from interviewfit.records import Choice

GOING = Choice(action=Action.TAKE, value=1.0, terms={}, reach=(("screen", 1.0),))


class TestCouldGain:
    def test_walking_out_free_of_harm_is_worth_what_it_saves(self) -> None:
        """
        The second half costs 5 h and the next stage nothing; walking out costs 20 h of
        harm and brings 1 h. Without harm it beats going on at its worst, -5, by 6, at
        one chance in two. Not to begin costs no harm, so nothing is gained there.
        """
        ahead = process(
            step(2.0, 0.5, {}, Phase.BEFORE),
            step(5.0, 0.25, {Term.BAIL: -20.0, Term.PRACTICE: 1.0}, Phase.MIDWAY),
            step(0.0, 1.0, {}, Phase.BEFORE),
        )

        assert _could_gain(Term.BAIL, GOING, ahead) == pytest.approx(0.5 * 6.0)

    def test_no_more_than_at_its_very_worst(self) -> None:
        """
        From the back: the last step costs 3 h, or leave for 10 h of harm, so at worst
        -3 and a gain of 3. Before it: 4 h and half of that, -5.5, or leave for 1 h of
        harm, which is all that can be gained there, at six chances in ten.
        """
        ahead = process(
            step(1.0, 0.6, {}, Phase.BEFORE),
            step(4.0, 0.5, {Term.BAIL: -1.0}, Phase.MIDWAY),
            step(3.0, 0.9, {Term.BAIL: -10.0}, Phase.MIDWAY),
        )

        found = _could_gain(Term.BAIL, GOING, ahead)

        # To leave the first step costs no harm.
        assert found == pytest.approx(0.6 * 1.0 + 0.6 * 0.5 * 3.0)

    def test_what_pays_for_itself_is_not_left(self) -> None:
        ahead = process(
            step(-2.0, 1.0, {}, Phase.BEFORE), step(-3.0, 0.5, {}, Phase.MIDWAY)
        )

        assert _could_gain(Term.BAIL, GOING, ahead) == 0.0

    @pytest.mark.parametrize("term", [Term.NETWORKING, Term.REFERRAL])
    def test_a_gain_gains_nothing_by_going(self, term: Term) -> None:
        ahead = process(step(2.0, 0.5, {term: -4.0}, Phase.BEFORE))

        assert _could_gain(term, GOING, ahead) == 0.0

    def test_leaving_gains_just_what_it_costs(self) -> None:
        leaving = Choice(
            action=Action.DECLINE, value=-3.0, terms={Term.DECLINING: -3.0}
        )
        ahead = process(step(2.0, 0.5, {Term.DECLINING: -3.0}, Phase.BEFORE))

        assert _could_gain(Term.DECLINING, leaving, ahead) == 3.0
        assert _could_gain(Term.BAIL, leaving, ahead) == 0.0

    @pytest.mark.parametrize(
        ("action", "gain"), [(Action.POSTPONE, 2.5), (Action.INVESTIGATE, 2.0)]
    )
    def test_a_step_put_first_leads_to_the_same_steps(
        self, action: Action, gain: float
    ) -> None:
        """They may then be left as well. What an invitation costs that lapses while one
        waits is saved besides.
        """
        side_option = Choice(
            action=action,
            value=1.0,
            terms={Term.DECLINING: -0.5},
            reach=(("waiting", 1.0),),
        )
        ahead = process(step(2.0, 0.5, {Term.DECLINING: -3.0}, Phase.BEFORE))

        assert _could_gain(Term.DECLINING, side_option, ahead) == pytest.approx(gain)

    def test_whoever_stays_to_the_end_does_not_walk_out_first(self) -> None:
        staying = Choice(action=Action.FINISH_POLITELY, value=1.0, terms={})
        ahead = process(
            step(2.0, 0.5, {Term.BAIL: -3.0}, Phase.MIDWAY),
            step(2.0, 0.5, {Term.BAIL: -1.0}, Phase.BEFORE),
        )

        assert _could_gain(Term.BAIL, staying, ahead) == pytest.approx(0.5 * 1.0)

    def test_an_offer_is_left_by_no_step(self) -> None:
        accepting = Choice(action=Action.ACCEPT_OFFER, value=9.0, terms={})

        assert _could_gain(Term.BAIL, accepting, process()) == 0.0
