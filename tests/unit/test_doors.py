"""What a room hands on stands behind its door, and somebody outside takes it."""

from __future__ import annotations

import ast
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

SRC = Path(__file__).parents[2] / "src" / "partnerselect"
DOORS = sorted(stub.parent.name for stub in SRC.glob("*/__init__.pyi"))


def handed_on(room: str) -> list[str]:
    stub = ast.parse((SRC / room / "__init__.pyi").read_text(encoding="utf-8"))
    return [
        alias.name
        for node in ast.walk(stub)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return tuple(n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom | ast.Attribute))


def taken(path: Path, room: str) -> set[str]:
    """Names that a file takes from a room, by name or as an attribute of the room."""
    nodes = nodes_of(path)
    imports = [node for node in nodes if isinstance(node, ast.ImportFrom)]
    as_named = {
        alias.asname or alias.name
        for node in imports
        if node.module == "partnerselect"
        for alias in node.names
        if alias.name == room
    }
    return {
        alias.name
        for node in imports
        if node.module == f"partnerselect.{room}"
        for alias in node.names
    } | {
        node.attr
        for node in nodes
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in as_named
    }


@pytest.mark.parametrize("room", DOORS)
def test_a_door_hands_on_what_stands_behind_it(room: str) -> None:
    door = import_module(f"partnerselect.{room}")
    for name in handed_on(room):
        assert getattr(door, name) is not None
        assert not (SRC / room / f"{name}.py").exists(), "a module of this name would hide it"


@pytest.mark.parametrize("room", DOORS)
def test_a_door_hands_on_nothing_that_nobody_outside_takes(room: str) -> None:
    outside = [path for path in SRC.rglob("*.py*") if path.suffix in {".py", ".pyi"}]
    used = {
        name
        for path in outside
        if not path.is_relative_to(SRC / room)
        for name in taken(path, room)
    }
    assert set(handed_on(room)) <= used
