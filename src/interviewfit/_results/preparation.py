"""How many hours to prepare for each stage, and what that brings."""

from attrs import frozen

from interviewfit._model.units import Hours, Probability, Worth
from interviewfit._model.vocabulary import Action

# Hours that round to nothing.
_SMALL = 0.05


@frozen(kw_only=True)
class StageHours:
    """The hours for one stage ahead.

    Attributes:
        stage: Its title.
        hours: To prepare for it; of a task that is done alone, to do it.
        usual: What is usual or was stated, and the least that is advised, likewise.
        pass_rate: Chance to be passed on after so many hours.
        usual_pass_rate: The same after the usual hours.
        is_stated: Whether somebody stated the hours, so that they stay.
    """

    stage: str
    hours: Hours
    usual: Hours
    pass_rate: Probability
    usual_pass_rate: Probability
    is_stated: bool = False

    def __repr__(self) -> str:
        return f"<StageHours {self.stage}: {self.hours:.1f} h>"


@frozen(kw_only=True)
class Preparation:
    """The hours for every stage ahead that together are worth most, if one goes on.

    Attributes:
        stages: Those ahead for which one can still prepare, in order.
        value: Of going on with these hours, hours.
        gain: Against the usual hours, hours, at least 0.
        action: The best action with these hours.
        turns: Whether that is another one than with the usual hours.
    """

    stages: tuple[StageHours, ...]
    value: Worth
    gain: Worth
    action: Action
    turns: bool = False

    def __repr__(self) -> str:
        return f"<Preparation: {self.gain:+.1f} h>"

    @property
    def is_more(self) -> bool:
        """Whether it is worth more than nothing to prepare more than usual."""
        return self.gain > _SMALL
