"""No module leads back to itself: imports inside functions and for types alone count too."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

SRC = Path(__file__).parents[2] / "src" / "partnerselect"


def module_name(path: Path, root: Path) -> str:
    parts = (root.name, *path.relative_to(root).with_suffix("").parts)
    return ".".join(parts).removesuffix(".__init__")


def behind_doors(root: Path) -> dict[str, str]:
    """Return where each name that a room's door hands on stands: its stub says so."""
    return {
        f"{module_name(stub, root)}.{alias.name}": f"{module_name(stub, root)}.{node.module}"
        for stub in root.glob("*/__init__.pyi")
        for node in ast.parse(stub.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def imported(path: Path, known: set[str], doors: dict[str, str]) -> Iterator[str]:
    """Yield every module of ours that a file imports, wherever in the file that stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                submodule = f"{node.module}.{alias.name}"
                yield submodule if submodule in known else doors.get(submodule, node.module)


def modules(root: Path) -> dict[str, set[str]]:
    files = {module_name(path, root): path for path in root.rglob("*.py")}
    known, doors = set(files), behind_doors(root)
    return {
        name: {one for one in imported(path, known, doors) if one in known and one != name}
        for name, path in files.items()
    }


def test_no_module_leads_back_to_itself() -> None:
    TopologicalSorter(modules(SRC)).prepare()


@pytest.mark.parametrize(
    "late",
    [
        "def f():\n    from package import a\n",
        "if TYPE_CHECKING:\n    from package.a import x\n",
    ],
    ids=["inside a function", "for types alone"],
)
def test_a_late_import_counts(late: str, tmp_path: Path) -> None:
    root = tmp_path / "package"
    root.mkdir()
    (root / "__init__.py").touch()
    (root / "a.py").write_text("from package.b import y\n")
    (root / "b.py").write_text(late)
    with pytest.raises(CycleError):
        TopologicalSorter(modules(root)).prepare()
