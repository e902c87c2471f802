"""The posterior of log priorities and of the error of judgement, as weighted draws.

For a given error s the posterior of the log priorities is close to a normal
distribution, around its mode; how wide it is depends on s by orders of magnitude. So
both are found on a grid of log s, and draws are made in two steps: log s from its
marginal posterior by Laplace's method, and the log priorities from a mixture: a normal
distribution around the mode for that s, one with the tails of Student's t, and the
prior. Each draw is weighted by its density in the posterior over that in the proposal,
which removes the error of the approximation. The proposal is then moved to the moments
of its draws. The draws are lattices with random shifts; the scatter between the shifts
is the error that is left.

References: H. Rue, S. Martino and N. Chopin, "Approximate Bayesian inference for latent
Gaussian models", Journal of the Royal Statistical Society B 71 (2009) 319-392; T.
Hesterberg, "Weighted average importance sampling and defensive mixture distributions",
Technometrics 37 (1995) 185-194.
"""

import numpy as np
from attrs import frozen

from interviewfit._numeric.arrays import FloatArray, FloatColumn
from interviewfit._numeric.effort import counted, largest_work
from interviewfit._numeric.lattices import shifted_lattices
from interviewfit._numeric.statistics import normal_quantile, student_quantile
from interviewfit.weightings._judgements import Judgements

# Nodes of log s, rounds in which their range is narrowed, and where it ends: where the
# density is exp(-13) of the largest.
_NODES, _ROUNDS, _DEPTH = 17, 8, 13.0
# The first range of log s, in standard deviations of its prior.
_FIRST = (-6.0, 10.0)
# Newton steps, cuts of each to a quarter, and the gain in log density at the end.
_STEPS, _CUTS, _GAIN = 60, 10, 1e-3
# Points of a lattice (a prime), its generator, and shifts in a round; where each point
# takes long, points, and shifts at least.
_POINTS, _GENERATOR, _SHIFTS = 1021, 76, 8
_FEW_POINTS, _FEW_SHIFTS = 251, 4
# What finding the modes may take of the operations. With modes that are not quite found
# draws are as right, with more error left in them.
_GRID_SHARE = 0.4
# How much of the proposal has wide tails, their scale, and how much is the prior.
_WIDE, _SCALE, _PRIOR = 0.6, 0.9, 0.1
# How often the proposal is moved to the moments of its draws, and how many of these
# for each aspect count as much as mode and curvature do.
_MOVES, _TRUST = 2, 4.0
# Standard error to stop at, as a share of the standard deviation, or draws; of these
# fewer where more than so many numbers are looked at in each.
_ERROR, _MOST_DRAWS, _MOST_SIZE = 0.01, 150_000, 100
_SEED = 0


@frozen(eq=False)
class NormalPrior:
    """Independent normal priors of the log priorities and of the log error.

    Attributes:
        mean, sd: Of the log priorities, ``(aspects,)``.
        error_mean, error_sd: Of the logarithm of the error of judgement.
    """

    mean: FloatColumn
    sd: FloatColumn
    error_mean: float
    error_sd: float


@frozen(eq=False)
class WeightedDraws:
    """Draws from a posterior, with weights.

    Attributes:
        log_priorities: ``(draws, aspects)``.
        log_errors: ``(draws,)``.
        weights: They sum to 1, ``(draws,)``.
        log_evidence: Logarithm of the probability of all that was said and done.
        standard_error: The largest error of a mean or sd of a log priority, as a share
            of its sd.
    """

    log_priorities: FloatArray
    log_errors: FloatColumn
    weights: FloatColumn
    log_evidence: float
    standard_error: float


@frozen(eq=False)
class _Modes:
    """The posterior of log priorities for given errors, by Laplace's method.

    Attributes:
        points: Its modes, ``(nodes, aspects)``.
        roots: Lower triangular roots of its covariances, ``(nodes, aspects, aspects)``.
        log_density: Of the error itself, up to a constant, ``(nodes,)``.
    """

    points: FloatArray
    roots: FloatArray
    log_density: FloatColumn


