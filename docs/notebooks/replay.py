"""A real log replayed: what it teaches, and how well it would have forecast itself.

Run it: ``marimo run docs/notebooks/replay.py``, or once as a script:
``python docs/notebooks/replay.py``. The log is that of J. Cullin, published under the
MIT licence; drop your own on the page, and name your ``my.json`` for the last line.
"""

import marimo

app = marimo.App(width="medium", app_title="A log put to the test")


@app.cell
def _():
    import marimo as mo

    mo.md(
        """
        # A log put to the test

        What your log says about your chances, and whether it would have forecast what
        came.
        """
    )
    return (mo,)


@app.cell
def _(mo):
    upload = mo.ui.file(
        filetypes=[".csv", ".json"], kind="area", label="Drop the log of your tracker"
    )
    upload
    return (upload,)


@app.cell
def _():
    from pathlib import Path

    from matplotlib import pyplot as plt

    from interviewfit import (
        Assumptions,
        Candidate,
        Opportunity,
        Search,
        assess,
        corporate,
        loads,
        read_log,
    )
    from interviewfit.extra import plots
    from interviewfit.history import calibrate, estimate_pass_rates, replay

    return (
        Assumptions,
        Candidate,
        Opportunity,
        Path,
        Search,
        assess,
        calibrate,
        corporate,
        loads,
        plots,
        plt,
        read_log,
        replay,
        estimate_pass_rates,
    )


@app.cell
def _(Path, mo, read_log, upload):
    # In a browser there is no log but the one that you drop.
    folders = Path(__file__).resolve().parents
    logs = [folder / "tests" / "data" / "job-search-2025.csv" for folder in folders]
    shipped = next((path for path in logs if path.exists()), None)
    contents = upload.contents() or (shipped.read_bytes() if shipped else None)
    mo.stop(contents is None, mo.md("Drop the log of your tracker above."))
    log = read_log(contents.decode("utf-8-sig"))
    return (log,)


@app.cell
def _(log, estimate_pass_rates):
    estimate_pass_rates(log.history)
    return


@app.cell
def _(log, replay):
    backtest = replay(log.history)
    return (backtest,)


@app.cell
def _(backtest, log, mo, plots, plt):
    pictures = [plots.draw_reliability(backtest), plots.draw_flows(log.history)]
    figures = [ax.get_figure() for ax in pictures]
    for figure in figures:
        plt.close(figure)
    # One below the other, so that a phone shows them at a size to read.
    mo.vstack(figures)
    return


@app.cell
def _(Assumptions, calibrate, log):
    learned = calibrate(Assumptions(), log.history)
    learned
    return (learned,)


@app.cell
def _(Candidate, Opportunity, Path, Search, assess, corporate, learned, loads, mo):
    stored = Path("my.json")
    if stored.exists():
        search = loads(stored.read_bytes(), Search)
        me, job = search.candidate, search.opportunities[0]
    else:
        me, job = Candidate(), Opportunity(name="Next invitation", stages=corporate())
    usual = assess(me, job)
    personal = assess(me, job, assumptions=learned.assumptions)
    mo.md(
        f"With the defaults {job.name} is worth {usual.value:.1f} h; with the pass "
        f"rates of this log it is worth {personal.value:.1f} h."
    )
    return personal, usual


if __name__ == "__main__":
    app.run()
