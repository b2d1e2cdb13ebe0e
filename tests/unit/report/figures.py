"""Rows of figures, small enough to be read."""

from __future__ import annotations

from typing import Any

from partnerselect.report.paper.content import Figure
from partnerselect.tables import Column, Span, Table

PROGRAMME, CRITERIA = (
    "Openness, trust and speaking up",
    ("Value to patients and staff", "Cost-effectiveness", "Track record"),
)
PARTNERS = {
    "Yorkshire and Humber Improvement Academy": (40.0, 20.5, 20.0),
    "NHS Horizons": (30.0, 25.0, 11.0),
    "University group (type)": (20.0, 10.0, 1.5),
}
ENDS = {
    "Yorkshire and Humber Improvement Academy": (60.0, 90.0),
    "NHS Horizons": (80.0, 50.0),
    "University group (type)": (40.0, 45.0),
}


def contributions(**names: str) -> Figure:
    """Return bars of three partners; `one="…"` gives the first another name."""
    rows = [
        {
            "programme": PROGRAMME,
            "partner": partner,
            "criterion": criterion,
            "contribution": worth,
            "chosen": not n,
        }
        for n, (partner, parts) in enumerate(_named(PARTNERS, names).items())
        for criterion, worth in zip(CRITERIA, parts, strict=True)
    ]
    return _figure("contributions", rows)


def frontier(**names: str) -> Figure:
    """Return a frontier of four choices, the third of them the recommended one."""
    choices = [
        (19_200, 42.2, ""),
        (24_700, 48.6, names.get("one", "Openness comes in")),
        (73_640, 70.4, "Recommended: £73,640 buys 70.4"),
        (80_000, 71.0, "Transformation comes in"),
    ]
    return _figure(
        "frontier",
        [
            {
                "currency": "GBP",
                "own_cost": c,
                "value": v,
                "today": n == 2,
                "efficient": True,
                "label": label,
            }
            for n, (c, v, label) in enumerate(choices)
        ],
    )


def acceptability(**names: str) -> Figure:
    """Return a map of three partners by three ranks."""
    shares = dict(
        zip(
            PARTNERS,
            ((0.915, 0.0849, 0.0001), (0.0849, 0.915, 0.0001), (0.0001, 0.0001, 0.9998)),
            strict=True,
        )
    )
    return _figure(
        "acceptability",
        [
            {"programme": PROGRAMME, "partner": partner, "ranks": ranks}
            for partner, ranks in _named(shares, names).items()
        ],
    )


def sensitivity(**names: str) -> Figure:
    """Return three lines; the first two cross at two fifths of the weight."""
    rows = [
        {
            "programme": PROGRAMME,
            "criterion": CRITERIA[0],
            "partner": partner,
            "at_none": none,
            "at_all": whole,
            "share": 0.55,
        }
        for partner, (none, whole) in _named(ENDS, names).items()
    ]
    return _figure("sensitivity", rows)


ALL = (contributions, frontier, acceptability, sensitivity)


def _named(of: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    first = next(iter(of))
    return {
        names.get("one", first) if partner == first else partner: held
        for partner, held in of.items()
    }


def _figure(kind: Any, rows: list[dict[str, Any]]) -> Figure:
    return Figure(
        f"figure-{kind}",
        kind,
        f"The caption of {kind}",
        f"What a reader would see of {kind}",
        tuple(rows),
        table=_table(kind, rows),
    )


def _table(kind: str, rows: list[dict[str, Any]]) -> Table:
    columns = tuple(Column(key) for key in rows[0])
    return Table(
        f"table-of-{kind}",
        f"The rows of {kind}",
        columns,
        tuple(tuple((Span(str(value)),) for value in row.values()) for row in rows),
    )
