"""JSON Schemas of the two formats, for editors: made from the models, plus the keys that only files have."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from pydantic import BaseModel

from partnerselect.model.criteria import CriteriaSet
from partnerselect.model.scenario import Scenario

Json = dict[str, Any]

KINDS: Final = ("criteria", "scenario")
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

_ROOTS: Final[dict[str, type[BaseModel]]] = {"criteria": CriteriaSet, "scenario": Scenario}
_ABOUT: Final = {
    "criteria": (
        "A criteria set of partnerselect: what matters, how much, and on which scale. With"
        " `extends`, only what differs need be written."
    ),
    "scenario": (
        "A scenario of partnerselect: partners, programmes and limits. With `extends`, only what"
        " differs need be written."
    ),
}
_PART: Final = (
    "Partial"  # what a file that extends another may write: nothing required, null deletes
)
_PYDANTIC_BOUNDS: Final = {
    "ge": "minimum",
    "gt": "exclusiveMinimum",
    "le": "maximum",
    "lt": "exclusiveMaximum",
}
_EXTENDS: Final = {
    "type": "string",
    "minLength": 1,
    "description": (
        "Path of the file this one builds on, relative to this file. Keys merge; null deletes a"
        " key; lists replace."
    ),
}

_EXPLANATIONS: Final = {
    "about": "One sentence or more, for the reader.",
    "title": "The name readers see.",
    "text": "The paper's own words.",
    "unit": "Unit of the scores, for the reader.",
    "scores": (
        "A score for every leaf criterion by its path, such as `sustainability.handover`; `unknown`"
        " where nothing is known."
    ),
    "weights": "Weights elicited instead of typed.",
    "method": "How the weights were elicited.",
    "branches": "Weights of the sub-criteria of a branch.",
    "gate": "The gate that must be open.",
    "seed": "The same seed draws the same numbers.",
    "Apart.apart": "At most one of these partners.",
    "AnalysisOptions.base": (
        "Whose weights count: the criteria set's, or the mean of the stakeholder groups' by voice."
    ),
    "AnalysisOptions.choice-samples": (
        "For how many of the draws the best choice is found anew; 0 skips them."
    ),
    "AnalysisOptions.gap": "How far from the best an answer may be.",
    "AnalysisOptions.samples": "How many draws; 0 skips them.",
    "AnalysisOptions.time-limit": "Seconds the solver may take.",
    "AnalysisOptions.weights": (
        "The weights that are drawn: within a share of those stated, free, ordinal, or"
        " stakeholders."
    ),
    "Ask.ask": "What the board is asked to do.",
    "Before.before": "Two programmes: the second runs only if the first does.",
    "BestWorstWeights.best": "The most important criterion.",
    "BestWorstWeights.best-to-others": "How many times as important the best is as each other.",
    "BestWorstWeights.others-to-worst": "How many times as important each is as the worst.",
    "BestWorstWeights.worst": "The least important criterion.",
    "Compliance.applies": "Whether it applies.",
    "Compliance.domains": "The domains it touches.",
    "Considered.considered": "Whether it was considered.",
    "Cost.once": "Paid once if the partner works at all.",
    "Cost.per-day": "Price of a day.",
    "Cost.per-programme": "Paid for each programme the partner works on.",
    "Cover.body": "The body that receives the paper.",
    "Cover.considered-before": "Where it was considered before.",
    "Cover.date": "The day of the meeting.",
    "Cover.item": "The item on the agenda.",
    "Cover.public": "Whether the paper is public.",
    "Criterion.asks": "The question a scorer answers.",
    "Criterion.criteria": "Sub-criteria; weights multiply down the tree.",
    "Criterion.scale": (
        "How scores turn into values from 0 to 100: worst and best, points, levels, or local."
    ),
    "CriteriaSet.criteria": "The criteria by id; a criterion with criteria of its own is a branch.",
    "Design.cases": "How many cases.",
    "Design.method": "How the cases are spread.",
    "Design.over": "The paths varied, each with its least and greatest value.",
    "Engagement.date": "When.",
    "Engagement.who": "Who was asked; roles, not names.",
    "ForProgramme.scores": "Scores that differ in this programme.",
    "Forbid.forbid": "Programmes, each with the partner or partners that may not work on it.",
    "Funding.covers": "The share of all three prices that the payer meets.",
    "Funding.payer": "Who pays; its ceiling stands under `limits.funds`.",
    "Gate.likelihood": (
        "How likely it opens, for the draws: expected 80% and unknown 50% unless stated."
    ),
    "Gate.status": "confirmed and expected count as open, refused and unknown as closed.",
    "Group.voice": "How much the group counts against the others.",
    "Implication.reference": "Where more is written.",
    "LeastCost.least-cost": "Spend least for a portfolio value that is good enough.",
    "LevelsScale.levels": "The levels, each with its value from 0 to 100, rising or falling.",
    "LinearScale.best": "The score worth 100.",
    "LinearScale.worst": "The score worth 0; it may be the larger number.",
    "Measure.baseline": "Where it stands now.",
    "Measure.by": "By when.",
    "Measure.direction": "Whether more or less is better.",
    "Measure.target": "Where it should stand.",
    "Narrative.background": "How it came to this choice.",
    "Narrative.challenges": "What may go wrong.",
    "Narrative.opportunities": "What may be won.",
    "Paper.compliance": "Standards the paper bears on.",
    "Paper.considered": "Areas considered, and what follows.",
    "Paper.engagement": "Who was asked, when.",
    "Paper.implications": "What follows in one respect or another.",
    "Paper.measures": "How success will be told.",
    "Paper.priorities": "Strategic priorities.",
    "Paper.risks": "Risks of the options, and of doing nothing.",
    "PairwiseWeights.judgements": "`a over b: 3` says that a is three times as important as b.",
    "Partner.capacity": "Days over the whole horizon, or by phase with every phase named.",
    "Partner.for": "What differs for one programme.",
    "Partner.offers": (
        "The components of support it can deliver; programmes need them by the same names."
    ),
    "PartnerRange.max": "The most partners in this programme.",
    "PartnerRange.min": "The fewest partners in this programme.",
    "PointWeights.points": "Points for each sibling; only their ratio counts.",
    "PointsScale.points": "Pairs of a score and its value, joined by straight lines.",
    "Preference.deviation": "Where the Gaussian curve bends.",
    "Preference.indifference": "Up to this difference there is no preference.",
    "Preference.preference": "From this difference the preference is full.",
    "Preference.shape": "The shape of PROMETHEE's preference function.",
    "Priority.affected": "Whether it is affected.",
    "Programme.baseline": "The value of doing nothing, as a number from 0 to 100 or as scores.",
    "Programme.mandatory": "It must run; otherwise it may be deferred.",
    "Programme.needs": "Days of each component needed, in all or by phase.",
    "Programme.review": "The day it is looked at again.",
    "Programme.sponsor": "The role that answers for it.",
    "RankWeights.order": "From the most important to the least; a nested list is a tie.",
    "RankWeights.variant": "How ranks become weights: centroid (ROC), sum or reciprocal.",
    "Require.require": (
        "Programmes, each with the partner or partners that must work on it if it runs."
    ),
    "Risk.impact": "From 1 to 5.",
    "Risk.likelihood": "From 1 to 5.",
    "Risk.mitigation": "What is done about it.",
    "Risk.option": "The partner whose choice brings the risk; `none` is doing nothing.",
    "Scenario.aim": "The most value, or the least cost for enough value.",
    "Scenario.committed": "Decided at an earlier juncture: programme, need and partner.",
    "Scenario.criteria": (
        "The path of a criteria set, a mapping that extends one, or the set itself."
    ),
    "Scenario.currency": "Three letters, such as GBP.",
    "Scenario.format": "The version of this format: 1.",
    "Scenario.gates": "Conditions that others decide.",
    "Scenario.partners": "The candidate partners by id.",
    "Scenario.phases": "Each phase with the day it begins.",
    "Scenario.programmes": "The programmes of work by id.",
    "Scenario.rules": "What couples choices.",
    "Scenario.stakeholders": "Groups with their own weights.",
    "Scenario.sweep": "Paths, each with the values to try; one case for every combination.",
    "Score.evidence": "What the score rests on.",
    "Score.grade": "How good the evidence is.",
    "Score.high": "The most it could be.",
    "Score.likely": "The most likely score.",
    "Score.low": "The least it could be.",
    "Score.published": "The day the evidence was published.",
    "Score.score": "A number, a level, or `unknown`.",
    "Score.source": "Where the evidence is found.",
    "Span.from": "The first value.",
    "Span.steps": "How many values, both ends included.",
    "Span.to": "The last value.",
    "Together.together": "All of these partners or none.",
    "ValueFloor.value-at-least": "The portfolio value to reach, from 0 to 100.",
    "Vikor.v": "1 heeds the majority of criteria, 0 the worst one.",
    "Within.within": "Each share of weight stays within this fraction of itself.",
}


def schema(kind: str) -> Json:
    """Return the JSON Schema (2020-12) of the format of `kind`, one of `KINDS`."""
    root = _ROOTS[kind].__name__
    strict, loose = _definitions(_ROOTS[kind])
    definitions = {**strict, **{_PART + name: shape for name, shape in loose.items()}}
    whole = _either(root)
    used = sorted(_reached(whole, definitions))
    return {
        "$schema": DIALECT,
        "title": f"partnerselect {kind}",
        "description": _ABOUT[kind],
        **whole,
        "$defs": {name: definitions[name] for name in used},
    }


def text(kind: str) -> str:
    """Return the JSON Schema of `kind` as it is kept in `schema/`."""
    return json.dumps(schema(kind), indent=2, ensure_ascii=False) + "\n"


def _definitions(model: type[BaseModel]) -> tuple[Json, Json]:
    """Return the shapes of all parts by name: as a file on its own must write them, and as a file that extends another may."""
    made = model.model_json_schema(by_alias=True)
    parts = {**made.pop("$defs"), model.__name__: made}
    _explain(parts)
    strict = {name: _tidied(part, loose=False) for name, part in parts.items()}
    loose = {name: _tidied(part, loose=True) for name, part in parts.items()}
    for name in set(
        _members_of_choices(loose)
    ):  # written over another form, a mapping holds keys of both: `levels` beside `worst: null`
        loose[name].pop("additionalProperties", None)
    loose["CriteriaSet"]["properties"]["extends"] = _EXTENDS
    for shapes, criteria in (
        (strict, _either("CriteriaSet")),
        (loose, {"$ref": f"#/$defs/{_PART}CriteriaSet"}),
    ):
        if "Scenario" in shapes:
            _add_file_keys(shapes["Scenario"]["properties"], criteria)
    if "Scenario" in loose:
        loose["Scenario"]["properties"]["extends"] = _EXTENDS
    return strict, loose


def _members_of_choices(shape: object) -> Iterator[str]:
    """Yield the names of the mappings that are one form among several of the same value."""
    children: list[object] = (
        list(shape.values())
        if isinstance(shape, dict)
        else shape
        if isinstance(shape, list)
        else []
    )
    if isinstance(shape, dict):
        names = [
            form["$ref"].removeprefix(f"#/$defs/{_PART}")
            for form in shape.get("anyOf", [])
            if "$ref" in form
        ]
        yield from names if len(names) > 1 else ()
    for child in children:
        yield from _members_of_choices(child)


def _add_file_keys(properties: Json, criteria: Json) -> None:
    path = {"type": "string", "minLength": 1}
    properties["criteria"] = {
        "description": _EXPLANATIONS["Scenario.criteria"],
        "if": {"type": "string"},
        "then": path,
        "else": criteria,
    }
    properties["scores"] = {
        **path,
        "description": (
            "Path of a table of scores (.csv or .xlsx), one row a score; see scenario-format.md for"
            " its columns."
        ),
    }


def _either(root: str) -> Json:
    """Choose the loose shape where `extends` is written, else the strict one: an `if` gives clearer messages than `anyOf`."""
    return {
        "if": {"required": ["extends"]},
        "then": {"$ref": f"#/$defs/{_PART}{root}"},
        "else": {"$ref": f"#/$defs/{root}"},
    }


def _explain(parts: Json) -> None:
    """Give each key without a description the explanation of that key."""
    for name, part in parts.items():
        for key, value in _properties(part).items():
            words = _EXPLANATIONS.get(f"{name}.{key}") or _EXPLANATIONS.get(key)
            if words:
                value.setdefault("description", words)


def _properties(part: Json) -> Json:
    """Return the keys of a mapping, also where it is one of several forms."""
    forms = [part, *part.get("anyOf", [])]
    return next((form["properties"] for form in forms if "properties" in form), {})


def _tidied(shape: Json, *, loose: bool) -> Json:
    """Return pydantic's schema without noise and null.

    `loose` requires nothing and allows null for every key.
    """
    out: Json = {}
    for key, value in shape.items():
        match key:
            case "properties" | "patternProperties":
                out[key] = {
                    name: _entry(_tidied(child, loose=loose), loose=loose)
                    for name, child in value.items()
                }
            case "additionalProperties" if isinstance(value, dict):
                out[key] = _entry(_tidied(value, loose=loose), loose=loose)
            case "items":
                out[key] = _tidied(value, loose=loose)
            case "anyOf" | "oneOf":
                out |= _alternatives(
                    [_tidied(form, loose=loose) for form in value if form != {"type": "null"}]
                )
            case "$ref":
                out[key] = value.replace("#/$defs/", f"#/$defs/{_PART}") if loose else value
            case _ if not _is_noise(key, value, loose=loose):
                out[_PYDANTIC_BOUNDS.get(key, key)] = value
    if "patternProperties" in out:
        out["additionalProperties"] = False
    return out


def _is_noise(key: str, value: object, *, loose: bool) -> bool:
    if key == "default":
        return value is None or isinstance(value, (dict, list)) or value == ""
    return key == "title" or (loose and key in {"required", "minProperties"})


def _alternatives(forms: list[Json]) -> Json:
    """Return one form as it stands, several as `anyOf`, nested choices flattened."""
    flat = [
        inner for form in forms for inner in (form["anyOf"] if form.keys() == {"anyOf"} else [form])
    ]
    return flat[0] if len(flat) == 1 else {"anyOf": flat}


def _entry(shape: Json, *, loose: bool) -> Json:
    if not loose:
        return shape
    words = {"description": shape["description"]} if "description" in shape else {}
    return words | _alternatives(
        [
            {key: value for key, value in shape.items() if key not in {"description", "default"}},
            {"type": "null"},
        ]
    )


def _reached(shape: object, definitions: Json, seen: set[str] | None = None) -> set[str]:
    """Return the names of the definitions a schema refers to, directly or not."""
    seen = set() if seen is None else seen
    for name in _references(shape):
        if name not in seen:
            seen.add(name)
            _reached(definitions[name], definitions, seen)
    return seen


def _references(shape: object) -> Iterator[str]:
    children: list[object] = (
        list(shape.values())
        if isinstance(shape, dict)
        else shape
        if isinstance(shape, list)
        else []
    )
    if isinstance(shape, dict) and isinstance(shape.get("$ref"), str):
        yield shape["$ref"].removeprefix("#/$defs/")
    for child in children:
        yield from _references(child)