def sample_posterior(judgements: Judgements, prior: NormalPrior) -> WeightedDraws:
    """Weighted draws from the posterior; the same each time.

    Rounds of lattices are added until the standard error is at most 1 % of the standard
    deviation, or there are 150,000 draws; of many choices fewer are made, and likewise
    where past decisions take long to be worked out.

    Args:
        judgements: What was said and done.
        prior: Of the log priorities and of the log error.
    """
    most = largest_work()
    nodes, modes = _error_grid(judgements, prior, _GRID_SHARE * most)
    generator = np.random.default_rng(_SEED)
    rounds: list[tuple[FloatArray, FloatColumn, FloatColumn]] = []
    moves = 0
    with counted() as effort:
        _log_posterior(judgements, prior, modes.points, nodes)
    # Many at once take about half as many each.
    each, left = 0.5 * effort.operations / nodes.size, (1.0 - _GRID_SHARE) * most
    size, count = _POINTS, _SHIFTS
    if each * size * count > left:
        size = _FEW_POINTS
        count = min(_SHIFTS, max(_FEW_SHIFTS, int(left / (each * size))))
    while True:
        shifts = generator.random((count, prior.mean.size + 2))
        uniform = shifted_lattices(size, _GENERATOR, shifts)
        points, log_errors, log_proposal = _propose(
            uniform.reshape(-1, prior.mean.size + 2), nodes, modes, prior
        )
        with counted() as effort:
            log_target = _log_posterior(judgements, prior, points, log_errors)
        left -= effort.operations
        rounds.append((points, log_errors, log_target - log_proposal))
        joined = [np.concatenate(parts) for parts in zip(*rounds, strict=True)]
        draws = _weighted(joined[0], joined[1], joined[2], size)
        is_cut = effort.operations > left
        if moves < _MOVES and draws.standard_error > _ERROR and not is_cut:
            modes, moves = _moved(draws, nodes, modes), moves + 1
            rounds.clear()
            continue
        made = len(draws.weights) * max(1.0, judgements.size / _MOST_SIZE)
        enough = made >= _MOST_DRAWS
        if enough or is_cut or draws.standard_error <= _ERROR:
            return draws


def least_rows(aspects: int) -> float:
    """About how many evaluations of past decisions the least that is done takes.

    Args:
        aspects: How many are learned.
    """
    # Draws, many at once, take about half as much each.
    return 0.5 * _FEW_POINTS * _FEW_SHIFTS + _NODES * (2.0 * aspects + 8.0)


def _weighted(
    points: FloatArray,
    log_errors: FloatColumn,
    log_weights: FloatColumn,
    size: int,
) -> WeightedDraws:
    """Draws with their weights, and the error that is left.

    Args:
        points, log_errors, log_weights: Lattice after lattice.
        size: Points of each lattice.
    """
    largest = float(log_weights.max())
    weights = np.exp(log_weights - largest)
    evidence = largest + float(np.log(weights.mean()))
    lattices = weights.reshape(-1, size)
    lattices = lattices / lattices.sum(axis=1, keepdims=True)
    weights = weights / weights.sum()
    mean = weights @ points
    sd = np.sqrt(weights @ (points - mean) ** 2)
    cubes = (points - mean).reshape(len(lattices), size, -1)
    means = np.einsum("lp,lpa->la", lattices, cubes) / sd
    sds = np.sqrt(np.einsum("lp,lpa->la", lattices, cubes**2) - (means * sd) ** 2) / sd
    scatter = np.array([means.std(axis=0, ddof=1), sds.std(axis=0, ddof=1)])
    error = float(scatter.max(initial=0.0) / np.sqrt(len(lattices)))
    return WeightedDraws(points, log_errors, weights, evidence, error)


def _log_posterior(
    judgements: Judgements,
    prior: NormalPrior,
    points: FloatArray,
    log_errors: FloatColumn,
) -> FloatColumn:
    """Logarithm of prior times likelihood, ``(points,)``.

    Args:
        judgements, prior: What was said and done, and the prior.
        points, log_errors: ``(points, aspects)`` and ``(points,)``.
    """
    z = (points - prior.mean) / prior.sd
    error = (log_errors - prior.error_mean) / prior.error_sd
    density = -0.5 * (np.sum(z * z, axis=1) + error * error)
    constant = np.log(prior.sd).sum() + np.log(prior.error_sd)
    constant += 0.5 * (prior.mean.size + 1) * np.log(2.0 * np.pi)
    likelihood = judgements.log_likelihood(points, log_errors)
    return np.asarray(density - constant + likelihood)


