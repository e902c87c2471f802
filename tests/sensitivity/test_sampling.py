from typing import Any

import attrs
import numpy as np
import pytest
from scipy import stats

from interviewfit import (
    Assumptions,
    Belief,
    Candidate,
    InvalidFieldError,
    Opportunity,
    Position,
    Reading,
    Stage,
    assess,
    corporate,
    robustness,
    technical,
)
from interviewfit._assessment.evaluating_rows import evaluate_rows
from interviewfit._model.draws import RandomSource, random_generator
from interviewfit._model.parameters import PRIORS
from interviewfit._model.vocabulary import ASPECTS
from interviewfit._process.parameters import Parameter, list_inputs
from interviewfit._text.labels import clause
from interviewfit.records import Decision
from interviewfit.sensitivity._sampling import (
    sampled_parameters,
    triangular_ppf,
    uniform_draws,
)

ME = Candidate()
JOB = Opportunity(
    name="Acme",
    stages=[Stage(kind="hr_screen", hours=1.5), *corporate()[1:]],
    beliefs={"pay": Belief(mean=5, sd=4)},
    signals=[Reading(aspect="culture", value=-10, noise=15)],
)
DECISION = Decision(
    candidate=Candidate(activity=0.7),
    opportunity=JOB,
    assumptions=Assumptions(numbers={"horizon_years": 3}),
)


def drawn(**options: Any) -> dict[str, Parameter]:
    return {one.name: one for one in sampled_parameters(DECISION, **options)}


class TestDrawnInputs:
    def test_every_default_that_bears_on_it_is_drawn_from_its_range(self) -> None:
        usual = {
            one.name for one in list_inputs(DECISION) if one.path[0] == "assumptions"
        }

        assert set(drawn()) == usual - {"horizon_years"}
        for name, one in drawn().items():
            prior = PRIORS[name]
            assert (one.low, one.value, one.high) == (
                prior.low,
                prior.value,
                prior.high,
            )

    def test_what_is_stated_is_drawn_if_asked_for(self) -> None:
        more = set(drawn(include_stated=True)) - set(drawn())

        assert {"horizon_years", "stages[0].hours", "activity", "fallback"} <= more
        assert "pay.sd" in more

    def test_what_is_unknown_of_the_job_is_in_the_model_already(self) -> None:
        both = set(drawn(include_stated=True))

        assert not {"pay.mean", "role.mean", "signals[0].value"} & both
        assert not [one for one in both if one.startswith(("priorities", "weights"))]

    def test_a_stated_number_is_drawn_three_deviations_either_way(self) -> None:
        one = drawn(include_stated=True)["fallback"]

        assert (one.low, one.high) == (-3 * one.scale, 3 * one.scale)

    def test_ranges_add_to_what_is_drawn_and_replace_it(self) -> None:
        found = drawn(ranges={"pay.mean": (0, 8), "first_half": (0.5, 0.5)})

        assert (found["pay.mean"].low, found["pay.mean"].high) == (0.0, 8.0)
        assert found["first_half"].low == found["first_half"].high
        assert set(found) == {*drawn(), "pay.mean"}

    def test_stated_chances_of_the_processes_beside_are_drawn_too(self) -> None:
        """Each draw is the answer with that chance stated."""
        stages = [attrs.evolve(stage, pass_rate=0.3) for stage in corporate()]
        bolt = Opportunity(
            name="Bolt",
            stages=stages,
            beliefs={"pay": Belief(mean=20, sd=3)},
            position=Position(stage=1),
        )
        answer = assess(ME, JOB, beside=[JOB, bolt])
        names = ["beside[1].stages[1].pass_rate", "beside[1].stages[2].pass_rate"]
        sampled = {one.name: one for one in sampled_parameters(answer.decision)}
        columns = {names[1]: np.array([0.2, 0.3, 0.6])}
        rows = evaluate_rows(answer.decision, columns)
        singles = []
        for chance in (0.2, 0.3, 0.6):
            last = attrs.evolve(stages[2], pass_rate=chance)
            other = attrs.evolve(bolt, stages=[*stages[:2], last])
            singles.append(assess(ME, JOB, beside=[other]).value)
        (flip,) = [clause(sampled[names[0]], True, 0.4, answer.decision)]

        assert [name for name in sampled if name.startswith("beside")] == names
        assert sampled[names[0]].low == pytest.approx(0.3 / 1.7)
        assert rows.value == pytest.approx(singles, rel=1e-9)
        assert len(set(singles)) == 3
        assert flip == (
            "the chance to be passed on after the hiring manager of Bolt is above 40 %"
        )

    def test_defaults_of_the_processes_beside_are_drawn_too(self) -> None:
        other = Opportunity(name="Bolt", stages=technical())
        both = sampled_parameters(attrs.evolve(DECISION, beside=[other]))

        assert "panel.hours" not in drawn()
        names = [one.name for one in both]
        assert "panel.hours" in names
        assert len(set(names)) == len(names)

    @pytest.mark.parametrize(
        ("ranges", "told"),
        [
            ({"pay.maen": (0, 1)}, r"pay\.mean"),
            ({"pay.mean": (6, 8)}, r"ranges\['pay.mean'\].*value, 5, between"),
            ({"pay.mean": (8, 2)}, "lower and an upper"),
            ({"pay.mean": 5}, "lower and an upper"),
            ({"pay.mean": ("a", "b")}, "lower and an upper"),
            ({"hr_screen.pass_rate": (0.1, 60)}, r"hr_screen\.pass_rate"),
            ([("pay.mean", (0, 8))], "mapping"),
        ],
    )
    def test_a_range_that_cannot_be_meant_is_refused(
        self, ranges: Any, told: str
    ) -> None:
        with pytest.raises(InvalidFieldError, match=told):
            sampled_parameters(DECISION, ranges=ranges)


