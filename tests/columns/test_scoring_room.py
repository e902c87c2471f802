"""
Which actions may be open in some row, by the columns' names; and what room they take.
"""

from typing import Any

import numpy as np
import pytest

from interviewfit import (
    Belief,
    Candidate,
    DecodeError,
    InvalidFieldError,
    Opportunity,
    Reading,
    Stage,
    Term,
    Weights,
    assess,
    corporate,
    score,
)

ME = Candidate()
FIRM: dict[str, Any] = {"scope": "company", "about": "Acme"}
NEWS = Reading(aspect="pay", value=0, noise=10, unsettled=12, **FIRM)
SETTLED = Reading(aspect="pay", value=0, noise=10, **FIRM)
PLAIN: dict[str, Any] = {"process": "corporate", "pay.mean": [5.0, -60.0]}
BOTH = np.array([0, 1])


def actions(**columns: Any) -> set[str]:
    """Which may be open, with these columns more; dots are written as underscores."""
    named = {name.replace("signs_", "signs."): one for name, one in columns.items()}
    return {one.value for one in score(ME, {**PLAIN, **named}).actions}


class TestActions:
    @pytest.mark.parametrize(
        ("columns", "expected"),
        [
            ({}, {"take", "decline"}),
            ({"stage": 0}, {"take", "decline"}),
            ({"stage": 1}, {"continue", "withdraw_politely"}),
            (
                {"stage": BOTH},
                {"take", "decline", "continue", "withdraw_politely"},
            ),
            ({"phase": "before"}, {"take", "decline"}),
            ({"phase": "midway"}, {"continue", "leave"}),
            ({"phase": "midway", "stage": 1}, {"continue", "leave"}),
            ({"phase": "offered"}, {"accept_offer", "decline_offer", "ask_first"}),
            (
                {"phase": "offered", "questions_asked": True},
                {"accept_offer", "decline_offer"},
            ),
            ({"phase": "rejected"}, {"move_on"}),
            (
                {"phase": ["before", "before"]},
                {
                    *("take", "decline", "continue", "leave"),
                    *("accept_offer", "decline_offer", "move_on", "ask_first"),
                },
            ),
            ({"unresearched": True}, {"take", "decline", "investigate"}),
            ({"unresearched": False}, {"take", "decline"}),
            ({"unresearched": [False, False]}, {"take", "decline", "investigate"}),
            ({"phase": "midway", "unresearched": True}, {"continue", "leave"}),
            ({"phase": "rejected", "signs_merger_talks": True}, {"move_on"}),
            ({"phase": "midway", "signs_merger_talks": True}, {"continue", "leave"}),
            ({"signs_merger_talks": True}, {"take", "decline", "postpone"}),
            ({"signs_merger_talks": [False, False]}, {"take", "decline", "postpone"}),
            ({"signs_merger_talks": False}, {"take", "decline"}),
            ({"signs_bad_reviews": True}, {"take", "decline"}),
            (
                {"phase": "offered", "signs_merger_talks": True},
                {"accept_offer", "decline_offer", "postpone", "ask_first"},
            ),
        ],
    )
    def test_that_may_be_open(
        self, columns: dict[str, Any], expected: set[str]
    ) -> None:
        assert actions(**columns) == expected

    @pytest.mark.parametrize(("lesson", "waits"), [(NEWS, True), (SETTLED, False)])
    def test_news_learned_elsewhere_may_be_waited_for(
        self, lesson: Reading, *, waits: bool
    ) -> None:
        me = Candidate(learned=[lesson])

        found = score(me, PLAIN)

        assert ("postpone" in found.actions) is waits

    @pytest.mark.parametrize(
        ("stage", "expected"),
        [(0, {"take", "decline"}), (1, {"continue", "withdraw_politely"})],
    )
    def test_are_those_of_the_stage_also_where_there_is_no_row(
        self, stage: int, expected: set[str]
    ) -> None:
        assert actions(stage=stage, **{"pay.mean": []}) == expected
        with pytest.raises(DecodeError, match="'stage' must be a whole number"):
            actions(stage=np.nan, **{"pay.mean": []})

    def test_come_in_one_order(self) -> None:
        mixed = {**PLAIN, "phase": ["before", "before"], "unresearched": True}

        assert [one.value for one in score(ME, mixed).actions] == [
            *("take", "continue", "leave", "decline", "investigate"),
            *("accept_offer", "decline_offer", "move_on", "ask_first"),
        ]


