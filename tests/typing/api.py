"""What a type checker knows of the public names: checked by mypy, never run.

Whoever changes a type changes it here as well, and so sees what users will see.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, assert_type

import numpy as np
import numpy.typing as npt

from interviewfit import (
    Action,
    Assessment,
    Assumptions,
    Belief,
    Candidate,
    Clue,
    DecodeError,
    InterviewFitError,
    InvalidFieldError,
    Money,
    NamedSign,
    Opportunity,
    Pay,
    Phase,
    Plan,
    Position,
    Reading,
    Scores,
    Search,
    Sign,
    Stage,
    StageKind,
    Term,
    Weights,
    assess,
    corporate,
    dumps,
    explain,
    flips,
    loads,
    plan,
    questions,
    read_log,
    read_postings,
    robustness,
    score,
    simulate,
    small_firm,
    technical,
)
from interviewfit._model.numbers import Estimate
from interviewfit._model.parameters import PRIORS
from interviewfit.columns import TEMPLATES, Coded, Details, column_table
from interviewfit.errors import MissingPackageError, faults_of
from interviewfit.extra import plots
from interviewfit.extra.agent import TOOLS, Tool, call_tool, create_server, serve
from interviewfit.extra.dask import score_parquet
from interviewfit.extra.explore import Control, Explorer, explore
from interviewfit.extra.files import Scoring, UnfinishedError
from interviewfit.extra.frames import score_frame
from interviewfit.extra.imports import import_all
from interviewfit.extra.pages import read_page, scripts_of
from interviewfit.extra.progress import bar
from interviewfit.extra.pydantic import InJson
from interviewfit.extra.workbooks import is_workbook, workbook_text
from interviewfit.history import (
    Backtest,
    BetaMixture,
    Calibration,
    CumulativeIncidence,
    Forecast,
    ForecastScore,
    History,
    NextDate,
    PassRate,
    PassRates,
    PriorChange,
    ReliabilityBin,
    Review,
    ReviewLine,
    StageEvent,
    WaitStatus,
    calibrate,
    estimate_pass_rates,
    learn_days,
    past_decisions,
    replay,
    review,
    to_sankey,
)
from interviewfit.letters import CHANNELS, FORMS, LANGUAGES, PURPOSES, letter
from interviewfit.logs import ImportedLog, LogPreview
from interviewfit.postings import (
    Interval,
    Posting,
    PostingFields,
    Postings,
    ReadingOptions,
    Resume,
    Salary,
    Workplace,
    read_ashby,
    read_greenhouse,
    read_job_posting,
    read_jobspy,
    read_lever,
    read_resume,
    to_search,
)
from interviewfit.records import (
    Agreement,
    Answer,
    Certainty,
    Choice,
    DatedStage,
    DeadlineRule,
    Decision,
    Either,
    EmployerNews,
    Event,
    Guarantee,
    HeldOffer,
    LapseLimit,
    Milestone,
    PlanRecord,
    Preparation,
    Prior,
    Progress,
    QuantileSummary,
    RankedProcess,
    Reason,
    Reasons,
    Scope,
    Seniority,
    Signal,
    StageHours,
    Strength,
    Tabular,
    Threshold,
    Verdict,
    WeeklyLimit,
    When,
)
from interviewfit.schema import SCHEMA, schema_of
from interviewfit.sensitivity import (
    Candour,
    InfluentialInput,
    InformationValue,
    Parameter,
    Questions,
    Robustness,
    Source,
    Sweep,
    SwitchingValue,
    SwitchingValues,
    Tornado,
    TornadoBar,
    advise,
    candour,
    list_inputs,
    sweep,
    tornado,
)
from interviewfit.simulation import (
    Outcomes,
    ProcessOutcome,
    SimulatedSearches,
    play_out,
)
from interviewfit.weightings import (
    Acceptability,
    ActionShare,
    Certificate,
    JobChoice,
    LearnedPriority,
    NextChoice,
    PastDecision,
    PriorityPosterior,
    TradeOff,
    acceptability,
    certify,
    learn_priorities,
    next_choice,
)

# What is put in. Words stand for members of enums, and lists for tuples.
belief = Belief(mean=5, sd=8)
assert_type(import_all(), None)
assert_type(belief.mean, float)
assert_type(belief.sd, float)
reading = Reading(aspect="culture", value=-10, noise=20, scope="company", about="Acme")
assert_type(reading.scope, Scope)
assert_type(reading.when, When)
clue = Clue(event="passed_on", factor=2)
assert_type(clue.event, Event)
assert_type(clue.factor, float)
fact = Either(aspect="commute", chance=0.6, if_so=8, if_not=0, told_by=0)
assert_type(fact.chance, float)
assert_type(fact.told_by, str)
sign = NamedSign(sign="bad_reviews", strength="mild", about="Acme")
assert_type(sign.sign, Sign)
assert_type(sign.strength, Strength | float)
assert_type(sign.scope, Scope)
signals: list[Signal] = [reading, clue, sign]
stage = Stage(kind="panel", hours=2, meets="executive", reveals={"pay": 0.5})
assert_type(stage.kind, StageKind)
assert_type(stage.hours, float | None)
assert_type(stage.meets, Seniority | None)
assert_type(stage.title, str)
position = Position(phase="midway", stage=1)
assert_type(position.phase, Phase)
assert_type(position.stage, int)
weights = Weights(time=2.3)
assert_type(weights.time, float)
job = Opportunity(
    name="Acme",
    stages=[stage],
    beliefs={"pay": belief},
    signals=["bad_reviews", Sign.MERGER_TALKS, reading],
    tags=["oil"],
)
assert_type(job.stages, tuple[Stage, ...])
assert_type(job.signals, tuple[Signal | Sign, ...])
assert_type(job.tags, frozenset[str])
assert_type(job.beliefs, Mapping[str, Belief])
me = Candidate(priorities={"pay": 2}, dealbreakers="oil", learned=signals)
assert_type(me.learned, tuple[Signal, ...])
assert_type(me.weights, Weights)
assert_type(me.salary, Money | None)
assert_type(
    Opportunity(name="A", stages=corporate(), pay=Pay(low=1)).pay, Money | Pay | None
)
assert_type(me.activity, float | None)
numbers = Assumptions(numbers={"horizon_years": 3})
assert_type(numbers["horizon_years"], float)
assert_type(numbers.hours_per_percent, float)
assert_type(numbers.unknown("pay"), Estimate[float])
assert_type(PRIORS["horizon_years"], Prior)
search = Search(candidate=me, opportunities=[job], assumptions=numbers)
assert_type(search.opportunities, tuple[Opportunity, ...])
assert_type(corporate(), tuple[Stage, ...])
assert_type(small_firm(), tuple[Stage, ...])
assert_type(technical(), tuple[Stage, ...])

# One decision.
found = assess(me, job, assumptions=numbers, beside=[job])
assert_type(found, Assessment)
assert_type(found.decision, Decision)
assert_type(found.reasons, Reasons)
assert_type(found.reasons[0], Reason)
assert_type(found.reasons.remainder, float)
assert_type(found.reasons.deciding, tuple[Reason, ...])
verdict: Verdict = found
assert_type(verdict.action, Action)
assert_type(verdict.value, float)
assert_type(verdict.terms, Mapping[Term, float])
assert_type(verdict.choices, tuple[Choice, ...])
assert_type(verdict.choice(Action.TAKE), Choice)
assert_type(verdict.choice(Action.TAKE).reach, tuple[tuple[str, float], ...])
assert_type(verdict.runner_up, Choice | None)
assert_type(verdict.margin, float)
assert_type(verdict.thresholds, tuple[Threshold, ...])
assert_type(verdict.thresholds[0].fit, float)
assert_type(found.preparation, Preparation | None)
assert_type(verdict.preparation, Preparation | None)
if found.preparation is not None:
    assert_type(found.preparation.gain, float)
    assert_type(found.preparation.stages, tuple[StageHours, ...])
assert_type(verdict.employer_news, EmployerNews | None)
assert_type(EmployerNews().so_far, float)
assert_type(verdict.unknown, tuple[str, ...])
assert_type(verdict.reasons, Reasons | None)
assert_type(explain(verdict), str)
explorer = Explorer(found)
assert_type(explorer.controls, tuple[Control, ...])
assert_type(explorer.answer({"weights.time": 2.0}), Assessment)
explore("my.json", name="Acme")
tabular: Tabular = found
assert_type(tabular.to_dict(), dict[str, Any])
assert_type(tabular.to_columns("thresholds"), dict[str, Any])

# What would change it.
assert_type(flips(found, names=["pay.mean"]), SwitchingValues)
assert_type(list_inputs(found.decision), tuple[Parameter, ...])
for flip in flips(found):
    assert_type(flip, SwitchingValue)
    assert_type(flip.action, Action)
assert_type(questions(found), Questions)
assert_type(questions(found)[0], InformationValue)
assert_type(questions(found)[:2], tuple[InformationValue, ...])
assert_type(questions(found)[0].sources, tuple[Source, ...])
assert_type(tornado(found), Tornado)
assert_type(tornado(found)[0], TornadoBar)
assert_type(candour(found, [0.1, 0.2], odds=[0.5, 1]), Candour)
assert_type(candour(found).value, float)
swept = sweep(found, ("pay.mean", "weights.time"), ([0, 5], [1, 2]))
assert_type(swept, Sweep)
assert_type(swept.value, npt.NDArray[np.float64])
assert_type(advise(found), str)

# How sure it is, and what may come of it.


def told(done: int, of: int, /) -> None:
    """A progress callback."""


progress: Progress = told
assert_type(letter(found, "call", to="Ms Lee", reason=True, form="full"), str)
assert_type([*CHANNELS, *FORMS, *LANGUAGES, *PURPOSES[Phase.BEFORE]], list[str])
assert_type(certify(found, priorities={"pay": (0, 2)}), Certificate)
assert_type(acceptability(found, relative=["pay", "role"]), Acceptability)
assert_type(acceptability(found, relative=["pay", "role"]).shares[0], ActionShare)
job_choice = JobChoice(chosen={"commute": 13}, rejected={"pay": 8})
assert_type(job_choice.differences, Mapping[str, float])
posterior = learn_priorities([job_choice, TradeOff(aspect="role", change=5, pay=4)])
assert_type(posterior, PriorityPosterior)
assert_type(posterior.priorities, tuple[LearnedPriority, ...])
assert_type(posterior.to_candidate(), Candidate)
assert_type(next_choice(found, posterior, minutes=2), NextChoice | None)
sure = robustness(found, 1_000, np.random.default_rng(1), progress=progress)
assert_type(sure, Robustness)
assert_type(sure.agreement, Agreement)
assert_type(sure.influential, tuple[InfluentialInput, ...])
played = simulate(found, 1_000)
assert_type(played, Outcomes)
assert_type(played.value, QuantileSummary)
assert_type(played.processes, tuple[ProcessOutcome, ...])
assert_type(play_out(found, 10), SimulatedSearches)
progress = bar()

# Very many.
coded = Coded(words=["corporate", "technical"], codes=[0, 1])
assert_type(coded.words, tuple[str, ...])
scores = score(me, {"process": coded, "pay.mean": [1.0, 2.0]}, terms=True, threads=2)
assert_type(scores, Scores)
assert_type(scores.actions, tuple[Action, ...])
assert_type(scores.value, npt.NDArray[np.float64])
assert_type(scores.details, Details | None)
assert_type(TEMPLATES["corporate"], tuple[Stage, ...])
assert_type(column_table(), str)
scoring = Scoring(candidate=me, constants={"process": "corporate"})
# A frame of any kind comes back as it went in; text stands for one here.
assert_type(score_frame(me, "frame"), str)
assert_type(score_parquet(None, "postings", "scored", me), int)
unfinished: type[InterviewFitError] = UnfinishedError

# Several processes.
planned = plan(me, [job], assumptions=numbers, budget=10, slots=2, recall=False)
plan(me, [job], today="2026-11-30", progress=print)
assert_type(planned, Plan)
record: PlanRecord = planned
assert_type(planned.ranked, tuple[RankedProcess, ...])
assert_type(planned.process("Acme"), RankedProcess)
assert_type(planned.offers, tuple[HeldOffer, ...])
assert_type(planned.rule, DeadlineRule | None)
assert_type(planned.weekly, tuple[WeeklyLimit, ...])
if planned.rule is not None:
    assert_type(planned.rule.stages, tuple[DatedStage, ...])
    assert_type(planned.rule.limits, tuple[LapseLimit, ...])
    assert_type(planned.rule.limits[0].above, float)
assert_type(planned.budget, float | None)
assert_type(planned.guarantee, Guarantee)
assert_type(planned.guarantee.certainty, Certainty)

# Postings, from text or what it decodes to.
salary = Salary(amount=85_000, currency="EUR", per="year")
assert_type(salary.per, Interval)
basis = ReadingOptions(salary=salary, stages=corporate(), company="Acme", per="month")
assert_type(basis.salary, Salary | None)
for several in (
    read_job_posting("{}", basis),
    read_jobspy([{"title": "Analyst"}], basis),
    read_greenhouse({"jobs": []}, basis),
    read_lever([], basis),
    read_ashby(b"{}"),
    read_postings("{}"),
):
    assert_type(several, Postings)
    for posting in several:
        assert_type(posting, Posting)
        assert_type(posting.opportunity, Opportunity)
        assert_type(posting.unknown, tuple[str, ...])
        assert_type(posting.fields, PostingFields)
        assert_type(posting.fields.pays, tuple[Pay, ...])
        assert_type(posting.fields.workplace, Workplace | None)
    assert_type(to_search(several, me, numbers), Search)
assert_type(read_page("<html>"), Postings)
assert_type(list(scripts_of("<html>")), list[str])
assert_type(read_resume("{}"), Resume)
assert_type(read_resume("{}").candidate, Candidate)

# A log, and what it teaches.
event = StageEvent(process="Acme", kind="applied", on="2026-05-02", stage="panel")
assert_type(event.kind, Milestone)
assert_type(event.on, date | None)
log = History(events=[event])
assert_type(log.with_events(event), History)
assert_type(log.as_of("2026-06-01"), History)
assert_type(read_log("[]"), ImportedLog)
assert_type(read_log("[]", preview=True), LogPreview)
assert_type(is_workbook(b""), bool)
assert_type(workbook_text(b""), str)
assert_type(read_log("[]").history, History)
assert_type(estimate_pass_rates(log), PassRates)
assert_type(estimate_pass_rates(log, numbers).by_stage, Mapping[str, PassRate])
rate = estimate_pass_rates(log).by_stage["panel"]
assert_type(rate.counts, Mapping[Answer, int])
assert_type(rate.posterior, BetaMixture)
assert_type(rate.incidence, CumulativeIncidence)
learned = calibrate(numbers, log)
assert_type(learned, Calibration)
assert_type(calibrate(me, log).assumptions, Assumptions)
assert_type(learned.changes, tuple[PriorChange, ...])
assert_type(replay(log), Backtest)
assert_type(replay(log).forecasts, tuple[Forecast, ...])
assert_type(replay(log).score("learned"), ForecastScore | None)
assert_type(replay(log).reliability_bins(), tuple[ReliabilityBin, ...])
assert_type(replay(log, numbers).brier_improvement(), tuple[float, float] | None)
assert_type(review(search, log, date(2026, 6, 1)), Review)
assert_type(learn_days(search, log), Search)
assert_type(review(search, log).lines, tuple[ReviewLine, ...])
assert_type(review(search, log).lines[0].wait, WaitStatus | None)
assert_type(review(search, log).lines[0].next_date, NextDate | None)
assert_type(to_sankey(log), str)
assert_type(past_decisions(log, search.opportunities), tuple[PastDecision, ...])

# Text and errors.
assert_type(dumps(found), str)
assert_type(loads("{}", Search), Search)
assert_type(loads(b"{}", Belief), Belief)
assert_type(loads({"mean": 1}, Belief), Belief)
field_error = InvalidFieldError("Stage.hours", "a number", -1)
assert_type(field_error.where, str)
assert_type(field_error.value, object)
decode_error = DecodeError("Search", ["It is empty."])
assert_type(decode_error.faults, tuple[str, ...])
missing = MissingPackageError("lxml", "html")
errors: list[InterviewFitError] = [field_error, decode_error, missing]
assert_type(faults_of(decode_error), tuple[str, ...])
assert_type(SCHEMA, str)
value_errors: list[ValueError] = [field_error, decode_error]
assert_type(schema_of(Opportunity), dict[str, Any])

# Tools for agents and web services.
assert_type(TOOLS["plan"], Tool)
assert_type(TOOLS["plan"].request, type)
assert_type(call_tool("plan", "{}"), Any)
assert_type(create_server().name, Any)
assert_type(serve(), None)
in_json: InJson[Search] = Search(candidate=me, opportunities=[job])
assert_type(in_json.opportunity("Acme"), Opportunity)

# Pictures take an answer and give back the axes.
for axes in (
    plots.draw_map(found),
    plots.draw_value(found),
    plots.draw_weightings(found, relative=["pay", "role", "growth"]),
    plots.draw_passing(found),
    plots.draw_acceptability(acceptability(found, relative=["pay", "role"])),
    plots.draw_terms(found),
    plots.draw_plan(planned),
    plots.draw_calendar(planned),
    plots.draw_tornado(tornado(found)),
    plots.draw_sweep(swept),
    plots.draw_outcomes(played),
    plots.draw_reliability(replay(log)),
    plots.draw_flows(log),
):
    assert_type(axes.get_title(), str)
