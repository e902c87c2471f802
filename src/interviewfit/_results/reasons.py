"""What each thing that was said does to an answer."""

from collections.abc import Collection, Sequence
from math import fsum
from typing import ClassVar, overload

from attrs import evolve, frozen

from interviewfit._model.units import PercentOfPay, Worth, rounded
from interviewfit._model.vocabulary import Action
from interviewfit._results.tables import Tabular


@frozen(kw_only=True)
class Reason:
    """One thing that was said, and what it does to the answer.

    Attributes:
        name: Which: ``"signals[0]"``, ``"beliefs.pay"``, ``"stages[1].hours"``,
            ``"position"``, ``"beside"``, or any other field of the decision.
        what: The same in words that follow "because".
        effect_hours: The lead of the advised action with it minus the lead without it,
            hours; below 0 it speaks against the advice.
        effect_percent: What it does to the fit, percent of pay.
        action_without: The advice if it had not been said.
        turns: Whether that is another advice.
    """

    name: str
    what: str
    effect_hours: Worth
    effect_percent: PercentOfPay
    action_without: Action
    turns: bool = False

    def __repr__(self) -> str:
        return f"<Reason {self.name}: {self.effect_hours:+.1f} h>"


@frozen(kw_only=True, repr=False)
class Reasons(Tabular, Sequence[Reason]):
    """All things said that bear on an answer, the largest effect first.

    Attributes:
        items: One for each.
        margin: The lead of the advised action over the best other one, hours. Below 0
            where a dealbreaker forces it.
        margin_unsaid: The same if nothing had been said, at the same position, hours.
        action_unsaid: The advice then.
        decisive: Names of what decides. If they ``turns``, the advice is another one
            without any one of them; else only without all of them. Empty if nothing
            that was said decides.
    """

    _row_name: ClassVar[str] = "items"

    items: tuple[Reason, ...]
    margin: Worth
    margin_unsaid: Worth
    action_unsaid: Action
    decisive: tuple[str, ...] = ()

    @overload
    def __getitem__(self, index: int) -> Reason: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Reason, ...]: ...
    def __getitem__(self, index: int | slice) -> Reason | tuple[Reason, ...]:
        return self.items[index]

    def __len__(self) -> int:
        return len(self.items)

    @property
    def remainder(self) -> Worth:
        """What all things said do together beyond the sum of their effects, hours.

        Two things that say the same count less together than apart. The position is no
        opinion: its effect is in neither.
        """
        effects = [-item.effect_hours for item in self.items if item.name != "position"]
        return fsum([self.margin, -self.margin_unsaid, *effects])

    def without(self, names: Collection[str]) -> "Reasons":
        """The same without the reasons of some names."""
        return evolve(
            self,
            items=tuple(item for item in self.items if item.name not in names),
            decisive=tuple(name for name in self.decisive if name not in names),
        )

    @property
    def deciding(self) -> tuple[Reason, ...]:
        """The reasons named in *decisive*, in its order."""
        by_name = {item.name: item for item in self.items}
        return tuple(by_name[name] for name in self.decisive)

    def __str__(self) -> str:
        lead = f"the lead of this answer ({rounded(self.margin, 1):,.1f} h)"
        lines = [f"What each thing you said does to {lead}:"]
        for item in self.items:
            percent = rounded(item.effect_percent)
            fit = f", fit {percent:+,.0f} %" if percent else ""
            words = item.action_without.replace("_", " ")
            without = f" (without it: {words})" if item.turns else ""
            effect = rounded(item.effect_hours, 1)
            lines.append(f"  {effect:+,.1f} h{fit}: {item.what}{without}")
        together = rounded(self.remainder, 1)
        lines.append(f"  {together:+,.1f} h: together, beyond what each does alone")
        words = self.action_unsaid.replace("_", " ")
        unsaid = rounded(self.margin_unsaid, 1)
        lines.append(f"  With nothing said it would be {unsaid:,.1f} h ({words}).")
        return "\n".join(lines)

    def __repr__(self) -> str:
        count = len(self.items)
        return f"<Reasons: {count}, {len(self.decisive)} decisive>"
