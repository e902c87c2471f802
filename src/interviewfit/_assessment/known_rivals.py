"""What is worked out once for all rows of a calculation on a decision beside others."""

from typing import TYPE_CHECKING

from attrs import define, field

from interviewfit._competition.known_chains import KnownChains

if TYPE_CHECKING:
    from interviewfit._competition.joint_search import JointSearch


@define(eq=False)
class KnownRivals:
    """What is known of the processes of a search from the rows before.

    Attributes:
        chains: That were solved.
        joint: The search as it was stated, once it was needed: with offers in it.
    """

    chains: KnownChains = field(factory=KnownChains)
    joint: "JointSearch | None" = None
