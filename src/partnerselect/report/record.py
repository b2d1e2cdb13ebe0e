"""The record of a decision, under headings in the order of a law that its user names.

It is made of what the register kept, and works nothing out. The laws: the Health Care Services
(Provider Selection Regime) Regulations 2023, regulation 24(a) to (f); the Procurement Act 2023,
section 50, with regulation 31 of the Procurement Regulations 2024.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from partnerselect.decisions import Entry, partners_of, standing
from partnerselect.model import leaves_of, programme_of
from partnerselect.report.paper.content import (
    Block,
    Bullets,
    Cover,
    Heading,
    PaperContent,
    Paragraph as Words,
)
from partnerselect.report.paper.inputs import missing, plain
from partnerselect.tables import (
    Cell,
    Column,
    Names,
    Table,
    departure_words,
    needs_words,
)
from partnerselect.words import (
    ILLUSTRATIVE,
    SYMBOLS,
    day_words,
    figure,
    share,
    sum_figure,
    with_unit,
)


@dataclass(frozen=True)
class Record:
    """A decision, and what the register holds about it."""

    decision: Entry
    entries: Sequence[Entry]

    @property
    def said(self) -> Mapping[str, Any]:
        """What was recorded as decided."""
        return self.decision.content

    @cached_property
    def data(self) -> Mapping[str, Any]:
        """The scenario that was decided on."""
        found: dict[str, Any] = json.loads(self.said["data"])
        return found

    def earlier(self, kind: str) -> list[Entry]:
        """Return the standing entries of a kind about this scenario up to the decision."""
        return [
            one
            for one in standing(self.entries[: self.decision.number])
            if one.kind == kind and one.content["scenario"] == self.said["scenario"]
        ]

    @cached_property
    def titles(self) -> dict[str, str]:
        """What the partners are called, by id."""
        return {name: str(one["title"]) for name, one in self.data["partners"].items()}

    @cached_property
    def names(self) -> Names:
        """What people call what is recorded, in short."""
        return Names([self.decision])

    @cached_property
    def criteria(self) -> dict[str, Mapping[str, Any]]:
        """The leaf criteria by path, as written."""
        return dict(leaves_of(self.data["criteria"]["criteria"]))

    def offers(self, programme: str, partner: str) -> bool:
        """Whether a partner offers anything that a programme, at whatever level, needs."""
        stated = self.data["programmes"][programme_of(programme)]
        asked = [stated, *(stated.get("levels") or {}).values()]
        needs = {need for one in asked for need in one.get("needs") or ()}
        return not needs.isdisjoint(self.data["partners"][partner]["offers"])

    def score(self, programme: str, partner: str, criterion: str) -> Mapping[str, Any]:
        """Return a score as written, with what it rests on."""
        stated = self.data["partners"][partner]
        own = stated.get("for", {}).get(programme, {}).get("scores", {})
        found = own.get(criterion, stated.get("scores", {}).get(criterion))
        return found if isinstance(found, dict) else {"score": found}


def _table(
    id: str,  # noqa: A002 - as the table has it
    title: str,
    heads: str,
    rows: Iterable[Iterable[Cell]],
    note: str = "",
) -> Table:
    """Return a table of words under headings that are parted by bars."""
    columns = tuple(map(Column, heads.split("|")))
    return Table(id, title, columns, tuple(map(tuple, rows)), note)


def _day(entry: Entry) -> str:
    return day_words(entry.date)


def _partners(record: Record) -> Iterator[Block]:
    """Name the partners chosen, for what; addresses and identifiers are for people to add."""
    rows = [
        (
            record.titles[partner],
            ", ".join(
                one["title"] for one in record.said["choices"] if partner in one["needs"].values()
            ),
            missing("address, email, identifier"),
        )
        for partner in partners_of(record.decision)
    ]
    heads = "Partner|Programmes|Address, email, identifier"
    yield _table("partners", "Partners chosen", heads, rows)
    choices = [
        (
            one["title"],
            needs_words(one["needs"], record.names),
            needs_words(one["recommended"], record.names),
            one["lead"],
            day_words(one["review"]) if one["review"] else "—",
        )
        for one in record.said["choices"]
    ]
    heads = "Programme|Decided|Recommended|Lead|Review"
    yield _table("choices", "What was decided", heads, choices)


def _process(record: Record) -> Iterator[Block]:
    """Say who decided, when the question was opened and the weights were fixed."""
    said = record.said
    yield Words(plain(f"Decided by {said['body']} on {_day(record.decision)}."))
    roles = said.get("roles") or ()
    yield Words(plain("; ".join(roles)) if roles else missing("the roles of those who decided"))
    yield Words(missing("the names of those who decided"))
    steps = [
        *(f"Opened on {_day(one)} (entry {one.number})" for one in record.earlier("opened")),
        *(
            f"Criteria and weights fixed on {_day(one)} (entry {one.number})"
            for one in record.earlier("frozen")
        ),
        f"Decided on {_day(record.decision)} (entry {record.decision.number})",
        *(f"Condition: {one}" for one in said.get("conditions") or ()),
        *(f"Dissent: {one}" for one in said.get("dissent") or ()),
    ]
    yield Bullets(tuple(map(plain, steps)))


def _criteria(record: Record) -> Iterator[Block]:
    """Write the criteria with their weights, when these were fixed, and how they are scored."""
    frozen = record.earlier("frozen")
    fixed = (
        f"Fixed on {_day(frozen[-1])}, before the decision." if frozen else "Not fixed beforehand."
    )
    if changed := record.said.get("weights_changed"):
        fixed += f" {changed}."
    weights = record.said["figures"]["weights"]
    rows = [
        (one["title"], share(weights[path]), _scale(one), str(one.get("asks", "")))
        for path, one in record.criteria.items()
    ]
    heads = "Criterion|Weight|How it is scored|What it asks"
    yield _table("criteria", "Criteria and weights", heads, rows, note=fixed)


def _scale(criterion: Mapping[str, Any]) -> str:
    match criterion.get("scale"):
        case {"levels": levels}:
            return ", ".join(f"{name} {figure(value)}" for name, value in levels.items())
        case {"worst": worst, "best": best, **more}:
            return _ends(figure(worst), figure(best), str(more.get("unit", "")))
        case {"ratio": against}:
            return "100 · own ÷ highest" if against == "highest" else "100 · lowest ÷ own"
        case {"points": points}:
            return ", ".join(f"{figure(score)}: {figure(value)}" for score, value in points)
        case {"local": _}:
            return "from the worst to the best partner of each programme"
    return "—"


def _ends(worst: str, best: str, unit: str) -> str:
    """Say where a scale begins and ends; a sign of money or of per cent stands with both."""
    if unit[:1] in {*SYMBOLS.values(), "%"}:
        return f"from {with_unit(worst, unit)} to {with_unit(best, unit)}"
    return f"from {worst} to {best} {unit}".strip()


def _scores(record: Record) -> Iterator[Block]:
    """Write what all who offer something scored on every criterion, and what that rests on."""
    for choice in record.said["choices"]:
        found = record.said["figures"]["partners"].get(choice["programme"], {})
        heads = "|".join(one["title"].replace("|", "/") for one in record.criteria.values())
        rows = [
            (
                record.titles[partner],
                *(_points(record, choice["programme"], partner, path) for path in record.criteria),
                f"{row['value']:.1f}",
                "—" if row["rank"] is None else str(row["rank"]),
                "yes" if partner in choice["needs"].values() else "no",
            )
            for partner, row in sorted(found.items(), key=_rank)
            if record.offers(choice["programme"], partner)
        ]
        heads = f"Partner|{heads}|In all|Rank|Chosen"
        note = "A score, and in brackets the points that it adds to the value."
        yield _table(f"scores-{choice['programme']}", choice["title"], heads, rows, note=note)
    yield _evidence(record)


def _rank(one: tuple[str, Mapping[str, Any]]) -> tuple[bool, int]:
    return one[1]["rank"] is None, one[1]["rank"] or 0


def _points(record: Record, programme: str, partner: str, path: str) -> str:
    """Return a score and the points that it adds: a word as typed, sums as elsewhere."""
    row = record.said["figures"]["partners"][programme][partner]
    typed_score = record.score(programme, partner, path).get("score")
    score, points = row["scores"][path], row["contributions"][path]
    if score is None:
        told = "not yet known"
    elif isinstance(typed_score, str):
        told = typed_score
    else:
        told = sum_figure(score) if record.criteria[path].get("from") else figure(round(score, 2))
    return f"{told} ({points:.1f})"


def _evidence(record: Record) -> Block:
    rows = dict.fromkeys(
        (record.titles[partner], record.criteria[path]["title"], told)
        for choice in record.said["choices"]
        for partner in record.said["figures"]["partners"].get(choice["programme"], {})
        if record.offers(choice["programme"], partner)
        for path in record.criteria
        if (told := _behind(record.score(choice["programme"], partner, path)))
    )
    heads = "Partner|Criterion|What the score rests on"
    return _table("evidence", "What the scores rest on", heads, rows)


def _behind(score: Mapping[str, Any]) -> str:
    return "; ".join(str(score[key]) for key in ("evidence", "source") if score.get(key))


def _reasons(record: Record) -> Iterator[Block]:
    """Say why each programme goes to whom, and why the others were not chosen."""
    departed = [one for one in record.said["choices"] if one["reason"]]
    told = [
        f"{one['title']}: decided otherwise than recommended. {one['reason']}" for one in departed
    ]
    told += departure_words(record.said["departure"], record.names)
    is_least_cost = "least-cost" in (record.data.get("aim") or ())
    best = "reach what was asked for at the least cost to us" if is_least_cost else "are worth most"
    yield Bullets(tuple(map(plain, told or [f"As recommended: together these {best}."])))
    rows = [
        (choice["title"], record.titles[partner], words)
        for choice in record.said["choices"]
        for partner, why in record.said["reasons"][choice["programme"]].items()
        if partner not in choice["needs"].values() and (words := _why_not(choice, partner, why))
    ]
    yield _table("not-chosen", "Why others were not chosen", "Programme|Partner|Why not", rows)


def _why_not(choice: Mapping[str, Any], partner: str, why: str) -> str:
    """Say why a partner is not chosen; of one recommended, why it was decided otherwise."""
    if partner not in choice["recommended"].values():
        return why
    told = choice["reason"] or "It follows from what else was decided"
    return f"Recommended, and decided otherwise. {told}"


def _who(record: Record, declared: Entry) -> tuple[str, str]:
    return declared.content["role"], record.titles[declared.content["partner"]]


def _interests(record: Record) -> Iterator[Block]:
    """Yield what was declared before it."""
    said = [
        (*_who(record, one), one.content["interest"], _day(one))
        for one in record.earlier("declared")
    ]
    if not said:
        yield Words(plain("None was declared."))
        return
    yield _table("interests", "Interests declared", "Role|Partner|Interest|Declared", said)


def _management(record: Record) -> Iterator[Block]:
    """Yield how each interest that was declared is managed."""
    said = [(*_who(record, one), one.content["managed"]) for one in record.earlier("declared")]
    if not said:
        yield Words(plain("None had to be managed."))
        return
    yield _table("managed", "How interests were managed", "Role|Partner|How", said)


def _abandoned(record: Record) -> Iterator[Block]:
    deferred = [one["title"] for one in record.said["choices"] if not one["needs"]]
    told = (
        f"Deferred on {_day(record.decision)}: {'; '.join(deferred)}."
        if deferred
        else "Nothing was deferred."
    )
    yield Words(plain(told))


@dataclass(frozen=True)
class Law:
    """A law by whose order a record is written."""

    order: str
    """What the headings follow, as the record says it."""
    sections: tuple[tuple[str, tuple[Callable[[Record], Iterator[Block]], ...]], ...]


LAWS = {
    "psr-2023": Law(
        "Headings 1 to 3 follow the order of regulation 24(a) to (f) of the Health Care Services"
        " (Provider Selection Regime) Regulations 2023; that of the others is ours.",
        (
            ("Providers to whom contracts are awarded", (_partners,)),
            ("Decision-making process, and who decided", (_process,)),
            ("How criteria were taken into account and assessed", (_criteria, _scores)),
            ("Reasons for the decisions", (_reasons,)),
            ("Conflicts of interest declared", (_interests,)),
            ("How conflicts of interest were managed", (_management,)),
            ("Abandonment", (_abandoned,)),
        ),
    ),
    "procurement-act-2023": Law(
        "The headings follow the order of an assessment summary under the Procurement Act 2023,"
        " section 50, and the Procurement Regulations 2024, regulation 31.",
        (
            ("Suppliers", (_partners,)),
            ("Award criteria and assessment methodology", (_criteria,)),
            ("How each tender was assessed", (_scores,)),
            ("Why the contract is not awarded to others", (_reasons,)),
            ("Beside the assessment: who decided, and when", (_process, _abandoned)),
            ("Beside the assessment: conflicts of interest", (_interests, _management)),
        ),
    ),
}
"""By what is typed for them; the headings keep the order of each law."""


def record_of(decision: Entry, entries: Sequence[Entry], law: str) -> PaperContent:
    """Write the record of a decision under the headings of a law, one of `LAWS`."""
    record, under = Record(decision, entries), LAWS[law]
    said = decision.content
    blocks: list[Block] = [
        Words(
            plain(
                f"{under.order} Whether that law applies, and what else it asks for, is for a"
                " lawyer to say; this is no legal advice."
            )
        )
    ]
    for number, (heading, writers) in enumerate(under.sections, 1):
        blocks.append(Heading(1, heading, str(number)))
        blocks += [block for write in writers for block in write(record)]
    lines = (("Decided by", plain(said["body"])), ("Date", plain(_day(decision))))
    cover = Cover(f"Record of decision {decision.number}: {said['title']}", said["body"], lines)
    behind = f"Register, entry {decision.number}, {decision.sha256[:12]}"
    with_what = f"scenario {said['scenario']}, content {said['sha256'][:12]}"
    mark = ILLUSTRATIVE if said["illustrative"] else ""
    return PaperContent(
        cover, mark, tuple(blocks), f"{behind}; {with_what}; {said['versions']['software']}."
    )
