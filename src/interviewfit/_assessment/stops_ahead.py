"""What is known of an interview that one is in, and after it, without solving again."""

from functools import cached_property

from attrs import frozen

from interviewfit._model.units import Worth
from interviewfit._numeric.arrays import Number
from interviewfit._process.compilation import Process
from interviewfit._solver.mutual_solution import MutualSolution
from interviewfit._solver.mutual_stops import KnownStop


@frozen(eq=False)
class StopsAhead:
    """The first stops of a process in which passes tell of the fit.

    Attributes:
        solution: Of its steps.
        believed: The surplus after the first of them as things stand, hours.
    """

    solution: MutualSolution
    believed: Worth

    @classmethod
    def of(cls, solution: object, process: Process[Number]) -> "StopsAhead | None":
        """Those of a process; None where nobody goes on with it.

        Args:
            solution: Of the steps of the process.
            process: Of a single decision, from an interview that one is in.
        """
        if not isinstance(solution, MutualSolution):
            return None
        return cls(solution, float(process.mean_hours + process.steps[0].drift))

    @cached_property
    def now(self) -> KnownStop | None:
        """What staying in the interview is worth, and could be."""
        return self.solution.first_stop()

    @cached_property
    def afterwards(self) -> KnownStop | None:
        """What going on after it is worth, and could be."""
        return self.solution.second_stop(self.believed)
