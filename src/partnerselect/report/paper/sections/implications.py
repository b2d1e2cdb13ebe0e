"""Section 4: what follows for aims, equality, culture, the system, money by payer and phase, and the law."""

from __future__ import annotations

from collections.abc import Iterator

from partnerselect.advice.guidance.texts import IMPLICATIONS
from partnerselect.model.paper import Implication
from partnerselect.report.paper.asking import Asked
from partnerselect.report.paper.content import Block, Heading
from partnerselect.report.paper.sections.writing import Numbering, plain, strong, table, typed
from partnerselect.rows.decision import finance_rows, fixed_rows, money
from partnerselect.rows.report import Row
from partnerselect.tables import Column, Text

TITLES = {
    "aims": "Strategic aims",
    "equality": "Equality, diversity and inclusion",
    "culture": "Culture and people",
    "system": "Integration and the wider system",
    "legal": "Legal and regulatory compliance",
}


def implications(found: Asked, number: Numbering) -> Iterator[Block]:
    """Write what was typed, what else was typed under names of its own, and the sums."""
    yield Heading(1, "Implications", "4")
    stated = found.paper.implications
    others = [name for name in stated if name not in IMPLICATIONS]
    for name in [*list(IMPLICATIONS)[:-1], *others]:
        yield from _implication(found, number, name, stated.get(name, Implication()))
    yield from _finance(found, number)
    yield from _implication(found, number, "legal", stated.get("legal", Implication()))


def _implication(
    found: Asked, number: Numbering, name: str, stated: Implication
) -> Iterator[Block]:
    yield Heading(2, TITLES.get(name, name.replace("-", " ").capitalize()))
    text = " ".join(
        part
        for part in (
            stated.text.strip(),
            f"See: {stated.reference.strip()}." if stated.reference.strip() else "",
        )
        if part
    )
    yield number.paragraph(
        typed(text, found.unwritten.get(f"implications.{name}.text", "")),
        f"paper.implications.{name}",
    )


def _finance(found: Asked, number: Numbering) -> Iterator[Block]:
    yield Heading(2, "Financial")
    account = found.analysis.allocation.account
    if account is None:
        yield number.paragraph(
            "No sums are given, because nothing can be recommended.", "table: allocation"
        )
        return
    limit = found.analysis.scenario.limits.budget
    budget = (
        f" The budget is {money(found.analysis, limit)}." if isinstance(limit, int | float) else ""
    )
    in_all, ours, theirs = (
        money(found.analysis, value)
        for value in (account.cost, account.own_cost, account.cost - account.own_cost)
    )
    told = (
        f"The recommended choice costs {in_all}: {ours} of our own and {theirs} of others.{budget}"
    )
    yield number.paragraph(told, "table: allocation", "limits.budget")
    rows = finance_rows(found.analysis)
    if rows:
        yield _by_payer(found, rows)
    fixed = [
        (
            row["what"],
            row["programme"],
            row["partner"],
            row["phase"],
            money(found.analysis, row["cost"]),
            money(found.analysis, row["own_cost"]),
        )
        for row in fixed_rows(found.analysis)
    ]
    if fixed:
        heads = "What | Programme | Partner | Phase | Cost > | Of which us >"
        yield table("fixed", "Of which not by the day", heads, fixed, "table: fixed costs")


def _by_payer(found: Asked, rows: list[Row]) -> Block:
    phases = list(rows[0]["by_phase"])
    named = [phase for phase in phases if phase is not None]
    heads = (
        Column("Who pays"),
        *(Column(phase, kind="number") for phase in named),
        Column("In all", kind="number"),
    )
    cells: list[tuple[Text, ...]] = []
    for row in rows:
        sums = [plain(money(found.analysis, row["by_phase"][phase])) for phase in named]
        cells.append(
            (
                plain("We ourselves" if row["ours"] else row["payer"]),
                *sums,
                strong(money(found.analysis, row["total"])),
            )
        )
    sums = [
        plain(money(found.analysis, sum(row["by_phase"][phase] for row in rows))) for phase in named
    ]
    cells.append(
        (strong("All"), *sums, strong(money(found.analysis, sum(row["total"] for row in rows))))
    )
    return table(
        "finance",
        "Cost by payer and phase",
        heads,
        cells,
        "table: allocation",
        "table: fixed costs",
    )
