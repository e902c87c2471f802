"""Index policies of searches of equally many processes, worked out together.

The same processes at several prices of the hour, or with several amounts of skill, are
such searches. A call costs more than its arithmetic, so all of them share the calls in
which acceptances are worked out.

Reference: M. L. Weitzman, "Optimal search for the best alternative", Econometrica 47
(1979) 641-654, for the policy (``index_value``).
"""

from collections.abc import Sequence

import numpy as np

from interviewfit._competition.begun_processes import BegunProcesses
from interviewfit._competition.index_value import IndexPolicyValue
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.units import Worth
from interviewfit._numeric.arrays import FloatArray, IndexArray

# Processes whose acceptances are worked out together, so that memory is bounded.
_MOST_TOGETHER = 256


def index_policies(
    searches: Sequence[SolvedProcesses], outside_option: Worth
) -> list[IndexPolicyValue]:
    """``SolvedProcesses.index_policy`` of each of some searches.

    Of very many, some at a time share their calls, so that memory is bounded.

    Args:
        searches: Solved; each has equally many processes.
        outside_option: The sure alternative, hours.
    """
    count = searches[0].means.size if searches else 0
    most = max(1, _MOST_TOGETHER // max(1, count))
    if len(searches) > most:
        first = index_policies(searches[:most], outside_option)
        return first + index_policies(searches[most:], outside_option)
    if len(searches) < 2 or not count:
        return [search.index_policy(outside_option) for search in searches]
    solved = SolvedProcesses.stack(searches)
    rows = np.arange(solved.means.size).reshape(-1, count)

    def at_nodes(owner: IndexArray, nodes: FloatArray) -> FloatArray:
        """Acceptances in the search of each panel, ``(processes, panels, NODES)``.

        All searches that still have panels are asked at equally many alternatives.

        Args:
            owner: The search of each panel, ``(panels,)``.
            nodes: Of each panel, hours, ``(panels, NODES)``.
        """
        if not owner.size:
            return np.empty((count, 0, nodes.shape[1]))
        present, position = np.unique(owner, return_inverse=True)
        order = np.argsort(position, kind="stable")
        starts = np.searchsorted(position[order], np.arange(present.size))
        number = np.empty(owner.size, np.intp)
        number[order] = np.arange(owner.size) - starts[position[order]]
        # Searches of fewer panels are filled up with the outside option.
        shape = present.size, int(number.max()) + 1, nodes.shape[1]
        alternatives = np.full(shape, outside_option)
        alternatives[position, number] = nodes
        of_process = alternatives.reshape(present.size, -1).repeat(count, axis=0)
        asked_for = solved.take(rows[present].ravel())
        begun = BegunProcesses.of(asked_for, outside_option)
        chances = begun.acceptance(of_process)
        by_search = chances.reshape(present.size, count, *shape[1:])
        return np.asarray(by_search[position, :, number].transpose(1, 0, 2))

    shape = len(searches), count
    tops = solved.ends.reshape(shape).max(axis=1, initial=outside_option)
    widths = (tops - outside_option).repeat(count)
    breaks, jumps = (
        points.reshape(*shape, points.shape[1])
        for points in (solved.breakpoints(widths), solved.breakpoints(0.0))
    )
    return IndexPolicyValue.side_by_side(
        outside_option,
        solved.indices.reshape(shape),
        solved.levels.reshape(shape),
        solved.upper_supports.reshape(shape),
        breaks,
        at_nodes,
        [BegunProcesses.of(search, outside_option).acceptance for search in searches],
        jumps,
    )
