"""JSON Schemas of the two formats: made from the models, plus the keys that only files have."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from pydantic import BaseModel

from partnerselect.files.source import ENCODINGS
from partnerselect.model import CriteriaSet, Scenario

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


def schema_text(kind: str) -> str:
    """Return the JSON Schema of `kind` as it is kept in `schema/`."""
    return json.dumps(schema(kind), indent=2, ensure_ascii=False) + "\n"


def _definitions(model: type[BaseModel]) -> tuple[Json, Json]:
    """Return the shapes of all parts by name, strict and loose.

    A file on its own must write the strict ones; one that extends another may write the loose.
    """
    made = model.model_json_schema(by_alias=True)
    parts = {**made.pop("$defs"), model.__name__: made}
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
    if isinstance(shape, dict):
        names = [
            form["$ref"].removeprefix(f"#/$defs/{_PART}")
            for form in shape.get("anyOf", [])
            if "$ref" in form
        ]
        yield from names if len(names) > 1 else ()
    for child in _children(shape):
        yield from _members_of_choices(child)


def _add_file_keys(properties: Json, criteria: Json) -> None:
    path = {"type": "string", "minLength": 1}
    properties["criteria"] = {
        "description": properties["criteria"]["description"],
        "if": {"type": "string"},
        "then": path,
        "else": criteria,
    }
    properties["committed"] = {
        "description": properties["committed"]["description"],
        "if": {"type": "string"},
        "then": {"const": "from-register"},
        "else": properties["committed"],
    }
    properties["scores"] = {
        "description": (
            "Path of a table of scores (.csv or .xlsx), one row a score or one row a partner; see"
            " tables.md."
        ),
        "anyOf": [path, {"type": "object", "properties": _table(path), "required": ["file"]}],
    }


def _table(path: Json) -> Json:
    """Return the keys that say which table of scores, and how it is to be read."""
    return {
        "file": {**path, "description": "Path of the table."},
        "sheet": {"type": "string", "description": "The title of the sheet."},
        "encoding": {"enum": list(ENCODINGS), "description": "Of the text; by default utf-8."},
        "ignore": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Headings of columns that are not part of the table.",
        },
    }


def _either(root: str) -> Json:
    """Choose the loose shape where `extends` is written, else the strict one.

    An `if` gives clearer messages than `anyOf`.
    """
    return {
        "if": {"required": ["extends"]},
        "then": {"$ref": f"#/$defs/{_PART}{root}"},
        "else": {"$ref": f"#/$defs/{root}"},
    }


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
    return key == "title" or (loose and key in {"required", "minProperties", "if", "else"})


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
    if isinstance(shape, dict) and isinstance(shape.get("$ref"), str):
        yield shape["$ref"].removeprefix("#/$defs/")
    for child in _children(shape):
        yield from _references(child)


def _children(shape: object) -> Iterable[object]:
    match shape:
        case dict():
            return shape.values()
        case list():
            return shape
    return ()
