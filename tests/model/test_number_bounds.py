"""The bounds of every number refuse what cannot be meant and take what people have."""

from math import inf

import pytest

from interviewfit import Assumptions, InvalidFieldError
from interviewfit._model.parameters import PARAMETERS, PRIORS, ParameterSpec

CANNOT = {
    "% of pay": (65_000.0, 5_400.0, -65_000.0),
    "factor": (130.0, 100.0, -1.0),
    "chance": (60.0, 1.5, -0.1),
    "share": (60.0, 1.5, -0.1),
    "h": (65_000.0, -1.0),
    "days": (65_000.0, -1.0),
    "weeks": (2_026.0, -1.0),
    "years": (2_026.0, 100.0, -1.0),
    "interviews": (65_000.0, -1.0),
    "processes": (65_000.0, -1.0),
    "stages": (65_000.0, -1.0),
    "logit": (60.0, -1.0),
    "per logit": (60.0, -1.0),
    "h per hour": (60.0, -1.0),
    "correlation": (18.0, 1.5, -18.0),
}
"""What is money, a year or a percentage in the place of each unit."""

PEOPLE_HAVE = {
    "% of pay": (-100.0, -60.0, -0.5, 0.0, 5.0, 100.0, 300.0),
    "factor": (0.0, 0.5, 2.3, 10.0),
    "h": (0.0, 0.5, 8.0, 60.0),
    "days": (0.0, 14.0, 365.0),
    "weeks": (1.0, 12.0, 52.0),
    "years": (0.5, 5.0, 40.0),
    "interviews": (0.0, 0.5, 3.0),
}
"""What somebody may state, by unit."""

# A Bayes factor may be as large as evidence is strong.
FREE = {"signals[<number>].factor"}


def refuses(spec: ParameterSpec, value: float) -> bool:
    return not spec.low <= value <= spec.high


@pytest.mark.parametrize("name", sorted(PARAMETERS))
def test_what_cannot_be_meant_is_beyond_the_bounds(name: str) -> None:
    spec = PARAMETERS[name]
    assert spec.unit in CANNOT
    # An executive may be worth a hundred managers.
    influence = {100.0, 130.0} if "influence" in name else set[float]()
    for value in set() if name in FREE else {*CANNOT[spec.unit]} - influence:
        assert refuses(spec, value), value


@pytest.mark.parametrize("name", sorted(PARAMETERS))
def test_what_people_have_is_within_them(name: str) -> None:
    """Of defaults that is their whole plausible range."""
    spec = PARAMETERS[name]
    if spec.prior:
        assert spec.low <= spec.prior.low <= spec.prior.value
        assert spec.prior.value <= spec.prior.high <= spec.high
    elif spec.unit in PEOPLE_HAVE:
        # An error or a factor of 0 says more than anybody can know.
        least = spec.low if spec.low < 0.0 else max(spec.low, 0.0)
        # A sign of more than five times its strength is another sign.
        most = 5.0 if name.endswith(".strength") else inf
        values = [value for value in PEOPLE_HAVE[spec.unit] if least <= value <= most]
        assert not any(refuses(spec, value) for value in values)


@pytest.mark.parametrize("name", sorted(PRIORS))
def test_an_assumption_beyond_them_is_refused_by_name(name: str) -> None:
    for value in (PARAMETERS[name].high * 1.01 + 0.01, PARAMETERS[name].low - 0.01):
        with pytest.raises(InvalidFieldError, match=rf"numbers\['{name}'\]"):
            Assumptions(numbers={name: value})
