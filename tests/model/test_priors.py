"""Every default number has a source, a kind, a grade and a range, and is in use."""

from datetime import date
from math import inf, nan
from typing import Any

import pytest

from interviewfit import (
    Assumptions,
    Belief,
    Candidate,
    InvalidFieldError,
    NamedSign,
    Opportunity,
    Position,
    Reading,
    Sign,
    Stage,
    StageKind,
    assess,
)
from interviewfit._calendar.agenda import chance, make_agenda, more_time_until
from interviewfit._model.numbers import Estimate, Numbers
from interviewfit._model.parameters import (
    COMPANY_ASPECTS,
    PARAMETERS,
    PRIORS,
    prior_table,
)
from interviewfit._model.pay_conversion import pay_reading
from interviewfit._model.vocabulary import ASPECTS
from interviewfit.history import History, StageEvent, calibrate
from interviewfit.postings import Pay, Salary
from interviewfit.records import Seniority
from interviewfit.weightings import learn_priorities

KINDS = {"measured", "derived", "judgement"}


class TestPriors:
    @pytest.mark.parametrize("name", PRIORS)
    def test_every_number_lies_in_its_range(self, name: str) -> None:
        prior = PRIORS[name]

        assert -inf < prior.low <= prior.value <= prior.high < inf

    @pytest.mark.parametrize("name", PRIORS)
    def test_every_number_says_what_it_is_and_whence(self, name: str) -> None:
        prior = PRIORS[name]

        assert prior.kind in KINDS
        assert prior.source.strip()
        assert prior.unit.strip()
        assert prior.population.strip()
        assert 1900 < prior.year <= 2026

    @pytest.mark.parametrize("name", PRIORS)
    def test_a_judgement_has_no_grade_and_what_was_measured_has_one(
        self, name: str
    ) -> None:
        """A guess must not look like a study."""
        prior = PRIORS[name]

        assert prior.grade in {"A", "B", "C", "D", "-"}
        assert prior.kind != "judgement" or prior.grade == "-"
        assert prior.kind != "measured" or prior.grade != "-"

    @pytest.mark.parametrize("name", PRIORS)
    def test_chances_and_shares_stay_in_0_to_1(self, name: str) -> None:
        """Robustness draws from the range, and a draw must be a valid number."""
        prior = PRIORS[name]

        for number in (prior.low, prior.value, prior.high):
            assert Assumptions(numbers={name: number})[name] == number
        if prior.unit in {"chance", "share"}:
            assert 0.0 <= prior.low <= prior.high <= 1.0

    def test_the_numbers_nobody_has_measured_are_printed_as_judgement(self) -> None:
        """The evidence file names these; no study may be suggested."""
        guessed = ("hidden_role", "bail_chance", "bail_harm", "influence.executive")

        assert {PRIORS[name].kind for name in (*guessed, "practice_gain")} == {
            "judgement"
        }

    def test_the_trial_calibration_of_the_design(self) -> None:
        """Section 6 of DESIGN.md, by hand, so that no number drifts unnoticed. Its
        culture of 10 is that of the company, 8, and the team, 6.
        """
        usual = Assumptions()

        assert [usual[f"spread.{name}"] for name in ASPECTS] == [
            10.0, 12.0, 8.0, 6.0, 8.0, 6.0, 6.0, 6.0, 5.0,
        ]  # fmt: skip
        assert [usual[f"hr_screen.{what}"] for what in
                ("hours", "preparation", "pass_rate", "practice")] == [
            0.5, 1.0, 0.5, 0.3,
        ]  # fmt: skip
        assert [usual[f"executive.{what}"] for what in
                ("hours", "preparation", "pass_rate", "practice")] == [
            2.0, 4.5, 0.55, 1.0,
        ]  # fmt: skip
        assert usual.reveals(StageKind.HR_SCREEN, "culture") == 0.07
        assert usual.reveals(StageKind.HR_SCREEN, "stability") == 0.0
        assert usual.reveals(StageKind.EXECUTIVE, "growth") == 0.15

    def test_culture_and_team_add_up_to_what_was_argued_for_as_one(self) -> None:
        """A culture of -1 with sd 10, of which a panel showed .4 and research .1."""
        usual = Assumptions()
        both = [usual.unknown(name) for name in ("culture", "team")]

        def shown(kind: StageKind) -> float:
            pairs = zip(("culture", "team"), both, strict=True)
            return sum(usual.reveals(kind, name) * it.sd**2 for name, it in pairs)

        assert sum(it.mean for it in both) == -1.0
        assert sum(it.sd**2 for it in both) == 100.0
        assert shown(StageKind.PANEL) == pytest.approx(40, rel=0.03)
        assert shown(StageKind.RESEARCH) == pytest.approx(10, rel=0.03)

    def test_the_aspects_of_a_company_are_aspects(self) -> None:
        assert set(ASPECTS) > COMPANY_ASPECTS
        assert {"pay", "role", "manager", "growth"} & COMPANY_ASPECTS == set()


