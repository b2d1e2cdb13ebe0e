"""Which table of scores is a list and which a matrix, and what either may name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from partnerselect.files.documents import Data
from partnerselect.files.headed import Reader
from partnerselect.files.readings import without_brackets
from partnerselect.model import PROGRAMME_PRICES, Names, Scenario, leaves_of, normal, value_at

WHO = ("programme", "partner", "criterion")
NUMBERS = ("score", "low", "likely", "high")
ABOUT = ("evidence", "source", "published", "grade")
COLUMNS = (*WHO, *NUMBERS, *ABOUT)
PRICES = tuple(kind.id for kind in PROGRAMME_PRICES)
OVERRIDES = ("days", "excluded", *PRICES)
"""What the matrix of a workbook may say of a partner in one programme, beside its scores."""


@dataclass(frozen=True)
class Known:
    """What a table of scores may name, and the scales of the criteria as they are written."""

    partners: Names
    programmes: Names
    scales: Mapping[str, Any]
    titles: Mapping[str, str]
    """Of the criteria that are scored, by path."""

    @property
    def criteria(self) -> Names:
        """The criteria that are scored."""
        return Names("criterion", self.titles)

    def names(self, column: str) -> Names:
        """Return what may stand in a column that says whose score it is."""
        return {"partner": self.partners, "programme": self.programmes}.get(column, self.criteria)


def known_in(resolved: Data) -> Known:
    """Return what the tables of a scenario may name, from its resolved data without them."""
    leaves = leaves_in(resolved)
    return Known(
        Names("partner", titles_in(resolved, "partners")),
        Names("programme", titles_in(resolved, "programmes")),
        {path: node.get("scale") for path, node in leaves.items()},
        {path: str(node.get("title") or "") for path, node in leaves.items()},
    )


def currency_of(data: Data) -> str:
    """Return the currency that a scenario counts in."""
    return str(data.get("currency") or Scenario.model_fields["currency"].default)


def units_of(scales: Iterable[object]) -> list[str]:
    """Return the units of scales as they are written."""
    return [str(value_at(scale, ("unit",)) or "") for scale in scales]


def readers(
    known: Known, ignore: Collection[str], *, overrides: bool = False
) -> tuple[Reader, Reader]:
    """Return how a list of scores is recognised, and how a matrix."""
    ignored = frozenset(map(normal, ignore))
    named = frozenset(normal(title) for title in known.partners.titles.values())

    def listed(text: str) -> str | None:
        found = normal(without_brackets(text))
        return found if found in COLUMNS else None

    beside = ("partner", "programme", *(OVERRIDES if overrides else ()))

    def crossed(text: str) -> str | None:
        for one in (text, without_brackets(text)):
            if normal(one) in beside:
                return normal(one)
            try:
                return known.criteria.find(one)
            except ValueError:
                continue
        return None

    as_list = Reader(
        listed, lambda keys: {"partner", "criterion"} <= set(keys), ignored, named, COLUMNS
    )
    as_matrix = Reader(
        crossed,
        lambda keys: bool(set(keys) - set(beside)) and ("partner" in keys or len(set(keys)) > 1),
        ignored,
        named,
        (
            *(one.replace("-", " ") for one in beside),
            *known.titles,
            *filter(None, known.titles.values()),
        ),
        corner="partner",
    )
    return as_list, as_matrix


def titles_in(data: Data, key: str) -> dict[str, str]:
    """Return the titles of what stands in a part of a scenario, "" where one has none."""
    stated = data.get(key)
    return {
        name: str(value_at(one, ("title",)) or "")
        for name, one in (stated.items() if isinstance(stated, dict) else ())
    }


def leaves_in(data: Data) -> dict[str, Data]:
    """Return the criteria that have none below them, by dotted path."""
    found = leaves_of(value_at(data, ("criteria", "criteria")))
    return {path: node for path, node in found if isinstance(node, dict)}
