"""What is worked out once for all rows of a calculation on a decision beside others."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from attrs import define, field

from interviewfit._competition.known_chains import KnownChains
from interviewfit._model.decision import SettledDecision
from interviewfit._model.vocabulary import Action, Phase

if TYPE_CHECKING:
    from interviewfit._competition.entries import CompiledProcess
    from interviewfit._competition.joint_search import JointSearch
    from interviewfit._model.decision import Decision
    from interviewfit._model.units import Worth
    from interviewfit._results.assessment import Verdict


@define(eq=False)
class KnownRivals:
    """What is known of the processes of a search from the rows before.

    Attributes:
        exact: What each action is worth as the decision stands, hours, if that is known
            already. Staying in mid-interview is *continue*.
        chains: That were solved.
        joint: The search as it was stated, once it was needed: with offers in it.
        lead: What exact chains add to each action, hours, once it was needed.
    """

    exact: "Mapping[Action, Worth] | None" = None
    chains: KnownChains = field(factory=KnownChains, init=False)
    joint: "JointSearch | None" = field(default=None, init=False)
    lead: "dict[Action, Worth] | None" = field(default=None, init=False)
    _entries: "tuple[CompiledProcess[float], ...]" = field(default=(), init=False)
    _ways: "tuple[Action | None, ...]" = field(default=(), init=False)
    _on_ways: "tuple[CompiledProcess[float], ...]" = field(default=(), init=False)

    @classmethod
    def of(cls, decision: "Decision", verdict: "Verdict") -> "KnownRivals":
        """What an answer already says of the rows of its decision.

        Of an offer with a date it says nothing, because that changes what it is worth.

        Args:
            decision, verdict: The decision, and the answer to it.
        """
        is_dated = isinstance(decision, SettledDecision)
        if is_dated and verdict.phase is Phase.OFFERED:
            return cls()
        stays = {Action.FINISH_POLITELY: Action.CONTINUE}
        choices = verdict.choices
        return cls({stays.get(it.action, it.action): it.value for it in choices})

    def entries(self, decision: "Decision") -> "tuple[CompiledProcess[float], ...]":
        """The process of a decision and those beside it, as stated.

        They are compiled when they are first needed, and then kept.

        Args:
            decision: The same in every call.
        """
        if not self._entries:
            from interviewfit._competition.entries import compile_beside

            stated: dict[str, float] = {}
            self._entries = compile_beside(decision, stated)
        return self._entries

    def ways(self, decision: "Decision") -> "tuple[Action | None, ...]":
        """The detour that each of them takes first, likewise.

        Args:
            decision: The same in every call.
        """
        if not self._ways:
            from interviewfit._assessment.ways import ways_of

            self._ways = ways_of(self.entries(decision))
        return self._ways

    def on_ways(self, decision: "Decision") -> "tuple[CompiledProcess[float], ...]":
        """The same processes on their detours.

        Numbers that bear on none of those beside the decision leave them as they are.

        Args:
            decision: The same in every call.
        """
        if not self._on_ways:
            from interviewfit._assessment.ways import on_their_ways

            entries, ways = self.entries(decision), self.ways(decision)
            self._on_ways = on_their_ways(entries, ways)
        return self._on_ways
