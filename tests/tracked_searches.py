"""Searches whose truth is known, and the trackers that people might have kept of them.

A search is played with known pass rates, waiting times and silence. It is then written
in the form of some tool, in some language, with some of its days lost and some mess.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
from attrs import frozen

from interviewfit import Assumptions

STAGES = ("application", "hr_screen", "hiring_manager")
FORMS = ("snapshot", "events", "wide", "steps", "ledger", "flows", "markdown")
_LANGUAGES = json.loads(
    (Path(__file__).parent / "data/realworld/languages.json").read_text("utf-8")
)
WORDS = {name: entry["words"] for name, entry in _LANGUAGES.items()}
HEADINGS = {name: entry["headings"] for name, entry in _LANGUAGES.items()}
FIRST = date(2025, 1, 6)


@frozen
class Played:
    """One process: the day of each stage reached, and how it stands.

    Attributes:
        days: Day of the application, then of each stage reached, counted from 0.
        end: ``"refused"``, ``"silent"``, ``"offer"`` or ``"open"``.
        end_day: The day of the refusal or the offer, or of the mark of silence.
    """

    days: tuple[int, ...]
    end: str
    end_day: int


@frozen
class Searched:
    """A search with its truth."""

    rates: dict[str, float]
    processes: tuple[Played, ...]
    horizon: int


def play(rng: np.random.Generator) -> Searched:
    """A search of some weeks or months, with rates drawn from the defaults."""
    assumptions = Assumptions()
    strength = assumptions["pass_strength"]
    rates = {}
    for stage in STAGES:
        default = assumptions[f"{stage}.pass_rate"]
        rates[stage] = float(rng.beta(strength * default, strength * (1 - default)))
    horizon = int(rng.integers(60, 300))
    pass_mean, fail_mean = rng.uniform(4, 40, 2)
    sent, patience = rng.uniform(0.3, 0.95), int(rng.integers(30, 75))
    processes = []
    for _ in range(int(rng.integers(15, 60))):
        days = [int(rng.integers(0, horizon))]
        end, end_day = "open", horizon
        for stage in STAGES:
            passed = rng.random() < rates[stage]
            told = passed or rng.random() < sent
            wait = rng.exponential(pass_mean if passed else fail_mean)
            news = days[-1] + int(wait) if told else 10**6
            if news > horizon:
                if horizon - days[-1] > patience:
                    end, end_day = "silent", days[-1] + patience
                break
            if not passed:
                end, end_day = "refused", news
                break
            if stage == STAGES[-1]:
                end, end_day = "offer", news
                break
            days.append(news)
        processes.append(Played(tuple(days), end, end_day))
    return Searched(rates, tuple(processes), horizon)


@frozen
class Writer:
    """Writes a search as some tool would have it.

    Attributes:
        search: What was played.
        words: The words for applied, screen, interview, offer, rejected and silent.
        rng: Decides which days are lost.
        style: How days are written.
        undated: The chance that a day is lost.
    """

    search: Searched
    words: Sequence[str]
    rng: np.random.Generator
    style: int
    undated: float

    def end_word(self, process: Played) -> str:
        ends = {
            "refused": self.words[4],
            "silent": self.words[5],
            "offer": self.words[3],
        }
        return ends.get(process.end, "")

    def day(self, day: int) -> str:
        when = FIRST + timedelta(days=day)
        return (when.isoformat(), f"{when:%d.%m.%Y}", f"{when:%Y/%m/%d}")[self.style]

    def lost(self) -> bool:
        return bool(self.rng.random() < self.undated)

    def snapshot(self) -> Iterator[list[str]]:
        """The latest state; how far a process came stands beside its end."""
        for number, process in enumerate(self.search.processes):
            last, text = process.end_day, self.end_word(process)
            reached = self.words[len(process.days) - 1]
            if process.end == "open":
                last, text = process.days[-1], reached
            elif len(process.days) > 1:
                text = f"{reached} - {text}"
            lost = self.lost() or text == self.words[0]
            when = "" if lost else self.day(last)
            yield [f"Nord {number}", "Dev", self.day(process.days[0]), text, when]

    def wide(self) -> Iterator[list[str]]:
        """A column for each stage and end, with a day or a mark in it."""
        for number, process in enumerate(self.search.processes):
            lost = self.lost()
            days = [self.day(day) for day in process.days]
            cells = [days[0], *("x" if lost else day for day in days[1:])]
            cells += [""] * (3 - len(cells))
            for end in ("offer", "refused", "silent"):
                mark = "yes" if lost else self.day(process.end_day)
                cells.append(mark if process.end == end else "")
            yield [f"Nord {number}", "Dev", *cells]

    def events(self) -> Iterator[list[str]]:
        """A row for each event."""
        for number, process in enumerate(self.search.processes):
            steps = list(zip(self.words, process.days, strict=False))
            if process.end != "open":
                steps.append((self.end_word(process), process.end_day))
            for step, (word, day) in enumerate(steps):
                when = "" if step and self.lost() else self.day(day)
                yield [f"Nord {number}", "Dev", word, when]

    def steps(self) -> str:
        logs: dict[str, list[dict[str, str]]] = {}
        for name, _, word, when in self.events():
            logs.setdefault(name, []).append({"status": word, "date": when})
        return json.dumps(
            [{"company": name, "history": steps} for name, steps in logs.items()]
        )

    def ledger(self) -> str:
        lines: list[str] = []
        previous: dict[str, str] = {}
        for name, _, word, when in self.events():
            origin = previous.get(name, "Evaluated")
            index = name.removeprefix("Nord ")
            lines.append(f"{index}\t{when}\t{origin}\t{word}\tset-status\t")
            previous[name] = word
        return "\n".join(lines)

    def flows(self) -> str:
        counts: dict[tuple[str, str], int] = {}
        for process in self.search.processes:
            end = self.end_word(process) or "Still open"
            for pair in pairwise([*self.words[: len(process.days)], end]):
                counts[pair] = counts.get(pair, 0) + 1
        return "".join(
            f"{source} [{count}] {target}\n"
            for (source, target), count in counts.items()
        )


def write(search: Searched, form: str, language: str, rng: np.random.Generator) -> str:
    """The tracker of a search, with what the form cannot hold left out."""
    words, heads = WORDS[language], HEADINGS[language]
    # A ledger has a day on every line.
    undated = 0.0 if form == "ledger" else float(rng.choice([0.0, 0.3, 1.0]))
    writer = Writer(search, words, rng, int(rng.integers(3)), undated)
    if form in ("flows", "steps", "ledger"):
        return str(getattr(writer, form)())
    if form == "markdown":
        lines = ["# Search", "", "| " + " | ".join(heads[:5]) + " |", "|---" * 5 + "|"]
        rows = ("| " + " | ".join(row) + " |" for row in writer.snapshot())
        return "\n".join([*lines, *rows])
    heading = {
        "snapshot": heads[:5],
        "events": [heads[0], heads[1], heads[3], heads[5]],
        "wide": [*heads[:3], *words[1:]],
    }[form]
    rows = getattr(writer, form)()
    above = [["My search"], [""]] if rng.random() < 0.3 else []
    below = [[""], ["Total", "", "", ""]] if rng.random() < 0.3 else []
    mark = str(rng.choice([",", ";", "\t"]))
    return "\n".join(mark.join(row) for row in [*above, heading, *rows, *below])
