"""What a process is worth to a candidate who ends it now."""

from interviewfit._numeric.arrays import N, maximum, minimum
from interviewfit._process.compilation import Process, Step


def accept_gain(process: Process[N], forgone: N) -> N:
    """What accepting an offer adds to turning it down, hours.

    What nobody has told may take away all that an offer adds, and no more: by itself it
    is no reason to turn an offer down. With the mean *m* and the mean *s* by what was
    told alone, both against what is forgone, the gain is max(m, min(s, 0)).

    Args:
        process: With an offer on the table.
        forgone: What accepting gives up of other processes, hours.
    """
    surplus: N = process.mean_hours - forgone
    spoken: N = process.hours_per_percent * process.spoken - forgone
    return maximum(surplus, minimum(spoken, 0.0))


def leaving_value(process: Process[N], *, midway: bool) -> N:
    """What leaving a running process now is worth, hours.

    In mid-interview that is the better of walking out and of finishing it politely and
    then leaving.

    Args:
        process: With steps ahead.
        midway: Whether it stands in the middle of an interview.
    """
    step: Step[N] = process.steps[0]
    if not midway:
        return step.exit
    afterwards: N = process.steps[1].exit if len(process.steps) > 1 else 0.0
    return maximum(step.exit, step.reward + step.survive * afterwards)
