"""The tables of a closer look, printed by the command line and exported by the screens: one partner against another, places, groups."""

from __future__ import annotations

from collections.abc import Sequence

from partnerselect import rows
from partnerselect.analysis import Analysis
from partnerselect.report.tables import Table
from partnerselect.robustness.sentences import criterion_title
from partnerselect.rows import Row, explain
from partnerselect.rows.people import group_titles
from partnerselect.rows.report import title
from partnerselect.rows.robustness import leader_words, standing_rows
from partnerselect.rows.voices import of_programme
from partnerselect.value.agreement import Agreement
from partnerselect.words.wording import amount, share, share_or_blank


def gap_table(compared: explain.Comparison) -> Table:
    """Return what each of two partners scores and adds on every criterion, the largest difference first."""
    shown = tuple(
        (
            row["title"],
            share(row["weight"]),
            row["why"]["score"],
            row["why_not"]["score"],
            row["why"]["contribution"],
            row["why_not"]["contribution"],
            row["difference"],
        )
        for row in explain.gap_rows(compared)
    )
    one, other = (compared.title(name) for name in (compared.why, compared.why_not))
    columns = ("Criterion", "Weight", "Score A", "Score B", "Points A", "Points B", "A − B")
    return Table(
        title(compared.analysis, f"Where the difference comes from · A: {one} · B: {other}"),
        columns,
        shown,
    )


def sides_table(analysis: Analysis, programme: str, partners: Sequence[str]) -> Table:
    """Return what several partners score and add on every criterion, the largest difference from the first on top."""
    letters = "ABCDEFGHIJ"[: len(partners)]
    shown = tuple(
        (
            row["title"],
            share(row["weight"]),
            *(side["score"] for side in row["sides"]),
            *(side["contribution"] for side in row["sides"]),
        )
        for row in explain.side_rows(analysis, programme, partners)
    )
    whom = " · ".join(
        f"{letter}: {analysis.scenario.partners[name].title}"
        for letter, name in zip(letters, partners, strict=True)
    )
    columns = (
        "Criterion",
        "Weight",
        *(f"Score {letter}" for letter in letters),
        *(f"Points {letter}" for letter in letters),
    )
    return Table(
        title(analysis, f"{analysis.scenario.programmes[programme].title} · {whom}"), columns, shown
    )


def changed_table(
    title: str, rows: Sequence[Row], differences: Sequence[str], currency: str
) -> Table:
    """Return who is chosen in a what-if beside who is chosen as saved; below it what was changed.

    Args:
        title: what the table is called.
        rows: of `what_if.shown.choice_rows`.
        differences: what is not as saved, in sentences.
        currency: of the costs.
    """
    shown = tuple(
        (
            row["programme"],
            " + ".join(row["partners"]) or "deferred",
            "" if row["before"] is None else " + ".join(row["before"]) or "deferred",
            row["value"],
            amount(row["own_cost"], currency),
        )
        for row in rows
    )
    return Table(
        title,
        ("Programme", "Now", "As saved", "Value", "Cost to us"),
        shown,
        "\n".join(differences),
    )


def standings_table(analysis: Analysis, programme: str) -> Table:
    """Return how often each partner of a programme takes the first places.

    Below it who leads how surely.
    """
    scenario = analysis.scenario
    shown = tuple(
        (
            scenario.partners[row["partner"]].title,
            share_or_blank(row["first_rank_share"]),
            share_or_blank(place_share(row, 1)),
            share_or_blank(place_share(row, 2)),
            share_or_blank(row["first_rank_share_any_weights"]),
            share_or_blank(row["confidence"]),
            share_or_blank(row["first_rank_share_with_gates"]),
            share_or_blank(row["unavailable"]),
        )
        for row in standing_rows(analysis, programme)
    )
    columns = (
        "Partner",
        "First",
        "Second",
        "Third",
        "First, any weights",
        "First, its best weights",
        "First, gates drawn",
        "Gate closed",
    )
    told = [leader_words(analysis, programme), _below(analysis, programme)]
    return Table(
        title(analysis, scenario.programmes[programme].title),
        columns,
        shown,
        "\n".join(line for line in told if line),
    )


def place_share(row: Row, place: int) -> float | None:
    """Return how often a partner takes a place, 0 being the first; None where that is not known."""
    return row["ranks"][place] if row["ranks"] and len(row["ranks"]) > place else None


def _below(analysis: Analysis, programme: str) -> str:
    drawn = analysis.robustness.programmes.get(programme)
    return " ".join(
        f"{analysis.scenario.partners[item.partner].title} falls below what is required on"
        f" {criterion_title(analysis.scenario, item.criterion)} in {share(item.share)} of the"
        " draws."
        for item in (drawn.below_minimum if drawn else ())
        if item.share > 0
    )


def group_ranks_table(analysis: Analysis, told: Agreement, programme: str | None) -> Table:
    """Return the place that each stakeholder group gives each partner, beside ours."""
    groups = group_titles(analysis)
    found = of_programme(rows.group_rows(analysis, told), programme)
    shown = tuple(
        (
            analysis.scenario.programmes[row["programme"]].title
            if above is None or above["programme"] != row["programme"]
            else "",
            row["title"],
            row["rank"],
            *(row["ranks"][view.group] for view in told.groups),
        )
        for above, row in zip([None, *found], found, strict=False)
    )
    return Table(
        title(analysis, "How each group ranks the partners"),
        ("Programme", "Partner", "Ours", *(groups[view.group] for view in told.groups)),
        shown,
    )
