"""Random searches with everything that an opportunity and a candidate may state."""

from datetime import date, timedelta
from random import Random
from typing import Any

from interviewfit import (
    Belief,
    Candidate,
    Opportunity,
    Position,
    Stage,
    corporate,
    small_firm,
    technical,
)

TODAY = date(2026, 11, 30)
SIGNS = ("merger_talks", "bad_reviews", "liked_everyone", "wrong_kind_of_work")
KINDS = ("hr_screen", "panel", "hiring_manager", "executive", "take_home")


def after(draw: Random, most: int) -> str:
    """A day from today on."""
    return str(TODAY + timedelta(days=draw.randrange(most)))


def stated(**fields: Any) -> dict[str, Any]:
    """The fields that are not left to their defaults."""
    return {name: value for name, value in fields.items() if value is not None}


def stages_of(draw: Random) -> tuple[Stage, ...]:
    """The stages of a process: a usual one, or one to three of any kind."""
    if draw.random() < 0.3:
        chosen: tuple[Stage, ...] = draw.choice((corporate, small_firm, technical))()
        return chosen[-draw.randint(1, 3) :]
    return tuple(
        Stage(
            kind=draw.choice(KINDS),
            **stated(
                hours=draw.choice((None, None, 1.0, 4.0)),
                pass_rate=draw.choice((None, 0.2, 0.7, 1.0)),
                days=draw.choice((None, 0.0, 2.0, 5.0)),
                days_sd=draw.choice((None, None, 1.5)),
                reshape_chance=draw.choice((None, None, 0.3)),
            ),
        )
        for _ in range(draw.randint(1, 3))
    )


def offer(draw: Random, name: str, dated: bool) -> Opportunity:
    """An offer in hand, with a date or without."""
    fields: dict[str, Any] = {}
    if dated:
        fields["answer_by"] = after(draw, 12)
        if draw.random() < 0.3:
            fields["more_time"] = draw.choice((0.3, 0.9))
            more = date.fromisoformat(fields["answer_by"]) + timedelta(days=6)
            fields["more_time_until"] = str(more)
            fields |= stated(lost_by_asking=draw.choice((None, 0.1)))
    return Opportunity(
        name=name,
        stages=stages_of(draw),
        position=Position(phase="offered"),
        beliefs={"pay": Belief(mean=draw.uniform(-2, 18), sd=draw.choice((0, 1, 6)))},
        signals=draw.sample(SIGNS, draw.randint(0, 1)),
        questions_asked=draw.random() < 0.6,
        **stated(stays_open=draw.choice((None, 0.0, 0.8, 1.0))),
        **fields,
    )


def process(draw: Random, name: str, dated: bool) -> Opportunity:
    """A process that runs."""
    stages = stages_of(draw)
    phase = draw.choice(("before", "before", "before", "midway"))
    fields: dict[str, Any] = {}
    if dated and phase == "before" and draw.random() < 0.7:
        fields["next_on"] = after(draw, 9)
    if dated and draw.random() < 0.25:
        fields["gone_weekly"] = draw.choice((0.1, 0.4))
    if not dated and draw.random() < 0.15:
        fields["mutual_fit"] = 0.5
    return Opportunity(
        name=name,
        stages=stages,
        position=Position(phase=phase, stage=draw.randrange(len(stages))),
        beliefs={
            "pay": Belief(mean=draw.uniform(-4, 10), sd=draw.choice((0, 3, 8))),
            "role": Belief(mean=draw.uniform(-8, 12), sd=4),
        },
        signals=draw.sample(SIGNS, draw.choice((0, 0, 1, 2))),
        via_recruiter=draw.random() < 0.2,
        unresearched=phase == "before" and draw.random() < 0.15,
        **fields,
    )


def whole_search(
    seed: int, *, dated: bool
) -> tuple[Candidate, list[Opportunity], dict[str, Any]]:
    """A candidate, opportunities, and arguments of ``plan``.

    Args:
        seed: Which.
        dated: Whether something has a date.
    """
    draw = Random(seed)
    jobs = [
        (offer if draw.random() < (0.35 if number else 0.7) else process)(
            draw, f"Job {number}", dated
        )
        for number in range(draw.choice((1, 2, 2, 3, 3, 4)))
    ]
    fields: dict[str, Any] = {}
    asked: dict[str, Any] = {"today": TODAY} if dated else {}
    if dated and draw.random() < 0.3:
        fields["fallback_from"] = {after(draw, 20): draw.choice((-6.0, 3.0))}
    if dated and draw.random() < 0.2:
        fields["day_cost"] = 0.4
    if draw.random() < 0.2:
        fields |= {"arrivals": 0.2, "search_weeks": 8}
    if not dated and draw.random() < 0.5:
        asked["budget"] = draw.choice((2.0, 6.5, 20.0))
    if not dated and draw.random() < 0.3:
        asked["slots"] = draw.randint(1, 2)
    if not dated and draw.random() < 0.2:
        asked["recall"] = False
    done = draw.choice((0, 3, 12))
    return Candidate(interviews_done=done, **fields), jobs, asked


def crowded_search(seed: int) -> tuple[Candidate, list[Opportunity], dict[str, Any]]:
    """An offer up to a date, and three or four processes that move until then.

    Args:
        seed: Which.
    """
    draw = Random(1_000 + seed)
    held = Opportunity(
        name="Offer",
        stages=corporate(),
        position=Position(phase="offered"),
        beliefs={"pay": Belief(mean=draw.uniform(5, 13), sd=1)},
        answer_by=str(TODAY + timedelta(days=draw.randint(5, 25))),
        questions_asked=True,
    )
    jobs = [held]
    for number in range(draw.choice((3, 3, 4))):
        stages = tuple(
            Stage(
                kind=draw.choice(KINDS),
                pass_rate=draw.choice((0.3, 0.6, 0.9)),
                days=draw.choice((0.0, 2.0, 4.0)),
            )
            for _ in range(draw.randint(1, 2))
        )
        jobs.append(
            Opportunity(
                name=f"Job {number}",
                stages=stages,
                beliefs={
                    "role": Belief(mean=draw.uniform(2, 16), sd=draw.choice((0, 5)))
                },
                next_on=after(draw, 5),
                signals=draw.sample(SIGNS, draw.choice((0, 0, 1))),
                **stated(gone_weekly=draw.choice((None, None, 0.2))),
            )
        )
    return Candidate(), jobs, {"today": TODAY}
