"""How the answer for your own search changes as you drag sliders.

Run it: ``marimo run docs/notebooks/weightings.py``; ``edit`` instead of ``run`` shows
the code. ``python docs/notebooks/weightings.py`` calculates it once. It opens
``my.json`` in the folder it is started from, or the file that you drop on it.
"""

import marimo

app = marimo.App(width="medium", app_title="Explore weightings")


@app.cell
def _():
    import marimo as mo

    mo.md(
        """
        # Explore weightings

        Drag a slider, and see at once whether the next interview is still worth your
        time.
        """
    )
    return (mo,)


@app.cell
def _(mo):
    upload = mo.ui.file(
        filetypes=[".json"], kind="area", label="Drop your my.json here"
    )
    upload
    return (upload,)


@app.cell
def _(mo, upload):
    from datetime import date
    from importlib.resources import files
    from pathlib import Path

    from interviewfit import InterviewFitError, Search, loads
    from interviewfit.errors import faults_of
    from interviewfit.extra.explore import explore

    beside = Path("my.json")
    example = files("interviewfit").joinpath("data/example.json")
    stored = beside if beside.exists() else example
    text = upload.contents() or stored.read_text(encoding="utf-8")
    try:
        view = explore(loads(text, Search), today=date.today())
    except InterviewFitError as error:
        faults = "\n".join(f"* {fault}" for fault in faults_of(error))
        view = mo.callout(mo.md(faults), kind="danger")
    view
    return


if __name__ == "__main__":
    app.run()
