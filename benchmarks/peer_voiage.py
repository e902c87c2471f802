"""The measured interview as voiage's belief-state problem. See `peer_models`."""

import importlib
from typing import Any

import numpy as np

from benchmarks.interview import Interview, readings_of
from benchmarks.stopwatch import Prepare, Solve

TOLERANCES = {"absolute_tie": 1e-9, "relative_tie": 1e-9, "probability": 1e-9}


def voiage_histories(interview: Interview, levels: int, readings: int) -> Prepare:
    """voiage enumerates beliefs; it adds what full and no information are worth."""
    identity = "belief_state_information"
    module = importlib.import_module(f"voiage.methods.{identity}")
    value_of = module.belief_state_information_value

    def prepare() -> Solve:
        specification = {
            "schema_version": "1.0.0",
            "analysis_id": "interview",
            "analysis_type": identity,
            "method_maturity": "experimental",
            "value_unit": "hour",
            "time_unit": "stage",
            "objective_direction": "maximize",
            "horizon": interview.stages,
            "discount_factor": 1.0,
            "chronology": ["control", "transition", "observe", "update"],
            "policy_class": "deterministic_markov_belief_policy",
            "stopping": {"kind": "fixed_horizon"},
            "tolerances": TOLERANCES,
            **_model(interview, levels, readings),
        }

        def answer() -> float:
            return float(value_of(specification).payload["values"]["closed_loop_net"])

        return answer

    return prepare


def _model(interview: Interview, levels: int, readings: int) -> dict[str, Any]:
    finite = readings_of(interview, levels=levels, readings=readings)
    last = interview.stages - 1
    fits = [f"fit{level}" for level in range(levels)]
    seen = [f"reading{reading}" for reading in range(readings)]
    goes = [f"go{stage}" for stage in range(interview.stages)]
    blind = dict.fromkeys(seen, 1.0 / readings)
    nothing = dict.fromkeys([*fits, "out"], blind)
    sights = {"leave": nothing, goes[last]: nothing}
    for go, likelihood in zip(goes[:last], finite.likelihoods, strict=True):
        shown = [dict(zip(seen, row, strict=True)) for row in likelihood.tolist()]
        sights[go] = dict(zip(fits, shown, strict=True)) | {"out": blind}
    rewards = {"leave": dict.fromkeys([*fits, "out"], 0.0)}
    for go, stage in zip(goes, interview.reward * interview.reach, strict=True):
        rewards[go] = dict.fromkeys(fits, float(stage)) | {"out": 0.0}
    through = float(np.prod(interview.survive))
    for fit, value in zip(fits, finite.fits.tolist(), strict=True):
        rewards[goes[last]][fit] += through * max(0.0, value)
    stays = {
        one: {other: float(one == other) for other in [*fits, "out"]}
        for one in [*fits, "out"]
    }
    return {
        "latent_states": [
            *({"state_id": fit, "initial_probability": 1.0 / levels} for fit in fits),
            {"state_id": "out", "initial_probability": 0.0},
        ],
        "control_actions": [{"action_id": action} for action in rewards],
        "observations": [{"observation_id": reading} for reading in seen],
        "transition_model": dict.fromkeys(goes, stays)
        | {"leave": dict.fromkeys(stays, stays["out"])},
        "rewards": rewards,
        "sensors": [
            {
                "sensor_id": sensor,
                "null_sensor": sensor == "blind",
                "cost": 0.0,
                "likelihood_by_control": likelihood,
            }
            for sensor, likelihood in (
                ("blind", dict.fromkeys(rewards, nothing)),
                ("look", sights),
            )
        ],
        "constraints": {
            "allowed_control_action_ids_by_stage": {
                str(stage): [go, "leave"] for stage, go in enumerate(goes)
            },
            "allowed_sensor_ids_by_control": {action: ["blind"] for action in rewards}
            | {go: ["blind", "look"] for go in goes[:last]},
        },
    }