class TestRoom:
    @pytest.mark.parametrize("terms", [False, True])
    def test_of_an_earlier_call_must_be_as_it_would_be_made(
        self, *, terms: bool
    ) -> None:
        room = score(ME, PLAIN, terms=terms)
        again = score(ME, {**PLAIN, "pay.mean": [1.0, 2.0]}, terms=terms, out=room)
        assert again is room
        assert (room.details is None) is not terms

        for columns, wrong in (
            ({**PLAIN, "pay.mean": [1.0]}, terms),
            ({**PLAIN, "unresearched": True}, terms),
            (PLAIN, not terms),
        ):
            with pytest.raises(
                InvalidFieldError,
                match=r"^score\(out\) must be of (?:1 row|2 rows) of the same columns",
            ):
                score(ME, columns, terms=wrong, out=room)

    def test_terms_have_room_for_the_longest_process(self) -> None:
        """
        A row in a short process and one in the longest there is, which has most steps.
        """
        long = [Stage(kind="panel", name=f"round {one}") for one in range(6)]
        columns = {"process": ["long", "corporate"], "pay.mean": [9.0, 9.0]}

        found = score(ME, columns, processes={"long": long}, terms=True)

        for row, stages in enumerate((long, corporate())):
            pay = Belief(mean=9.0, sd=5.0)
            job = Opportunity(name="a", stages=stages, beliefs={"pay": pay})
            alone = assess(ME, job)
            assert found.details is not None
            terms = {term: each[row] for term, each in found.details.terms.items()}
            assert terms == pytest.approx({**dict.fromkeys(Term, 0), **alone.terms})
            assert found.value[row] == pytest.approx(alone.value)


class TestArguments:
    @pytest.mark.parametrize(
        ("argument", "value", "words"),
        [
            ("candidate", "me", "score(candidate) must be a Candidate, got 'me'"),
            ("assumptions", 3, "score(assumptions) must be Assumptions, got 3"),
            ("threads", 0, "score(threads) must be a whole number above 0, got 0"),
            ("threads", 1.0, "score(threads) must be a whole number above 0, got 1.0"),
            (
                "threads",
                True,
                "score(threads) must be a whole number above 0, got True",
            ),
            ("processes", [], "score(processes) must be a mapping by name, got []"),
            ("processes", {"own": 3}, "score(processes['own']) must be a list"),
        ],
    )
    def test_what_is_wrong_is_named(
        self, argument: str, value: object, words: str
    ) -> None:
        arguments: dict[str, Any] = {"candidate": ME, argument: value}

        with pytest.raises(InvalidFieldError) as caught:
            score(arguments.pop("candidate"), PLAIN, **arguments)

        assert str(caught.value).startswith(words)

    def test_of_a_process_it_is_said_how_to_write_one(self) -> None:
        wrong: Any = {"own": 3}

        with pytest.raises(InvalidFieldError) as caught:
            score(ME, PLAIN, processes=wrong)

        assert "Stage(kind='hr_screen')" in str(caught.value)

    def test_rows_are_counted_from_where_it_is_said(self) -> None:
        columns = {**PLAIN, "weights.time": [1.0, -1.0]}

        with pytest.raises(DecodeError, match="row 1 "):
            score(ME, columns)
        with pytest.raises(DecodeError, match="row 41 "):
            score(ME, columns, first_row=40)

    def test_one_thread_and_several_are_the_same(self) -> None:
        columns = {**PLAIN, "relevance": [0.2, 0.9]}
        one = score(ME, columns, threads=1)

        for threads in (2, 3):
            found = score(ME, columns, threads=threads)
            assert (found.value == one.value).all()
            assert (found.codes == one.codes).all()

    def test_an_own_process_may_take_a_name_of_ours(self) -> None:
        own = [Stage(kind="panel")]
        found = score(ME, PLAIN, processes={"corporate": own})

        assert found.value[0] == pytest.approx(
            score(ME, {**PLAIN, "process": "own"}, processes={"own": own}).value[0]
        )
        assert found.value[0] != score(ME, PLAIN).value[0]


