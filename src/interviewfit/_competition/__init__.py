"""Several processes solved side by side, and what an alternative does to each."""

from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.entries import CompiledProcess
from interviewfit._competition.index_value import IndexPolicyValue
from interviewfit._competition.rivals import RivalDistribution
from interviewfit._competition.solved_processes import SolvedProcesses

__all__ = [
    "ChainParameters",
    "CompiledProcess",
    "IndexPolicyValue",
    "RivalDistribution",
    "SolvedProcesses",
]
