"""What a type checker must refuse: checked by mypy, never run.

Each line is wrong, and says why. An ignored error that is no longer one is reported
as unused, so a type that grows loose does not go unnoticed.
"""

from interviewfit import (
    Action,
    Belief,
    Candidate,
    Clue,
    Opportunity,
    Position,
    Reading,
    Search,
    Stage,
    Weights,
    assess,
    corporate,
    dumps,
    explain,
    loads,
    plan,
)

me, stages = Candidate(), corporate()
job = Opportunity(name="Acme", stages=stages)
found = assess(me, job)

Belief(5, 8)  # type: ignore[call-arg]  # which is the mean, which the sd?
Belief(mean=5)  # type: ignore[call-arg]  # how unsure is never guessed
Belief(mean="5", sd=8)  # type: ignore[arg-type]  # no number is read from text
Stage()  # type: ignore[call-arg]  # a stage is of some kind
Stage(kind="panel", hour=2)  # type: ignore[call-arg]  # a slip of the pen
Stage(kind=2)  # type: ignore[arg-type]  # a kind is no number
Position(stage="1")  # type: ignore[arg-type]  # stages are counted
Reading(aspect="pay", value=3)  # type: ignore[call-arg]  # noise has no default
Clue(event="passed_on")  # type: ignore[call-arg]  # nor has a factor
Weights(pay=2.0)  # type: ignore[call-arg]  # pay is an aspect, not a term
Candidate(priorities=["pay"])  # type: ignore[arg-type]  # how much does it count?
Candidate(priorities={"pay": "2"})  # type: ignore[dict-item]  # no number from text
Candidate(weights={"time": 2.0})  # type: ignore[arg-type]  # a record, not a mapping
Opportunity(name="Acme")  # type: ignore[call-arg]  # what lies ahead is needed
Opportunity(name="Acme", stages="panel")  # type: ignore[arg-type]  # not letters
Opportunity(name="A", stages=stages, signals=[3])  # type: ignore[list-item]  # no sign
Search(candidate=me, opportunities=job)  # type: ignore[arg-type]  # one needs brackets
job.name = "Globex"  # type: ignore[misc]  # records are frozen
job.stages[0] = stages[0]  # type: ignore[index]  # and so is what they hold
job.beliefs["pay"] = Belief(mean=0, sd=1)  # type: ignore[index]  # mappings too
assess(job, me)  # type: ignore[arg-type]  # who asks comes first
assess(me, [job])  # type: ignore[arg-type]  # several are planned, not assessed
assess(me, job, None)  # type: ignore[call-arg]  # the rest goes by name
assess(me, job, beside=job)  # type: ignore[arg-type]  # the others are several
plan(me, job)  # type: ignore[arg-type]  # and so are those planned
plan(me, [job], budget="10 h")  # type: ignore[arg-type]  # hours are a number
found.choice("take")  # type: ignore[arg-type]  # an answer speaks in members
worth = found.runner_up.value  # type: ignore[union-attr]  # there may be none
explain(job)  # type: ignore[arg-type]  # only answers are explained
loads("{}")  # type: ignore[call-arg]  # of which kind?
loads([], Search)  # type: ignore[arg-type]  # text or an object, not a list
mean = dumps(me).mean  # type: ignore[attr-defined]  # text has no fields
advice = Action.RUN  # type: ignore[attr-defined]  # nobody is advised to run