class TestTriangle:
    @pytest.mark.parametrize("mode", [0.0, 0.3, 2.0, 4.0])
    def test_it_is_the_inverse_distribution_function(self, mode: float) -> None:
        one = Parameter(
            name="x", value=mode, low=0.0, high=4.0, scale=1.0, unit="", path=()
        )
        at = np.linspace(0.0, 1.0, 101)

        peer = stats.triang(mode / 4.0, 0.0, 4.0).ppf(at)
        assert triangular_ppf(one, at) == pytest.approx(peer, abs=1e-12)

    def test_without_width_it_is_the_value_itself(self) -> None:
        one = Parameter(
            name="x", value=0.1, low=0.1, high=0.1, scale=1.0, unit="", path=()
        )

        assert set(triangular_ppf(one, np.linspace(0.0, 1.0, 11)).tolist()) == {0.1}


class TestDraw:
    def test_neither_blocks_nor_the_count_nor_other_numbers_matter(self) -> None:
        inputs = sampled_parameters(DECISION)

        def column(draws: int, block: int, place: int) -> list[float]:
            blocks = [min(block, draws - n) for n in range(0, draws, block)]
            parts = uniform_draws(inputs, np.random.default_rng(7), blocks)
            return [x for part in parts for x in part[inputs[place]].tolist()]

        whole = column(50, 50, 3)
        assert column(50, 7, 3) == whole
        assert column(20, 50, 3) == whole[:20]
        assert column(50, 50, 4) != whole


class TestRandomGenerator:
    @pytest.mark.parametrize(
        "rng",
        [
            7,
            [7],
            np.random.SeedSequence(7),
            np.random.PCG64(7),
            np.random.default_rng(7),
        ],
    )
    def test_it_is_what_numpy_makes_of_it(self, rng: RandomSource) -> None:
        """As SPEC 7 has it; and nothing global is read or changed."""
        before = str(np.random.get_state())  # noqa: NPY002  # the global state
        expected = np.random.default_rng([7] if isinstance(rng, list) else 7).random(3)

        assert random_generator("rng", rng).random(3).tolist() == expected.tolist()
        assert str(np.random.get_state()) == before  # noqa: NPY002  # likewise

    def test_a_generator_is_used_as_it_is(self) -> None:
        rng = np.random.default_rng(1)

        assert random_generator("rng", rng) is rng

    def test_none_is_different_each_time(self) -> None:
        numbers = {random_generator("rng", None).random() for _ in range(2)}

        assert len(numbers) == 2

    @pytest.mark.parametrize("rng", ["7", 1.5, -1, np.random.RandomState(7)])
    def test_what_is_none_of_them_is_refused(self, rng: Any) -> None:
        with pytest.raises(InvalidFieldError, match=r"^rng must be a seed or a gen"):
            random_generator("rng", rng)


class TestStatedChances:
    """Stated chances are as overconfident as stated standard deviations."""

    @pytest.mark.parametrize(
        ("chance", "low", "high"), [(0.5, 1 / 3, 2 / 3), (0.8, 2 / 3, 8 / 9)]
    )
    def test_their_odds_may_be_off_by_half_or_twice(
        self, chance: float, low: float, high: float
    ) -> None:
        stages = [Stage(kind="panel", pass_rate=chance, surfaces=chance)]
        job = Opportunity(
            name="A", stages=stages, hidden_role=chance, stays_open=chance
        )
        usual = Assumptions(numbers={"bail_chance": chance})
        decision = Decision(candidate=ME, opportunity=job, assumptions=usual)
        found = {one.name: one for one in sampled_parameters(decision)}

        for name in (
            *("stages[0].pass_rate", "stages[0].surfaces"),
            *("hidden_role", "stays_open", "bail_chance"),
        ):
            one = found[name]
            assert (one.low, one.high) == pytest.approx((low, high))

    def test_what_is_certain_stays_so(self) -> None:
        stages = [Stage(kind="panel", pass_rate=1, surfaces=0)]
        job = Opportunity(name="A", stages=stages)

        names = {
            one.name
            for one in sampled_parameters(Decision(candidate=ME, opportunity=job))
        }
        assert not {"stages[0].pass_rate", "stages[0].surfaces"} & names

    def test_that_the_answer_may_hang_on_one_is_seen(self) -> None:
        """Two hours for a sure prize of 7.2 h, at a chance of .35."""
        nothing = dict.fromkeys(set(ASPECTS) - {"pay"}, 0.0)
        job = Opportunity(
            name="A",
            stages=[Stage(kind="take_home", hours=2, pass_rate=0.35)],
            beliefs={"pay": Belief(mean=0.2, sd=0)},
        )
        plain = robustness(assess(Candidate(priorities=nothing), job), draws=1000)

        assert "stages[0].pass_rate" in {one.name for one in plain.influential}
