"""A scenario's data as the sheets of a workbook, and what no sheet can hold.

What is written is read back at once: whatever differs, however small, is kept beside the workbook.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from partnerselect.files.book import Book
from partnerselect.files.book_kinds import (
    AMOUNT,
    BLANK,
    LIMIT,
    POINTS,
    TODAY,
    Written,
    figure,
    range_text,
    write_scalar,
    write_text,
)
from partnerselect.files.book_layout import (
    BASELINES,
    CRITERIA,
    CRITERIA_PARTS,
    ENTITIES,
    EVIDENCE,
    GROUPS,
    LIMITS,
    NEEDS,
    PHASES,
    PLANS,
    RULED,
    RULES,
    SCENARIO,
    SCENARIO_PARTS,
    SCORES,
    WEIGHTS,
    Column,
    Layout,
    kind_of_key,
)
from partnerselect.files.book_page import Page, mapping, page_of, written_of
from partnerselect.files.books import book_of
from partnerselect.files.documents import Data
from partnerselect.files.score_forms import leaves_in
from partnerselect.model import value_at

ABOUT = {column.path[0]: column.key for column in EVIDENCE.columns if column.path}
"""The keys of a score that stand on the sheet of evidence, and their headings."""


def pages(data: Data) -> tuple[Page, ...]:
    """Return the sheets that hold a scenario's data."""
    return (
        _scenario(data),
        _criteria(data),
        _entity(data, ENTITIES[2]),
        _scores(data),
        _evidence(data),
        _entity(data, ENTITIES[3]),
        _needs(data),
        _limits(data),
        _entity(data, PHASES),
        _entity(data, ENTITIES[1]),
        _rules(data),
        _groups(data),
        _programme_weights(data),
        _baselines(data),
        _plans(data),
    )


def held(made: tuple[Page, ...]) -> Book:
    """Return the scenario that sheets hold, as it would be read from them."""
    return book_of(Path("book.xlsx"), [page.grid for page in made])


def _scenario(data: Data) -> Page:
    rows = []
    for part in (key for key in SCENARIO_PARTS if key in data):
        for loc in _scalars(data[part], (part,)):
            is_elsewhere = part == "criteria" and not (len(loc) > 1 and loc[1] in CRITERIA_PARTS)
            if not is_elsewhere and all("." not in key and key.islower() for key in loc):
                column = Column("value", loc, kind_of_key(loc), "")
                rows.append({"key": Written(".".join(loc)), "value": written_of(column, data)})
    return page_of(SCENARIO, rows)


