"""Scenarios that ask everything of a workbook, and workbooks read back."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook

from partnerselect.analysis import Analysis, analyse
from partnerselect.files import load
from partnerselect.model.scenario import Scenario
from partnerselect.report import Material, maker_of

SHIPPED = Path(__file__).parents[3] / "scenarios"
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
HEADINGS = 3
LONG = "Long " * 2_000
"""A name of 10,000 characters."""

EVERYTHING: dict[str, Any] = {
    "format": 1,
    "title": "=1+1",
    "illustrative": True,
    "currency": "CHF",
    "criteria": {
        "title": "All kinds",
        "criteria": {
            "value": {
                "title": "=SUM(A1)",
                "weight": 50,
                "scale": {"worst": 0, "best": 10, "beyond": "clip"},
            },
            "price": {
                "title": "Price",
                "weight": 20,
                "from": "own-cost-per-day",
                "scale": {"worst": 200, "best": 0},
            },
            "whole-price": {
                "title": "Price in all",
                "weight": 10,
                "from": "cost",
                "scale": {"local": "less"},
            },
            "lasting": {
                "title": "Lasting",
                "weight": 30,
                "weights": {
                    "method": "pairwise",
                    "judgements": {
                        "handover over record": 3,
                        "record over levels": 2,
                        "handover over levels": 4,
                    },
                },
                "criteria": {
                    "handover": {
                        "title": "Handover",
                        "scale": {"points": [[0, 0], [5, 70], [10, 100]]},
                    },
                    "record": {"title": "Record", "scale": {"local": "more"}},
                    "levels": {
                        "title": "Levels",
                        "scale": {"levels": {"poor": 0, "fair": 40, "good": 100}},
                    },
                },
            },
            "alone": {
                "title": "A branch of one",
                "weight": 5,
                "criteria": {"only": {"title": "Only", "scale": {"worst": 10, "best": 0}}},
            },
        },
    },
    "phases": {
        "second": {"title": '=The "second" half', "starts": "2027-06-01"},
        "first": "2027-01-01",
    },
    "payers": {"nation": {"title": '-The "nation"'}, "city": {"title": "city"}},
    "components": {"audit": {"title": "+Audit"}, "coaching": {"title": "coaching"}},
    "gates": {
        "grant": {"title": "The grant comes", "status": "refused"},
        "door": {"title": "The door opens", "status": "refused"},
    },
    "programmes": {
        "care": {
            "title": "@care",
            "importance": 2,
            "needs": {"coaching": 10, "audit": {"first": 2, "second": 4}},
            "internal-days": 4,
            "mandatory": True,
        },
        "safety": {
            "title": LONG,
            "needs": {"coaching": 5},
            "baseline": {
                "scores": {
                    "value": 9,
                    "lasting.handover": 8,
                    "lasting.record": 5,
                    "lasting.levels": "fair",
                    "alone.only": 9,
                }
            },
            "weights": {
                "method": "rank",
                "order": ["price", "value", "lasting", "whole-price", "alone"],
            },
        },
        "wards": {
            "title": "مرحبا بالعالم",
            "needs": {"audit": 3},
            "weights": {
                "method": "swing",
                "points": {"value": 10, "price": 30, "whole-price": 0, "lasting": 60, "alone": 1},
                "branches": {
                    "lasting": {
                        "method": "direct",
                        "points": {"handover": 1, "record": 0, "levels": 4},
                    }
                },
            },
        },
    },
    "partners": {
        "elm": {
            "title": "=Elm <b>",
            "offers": ["coaching"],
            "cost": {"per-day": 100, "per-programme": 30, "once": 70},
            "funding": {"payer": "nation", "covers": 0.5},
            "scores": {
                "value": 8,
                "lasting.handover": 3,
                "lasting.record": 6,
                "lasting.levels": "good",
                "alone.only": 2,
            },
            "for": {
                "safety": {
                    "scores": {"value": {"low": 2, "likely": 4, "high": 9}},
                    "days": {"coaching": 6},
                    "cost": {"per-day": 130},
                }
            },
        },
        "oak": {
            "title": "-Oak | Sons",
            "offers": ["coaching", "audit"],
            "cost": {"per-day": 120},
            "funding": {"payer": "city", "covers": 1, "gate": "grant"},
            "scores": {
                "value": "unknown",
                "lasting.handover": {"low": 4, "high": 9},
                "lasting.record": 5,
                "lasting.levels": {"low": "poor", "high": "good"},
                "alone.only": 5,
            },
        },
        "yew": {
            "title": "+Yew",
            "offers": ["audit"],
            "cost": {"per-day": 50},
            "scores": {
                "value": 12,
                "lasting.handover": 10,
                "lasting.record": 6,
                "lasting.levels": "fair",
                "alone.only": 0,
            },
        },
        "ash": {
            "title": "Ash",
            "offers": ["coaching", "audit"],
            "gate": "door",
            "scores": {
                "value": 9,
                "lasting.handover": 0,
                "lasting.record": 1,
                "lasting.levels": "unknown",
                "alone.only": 10,
            },
        },
    },
    "limits": {
        "budget": 5000,
        "internal-days": {"first": 1, "second": 1},
        "backfill": {"per-day": 90},
    },
    "analysis": {"samples": 200},
}


def shipped(name: str = "shsc-2021") -> Scenario:
    """Return a shipped scenario with few draws."""
    return load(SHIPPED / f"{name}.yaml").scenario.with_changes({"analysis.samples": 200})


WRITTEN: dict[int, tuple[Analysis, bytes]] = {}
"""Workbooks made already, each with its analysis, so that the number of that stays its own."""


def written(analysis: Analysis) -> bytes:
    """Return the file of an analysis' workbook, made once."""
    if id(analysis) not in WRITTEN:
        WRITTEN[id(analysis)] = analysis, maker_of(".xlsx")(Material(analysis))
    return WRITTEN[id(analysis)][1]