class TestAssumptions:
    def test_exactly_the_priors_are_asked_for(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A prior nobody asks for moves nothing; a number without one has no source.

        All kinds of stages, with all that any of them may ask, and aspects of
        every name; the one thing unknown of each is asked for once. And a log of
        all that comes before the stages.
        """
        asked: set[str] = set()

        class Recorder(Assumptions):
            def __getitem__(self, name: str) -> float:
                asked.add(name)
                return super().__getitem__(name)

        usual = Numbers.__missing__

        def missing(numbers: Numbers[float], name: str) -> float:
            asked.add(name)
            return usual(numbers, name)

        monkeypatch.setattr(Numbers, "__missing__", missing)
        monkeypatch.setattr("interviewfit._process.structure.DEFAULTS", {})

        for phase in ("before", "midway", "offered", "rejected"):
            job = Opportunity(
                name="Acme",
                stages=[
                    *(Stage(kind=kind) for kind in StageKind),
                    *(Stage(kind="panel", meets=person) for person in Seniority),
                    Stage(kind="panel", person="Ann"),
                ],
                field="nursing",
                via_recruiter=True,
                knows_someone=True,
                unresearched=True,
                beliefs={"garden": Belief(mean=1, sd=1)},
                signals=[
                    Reading(aspect="canteen", value=1, noise=1, unsettled=1),
                    Sign.WORKED_THERE_BEFORE,
                    NamedSign(sign="bad_reviews", strength="mild"),
                    NamedSign(sign="layoff_news", strength="strong"),
                ],
                position=Position(phase=phase),
            )
            someone = Candidate(contacts={"Ann"}, fields={"law"})
            assess(someone, job, assumptions=Recorder())
        # That of hours to prepare when somebody asks for them.
        panel = Opportunity(name="A", stages=[Stage(kind="panel")])
        assert assess(Candidate(), panel, assumptions=Recorder()).preparation
        # Where openings may still come, and where one may leave again after a trial.
        held = Opportunity(
            name="A",
            stages=[Stage(kind="panel")],
            position=Position(phase="offered"),
            trial_weeks=12,
        )
        assess(Candidate(arrivals=0.1), held, assumptions=Recorder())
        # Those of dates are asked for when a search has some.
        offer = Opportunity(
            name="A", stages=[Stage(kind="panel")], answer_by="2026-12-04"
        )
        more_time_until(offer, date(2026, 12, 1), Recorder())
        make_agenda((), date(2026, 12, 1), Recorder())
        for name in ("more_time", "lost_by_asking", "moves_up"):
            chance(None, name, Recorder())
        # Those of pay are asked for when a posting is read.
        own = Salary(amount=200, currency="EUR")
        pay_reading(Pay(low=1, currency="EUR", per="day"), own, Recorder())
        days = ("contacted", "applied", "screen")
        calibrate(
            Recorder(),
            History(
                events=[
                    StageEvent(process=str(n), kind=kind, on="2025-05-14")
                    for n in range(len(days))
                    for kind in days[n:]
                ]
            ),
        )

        learn_priorities([], assumptions=Recorder())

        # Reach has no default of its own; it is as relevance.
        assert asked == {*PRIORS, "reach"}

    def test_what_is_not_given_is_the_prior(self) -> None:
        some = Assumptions(numbers={"contact": 2.5})

        assert some["contact"] == 2.5
        assert some["bail_harm"] == PRIORS["bail_harm"].value

    def test_there_is_no_other_number(self) -> None:
        with pytest.raises(KeyError):
            Assumptions()["luck"]

    def test_one_percent_of_pay_in_hours(self) -> None:
        """1,800 h a year, a hundredth of them, for two years: 36 h."""
        assert Assumptions().hours_per_percent == pytest.approx(36.0, rel=1e-15)
        some = Assumptions(numbers={"hours_per_year": 1500, "horizon_years": 4})
        assert some.hours_per_percent == pytest.approx(60.0, rel=1e-15)

    def test_the_unknown_is_never_taken_as_good(self) -> None:
        for name in ASPECTS:
            assert Assumptions().unknown(name).mean <= 0.0
        assert Assumptions().unknown("canteen") == Estimate(0, 5)

    @pytest.mark.parametrize(
        ("numbers", "where", "said"),
        [
            ({"luck": 1}, "Assumptions.numbers", "'luck'"),
            ({"contact_helps": 60}, "Assumptions.numbers['contact_helps']", "60"),
            ({"contact": -1}, "Assumptions.numbers['contact']", "-1"),
            ({"contact": nan}, "Assumptions.numbers['contact']", "nan"),
            ({"contact": inf}, "Assumptions.numbers['contact']", "inf"),
            ({"contact": "1"}, "Assumptions.numbers['contact']", "'1'"),
            ({"sign_strength": 6}, "Assumptions.numbers['sign_strength']", "6"),
            ({"contact": None}, "Assumptions.numbers['contact']", "None"),
            ([("contact", 1)], "Assumptions.numbers", "contact"),
        ],
    )
    def test_a_wrong_number_is_refused_by_name(
        self, numbers: Any, where: str, said: str
    ) -> None:
        with pytest.raises(InvalidFieldError) as caught:
            Assumptions(numbers=numbers)

        assert caught.value.where == where
        assert said in str(caught.value)

    def test_only_the_mean_of_the_unknown_and_a_correlation_may_be_below_0(
        self,
    ) -> None:
        below = [name for name in PRIORS if PRIORS[name].low < 0]

        assert below == ["unknown_mean", "correlation.pay"]
        assert Assumptions(numbers={"unknown_mean": -3})["unknown_mean"] == -3

    def test_what_is_stated_is_never_certain_for_being_sure_of_oneself(self) -> None:
        """A wide default stated instead would have no width that is right at 0."""
        assert PARAMETERS["overconfidence"].low > 0.0
        with pytest.raises(InvalidFieldError, match="overconfidence"):
            Assumptions(numbers={"overconfidence": 0})

    def test_the_numbers_cannot_be_changed_from_outside(self) -> None:
        """Else a NaN could slip in behind the checks."""
        numbers = {"contact": 2.0}
        some = Assumptions(numbers=numbers)

        numbers["contact"] = nan

        assert some["contact"] == 2.0


class TestTable:
    def test_every_prior_has_one_line(self) -> None:
        lines = prior_table().splitlines()

        assert len(lines) == 2 + len(PRIORS)
        for line, (name, prior) in zip(lines[2:], PRIORS.items(), strict=True):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            assert cells[0] == f"`{name}`"
            assert float(cells[1]) == pytest.approx(prior.value, rel=1e-5)
            assert cells[4] == prior.kind
            assert cells[6] == prior.source

    def test_every_line_has_as_many_cells_as_the_heading(self) -> None:
        """A bar in a source would break the row in two."""
        lines = prior_table().splitlines()

        assert {line.count("|") for line in lines} == {lines[0].count("|")}
