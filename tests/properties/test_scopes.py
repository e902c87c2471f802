"""What was noticed of an opportunity counts once, however far it carries."""

from typing import Any

from attrs import evolve
from hypothesis import given, settings, strategies as st

from interviewfit import (
    Candidate,
    Clue,
    NamedSign,
    Opportunity,
    Reading,
    assess,
    corporate,
)
from interviewfit.records import Scope

OTHER = Opportunity(name="Bolt", company="Bolt", field="ships", stages=corporate())
SIGNALS = st.one_of(
    st.builds(
        Reading,
        aspect=st.sampled_from(["culture", "stability", "pay"]),
        value=st.floats(-20, 20),
        noise=st.floats(1, 20),
    ),
    st.builds(Clue, event=st.just("passed_on"), factor=st.floats(0.2, 5)),
    st.builds(NamedSign, sign=st.sampled_from(["bad_reviews", "layoff_news"])),
)


@given(st.lists(SIGNALS, min_size=1, max_size=3), st.sampled_from(["company", "field"]))
@settings(max_examples=25)
def test_what_a_process_has_shown_is_counted_once(
    signals: list[Any], scope: str
) -> None:
    """Beside a process of another company and field, its scope makes no difference."""
    job = Opportunity(name="Acme", company="Acme", field="trains", stages=corporate())
    far = evolve(job, signals=[evolve(item, scope=Scope(scope)) for item in signals])
    near = evolve(job, signals=signals)

    carried, kept = (assess(Candidate(), each, beside=[OTHER]) for each in (far, near))

    assert carried.mean == kept.mean
    assert carried.sd == kept.sd
    assert carried.value == kept.value
