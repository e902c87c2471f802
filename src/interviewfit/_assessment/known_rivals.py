"""What is worked out once for all rows of a calculation on a decision beside others."""

from typing import TYPE_CHECKING

from attrs import define, field

from interviewfit._competition.known_chains import KnownChains

if TYPE_CHECKING:
    from interviewfit._competition.entries import CompiledProcess
    from interviewfit._competition.joint_search import JointSearch
    from interviewfit._model.decision import Decision
    from interviewfit._model.units import Worth
    from interviewfit._model.vocabulary import Action


@define(eq=False)
class KnownRivals:
    """What is known of the processes of a search from the rows before.

    Attributes:
        chains: That were solved.
        joint: The search as it was stated, once it was needed: with offers in it.
        entries: The processes beside, as they were stated, once they were needed: for
            numbers that bear on none of them.
        lead: What exact chains add to each action, hours, once it was needed.
    """

    chains: KnownChains = field(factory=KnownChains)
    joint: "JointSearch | None" = None
    entries: "tuple[CompiledProcess[float], ...] | None" = None
    lead: "dict[Action, Worth] | None" = None

    def stated_rivals(
        self, decision: "Decision"
    ) -> "tuple[CompiledProcess[float], ...]":
        """The processes beside a decision, as they were stated, on their detours.

        They are compiled when they are first needed, and then kept: numbers that bear
        on none of them leave them as they are.

        Args:
            decision: The same in every call.
        """
        if self.entries is None:
            from interviewfit._assessment.ways import on_their_ways, ways_of
            from interviewfit._competition.entries import compile_beside

            stated: dict[str, float] = {}
            entries = compile_beside(decision, stated)
            self.entries = on_their_ways(entries, ways_of(entries))[1:]
        return self.entries
