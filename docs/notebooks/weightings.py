"""How one decision changes as you drag its weights, beliefs and hours.

Run it: ``marimo run docs/notebooks/weightings.py``; ``edit`` instead of ``run`` shows
the code. ``python docs/notebooks/weightings.py`` calculates it once.
"""

import marimo

app = marimo.App(width="medium", app_title="Weightings")


@app.cell
def _():
    from io import StringIO
    from queue import Empty, SimpleQueue
    from sys import platform, setswitchinterval

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
    # Python in a browser has no threads: there pictures are drawn after the advice.
    has_threads = mo.running_in_notebook() and platform != "emscripten"
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
        has_threads,
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
        "networking": "people you meet",
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
    sure = slider(1, 15, 1, 5, "uncertainty (sd)")
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
    assessment = assess(
        Candidate(weights=Weights(**weights.value)),
        Opportunity(
            name="This job",
            stages=[Stage(kind=kind, hours=time) for kind, time in hours.value.items()],
            beliefs={
                name: Belief(mean=mean, sd=sure.value)
                for name, mean in beliefs.value.items()
            },
        ),
    )
    return (assessment,)


@app.cell
def _(assessment, mo):
    advice = mo.Html(f'<div id="advice">{assessment._repr_html_()}</div>')
    advice
    return (advice,)


@app.cell
def _(beliefs, hours, mo, sure, weights):
    def column(title, *sliders):
        return mo.vstack([mo.md(f"**{title}**"), *sliders])

    mo.hstack(
        [
            column("Weights (1 is usual)", *weights.values()),
            column("Beliefs, % of pay", *beliefs.values(), sure),
            column("Hours of each interview", *hours.values()),
        ],
        widths="equal",
        gap=2,
    )
    return


@app.cell
def _(Figure, StringIO, flips, mo, names, plots):
    def picture(draw, assessment):
        """A plot as SVG with fixed margins and text as text, which is the quickest."""
        figure = Figure(figsize=(6.4, 4.0))
        figure.subplots_adjust(left=0.27, right=0.97, bottom=0.26, top=0.86)
        draw(assessment, figure.subplots())
        text = StringIO()
        figure.savefig(text, format="svg")
        return mo.Html(text.getvalue())

    def shown(assessment):
        switching = flips(assessment, names=names)
        pictures = [
            picture(draw, assessment) for draw in (plots.draw_map, plots.draw_terms)
        ]
        points = "\n".join(f"* {flip.text}" for flip in switching)
        text = mo.md(
            f"**What would change the advice**, all else equal\n\n{points}\n"
            f"* {len(switching.insensitive)} of the sliders would not, within reason"
        )
        return mo.vstack(
            [mo.Html(f'<div id="pictures">{mo.hstack(pictures).text}</div>'), text]
        )

    return (shown,)


@app.cell
def _(Empty, SimpleQueue, has_threads, mo, shown):
    newest = SimpleQueue()

    def follow():
        """Draw the newest answer in a thread of its own, so that advice never waits."""
        while not mo.current_thread().should_exit:
            try:
                answer = newest.get(timeout=1.0)
            except Empty:
                continue
            if newest.empty():
                mo.output.replace(shown(answer))

    if has_threads:
        mo.Thread(target=follow, daemon=True).start()
    return (newest,)


@app.cell
def _(assessment, has_threads, newest, shown):
    newest.put(assessment) if has_threads else shown(assessment)
    return


if __name__ == "__main__":
    app.run()
