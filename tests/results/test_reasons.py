"""How reasons read."""

from interviewfit import Action
from interviewfit.records import Reason, Reasons


def test_what_rounds_to_nothing_has_no_sign() -> None:
    reason = Reason(
        name="fallback",
        what="your present job ends",
        effect_hours=-0.01,
        effect_percent=-0.3,
        action_without=Action.TAKE,
    )

    text = str(
        Reasons(
            items=(reason,),
            margin=-0.01,
            margin_unsaid=-0.01,
            action_unsaid=Action.TAKE,
        )
    )

    assert "-0.0" not in text
    assert "(0.0 h)" in text
    assert "it would be 0.0 h (take)." in text
