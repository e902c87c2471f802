"""Tables in boxes: as wide as they need, no wider than the screen, nothing lost."""

import re

import pytest
from hypothesis import given, settings, strategies as st

from interviewfit._text.layout import Paragraph, Table, columns_of, render
from interviewfit.extra._terminal import colour_setter

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
WORD = st.text("abcdefgh", min_size=1, max_size=12)
ROWS = st.integers(1, 4).flatmap(
    lambda count: st.lists(st.tuples(*[WORD] * count), min_size=1, max_size=4)
)
LEFT_OUT = st.sampled_from([0, 3, 1_200])


def boxed(table: Table, width: int) -> list[str]:
    """The lines of a table in a box, without colours."""
    return ESCAPE.sub("", colour_setter(width)([table])).splitlines()


@settings(max_examples=settings().max_examples // 2)
@given(
    rows=ROWS, headed=st.booleans(), indent=st.sampled_from([0, 2]), left_out=LEFT_OUT
)
def test_a_table_is_wrapped_only_where_it_does_not_fit(
    rows: list[tuple[str, ...]], headed: bool, indent: int, left_out: int
) -> None:
    count = len(rows[0])
    heads = ("head",) * count if headed else ("",) * count
    table = Table(heads, tuple(rows), indent=indent, left_out=left_out)
    natural = [
        max(len(cell) for cell in column) for column in zip(heads, *rows, strict=True)
    ]
    frame = 3 * count + 1 if headed else 2 * count
    enough = max(sum(natural) + frame + indent, 40 if left_out else 1)
    usual = len(rows) + (4 if headed else 0) + bool(left_out)

    lines: list[str] = []
    for width in (enough, enough + 5):
        lines = boxed(table, width)

        assert len(lines) == usual
        assert max(map(columns_of, lines)) <= width
        assert all(line.startswith(" " * indent) for line in lines)
    tight = sum(natural) + frame + indent - 1
    if not left_out and max(natural) > (4 if headed else 1):
        assert len(boxed(table, tight)) > usual
    shown = "".join(lines)
    assert all(cell in shown for row in rows for cell in row)
    assert (f"... and {left_out:,} more." in shown) == bool(left_out)
    # In plain text as many lines, but for the box.
    plain = render([table], enough + 5).splitlines()
    assert len(plain) == usual - (3 if headed else 0)


@pytest.mark.parametrize("no_colour", [False, True])
def test_what_to_do_is_in_colour_and_names_are_plain(
    no_colour: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if no_colour:
        monkeypatch.setenv("NO_COLOR", "1")
    else:
        monkeypatch.delenv("NO_COLOR", raising=False)
    kinds = ("go", "wait", "leave", "odd")
    rows = tuple((f"name {kind}", f"do {kind}", "12 h") for kind in kinds)
    bars = tuple((f"name {kind}", "+1.0", "+++") for kind in kinds)
    text = colour_setter(60)(
        [
            Paragraph("First", strong=True),
            Paragraph("then", indent=4),
            Paragraph(""),
            Table(("name", "what", "hours"), rows, kinds),
            Table(("", "", ""), bars, kinds),
            Table(("", ""), tuple(row[:2] for row in rows), kinds),
        ]
    )

    green, yellow, red = ("\x1b[32m", "\x1b[33m", "\x1b[31m")
    painted = {
        "go": [] if no_colour else [green],
        "wait": [] if no_colour else [yellow],
        "leave": [] if no_colour else [red],
        "odd": [],
    }
    plain = ESCAPE.sub("", text)
    assert plain.startswith("First\n    then\n\n╭")
    assert "\x1b[1mFirst" in text
    for kind, codes in painted.items():
        for line in text.split("\n"):
            if f"name {kind}" not in line:
                continue
            here = [code for code in (green, yellow, red) if code in line]
            assert here == codes
            before, _, after = line.partition(f"name {kind}")
            in_pairs = "12 h" not in line and "+++" not in line and "│" not in line
            assert any(code in before for code in codes) == (in_pairs and bool(codes))
            assert all(code in after for code in codes) or in_pairs
    assert "12 h" in plain