def _scalars(value: object, loc: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the places of single values."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _scalars(child, (*loc, str(key)))
    elif not isinstance(value, list):
        yield loc


def _criteria(data: Data) -> Page:
    rows = []

    def descend(criteria: Mapping[str, Any], above: str) -> None:
        for name, node in criteria.items():
            path = f"{above}.{name}" if above else name
            row = {column.key: written_of(column, node) for column in CRITERIA.columns}
            scale = mapping(node, "scale")
            kind = next((one for one in ("points", "levels", "ratio") if one in scale), "linear")
            if scale and "local" not in scale:
                row["scale"] = Written(kind)
            if above:
                row["parent"] = Written(above)
            rows.append({**row, "id": Written(name)})
            descend(mapping(node, "criteria"), path)

    descend(mapping(data, "criteria", "criteria"), "")
    return page_of(CRITERIA, rows)


def _entity(data: Data, layout: Layout) -> Page:
    rows = []
    for name, entry in mapping(data, layout.section).items():
        stated = entry if isinstance(entry, dict) else {"starts": entry}
        row = {column.key: written_of(column, stated) for column in layout.columns}
        rows.append({**row, "id": Written(name)})
    return page_of(layout, rows)


def _marks(scores: Mapping[str, Any], paths: Collection[str]) -> dict[str, Written]:
    return {path: _mark(score) for path, score in scores.items() if path in paths}


def _scores(data: Data) -> Page:
    leaves = leaves_in(data)
    scored = tuple(path for path, node in leaves.items() if "from" not in node)
    rows = []
    for name, partner in mapping(data, "partners").items():
        rows.append({**_marks(mapping(partner, "scores"), scored), "partner": Written(name)})
    for name, partner in mapping(data, "partners").items():
        for programme, special in mapping(partner, "for").items():
            row = _marks(mapping(special, "scores"), scored)
            for column in SCORES.columns:
                row |= {column.key: _special(column, special)} if column.path else {}
            rows.append({**row, "partner": Written(name), "programme": Written(programme)})
    levels = {
        path: (*mapping(leaves[path], "scale", "levels"), "unknown")
        for path in scored
        if mapping(leaves[path], "scale", "levels")
    }
    return page_of(SCORES, rows, scored, levels)


def _special(column: Column, special: object) -> Written:
    value = value_at(special, column.path)
    if isinstance(value, dict) and column.kind is not AMOUNT:
        shown = [f"{name}: {figure(one)}" for name, one in value.items()]
        return write_text("; ".join(shown)) if shown else BLANK
    return written_of(column, special)


def _mark(score: object) -> Written:
    """Return a score as it stands in the matrix."""
    if not isinstance(score, dict):
        return write_scalar(score)
    if "score" in score:
        return write_scalar(score["score"])
    return write_text(range_text(score))


def _evidence(data: Data) -> Page:
    rows = []
    for name, partner in mapping(data, "partners").items():
        places = [("", mapping(partner, "scores"))]
        places += [
            (programme, mapping(special, "scores"))
            for programme, special in mapping(partner, "for").items()
        ]
        for programme, scores in places:
            for path, score in scores.items():
                if isinstance(score, dict) and ABOUT.keys() & score.keys():
                    row = {column.key: written_of(column, score) for column in EVIDENCE.columns}
                    row |= {"partner": Written(name), "criterion": Written(path)}
                    rows.append(row | ({"programme": Written(programme)} if programme else {}))
    return page_of(EVIDENCE, rows)


def _needs(data: Data) -> Page:
    programmes = mapping(data, "programmes")
    needed = [need for one in programmes.values() for need in mapping(one, "needs")]
    offered = [
        one
        for partner in mapping(data, "partners").values()
        for one in (value_at(partner, ("offers",)) or [])
    ]
    components = tuple(dict.fromkeys([*needed, *map(str, offered)]))
    rows = [
        {need: LIMIT.write(days) for need, days in mapping(one, "needs").items()}
        | {"programme": Written(name)}
        for name, one in programmes.items()
    ]
    return page_of(NEEDS, rows, components)


def _limits(data: Data) -> Page:
    phases = tuple(mapping(data, "phases"))
    rows: list[dict[str, Written]] = []

    def descend(node: Mapping[str, Any], loc: tuple[str, ...]) -> None:
        for key, value in node.items():
            name = {"limit": Written(".".join((*loc, key)))}
            if isinstance(value, dict) and value and value.keys() <= set(phases):
                rows.append(name | {phase: write_scalar(one) for phase, one in value.items()})
            elif isinstance(value, dict):
                descend(value, (*loc, key))
            elif not isinstance(value, list):
                rows.append(name | {"value": write_scalar(value)})

    descend(mapping(data, "limits"), ())
    return page_of(LIMITS, rows, phases)


def _rules(data: Data) -> Page:
    rows = []
    for name, rule in mapping(data, "rules").items():
        shared = {"id": Written(name)}
        if isinstance(value_at(rule, ("anywhere",)), bool):
            shared["anywhere"] = Written("yes" if rule["anywhere"] else "no")
        for path, key in RULED.values():
            if isinstance(listed := value_at(rule, path), list):
                row = {"rule": Written(path[0]), key: write_text(", ".join(listed))}
                if path[1:]:
                    row["run"] = write_scalar(value_at(rule, (path[0], "run")))
                rows.append({**shared, **row})
        for kind in ("require", "forbid"):
            for programme, partners in mapping(rule, kind).items():
                row = {"rule": Written(kind), "programmes": Written(programme)}
                rows.append({**shared, **row, "partners": _partners(partners)})
    for programme, decided in mapping(data, "committed").items():
        for component, partner in mapping(decided).items():
            rows.append(
                {
                    "rule": Written("committed"),
                    "programmes": Written(programme),
                    "component": Written(component),
                    "partners": write_text(partner),
                }
            )
    return page_of(RULES, rows)


def _partners(stated: object) -> Written:
    """Return one partner, or a list: a comma behind its only one tells that it is a list."""
    if not isinstance(stated, list):
        return write_text(stated)
    return write_text(f"{', '.join(stated)}{',' if len(stated) == 1 else ''}")


def _groups(data: Data) -> Page:
    groups = mapping(data, GROUPS.section)
    rows = []
    columns: dict[str, None] = dict.fromkeys(mapping(data, "criteria", "criteria"))
    for name, group in groups.items():
        row = {column.key: written_of(column, group) for column in GROUPS.columns}
        given = _given(mapping(group, "weights"))
        columns |= dict.fromkeys(given.keys() - GROUPS.by_key.keys())
        rows.append({**row, **given, "id": Written(name)})
    return page_of(GROUPS, rows, tuple(columns))


def _given(block: Mapping[str, Any]) -> dict[str, Written]:
    """Return the weights of a block by the headings they stand under; empty where none can."""
    if block.get("method") not in {"swing", "direct", "rank"}:
        return {}
    found = {key: Written(block[key]) for key in ("method", "variant") if key in block}
    for branch, inner in {"": block, **mapping(block, "branches")}.items():
        if value_at(inner, ("method",)) == block["method"]:
            above = f"{branch}." if branch else ""
            found |= {f"{above}{key}": one for key, one in _points(inner).items()}
    return found


def _programme_weights(data: Data) -> Page:
    columns = dict.fromkeys(mapping(data, "criteria", "criteria"))
    rows = []
    for name, one in mapping(data, "programmes").items():
        if given := _given(mapping(one, "weights")):
            columns |= dict.fromkeys(given.keys() - WEIGHTS.by_key.keys())
            rows.append({**given, "programme": Written(name)})
    return page_of(WEIGHTS, rows, tuple(columns))


def _baselines(data: Data) -> Page:
    leaves = tuple(leaves_in(data))
    rows = []
    for name, one in mapping(data, "programmes").items():
        if scores := mapping(one, "baseline", "scores"):
            rows.append({**_marks(scores, leaves), "programme": Written(name)})
    return page_of(BASELINES, rows, leaves)


def _plans(data: Data) -> Page:
    programmes = tuple(mapping(data, "programmes"))
    rows = []
    for name, plan in mapping(data, PLANS.section).items():
        chosen = {one: TODAY.write(who) for one, who in mapping(plan, "choose").items()}
        row = {column.key: written_of(column, plan) for column in PLANS.columns}
        rows.append({**chosen, **row, "id": Written(name)})
    return page_of(PLANS, rows, programmes)


def _points(block: Mapping[str, Any]) -> dict[str, Written]:
    if block.get("method") != "rank":
        return {name: POINTS.write(one) for name, one in mapping(block, "points").items()}
    ranks: dict[str, Written] = {}
    for placed in block.get("order") or []:
        tied = placed if isinstance(placed, list) else [placed]
        ranks |= dict.fromkeys(tied, Written(len(ranks) + 1))
    return ranks