class TestSharing:
    """Rows that share a process are read off; either way each answers as if alone."""

    @pytest.mark.parametrize(
        ("me", "columns"),
        [
            (ME, {"role.mean": [3.0, -2.0]}),
            (ME, {"culture.mean": [3.0, -2.0]}),
            (ME, {"fallback": [3.0, -2.0]}),
            (ME, {"pay.sd": [3.0, 2.0]}),
            (Candidate(weights=Weights(hidden_role=0)), {"culture.mean": [3.0, -2.0]}),
            (
                Candidate(weights=Weights(hidden_role=0)),
                {"culture.mean": [3.0, -2.0], "weights.hidden_role": [0.0, 5.0]},
            ),
            (
                Candidate(weights=Weights(hidden_role=0)),
                {"culture.mean": [3.0, -2.0], "weights.hidden_role": 5.0},
            ),
            (ME, {"phase": "offered", "culture.mean": [3.0, -2.0]}),
            (ME, {"phase": "rejected", "culture.mean": [3.0, -2.0]}),
            (ME, {"phase": ["offered", "before"], "culture.mean": [3.0, -2.0]}),
            (ME, {"signs.bad_reviews": [True, False]}),
        ],
    )
    def test_or_not_a_row_is_what_it_is_alone(
        self, me: Candidate, columns: dict[str, Any]
    ) -> None:
        whole = score(me, {**PLAIN, **columns})

        for row in range(2):
            alone = {
                name: one[row : row + 1] if isinstance(one, list) else one
                for name, one in {**PLAIN, **columns}.items()
            }
            parted = score(me, alone, terms=True)
            assert whole.value[row] == pytest.approx(parted.value[0], abs=1e-9)
            assert whole.action[row] == parted.action[0]

    @pytest.mark.parametrize("stage", [None, 0, 1])
    def test_another_role_may_come_up_in_the_stage_one_stands_at(
        self, stage: int | None
    ) -> None:
        """Nowhere else, so only there does the firm count twice."""
        shows = Stage(kind="panel", surfaces=0.9)
        silent = Stage(kind="panel", surfaces=0)
        stages = [silent, shows] if stage == 1 else [shows, silent]
        columns = {"process": "own", "culture.mean": [9.0, -9.0], "hidden_role": 0.9}
        columns |= {} if stage is None else {"stage": stage}
        own = {"own": stages}

        shared = score(ME, columns, processes=own)
        alone = score(ME, columns, processes=own, terms=True)

        assert shared.value == pytest.approx(alone.value, abs=1e-9)
        assert alone.details is not None
        assert (alone.details.terms[Term.HIDDEN_ROLE] > 1.0).all()

    def test_by_hand(self) -> None:
        """Where another role counts, what the firm is like counts twice."""
        columns = {"process": "corporate", "culture.mean": [5.0], "culture.sd": 3.0}
        for weight in (0.0, 20.0):
            me = Candidate(weights=Weights(hidden_role=weight))
            job = Opportunity(
                name="a",
                stages=corporate(),
                beliefs={"culture": Belief(mean=5, sd=3)},
            )
            alone = assess(me, job)
            assert score(me, columns).value[0] == pytest.approx(alone.value, abs=1e-9)
