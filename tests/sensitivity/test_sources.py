import pytest

from interviewfit import Candidate, Opportunity, Phase, Position, Stage, corporate
from interviewfit.records import Decision
from interviewfit.sensitivity._sources import Source, sources_of


def sources(aspect: str, **changes: object) -> tuple[Source, ...]:
    job = Opportunity(name="Acme", **{"stages": corporate(), **changes})  # type: ignore[arg-type]  # any fields
    return sources_of(Decision(candidate=Candidate(), opportunity=job), aspect)


class TestSourcesOf:
    def test_shares_are_of_what_is_unknown_now(self) -> None:
        """Half of it, then 35 % of the half that is left, then 20 % of that."""
        shares = [one.share for one in sources("pay")]

        assert shares == pytest.approx([0.5, 0.175, 0.065])

    def test_hours_add_up_to_the_end_of_each_stage(self) -> None:
        assert [one.hours for one in sources("pay")] == [1.5, 6.5, 13.0]

    def test_a_stage_that_shows_nothing_is_no_source(self) -> None:
        assert [one.where for one in sources("stability")] == [
            "hiring manager",
            "executive",
        ]

    def test_the_desk_comes_first_if_nobody_has_looked(self) -> None:
        first = sources("commute", unresearched=True)[0]

        assert (first.where, first.share, first.hours) == ("desk research", 0.5, 0.5)

    def test_midway_only_the_second_half_is_left(self) -> None:
        """
        Of a share of .5 a quarter has been seen; of the rest a third is still to come.
        """
        first = sources("pay", position=Position(phase=Phase.MIDWAY))[0]

        assert first.share == pytest.approx(0.25 / 0.75)
        assert first.hours == pytest.approx(0.25)

    def test_there_is_nobody_to_ask_with_an_offer(self) -> None:
        assert not sources("pay", position=Position(phase=Phase.OFFERED))

    def test_what_a_stage_is_said_to_show_counts(self) -> None:
        (only,) = sources(
            "canteen",
            stages=[
                Stage(kind="take_home"),
                Stage(kind="panel", name="lunch", reveals={"canteen": 1}),
            ],
        )
        assert (only.where, only.share) == ("lunch", 1.0)