def book_of(analysis: Analysis, *, cached: bool = False) -> Workbook:
    """Return an analysis' workbook: with its formulas, or with the values written beside them."""
    return openpyxl.load_workbook(io.BytesIO(written(analysis)), data_only=cached)


def table(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    """Return the rows of a sheet by heading; cells without a value are None."""
    lines = list(book[sheet].iter_rows(min_row=HEADINGS, values_only=True))
    return [
        dict(zip([str(heading) for heading in lines[0]], line, strict=True)) for line in lines[1:]
    ]


def worked_out(books: dict[str, Workbook], folder: Path) -> dict[str, Workbook]:
    """Return workbooks as LibreOffice works them out: what openpyxl saves has no values."""
    into, profile = folder / "out", (folder / "profile").as_uri()
    for name, book in books.items():
        book.save(folder / f"{name}.xlsx")
    asked = [
        str(OFFICE),
        "--headless",
        f"-env:UserInstallation={profile}",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(into),
    ]
    subprocess.run(
        [*asked, *(str(folder / f"{name}.xlsx") for name in books)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return {name: openpyxl.load_workbook(into / f"{name}.xlsx", data_only=True) for name in books}


def change(
    book: Workbook, sheet: str, heading: str, found: Callable[[dict[str, Any]], bool], value: Any
) -> None:
    """Type a value into the one row of a sheet that is meant."""
    rows = table(book, sheet)
    (row,) = [i for i, row in enumerate(rows) if found(row)]
    cell = book[sheet].cell(HEADINGS + 1 + row, list(rows[0]).index(heading) + 1, value)
    assert cell.data_type != "f"


def everything(**changes: Any) -> Analysis:
    """Analyse the scenario that has everything, changed."""
    return analyse(Scenario.from_data(EVERYTHING).with_changes(changes))
