"""What a sheet of a workbook hides and merges."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import iterparse

_SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Area(NamedTuple):
    """A rectangle of cells that are merged into one."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Shape:
    """What a sheet hides and merges; rows and columns count from 1."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)


def shape_of(content: bytes, part: str, most_columns: int) -> Shape:
    """Return what a sheet hides and merges; its XML is read as a stream, cell by cell.

    Args:
        content: the workbook's.
        part: the name of the sheet's part in it.
        most_columns: how far hidden columns are listed.
    """
    from openpyxl.utils import range_boundaries

    found, at = Shape(), 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(part) as stream:
        # openpyxl has read the same with the same parser
        for _, node in iterparse(stream):  # noqa: S314
            is_hidden = node.get("hidden") in {"1", "true"}
            match node.tag.removeprefix(_SPREADSHEET):
                case "row":
                    at = int(node.get("r", at + 1))
                    if is_hidden:
                        found.rows.add(at)
                case "col" if is_hidden:
                    last = min(int(node.get("max", "0")), most_columns)
                    found.columns.update(range(int(node.get("min", "1")), last + 1))
                case "mergeCell":
                    bounds = range_boundaries(node.get("ref", "A1"))
                    left, top, right, bottom = (int(one or 1) for one in bounds)
                    found.merged.append(Area(top, left, bottom, right))
            if node.tag != f"{_SPREADSHEET}c":
                node.clear()
    return found
