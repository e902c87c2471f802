"""A reference for processes that cannot wait in the middle of an interview.

The moves are those of ``portfolio_oracle``, in which every open process may wait for as
long as one likes. Here a process about to take an odd step is midway: before anything
else the stage is finished, or the candidate walks out and gets its exit.
"""

import math
from functools import cache

from portfolio_oracle import (
    FiniteProcess,
    Instance,
    Joint,
    advancing,
    beginning,
    index,
    open_processes,
    stopping,
    true_indices,
)


def midway(joint: Joint) -> int | None:
    """The process that is midway; at most one is."""
    found = [i for i, place in enumerate(joint[1]) if place and place[0] % 2]
    return found[0] if found else None


def walked_out(joint: Joint, i: int) -> Joint:
    """The same state with nothing left to do in process i."""
    best, places = joint
    return best, (*places[:i], None, *places[i + 1 :])


def leaving(instance: Instance, joint: Joint, i: int) -> float:
    """The value of leaving process i at its present step."""
    place = joint[1][i]
    assert place is not None
    return instance[i].steps[place[0]].exit


def optimum_at_once(instance: Instance, y0: float) -> float:
    """The value of the best of all plans if nothing can wait midway."""

    @cache
    def worth(joint: Joint) -> float:
        held = midway(joint)
        if held is not None:
            out = leaving(instance, joint, held) + worth(walked_out(joint, held))
            return max(out, advancing(instance, joint, held, worth))
        found = [advancing(instance, joint, i, worth) for i in open_processes(joint)]
        return max([stopping(instance, joint), *found])

    return worth(beginning(instance, y0))


def lookahead_at_once(instance: Instance, y0: float) -> float:
    """The value of the index policy if decisions midway suppose that waiting is free.

    The supposed value is the optimum with waiting allowed from the next move on.
    """
    indices = true_indices(instance)

    @cache
    def free(joint: Joint) -> float:
        found = [advancing(instance, joint, i, free) for i in open_processes(joint)]
        return max([stopping(instance, joint), *found])

    @cache
    def worth(joint: Joint) -> float:
        held = midway(joint)
        if held is not None:
            exit_, out = leaving(instance, joint, held), walked_out(joint, held)
            if exit_ + free(out) >= advancing(instance, joint, held, free):
                return exit_ + worth(out)
            return advancing(instance, joint, held, worth)
        best, places = joint
        found = [(indices(i, *place), -i) for i, place in enumerate(places) if place]
        highest, at = max(found, default=(-math.inf, 0))
        if highest <= best:
            return stopping(instance, joint)
        return advancing(instance, joint, -at, worth)

    return worth(beginning(instance, y0))


def may_wait(process: FiniteProcess, y0: float) -> bool:
    """Whether the index policy may ever leave a process midway and come back to it.

    It may only if, at a state that it reaches, the index midway lies strictly between
    y0 and the index with which the stage was begun: from the latter up the stage is
    finished at once, from y0 down it never is.
    """

    def walk(k: int, m: float, begun: float) -> bool:
        if k == len(process.steps):
            return False
        now = index(process, k, m)
        if now <= y0:
            return False
        step = process.steps[k]
        return (k % 2 == 1 and now < begun) or (
            step.survive > 0
            and any(walk(k + 1, m + change, now) for _, change in step.news)
        )

    return walk(0, process.mean, math.inf)
