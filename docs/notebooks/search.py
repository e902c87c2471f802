"""A search is planned; then an invitation comes, and an offer that will not wait.

Run it: ``marimo run docs/notebooks/search.py``, or once as a script:
``python docs/notebooks/search.py``.
"""

import marimo

app = marimo.App(width="medium", app_title="A search")


@app.cell
def _():
    import marimo as mo
    from matplotlib import pyplot as plt

    from interviewfit import (
        Belief,
        Candidate,
        Opportunity,
        Position,
        corporate,
        plan,
        small_firm,
        technical,
    )
    from interviewfit.extra import plots

    return (
        Belief,
        Candidate,
        Opportunity,
        Position,
        corporate,
        mo,
        plan,
        plots,
        plt,
        small_firm,
        technical,
    )


@app.cell
def _(Belief, Candidate, Opportunity, Position, corporate, small_firm, technical):
    me = Candidate(interviews_done=2)
    running = [
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
    return me, running


@app.cell
def _(mo):
    invited = mo.ui.switch(label="An invitation comes, to a job whose pay is known")
    invited_pay = mo.ui.slider(-20, 40, 2, 10, label="pay, %", show_value=True)
    offered = mo.ui.switch(label="Archive makes an offer, and wants an answer")
    offered_worth = mo.ui.slider(
        -10, 60, 2, 12, label="worth, % of pay", show_value=True
    )
    waits = mo.ui.slider(
        0, 1, 0.05, 0.1, label="chance that the offer waits", show_value=True
    )
    budget = mo.ui.slider(2, 40, 1, 40, label="hours for interviews", show_value=True)
    mo.vstack(
        [
            mo.hstack([invited, invited_pay], justify="start"),
            mo.hstack([offered, offered_worth, waits], justify="start"),
            budget,
        ]
    )
    return budget, invited, invited_pay, offered, offered_worth, waits


@app.cell
def _(
    Belief,
    Opportunity,
    Position,
    corporate,
    invited,
    invited_pay,
    offered,
    offered_worth,
    running,
    small_firm,
    waits,
):
    offer = Opportunity(
        name="Archive",
        stages=small_firm(),
        # With an offer in hand nothing is uncertain any more.
        beliefs={
            name: Belief(mean=offered_worth.value if name == "pay" else 0, sd=0)
            for name in (
                "pay", "role", "culture", "manager",
                "growth", "commute", "stability", "benefits",
            )
        },
        position=Position(phase="offered"),
        stays_open=waits.value,
    )  # fmt: skip
    newcomer = Opportunity(
        name="Cargo",
        stages=corporate(),
        beliefs={"pay": Belief(mean=invited_pay.value, sd=4)},
    )
    search = [
        *(job for job in running if not (offered.value and job.name == offer.name)),
        *([offer] if offered.value else []),
        *([newcomer] if invited.value else []),
    ]
    return (search,)


@app.cell
def _(budget, me, mo, plan, search):
    week = plan(me, search, budget=budget.value)
    mo.Html(f'<div id="plan">{week._repr_html_()}</div>')
    return (week,)


@app.cell
def _(plots, plt, week):
    figure, ax = plt.subplots(figsize=(9, 3.6), layout="constrained")
    plots.draw_plan(week, ax)
    plt.close(figure)
    figure
    return


@app.cell
def _(me, mo, plan, running, week):
    before = plan(me, running)
    mo.md(
        f"Before anything happened the search was worth {before.value:.1f} h; "
        f"now it is worth {week.value:.1f} h."
    )
    return (before,)


if __name__ == "__main__":
    app.run()
