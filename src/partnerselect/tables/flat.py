"""The rows of the tables that programs read (`flat_columns`): by id, with titles beside.

The command line prints them as CSV, a batch writes them, and Python has them as DataFrames.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from partnerselect.allocation import amounts_in_all
from partnerselect.model import programme_of
from partnerselect.rows import (
    Pair,
    allocation_rows,
    amounts_json,
    at_levels,
    extra_rows,
    fixed_cost_rows,
    gap_rows,
    gauge_rows,
    interval_rows,
    limit_rows,
    printed_ranking_rows,
    programme_rows,
    question_rows,
    rounded,
    standing_rows,
    with_second_opinions,
)
from partnerselect.tables.flat_columns import CONTRIBUTION
from partnerselect.tables.frames import FrameRow
from partnerselect.value import ProgrammeOpinions

if TYPE_CHECKING:
    from partnerselect.analysis import Analysis


def rows_of(analysis: Analysis) -> dict[str, list[FrameRow]]:
    """Return the rows of one analysis for every table of a batch but the summary, flat, rounded."""
    made = {
        "programmes": _programmes,
        "ranking": flat_ranking,
        "allocation": flat_allocation,
    }
    return {name: rounded(make(analysis)) for name, make in made.items()}


def flat_recommendation(analysis: Analysis) -> list[FrameRow]:
    """Return a row for each programme, for what belongs to none, and for the whole."""
    account = analysis.allocation.account
    found = [{"row": "programme", **row} for row in _programmes(analysis)]
    if account is None:
        return found
    extras = [
        {"row": "extra", "programme_title": row["title"], **row} for row in extra_rows(analysis)
    ]
    amounts = amounts_in_all(analysis.scenario, account)
    return [*found, *extras, {"row": "total", "value": account.value, **amounts}]


def _programmes(analysis: Analysis) -> list[FrameRow]:
    titles = analysis.scenario.partner_titles
    found = programme_rows(analysis)
    return [
        {
            **titled,
            "partners": " + ".join(row["partners"]),
            "partner_titles": " + ".join(titles[name] for name in row["partners"]),
        }
        for row, titled in zip(found, _titled(analysis, found), strict=True)
    ]


def flat_ranking(
    analysis: Analysis, opinions: tuple[ProgrammeOpinions, ...] = ()
) -> list[FrameRow]:
    """Return every partner of every programme, with contributions and other methods' ranks."""
    found = printed_ranking_rows(analysis)
    if opinions:
        found = with_second_opinions(found, opinions)
    return [
        {
            **titled,
            **{f"{CONTRIBUTION}{path}": part for path, part in row["contributions"].items()},
            **{
                f"{method}.{key}": value
                for method, one in (row["second_opinions"] or {}).items()
                for key, value in one.items()
            },
        }
        for row, titled in zip(found, _titled(analysis, found), strict=True)
    ]


def flat_allocation(analysis: Analysis) -> list[FrameRow]:
    """Return every line of the account: days by component and phase, then fixed costs."""
    days = ({"kind": "days", **row} for row in allocation_rows(analysis))
    return _titled(analysis, (*days, *fixed_cost_rows(analysis)))


def flat_limits(analysis: Analysis) -> list[FrameRow]:
    """Return every limit and how far it is used."""
    titles = {(row["path"], row["subject"]): row["title"] for row in gauge_rows(analysis)}
    return [{**row, "title": titles[row["path"], row["subject"]]} for row in limit_rows(analysis)]


def flat_standings(analysis: Analysis, programme: str | None = None) -> list[FrameRow]:
    """Return how often each partner is first, and a column for each rank."""
    found = (
        {**row, "programme": name, **_places(row)}
        for name in analysis.scenario.programmes
        if programme in {None, name}
        for row in standing_rows(analysis, name)
    )
    return _titled(analysis, found)


def _places(row: FrameRow) -> FrameRow:
    return {f"rank.{place}": share for place, share in enumerate(row["ranks"] or (), start=1)}


def flat_intervals(analysis: Analysis, programme: str | None = None) -> list[FrameRow]:
    """Return how far each weight can move before another partner leads."""
    found = (
        {**row, "programme": name}
        for name in analysis.scenario.programmes
        if programme in {None, name}
        for row in interval_rows(analysis, name)
    )
    return _titled(analysis, found)


def flat_questions(analysis: Analysis, programme: str | None = None) -> list[FrameRow]:
    """Return the open scores worth finding out."""
    return _titled(analysis, question_rows(analysis, programme))


def flat_amounts(analysis: Analysis) -> list[FrameRow]:
    """Return what money and days may come to, where prices or days are ranges."""
    told = amounts_json(analysis)
    found = [{"kind": kind, **row} for kind in ("money", "days") for row in told.get(kind, ())]
    return _titled(analysis, found)


def flat_frontier(report: FrameRow) -> list[FrameRow]:
    """Return the efficient choices of what `frontier_json` returns."""
    return [
        {**row, "enters": _engaged(row["enters"]), "leaves": _engaged(row["leaves"])}
        for row in report["frontier"]
    ]


def _engaged(engagements: list[FrameRow]) -> str:
    return ", ".join(dict.fromkeys(f"{one['programme']}: {one['partner']}" for one in engagements))


def flat_gap(pair: Pair) -> list[FrameRow]:
    """Return what two partners score and add, criterion by criterion."""
    return [
        {**row, **side, "programme": pair.programme, "partner": name}
        for row in gap_rows(pair)
        for name, side in ((pair.why, row["why"]), (pair.why_not, row["why_not"]))
    ]


def _titled(analysis: Analysis, rows: Iterable[FrameRow]) -> list[FrameRow]:
    """Return rows with titles beside their ids."""
    scenario = analysis.scenario
    titles = {"programme": scenario.programme_titles, "partner": scenario.partner_titles}

    def named(row: FrameRow) -> FrameRow:
        found = {
            f"{key}_title": known.get(row.get(key) or "")
            for key, known in titles.items()
            if key in row
        }
        if "level" in row and row["level"] is None:
            found["programme_title"] = titles["programme"][programme_of(row["programme"])]
        return {**row, **found}

    told: list[FrameRow] = at_levels(scenario, [named(row) for row in rows])
    return told
