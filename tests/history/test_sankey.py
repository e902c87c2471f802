"""Flows as SankeyMATIC reads them."""

import re
from collections import Counter

import pytest
from hypothesis import given

import strategies as fit
from interviewfit import InvalidFieldError
from interviewfit.history import History, StageEvent, to_sankey
from searches import REAL

FLOW = re.compile(r"([^\[\]#\n]+) \[([1-9]\d*)\] ([^\[\]#\n]+)")
ENDS = {
    *("Accepted", "Declined", "Withdrew", "Closed", "Rejected", "No answer"),
    "Still open",
}


def flows(text: str) -> dict[tuple[str, str], int]:
    """Every line is one flow, in the form of SankeyMATIC's manual."""
    found = {}
    for line in text.splitlines():
        match = FLOW.fullmatch(line)
        assert match, line
        found[match[1], match[3]] = int(match[2])
    assert len(found) == len(text.splitlines())
    return found


class TestSankey:
    def test_of_the_real_log(self) -> None:
        found = flows(to_sankey(REAL))

        assert found["Applied", "Screen"] == 23
        assert found["Applied", "No answer"] == 55
        assert found["Screen", "Interview 1"] == 10
        assert found["Interview 3", "Interview 5"] == 1
        ends = sum(many for (_, target), many in found.items() if target in ENDS)
        assert ends == 138

    def test_a_process_in_disorder_still_flows_one_way(self) -> None:
        kinds = ("rejected", "interview", "screen", "silent", "offer", "declined")
        log = History(
            events=[
                StageEvent(process="a", kind=kind, on=f"2025-05-0{day}")
                for day, kind in enumerate(kinds, start=1)
            ]
        )

        assert flows(to_sankey(log)) == {
            ("Screen", "Interview 1"): 1,
            ("Interview 1", "Offer"): 1,
            ("Offer", "Declined"): 1,
        }

    @given(log=fit.histories(40))
    def test_what_flows_in_flows_out_and_never_in_a_circle(self, log: History) -> None:
        found = flows(to_sankey(log))
        into, out = Counter[str](), Counter[str]()
        for (source, target), many in found.items():
            out[source] += many
            into[target] += many

        for name in set(out) & set(into):
            assert into[name] <= out[name]
        assert set(into) - set(out) <= ENDS
        assert not set(out) & ENDS
        heads = sum(out[name] - into[name] for name in out)
        assert heads == sum(into[name] for name in ENDS) <= len(log.events_by_process())
        # Taking away what nothing flows into, again and again, leaves nothing.
        left = dict(found)
        while left:
            targets = {target for _, target in left}
            rest = {flow: many for flow, many in left.items() if flow[0] in targets}
            assert len(rest) < len(left)
            left = rest

    def test_a_wrong_argument_is_refused(self) -> None:
        with pytest.raises(InvalidFieldError, match=r"to_sankey\(history\)"):
            to_sankey("log")  # type: ignore[arg-type]  # wrong on purpose

    def test_nothing_flows_of_nothing(self) -> None:
        assert to_sankey(History()) == ""
