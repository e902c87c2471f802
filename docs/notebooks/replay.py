"""A real log replayed: what it teaches, and how well it would have predicted itself.

Run it: ``marimo run docs/notebooks/replay.py``, or once as a script:
``python docs/notebooks/replay.py``. The log is that of J. Cullin, published under the
MIT licence; put the path to your own in its place.
"""

import marimo

app = marimo.App(width="medium", app_title="A log, replayed")


@app.cell
def _():
    from pathlib import Path

    import marimo as mo
    from matplotlib import pyplot as plt

    from interviewfit import (
        Assumptions,
        Candidate,
        Opportunity,
        assess,
        corporate,
        read_log,
    )
    from interviewfit.extra import plots
    from interviewfit.history import calibrate, estimate_pass_rates, replay

    return (
        Assumptions,
        Candidate,
        Opportunity,
        Path,
        assess,
        calibrate,
        corporate,
        mo,
        plots,
        plt,
        read_log,
        replay,
        estimate_pass_rates,
    )


@app.cell
def _(Path, read_log):
    shipped = Path(__file__).parents[2] / "tests" / "data" / "job-search-2025.csv"
    log = read_log(shipped.read_text(encoding="utf-8"))
    return (log,)


@app.cell
def _(log, mo, estimate_pass_rates):
    mo.md(f"```text\n{estimate_pass_rates(log.history)}\n```")
    return


@app.cell
def _(log, replay):
    backtest = replay(log.history)
    return (backtest,)


@app.cell
def _(backtest, log, plots, plt):
    figure, (left, right) = plt.subplots(
        1, 2, figsize=(13, 4.6), layout="constrained", width_ratios=(1, 1.7)
    )
    plots.draw_reliability(backtest, left)
    plots.draw_flows(log.history, right)
    plt.close(figure)
    figure
    return


@app.cell
def _(Assumptions, calibrate, log, mo):
    learned = calibrate(Assumptions(), log.history)
    mo.md(f"```text\n{learned}\n```")
    return (learned,)


@app.cell
def _(Candidate, Opportunity, assess, corporate, learned, mo):
    job = Opportunity(name="The next invitation", stages=corporate())
    usual = assess(Candidate(), job)
    personal = assess(Candidate(), job, assumptions=learned.assumptions)
    mo.md(
        f"With the defaults {job.name.lower()} is worth {usual.value:.1f} h; with the "
        f"pass rates of this log it is worth {personal.value:.1f} h."
    )
    return personal, usual


if __name__ == "__main__":
    app.run()
