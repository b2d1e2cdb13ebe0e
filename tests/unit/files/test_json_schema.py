from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st
from jsonschema import Draft202012Validator

from partnerselect import files
from partnerselect.errors import InputError
from partnerselect.files import json_schema
from partnerselect.files.documents import parse
from partnerselect.files.source import decode, read_bytes
from partnerselect.model.scenario import Scenario

ROOT = Path(__file__).parents[3]
SHIPPED = {
    "criteria": sorted((ROOT / "criteria").glob("*.yaml")),
    "scenario": sorted((ROOT / "scenarios").glob("*.yaml")),
}
VALIDATORS = {kind: Draft202012Validator(json_schema.schema(kind)) for kind in json_schema.KINDS}

SCENARIO: dict[str, Any] = {
    "format": 1,
    "title": "A choice",
    "criteria": "../criteria/set.yaml",
    "partners": {"peer": {"title": "Peer", "offers": ["coaching"], "scores": {"value": 7}}},
    "programmes": {"culture": {"title": "Culture", "needs": {"coaching": 3}}},
}
WHOLE = {
    key: value
    for key, value in files.load(ROOT / "scenarios" / "shsc-2021.yaml").scenario.data.items()
    if key != "format"
}  # a literal: true would pass for 1


def data_of(path: Path) -> dict[str, Any]:
    return parse(decode(path, read_bytes(path))).data


def faults(kind: str, data: dict[str, Any]) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALIDATORS[kind].iter_errors(data)]


def changed(path: str, value: object, start: dict[str, Any] = SCENARIO) -> dict[str, Any]:
    data = copy.deepcopy(start)
    *way, last = path.split("/")
    node = data
    for key in way:
        node = node.setdefault(key, {})
    node[last] = value
    return data


@pytest.mark.parametrize("kind", json_schema.KINDS)
def test_a_schema_is_a_schema(kind: str) -> None:
    Draft202012Validator.check_schema(json_schema.schema(kind))


@pytest.mark.parametrize("kind", json_schema.KINDS)
def test_the_kept_schema_is_what_the_models_say(kind: str) -> None:
    assert (ROOT / "schema" / f"{kind}.json").read_text(
        encoding="utf-8"
    ) == json_schema.schema_text(kind), f"run `partnerselect schema {kind} > schema/{kind}.json`"


@pytest.mark.parametrize(
    ("kind", "path"),
    [(kind, path) for kind, paths in SHIPPED.items() for path in paths],
    ids=lambda value: getattr(value, "stem", value),
)
def test_every_shipped_file_is_valid_and_names_its_schema(kind: str, path: Path) -> None:
    assert faults(kind, data_of(path)) == []
    assert path.read_text(encoding="utf-8").startswith(
        f"# yaml-language-server: $schema=../schema/{kind}.json\n"
    )


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("title", 3),
        ("format", 2),
        ("titel", "x"),
        ("partners/peer/capacity", -4),
        ("partners/peer/scores/value", ["x"]),
        ("partners/Peer", {"title": "x", "offers": []}),
        ("partners/peer/gate", None),
        ("limits/share-per-partner", "sixty"),
        ("rules/pair", {"together": ["a", "b"], "apart": ["a", "b"]}),
        ("programmes/culture/needs", {}),
        ("criteria", {"title": "Set"}),
        ("scores", 3),
    ],
)
def test_what_the_models_refuse_in_shape_the_schema_refuses(path: str, value: object) -> None:
    assert faults("scenario", SCENARIO) == []
    assert faults("scenario", changed(path, value))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("partners/peer/capacity", "unlimited"),
        ("partners/peer/capacity", {"first": 3, "second": "unlimited"}),
        ("limits/share-per-partner", "60%"),
        ("limits/share-per-partner", 0.6),
        ("criteria", {"extends": "../criteria/set.yaml", "criteria": {"value": {"weight": None}}}),
        ("scores", "scores.csv"),
        ("aim", {"least-cost": {"value-at-least": 60}}),
        (
            "sweep",
            {
                "stakeholders": "each",
                "limits.budget": [1, 2],
                "criteria.value.weight": {"from": 1, "to": 2, "steps": 3},
            },
        ),
    ],
)
def test_every_form_of_a_value_is_allowed(path: str, value: object) -> None:
    assert faults("scenario", changed(path, value)) == []


def test_with_extends_nothing_is_required_and_null_is_allowed() -> None:
    variant = {
        "extends": "base.yaml",
        "partners": {"peer": None, "firm": {"cost": {"once": None}, "scores": {"value": None}}},
        "limits": None,
    }
    assert faults("scenario", variant) == []
    assert (
        faults(
            "criteria",
            {
                "extends": "set.yaml",
                "criteria": {"value": {"scale": {"worst": None, "levels": {"low": 0}}}},
            },
        )
        == []
    )
    assert faults("scenario", changed("limits/budgte", 3, {"extends": "base.yaml"}))
    assert faults("scenario", changed("partners/peer/capacity", -1, {"extends": "base.yaml"}))


@pytest.mark.parametrize("kind", json_schema.KINDS)
def test_every_key_explains_itself(kind: str) -> None:
    whole = json_schema.schema(kind)
    silent = [
        f"{name}.{key}"
        for name, part in whole["$defs"].items()
        for key, value in _keys(part)
        if not _words(value, whole["$defs"])
    ]
    assert silent == []


@given(st.data())
def test_whatever_the_models_accept_the_schema_accepts(data: st.DataObject) -> None:
    content = copy.deepcopy(WHOLE)
    node: dict[str, Any] = content
    while True:
        key = data.draw(st.sampled_from(sorted(node)))
        if not isinstance(node[key], dict) or not node[key] or data.draw(st.integers(0, 4)) == 0:
            break
        node = node[key]
    node[key] = data.draw(
        st.sampled_from(
            [
                0,
                1,
                0.5,
                60,
                100,
                "unlimited",
                "60%",
                "unknown",
                "x",
                True,
                [],
                {},
                ["value"],
                [1, 2],
                {"low": 1, "high": 2},
            ]
        )
    )
    assert faults("scenario", content | {"format": 1}) == [] or models_refuse(
        content | {"format": 1}
    )


def models_refuse(content: dict[str, Any]) -> bool:
    try:
        Scenario.from_data(content)
    except InputError:
        return True
    return False


def _keys(part: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for form in (part, *part.get("anyOf", [])):
        yield from form.get("properties", {}).items()


def _words(value: dict[str, Any], definitions: dict[str, Any]) -> str:
    """Return what an editor shows for a key: its own words, or those of what it refers to."""
    referred = next(
        (form["$ref"] for form in (value, *value.get("anyOf", [])) if "$ref" in form), ""
    )
    return str(
        value.get("description")
        or definitions.get(referred.removeprefix("#/$defs/"), {}).get("description", "")
    )
