"""Section 4: what follows for aims, equality, culture, the system, money and the law."""

from __future__ import annotations

from collections.abc import Iterator

from partnerselect.advice import IMPLICATIONS
from partnerselect.model import Implication
from partnerselect.report.paper.content import Block, Heading
from partnerselect.report.paper.gathering import PaperInputs
from partnerselect.report.paper.sections.writing import Numbering, typed
from partnerselect.rows import money
from partnerselect.tables import finance_table, fixed_table

TITLES = {
    "aims": "Strategic aims",
    "equality": "Equality, diversity and inclusion",
    "culture": "Culture and people",
    "system": "Integration and the wider system",
    "legal": "Legal and regulatory compliance",
}


def implications(found: PaperInputs, number: Numbering) -> Iterator[Block]:
    """Write what was typed, what else was typed under names of its own, and the sums."""
    yield Heading(1, "Implications", "4")
    stated = found.paper.implications
    others = [name for name in stated if name not in IMPLICATIONS]
    for name in [*list(IMPLICATIONS)[:-1], *others]:
        yield from _implication(found, number, name, stated.get(name, Implication()))
    yield from _finance(found, number)
    yield from _implication(found, number, "legal", stated.get("legal", Implication()))


def _implication(
    found: PaperInputs, number: Numbering, name: str, stated: Implication
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


def _finance(found: PaperInputs, number: Numbering) -> Iterator[Block]:
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
    yield finance_table(found.analysis)
    fixed = fixed_table(found.analysis)
    if fixed.rows:
        yield fixed
