"""A search at a glance, with what one's own log knows."""

from datetime import date

import pytest
from hypothesis import given, settings

import strategies as fit
from interviewfit import (
    Action,
    Assumptions,
    Belief,
    Candidate,
    InvalidFieldError,
    Opportunity,
    Phase,
    Position,
    Search,
    Stage,
    Term,
    assess,
    corporate,
)
from interviewfit._results.assessment import GOING
from interviewfit.history import (
    History,
    StageEvent,
    calibrate,
    estimate_pass_rates,
    replay,
    review,
)
from interviewfit.history._review import ReviewLine
from searches import REAL

TODAY = date(2025, 6, 24)
FEWER = settings(max_examples=settings().max_examples // 5)
PLAIN = Candidate()


def job(name: str = "Acme", **rest: object) -> Opportunity:
    return Opportunity(name=name, stages=corporate(), **rest)  # type: ignore[arg-type]  # fields by name


def line(*jobs: Opportunity, log: History | None = None, who: Candidate = PLAIN) -> str:
    return str(review(Search(candidate=who, opportunities=jobs), log, TODAY))


class TestReview:
    def test_each_live_process_has_a_line(self) -> None:
        over = job("Gone", position=Position(phase=Phase.REJECTED))

        found = review(Search(candidate=PLAIN, opportunities=[job(), over, job("B")]))

        assert [one.opportunity for one in found.lines] == ["Acme", "B"]
        assert found.notes == ()
        assert line(over) == "No opportunity is running."

    def test_the_answer_is_that_of_assess_beside_the_others(self) -> None:
        jobs = [job(), job("B", signals=["bad_reviews"])]

        found = review(Search(candidate=PLAIN, opportunities=jobs))

        for one, own in zip(found.lines, jobs, strict=True):
            verdict = assess(PLAIN, own, beside=jobs)
            assert one.action is verdict.action
            assert one.value == pytest.approx(verdict.value, rel=1e-9)
            assert one.largest_term is not None
            term, hours = one.largest_term
            assert term is Term.OFFER
            assert hours == pytest.approx(verdict.terms[Term.OFFER], rel=1e-9)
            assert sorted(one.unknown) == sorted(verdict.unknown)

    @pytest.mark.parametrize(
        ("opportunity", "words"),
        [
            (
                job(),
                (
                    "Acme: stay (take it), worth 12.3 h. Largest part: the offer it "
                    "may lead to, +15.2 h. You believe in a fit of -8 %; leave if "
                    "it falls below -26 %. Unknown: "
                ),
            ),
            (job(signals=["merger_talks"]), "Acme: wait (ask to postpone), "),
            (job(unresearched=True), "Acme: look it up first, "),
            (
                job(tags=["oil"]),
                "Acme: leave (decline), it meets your dealbreaker (oil). ",
            ),
            (
                job(position=Position(phase=Phase.OFFERED), signals=["bad_reviews"]),
                "Acme: leave (decline the offer), worth 0.0 h.",
            ),
            (
                job(position=Position(phase=Phase.OFFERED)),
                "Acme: ask about the pay first, worth ",
            ),
        ],
    )
    def test_it_says_stay_leave_wait_or_ask(
        self, opportunity: Opportunity, words: str
    ) -> None:
        assert line(opportunity, who=Candidate(dealbreakers=["oil"])).startswith(words)

    def test_what_weighs_most_with_the_candidate_is_named_first(self) -> None:
        who = Candidate(priorities={"stability": 9, "commute": 5, "role": 0})

        assert "Unknown: stability, commute, pay and 5 more" in line(job(), who=who)

    @pytest.mark.parametrize("aspect", ["benefits", "commute", "pay", "team"])
    def test_research_is_about_what_the_candidate_weighs_most(
        self, aspect: str
    ) -> None:
        who = Candidate(priorities={aspect: 9})
        job_unseen = job(unresearched=True)

        (found,) = review(Search(candidate=who, opportunities=[job_unseen])).lines

        assert found.action is Action.INVESTIGATE
        assert (found.ask_about, found.unknown[0]) == (aspect, aspect)

    def test_a_wrong_argument_is_refused(self) -> None:
        with pytest.raises(InvalidFieldError, match=r"review\(search\)"):
            review(job())  # type: ignore[arg-type]  # wrong on purpose
        with pytest.raises(InvalidFieldError, match=r"review\(history\)"):
            review(Search(candidate=PLAIN, opportunities=[job()]), "log")  # type: ignore[arg-type]  # wrong on purpose

        with pytest.raises(InvalidFieldError, match=r"review\(today\)"):
            review(Search(candidate=PLAIN, opportunities=[job()]), None, 5)  # type: ignore[arg-type]  # wrong on purpose

    @FEWER
    @given(search=fit.searches(), log=fit.histories())
    def test_any_search_and_log_give_a_line_each(
        self, search: Search, log: History
    ) -> None:
        found = review(search, log, TODAY)

        lines = str(found).splitlines()
        live = [
            one
            for one in search.opportunities
            if one.position.phase is not Phase.REJECTED
        ]
        over = sum("is left out here" in note for note in found.notes)
        assert len(found.lines) == len(live) - over
        assert len(lines) == max(1, len(found.lines)) + len(found.notes)
        for one in found.lines:
            asks = {Action.INVESTIGATE, Action.ASK_FIRST}
            assert (one.ask_about != "") <= (one.action in asks)

    @pytest.mark.parametrize(
        "result",
        [
            REAL,
            replay(REAL),
            calibrate(Assumptions(), REAL),
            estimate_pass_rates(REAL),
            estimate_pass_rates(REAL).by_stage["hiring_manager"],
            estimate_pass_rates(REAL).by_stage["hiring_manager"].incidence,
            review(Search(candidate=PLAIN, opportunities=[job("A" * 99)]), REAL, TODAY),
            review(Search(candidate=PLAIN, opportunities=[job("A" * 99)])).lines[0],
        ],
        ids=lambda result: type(result).__name__,
    )
    def test_what_a_shell_shows_of_a_result_fits_a_line(self, result: object) -> None:
        assert len(repr(result).splitlines()) == 1
        assert type(result).__name__ in repr(result)
        assert len(repr(result)) <= 88


class TestSilence:
    def test_it_is_read_from_ones_own_log(self) -> None:
        """Booster Juice: a screen on 6 June, 18 days before the log ends; another
        application there has not been answered.
        """
        text = line(job("Booster Juice"), log=REAL)
        over = estimate_pass_rates(REAL).by_stage["hr_screen"].dead_probability(18)

        assert over is not None
        assert (
            f"No news for 18 days since the hr screen: {100 * over:.0f} % chance"
            in text
        )
        assert text.endswith("Your log moved 4 of the defaults used here.")

    def test_the_company_may_name_the_process(self) -> None:
        assert "1 day since" in line(job("X", company="runza"), log=REAL)

    def test_pass_rates_are_those_of_the_log(self) -> None:
        learned = calibrate(Assumptions(), REAL).assumptions
        search = Search(candidate=PLAIN, opportunities=[job()])

        found = review(search, REAL, TODAY).lines[0]

        assert found.value == assess(PLAIN, job(), assumptions=learned).value

    @pytest.mark.parametrize("name", ["Nowhere", "Arby's", "TCBY", "Tim Hortons"])
    def test_nothing_is_said_of_what_is_not_there_or_over(self, name: str) -> None:
        silent = {"Arby's", "Tim Hortons"}

        assert ("since the application" in line(job(name), log=REAL)) is (
            name in silent
        )

    def test_two_of_one_name_are_not_mixed_up(self) -> None:
        log = History(
            events=[
                StageEvent(process=name, kind="screen", on="2025-06-01", company="Acme")
                for name in ("one", "two")
            ]
        )

        assert "since" not in line(job(), log=log)
        assert "23 days since the hr screen" in line(job("two"), log=log)

    def test_a_log_too_short_to_tell_says_so(self) -> None:
        log = History(
            events=[StageEvent(process="Acme", kind="screen", on="2025-06-14")]
        )

        assert (
            "No news for 10 days since the hr screen; your log has too few answers to "
            "tell what that means"
        ) in line(job(), log=log)

    def test_an_earlier_today_than_the_log_is_the_end_of_the_log(self) -> None:
        search = Search(candidate=PLAIN, opportunities=[job("Booster Juice")])

        found = review(search, REAL, date(2025, 1, 1)).lines[0]

        assert found.wait is not None
        assert found.wait.days == 18


class TestFlips:
    @pytest.mark.parametrize("stage", [0, 1, 2])
    @pytest.mark.parametrize("pay", [-40.0, 0.0])
    def test_a_hair_across_the_fit_it_names_the_answer_is_another(
        self, stage: int, pay: float
    ) -> None:
        """Beside a rival too, whose being there moves no threshold."""
        rival = Opportunity(name="Bolt", stages=corporate())

        def stands(mean: float) -> ReviewLine:
            own = Opportunity(
                name="Acme",
                stages=corporate(),
                beliefs={"pay": Belief(mean=mean, sd=4)},
                position=Position(stage=stage),
            )
            search = Search(candidate=Candidate(), opportunities=[own, rival])
            return review(search).lines[0]

        here = stands(pay)
        assert here.switching_fit is not None
        across = pay + (here.switching_fit - here.fit)

        low, high = stands(across - 1e-6), stands(across + 1e-6)

        assert (low.action in GOING, high.action in GOING) == (False, True)
        assert f"{'below' if here.switching_fit <= here.fit else 'above'}" in str(here)

    @pytest.mark.parametrize("gain", [0.0, 5.0, 20.0])
    @pytest.mark.parametrize("chance", [0.3, 1.0])
    def test_midway_it_counts_how_the_job_will_be_changed(
        self, gain: float, chance: float
    ) -> None:
        """The interview is finished in any case; the fit says what for."""
        first = Stage(
            kind="hiring_manager", hours=1, reshape_chance=chance, reshape_gain=gain
        )
        stages = (first, Stage(kind="executive", hours=3, reshape_chance=0))

        def stands(mean: float) -> ReviewLine:
            own = Opportunity(
                name="Acme",
                stages=stages,
                beliefs={"pay": Belief(mean=mean, sd=4)},
                position=Position(phase="midway"),
            )
            return review(Search(candidate=Candidate(), opportunities=[own])).lines[0]

        here = stands(0.0)
        assert here.switching_fit is not None
        across = here.switching_fit - here.fit

        low, high = stands(across - 1e-6), stands(across + 1e-6)

        assert low.action is Action.FINISH_POLITELY
        assert high.action is Action.CONTINUE
