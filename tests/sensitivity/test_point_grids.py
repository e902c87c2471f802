"""Values on a grid of which some are evaluated, against SciPy's interpolation."""

from collections.abc import Sequence
from functools import partial

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.interpolate import RegularGridInterpolator

from interviewfit import Candidate, Opportunity, Position, assess, corporate
from interviewfit._numeric.arrays import BoolArray, FloatArray, FloatColumn
from interviewfit._numeric.effort import spend
from interviewfit.sensitivity import sweep
from interviewfit.sensitivity._point_grids import PointGrid
from interviewfit.sensitivity._work import Allowance

EACH = 100
"""Operations that a point takes."""


class Known(PointGrid):
    """A curve, a sum of the numbers, and what is closed where the first is low."""

    def layers_at(self, columns: Sequence[FloatColumn]) -> FloatArray:
        spend(EACH * columns[0].size)
        first = columns[0]
        curve = np.prod([np.cos(column / 3.0) for column in columns], axis=0)
        return np.vstack((curve, sum(columns), np.where(first < 0.0, -np.inf, first)))


def _collect(calls: list[tuple[int, int]], done: int, total: int, /) -> None:
    calls.append((done, total))


def between(
    axes: Sequence[FloatColumn], chosen: BoolArray, layer: FloatArray
) -> FloatArray:
    """A layer at all points by those chosen, which are all those on some lines.

    Args:
        axes: Rising values.
        chosen, layer: Of each point.
    """
    lines = [
        np.flatnonzero(chosen.any(axis=tuple({*range(chosen.ndim)} - {number})))
        for number in range(chosen.ndim)
    ]
    assert chosen[np.ix_(*lines)].all()
    assert chosen.sum() == np.prod([line.size for line in lines])
    wide = [number for number, axis in enumerate(axes) if axis.size > 1]
    if not wide:
        return layer
    points = np.stack(np.meshgrid(*(axes[n] for n in wide), indexing="ij"), axis=-1)
    known = [axes[number][lines[number]] for number in wide]
    inside = layer[np.ix_(*lines)].reshape([line.size for line in known])
    shown = RegularGridInterpolator(known, inside)(points)
    return np.asarray(shown).reshape(layer.shape)


AXIS = st.lists(
    st.integers(-40, 40).map(lambda number: number / 4.0), min_size=1, max_size=20
)


@given(axes=st.lists(AXIS, min_size=1, max_size=2), allowed=st.integers(1, 500))
def test_between_points_it_is_what_scipy_says(
    axes: list[list[float]], allowed: int
) -> None:
    columns = [np.array(axis) for axis in axes]
    grid = Known(columns, Allowance(EACH * allowed))
    calls: list[tuple[int, int]] = []
    total = grid.evaluated.size

    parts = grid.refine(EACH * total, partial(_collect, calls))
    values, error = grid.completed(parts)

    whole = Known(columns, Allowance(np.inf))
    whole.refine(0.0)
    exact, none = whole.completed([total])
    assert whole.evaluated.all()
    assert not none.any()
    for axis, column, place in zip(grid.axes, columns, grid.places, strict=True):
        assert (axis[place] == column).all()
        assert (np.diff(axis) > 0.0).all()
    least = np.prod([min(axis.size, 3) for axis in grid.axes])
    assert least <= grid.evaluated.sum() <= max(least, allowed)
    assert allowed < total or grid.evaluated.all()
    assert (values == exact)[:, grid.evaluated].all()
    for layer in (0, 1):
        expected = between(grid.axes, grid.evaluated, exact[layer])
        np.testing.assert_allclose(values[layer], expected, 1e-12, 1e-12)
    is_closed = between(grid.axes, grid.evaluated, np.isinf(exact[2]).astype(float))
    assert (np.isinf(values[2]) == (is_closed > 1e-9)).all()
    assert error[1] <= 1e-9
    assert [total for _, total in calls] == [total] * len(calls)
    done = [count for count, _ in calls]
    assert done == sorted(done)
    assert (done[0], done[-1]) == (0, total)


@given(axes=st.lists(AXIS, min_size=1, max_size=2), allowed=st.integers(1, 200))
def test_it_is_off_by_as_much_as_half_the_lines_would_be(
    axes: list[list[float]], allowed: int
) -> None:
    grid = Known([np.array(axis) for axis in axes], Allowance(EACH * allowed))
    parts = grid.refine(EACH * grid.evaluated.size)
    _, error = grid.completed(parts)

    expected = 0.0
    if not grid.evaluated.all():
        for number, (part, axis) in enumerate(zip(parts, grid.axes, strict=True)):
            if part < axis.size - 1:
                halved = [*parts]
                halved[number] = part // 2
                coarse = np.zeros_like(grid.evaluated)
                coarse[np.ix_(*grid.lines(halved))] = True
                off = between(grid.axes, coarse, grid.values[0]) - grid.values[0]
                expected += float(np.abs(off)[grid.evaluated].max())
    assert error[0] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("phase", ["before", "midway"])
@pytest.mark.parametrize("stop", [(), ("arms",)])
def test_between_points_the_action_is_that_of_the_largest_value(
    phase: str, stop: Sequence[str]
) -> None:
    """Unless a dealbreaker decides. Staying midway is one value under two names."""
    who = Candidate(dealbreakers=stop)
    job = Opportunity(
        name="Acme", stages=corporate(), position=Position(phase=phase), tags=["arms"]
    )
    names = "role.mean", "weights.time"
    grid = np.linspace(-40.0, 20.0, 31), np.linspace(0.0, 5.0, 21)
    found = assess(who, job)
    whole = sweep(found, names, grid)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("interviewfit._numeric.effort.LARGEST_WORK", 1_000_000)
        few = sweep(found, names, grid)

    assert few.evaluated is not None
    assert not few.evaluated.all()
    for answer in (few, whole):
        if stop:
            assert {*answer.actions.ravel().tolist()} == {found.action.value}
            continue
        expected = np.array([action.value for action in answer.action_values])[
            np.argmax(list(answer.action_values.values()), axis=0)
        ]
        if answer.afterwards is not None:
            staying = expected == "continue"
            expected = expected.astype("U17")
            expected[staying & (answer.afterwards <= 0.0)] = "finish_politely"
        assert (answer.actions == expected).all()
        assert len({*expected.ravel().tolist()}) > 1
    assert np.mean(few.actions == whole.actions) > 0.9
