"""How one decision answers to its weights, beliefs and hours, as one drags them.

Run it: ``marimo run docs/notebooks/weightings.py``; with ``edit`` instead of ``run``
the code shows. ``python docs/notebooks/weightings.py`` works out the same once.
"""

import marimo

app = marimo.App(width="medium", app_title="Weightings")


@app.cell
def _():
    from io import StringIO
    from queue import Empty, SimpleQueue
    from sys import setswitchinterval

    import marimo as mo
    from matplotlib import rcParams
    from matplotlib.figure import Figure

    from interviewfit import (
        Belief,
        Candidate,
        Opportunity,
        Stage,
        Weights,
        assess,
        flips,
    )
    from interviewfit.extra import plots

    rcParams["svg.fonttype"] = "none"
    # Pictures are drawn beside the sliders and give way to them at once.
    setswitchinterval(5e-4)
    return (
        Belief,
        Candidate,
        Empty,
        Figure,
        Opportunity,
        SimpleQueue,
        Stage,
        StringIO,
        Weights,
        assess,
        flips,
        mo,
        plots,
    )


@app.cell
def _(mo):
    def slider(start, stop, step, value, label):
        return mo.ui.slider(
            start, stop, step, value, label=label, show_value=True, full_width=True
        )

    words = {
        "time": "an hour of yours",
        "offer": "the job itself",
        "networking": "people met",
        "practice": "practice",
        "hidden_role": "another opening there",
        "bail": "harm from walking out",
    }
    weights = mo.ui.dictionary(
        {name: slider(0, 5, 0.25, 1, label) for name, label in words.items()}
    )
    believed = {"pay": 5, "role": -4, "culture": -6, "manager": 0, "commute": -5}
    beliefs = mo.ui.dictionary(
        {name: slider(-40, 40, 1, value, name) for name, value in believed.items()}
    )
    sure = slider(1, 15, 1, 5, "give or take")
    planned = {"hr_screen": 0.5, "hiring_manager": 1, "executive": 2}
    hours = mo.ui.dictionary(
        {
            name: slider(0.5, 8, 0.5, value, name.replace("_", " "))
            for name, value in planned.items()
        }
    )
    names = [
        *(f"weights.{name}" for name in weights),
        *(f"{name}.mean" for name in beliefs),
        *(f"stages[{number}].hours" for number in range(len(hours))),
    ]
    return beliefs, hours, names, sure, weights


@app.cell
def _(
    Belief,
    Candidate,
    Opportunity,
    Stage,
    Weights,
    assess,
    beliefs,
    hours,
    sure,
    weights,
):
    found = assess(
        Candidate(weights=Weights(**weights.value)),
        Opportunity(
            name="This opening",
            stages=[Stage(kind=kind, hours=one) for kind, one in hours.value.items()],
            beliefs={
                name: Belief(mean=mean, sd=sure.value)
                for name, mean in beliefs.value.items()
            },
        ),
    )
    return (found,)


@app.cell
def _(found, mo):
    advice = mo.Html(f'<div id="advice">{found._repr_html_()}</div>')
    advice
    return (advice,)


@app.cell
def _(beliefs, hours, mo, sure, weights):
    def column(title, *parts):
        return mo.vstack([mo.md(f"**{title}**"), *parts])

    mo.hstack(
        [
            column("What counts, 1 as usual", *weights.values()),
            column("What you believe, % of pay", *beliefs.values(), sure),
            column("Hours in the interview", *hours.values()),
        ],
        widths="equal",
        gap=2,
    )
    return


@app.cell
def _(Figure, StringIO, flips, mo, names, plots):
    def picture(draw, found):
        """A plot as SVG in fixed margins, its words as text: the quickest form."""
        figure = Figure(figsize=(6.4, 4.0))
        figure.subplots_adjust(left=0.27, right=0.97, bottom=0.26, top=0.86)
        draw(found, figure.subplots())
        text = StringIO()
        figure.savefig(text, format="svg")
        return mo.Html(text.getvalue())

    def shown(found):
        turning = flips(found, names=names)
        pictures = [picture(draw, found) for draw in (plots.draw_map, plots.draw_terms)]
        points = "\n".join(f"* {one.text}" for one in turning)
        text = mo.md(
            f"**Where it would turn**, all else as it stands\n\n{points}\n"
            f"* {len(turning.insensitive)} of the sliders never, within reason"
        )
        return mo.vstack(
            [mo.Html(f'<div id="pictures">{mo.hstack(pictures).text}</div>'), text]
        )

    return (shown,)


@app.cell
def _(Empty, SimpleQueue, mo, shown):
    newest = SimpleQueue()

    def follow():
        """Draw the newest answer, beside the sliders, so that no advice waits for it."""
        while not mo.current_thread().should_exit:
            try:
                answer = newest.get(timeout=1.0)
            except Empty:
                continue
            if newest.empty():
                mo.output.replace(shown(answer))

    if mo.running_in_notebook():
        mo.Thread(target=follow, daemon=True).start()
    return (newest,)


@app.cell
def _(found, mo, newest, shown):
    newest.put(found) if mo.running_in_notebook() else shown(found)
    return


if __name__ == "__main__":
    app.run()