def _error_grid(
    judgements: Judgements, prior: NormalPrior, largest_work: float
) -> tuple[FloatColumn, _Modes]:
    """Nodes of the log error across its posterior, and the modes at each.

    The range is narrowed to where the density is not negligible, until all nodes lie
    there; many choices leave only a hundredth of the first range.

    Args:
        judgements, prior: What was said and done, and the prior.
        largest_work: Operations that it may take (``effort``).
    """
    low, high = (prior.error_mean + end * prior.error_sd for end in _FIRST)
    start = np.tile(prior.mean, (_NODES, 1))
    rounds = 0
    while True:
        nodes = np.linspace(low, high, _NODES)
        with counted() as effort:
            modes = _modes(judgements, prior, nodes, start, largest_work)
        rounds, largest_work = rounds + 1, largest_work - effort.operations
        is_inside = modes.log_density >= modes.log_density.max() - _DEPTH
        inside = np.flatnonzero(is_inside)
        first, last = max(0, inside[0] - 1), min(_NODES - 1, inside[-1] + 1)
        is_last = rounds == _ROUNDS or effort.operations > largest_work
        if last - first >= _NODES - 3 or is_last:
            return nodes, modes
        low, high = nodes[first], nodes[last]
        start = np.array(
            [
                np.interp(np.linspace(low, high, _NODES), nodes, column)
                for column in modes.points.T
            ]
        ).T.reshape(_NODES, -1)


def _modes(
    judgements: Judgements,
    prior: NormalPrior,
    log_errors: FloatColumn,
    start: FloatArray,
    largest_work: float,
) -> _Modes:
    """The mode for each error, by Newton's method with the expected information.

    It ends where the next step would take too many operations.

    Args:
        judgements, prior: What was said and done, and the prior.
        log_errors, start: ``(nodes,)``, and where to begin, ``(nodes, aspects)``.
        largest_work: Operations that it may take (``effort``).
    """
    points = start.copy()
    best = _log_posterior(judgements, prior, points, log_errors)
    for _ in range(_STEPS):
        with counted() as effort:
            is_found = _step_uphill(judgements, prior, log_errors, points, best)
        largest_work -= effort.operations
        if is_found or effort.operations > largest_work:
            break
    _, information = judgements.slopes(points, log_errors)
    curvature = information + np.diag(1.0 / prior.sd**2)
    covariance = np.linalg.inv(curvature)
    roots = np.linalg.cholesky(covariance)
    diagonal = np.diagonal(roots, axis1=1, axis2=2)
    return _Modes(points, roots, best + np.log(diagonal).sum(axis=1))


def _step_uphill(
    judgements: Judgements,
    prior: NormalPrior,
    log_errors: FloatColumn,
    points: FloatArray,
    best: FloatColumn,
) -> bool:
    """Take a step of Newton's method towards each mode; whether there is none to take.

    Args:
        judgements, prior, log_errors: As ``_modes`` takes them.
        points, best: Where each is, and its log density there; both updated.
    """
    precision = 1.0 / prior.sd**2
    slope, information = judgements.slopes(points, log_errors)
    slope = slope - (points - prior.mean) * precision
    curvature = information + np.diag(precision)
    step = np.linalg.solve(curvature, slope[:, :, None])[:, :, 0]
    if np.sum(slope * step, axis=1).max() < _GAIN:
        return True
    step = np.clip(step, -2.0, 2.0)
    length = np.ones(len(points))
    waiting = np.arange(len(points))
    for _ in range(_CUTS):
        trial = points[waiting] + length[waiting, None] * step[waiting]
        density = _log_posterior(judgements, prior, trial, log_errors[waiting])
        better = density >= best[waiting]
        points[waiting[better]] = trial[better]
        best[waiting[better]] = density[better]
        waiting = waiting[~better]
        length[waiting] *= 0.25
        if not waiting.size:
            break
    return waiting.size == len(points)


