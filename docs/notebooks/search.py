"""A search is planned; then an invitation comes, and an offer that will not wait.

Run it: ``marimo run docs/notebooks/search.py``, or once as a script:
``python docs/notebooks/search.py``. It opens ``my.json`` in the folder it is started
from, or the file that you drop on it; without one it shows a search of three.
"""

import marimo

app = marimo.App(width="medium", app_title="Plan a search")


@app.cell
def _():
    import marimo as mo

    mo.md(
        """
        # Plan a search

        See in which order your interviews are worth your time, and what changes when an
        invitation or an offer comes.
        """
    )
    return (mo,)


@app.cell
def _():
    from datetime import date
    from pathlib import Path

    from attrs import evolve
    from matplotlib import pyplot as plt

    from interviewfit import (
        Belief,
        Candidate,
        Opportunity,
        Position,
        Search,
        corporate,
        loads,
        plan,
        small_firm,
        technical,
    )
    from interviewfit.extra import plots

    return (
        Belief,
        Candidate,
        Opportunity,
        Path,
        Position,
        Search,
        corporate,
        date,
        evolve,
        loads,
        plan,
        plots,
        plt,
        small_firm,
        technical,
    )


@app.cell
def _(mo):
    upload = mo.ui.file(
        filetypes=[".json"], kind="area", label="Drop your my.json here"
    )
    upload
    return (upload,)


@app.cell
def _(
    Belief,
    Candidate,
    Opportunity,
    Path,
    Position,
    Search,
    corporate,
    loads,
    small_firm,
    technical,
    upload,
):
    usual = [
        Opportunity(
            name="Harbour", stages=corporate(), beliefs={"pay": Belief(mean=8, sd=4)}
        ),
        Opportunity(
            name="Tessel",
            stages=technical(),
            beliefs={"role": Belief(mean=10, sd=6), "pay": Belief(mean=-4, sd=3)},
            position=Position(phase="before", stage=1),
        ),
        Opportunity(
            name="Archive",
            stages=small_firm(),
            beliefs={"commute": Belief(mean=6, sd=2)},
        ),
    ]
    stored = Path("my.json")
    text = upload.contents() or (stored.read_bytes() if stored.exists() else b"")
    search = (
        loads(text, Search)
        if text
        else Search(candidate=Candidate(interviews_done=2), opportunities=usual)
    )
    return (search,)


@app.cell
def _(mo, search):
    names = [job.name for job in search.opportunities]
    invited = mo.ui.switch(label="An invitation comes, to a job whose pay is known")
    invited_pay = mo.ui.slider(-20, 40, 2, 10, label="pay, %", show_value=True)
    offered = mo.ui.switch(label="An offer comes, and wants an answer")
    offered_by = mo.ui.dropdown(names, value=names[-1], label="from")
    offered_worth = mo.ui.slider(
        -10, 60, 2, 12, label="worth, % of pay", show_value=True
    )
    waits = mo.ui.slider(
        0, 1, 0.05, 0.1, label="chance that the offer waits", show_value=True
    )
    budget = mo.ui.slider(2, 40, 1, 40, label="hours for interviews", show_value=True)
    mo.vstack(
        [
            mo.hstack([invited, invited_pay], justify="start", wrap=True),
            mo.hstack(
                [offered, offered_by, offered_worth, waits], justify="start", wrap=True
            ),
            budget,
        ]
    )
    return budget, invited, invited_pay, offered, offered_by, offered_worth, waits


@app.cell
def _(
    Belief,
    Opportunity,
    Position,
    corporate,
    evolve,
    invited,
    invited_pay,
    offered,
    offered_by,
    offered_worth,
    search,
    waits,
):
    def as_offer(job):
        """The opportunity with an offer on the table: nothing is uncertain any more."""
        aspects = (
            "pay", "role", "culture", "team", "manager",
            "growth", "commute", "stability", "benefits",
        )  # fmt: skip
        worth = {"pay": offered_worth.value}
        return evolve(
            job,
            pay=None,
            signals=[],
            beliefs={name: Belief(mean=worth.get(name, 0), sd=0) for name in aspects},
            position=Position(phase="offered"),
            stays_open=waits.value,
        )

    newcomer = Opportunity(
        name="The new invitation",
        stages=corporate(),
        beliefs={"pay": Belief(mean=invited_pay.value, sd=4)},
    )
    running = [
        as_offer(job) if offered.value and job.name == offered_by.value else job
        for job in search.opportunities
    ]
    running += [newcomer] if invited.value else []
    return (running,)


@app.cell
def _(budget, date, mo, plan, running, search):
    week = plan(
        search.candidate,
        running,
        assumptions=search.assumptions,
        budget=budget.value,
        today=date.today(),
    )
    mo.Html(f'<div id="plan" style="overflow-x:auto">{week._repr_html_()}</div>')
    return (week,)


@app.cell
def _(plots, plt, week):
    figure = plots.draw_plan(week).get_figure()
    plt.close(figure)
    figure
    return


@app.cell
def _(date, mo, plan, search, week):
    before = plan(
        search.candidate,
        search.opportunities,
        assumptions=search.assumptions,
        today=date.today(),
    )
    mo.md(
        f"Before anything happened the search was worth {before.value:.1f} h; "
        f"now it is worth {week.value:.1f} h."
    )
    return (before,)


if __name__ == "__main__":
    app.run()