def _moved(draws: WeightedDraws, nodes: FloatColumn, modes: _Modes) -> _Modes:
    """The normal distributions moved to the moments of draws near each node.

    Few draws move them little: mode and curvature count as four draws per aspect.

    Args:
        draws: From the present proposal.
        nodes, modes: Of the log error, and the normal distributions there.
    """
    spacing = nodes[1] - nodes[0]
    points, roots = modes.points.copy(), modes.roots.copy()
    log_density = modes.log_density.copy()
    count = points.shape[1]
    for number, node in enumerate(nodes):
        kernel = np.maximum(0.0, 1.0 - np.abs(draws.log_errors - node) / spacing)
        weights = draws.weights * kernel
        total = float(weights.sum())
        if not total:
            continue
        weights /= total
        log_density[number] += np.log(total) - np.log(kernel.sum())
        size = 1.0 / float(np.sum(weights**2))
        mean = weights @ draws.log_priorities
        share = size / (size + _TRUST * count)
        points[number] += share * (mean - points[number])
        off = draws.log_priorities - points[number]
        spread = (weights[:, None] * off).T @ off
        usual = roots[number] @ roots[number].T
        roots[number] = np.linalg.cholesky(usual + share * (spread - usual))
    return _Modes(points, roots, log_density)


def _propose(
    uniform: FloatArray, nodes: FloatColumn, modes: _Modes, prior: NormalPrior
) -> tuple[FloatArray, FloatColumn, FloatColumn]:
    """Draws from the proposal, and the logarithm of its density at each.

    Args:
        uniform: 0 to 1, ``(draws, aspects + 2)``.
        nodes, modes: Of the log error, and the normal distributions there.
        prior: That a share of the draws comes from.
    """
    # The density of log s is a line between nodes, never quite 0.
    heights = np.exp(modes.log_density - modes.log_density.max()) + 1e-7
    widths = np.diff(nodes)
    masses = 0.5 * (heights[1:] + heights[:-1]) * widths
    total = masses.sum()
    edges = np.concatenate([[0.0], np.cumsum(masses)]) / total
    first = uniform[:, 0]
    piece = np.clip(np.searchsorted(edges, first, side="right") - 1, 0, len(widths) - 1)
    share = (first - edges[piece]) / (edges[piece + 1] - edges[piece])
    left, right = heights[piece], heights[piece + 1]
    # The root of left * t + (right - left) * t**2 / 2 = share * (left + right) / 2.
    root = np.sqrt(left**2 + share * (right**2 - left**2))
    part = share * (left + right) / (left + root)
    log_errors = nodes[piece] + part * widths[piece]
    log_density = np.log(left + (right - left) * part) - np.log(total)
    middle = modes.points[piece] + part[:, None] * (
        modes.points[piece + 1] - modes.points[piece]
    )
    roots = modes.roots[piece] + part[:, None, None] * (
        modes.roots[piece + 1] - modes.roots[piece]
    )
    tiny = np.finfo(float).tiny
    chance = np.clip(uniform[:, 2:], tiny, 1.0 - 1e-16)
    z = normal_quantile(chance)
    pick, count = uniform[:, 1:2], z.shape[1]
    z_near = np.where(pick < _PRIOR + _WIDE, _SCALE * student_quantile(chance), z)
    points = np.where(
        pick < _PRIOR,
        prior.mean + prior.sd * z,
        middle + np.einsum("dij,dj->di", roots, z_near),
    )
    off = np.linalg.solve(roots, (points - middle)[:, :, None])[:, :, 0]
    square = np.sum(off * off, axis=1)
    diagonal = np.diagonal(roots, axis1=1, axis2=2)
    narrow = np.log(1.0 - _WIDE - _PRIOR) - 0.5 * square
    student = np.log(0.375 / _SCALE) - 2.5 * np.log1p(0.25 * (off / _SCALE) ** 2)
    wide = np.log(_WIDE) + np.sum(student, axis=1) + 0.5 * count * np.log(2.0 * np.pi)
    near = np.logaddexp(narrow, wide) - np.log(diagonal).sum(axis=1)
    z_prior = (points - prior.mean) / prior.sd
    far = np.log(_PRIOR) - 0.5 * np.sum(z_prior**2, axis=1) - np.log(prior.sd).sum()
    log_density += np.logaddexp(near, far)
    return points, log_errors, log_density - 0.5 * count * np.log(2.0 * np.pi)
