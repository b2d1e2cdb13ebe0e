"""What stands in the register: entries, decisions, what is due, how partnerships turned out."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from partnerselect.decisions import (
    Content,
    Due,
    Entry,
    junctures,
    partners_of,
    running,
    success,
    superseded,
)
from partnerselect.errors import input_error
from partnerselect.model import Names as Known, programme_of
from partnerselect.tables.spec import PROGRAMME, Column, Table, sentences, table
from partnerselect.words import (
    amount,
    counted,
    day_words,
    difference,
    figure,
    listed,
    points,
    share,
)

ENTRIES = (
    Column("number", "Entry", "whole", width=8),
    Column("juncture", "Review point", "whole", width=8),
    Column("date", "Date"),
    Column("kind", "What"),
    Column("words", "In words", width=90),
)
CHOICES = (
    PROGRAMME,
    Column("partners", "Partners", width=38),
    Column("recommended", "Recommended", width=38),
    Column("reason", "Why otherwise", width=38),
    Column("lead", "Lead"),
    Column("review", "Review"),
)
COMMITTED = (
    PROGRAMME,
    Column("partners", "Partners", width=38),
    Column("answer", "Accepted"),
    Column("review", "Review"),
    Column("entries", "Entries"),
)
DUE = (
    Column("date", "Due"),
    Column("what", "What"),
    Column("title", "Of", width=38),
    Column("of", "Decision", "whole"),
)
READINGS = (
    Column("partner", "Partner", width=38),
    PROGRAMME,
    Column("measure", "Measure", width=38),
    Column("value", "Reading"),
    Column("target", "Target"),
    Column("met", "Met"),
    Column("date", "Date"),
    Column("entry", "Entry", "whole"),
)
DIFFERENCES = (Column("path", "What", width=60), Column("then", "Then"), Column("now", "Now"))
ANSWERS = {True: "yes", False: "no", None: "not yet"}
FOLLOWS = "follows from the others"
"""Why a programme goes to others than recommended, where nobody asked for that."""


class Names:
    """What people call partners, programmes, components and measures, by what is recorded."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Gather the names that entries came with, the latest last."""
        self._known: dict[str, dict[str, str]] = {}
        for entry in entries:
            for kind, names in entry.content.get("names", {}).items():
                self._known.setdefault(kind, {}).update(names)

    @classmethod
    def of_content(cls, content: Content) -> Names:
        """Return the names that something to be recorded comes with."""
        found = cls([])
        found._known.update(content["names"])
        return found

    def find(self, kind: str, text: str) -> str:
        """Return the id of what is called so; raises InputError."""
        try:
            return Known(kind.removesuffix("s"), self._known.get(kind, {})).find(text)
        except ValueError as error:
            raise input_error(str(error)) from None

    def of(self, kind: str, name: str) -> str:
        """Return what something is called, or its id where that is not known."""
        return self._known.get(kind, {}).get(name, name)


@dataclass(frozen=True)
class Recorded:
    """What is recorded; of a decision it is known whether its figures were made up."""

    illustrative: bool = False


RECORDED = Recorded()


def entries_table(
    entries: Sequence[Entry], shown: Iterable[Entry], title: str, today: str
) -> Table:
    """Return entries in their order, each in words."""
    found, gone, names = junctures(entries), superseded(entries), Names(entries)
    rows = [
        {
            "number": entry.number,
            "juncture": found[entry.number],
            "date": as_date(entry.date),
            "kind": entry.kind,
            "words": entry_words(entry, names)
            + (" (superseded)" if entry.number in gone else "")
            + (" (still ahead)" if entry.date > today else ""),
        }
        for entry in shown
    ]
    return table(RECORDED, "register", title, ENTRIES, rows)


SENTENCES = {
    "opened": "{title}: {asked} for {body}",
    "frozen": "{title}: criteria and weights fixed",
    "declared": "{role} has an interest in {partner}: {interest}. How it is managed: {managed}",
    "decided": "{body} decided on {decided}",
    "offered": "Decision {of} offered to {partner}{words}",
    "accepted": "{partner} accepted decision {of}{words}",
    "declined": "{partner} declined decision {of}{words}",
    "reading": "{partner} in {programme}, {measure}: {reads}",
    "reviewed": "Decision {of} {result}{for_partner}{in_programme}{ours}{theirs}{next}",
    "superseded": "Entry {of} holds no more: {reason}",
}
"""What an entry of each kind says."""
LEADS = {
    "words": ": ",
    "ours": ". Our words: ",
    "theirs": ". The partner’s words: ",
    "next": ". Next review: ",
}
"""Before words that may be left out."""
MET = {True: ", target met", False: ", target not met", None: ""}


def entry_words(entry: Entry, names: Names) -> str:
    """Say in a line what an entry says."""
    said = entry.content
    told = defaultdict(str, said)
    for kind in ("partner", "programme", "measure"):
        told[kind] = names.of(f"{kind}s", said.get(kind) or "")
    told["for_partner"] = told["partner"] and f" for {told['partner']}"
    told["in_programme"] = told["programme"] and f" in {told['programme']}"
    for key, lead in LEADS.items():
        told[key] = f"{lead}{day_words(said[key])}" if said.get(key) else ""
    if entry.kind == "opened":
        told["asked"] = counted(len(said["questions"]), "question")
    if entry.kind == "decided":
        told["decided"] = _decided_words(entry)
    if entry.kind == "reading":
        told["reads"] = figure(said["value"]) + MET[said["met"]]
    return SENTENCES[entry.kind].format_map(told)


def _decided_words(entry: Entry) -> str:
    choices = entry.content["choices"]
    goes = counted(sum(bool(one["needs"]) for one in choices), "programme")
    departed = {programme_of(one["programme"]) for one in choices if one["reason"]}
    changed = {
        programme_of(one["programme"]) for one in choices if one["needs"] != one["recommended"]
    }
    more = f", {len(departed)} otherwise than recommended" if departed else ""
    follow = len(changed - departed) if departed else 0
    more += f"; {counted(follow, 'other follows', 'others follow')} from that" if follow else ""
    return f"{goes} with {counted(len(partners_of(entry)), 'partner')}{more}"


def as_date(told: str | None) -> dt.date | str | None:
    """Return a day as it was recorded, as a date; anything else as it is."""
    try:
        return dt.date.fromisoformat(told or "")
    except ValueError:
        return told


def needs_words(needs: Content, names: Names) -> str:
    """Return the partners of a programme; with their needs where there are several."""
    needs = {names.of("components", need): names.of("partners", who) for need, who in needs.items()}
    partners = list(dict.fromkeys(needs.values()))
    if len(partners) < 2:  # noqa: PLR2004 - all needs are with one
        return "".join(partners) or "deferred"
    by = {one: [need for need, who in needs.items() if who == one] for one in partners}
    return "; ".join(f"{one} ({', '.join(theirs)})" for one, theirs in by.items())


def decision_tables(decision: Entry) -> Iterator[Table]:
    """Return what was decided, and what people said of it."""
    said, names = decision.content, Names([decision])
    rows = [
        {
            **choice,
            "programme": choice["title"],
            "partners": needs_words(choice["needs"], names),
            "recommended": needs_words(choice["recommended"], names)
            if choice["recommended"] != choice["needs"]
            else "the same",
            "reason": choice["reason"]
            or (FOLLOWS if choice["recommended"] != choice["needs"] else ""),
            "review": as_date(choice["review"]),
        }
        for choice in said["choices"]
    ]
    title = f"Decision {decision.number}, {day_words(decision.date)}: {said['title']}"
    of = Recorded(said["illustrative"])
    yield table(of, "decision", title, CHOICES, rows)
    yield sentences(of, "said", f"Decision {decision.number}", said_words(said, names))


SAID = {
    "roles": "Present",
    "conditions": "Conditions",
    "dissent": "Dissent",
    "changed": "Otherwise than in the file",
}


def said_words(said: Content, names: Names) -> Iterator[str]:
    """Say who decided, on what conditions, who dissented, and what a departure costs."""
    for told in said.get("asked", ()):
        yield f"The recommendation: {told}" if told == said["asked"][0] else told
    yield f"Decided by {said['body']}"
    for key, words in SAID.items():
        if said.get(key):
            yield f"{words}: {'; '.join(said[key])}"
    yield from departure_words(said.get("departure"), names)
    if said.get("weights_changed"):
        yield said["weights_changed"]
    with_what = f"{said['versions']['software']}, Python {said['versions']['python']}"
    content = f"content {said['sha256'][:12]}; seed {said['seed']}"
    yield f"Scenario {said['scenario']}, {content}; {with_what}"


def departure_words(departure: Content | None, names: Names) -> Iterator[str]:
    """Say what departing from the recommendation costs; nothing where nobody departs."""
    if departure is None:
        return
    if not departure["possible"]:
        told = "; ".join(departure["breaks"])
        yield f"What departs from the recommendation breaks what the scenario asks for: {told}"
        return
    cost = departure["own_cost"]
    money = amount(abs(cost), departure.get("currency", ""))
    told = f"{money} {'less' if cost < 0 else 'more'}" if round(cost) else "the same"
    others = listed([names.of("programmes", one) for one in departure["others_changed"]])
    lost, then = departure["value_lost"], departure.get("value")
    lost = lost if then is None else difference(then + lost, then)
    value = f"{'gains' if lost < 0 else 'loses'} {points(abs(lost))}"
    yield (
        f"Departing from the recommendation {value} of portfolio value and costs us {told}"
        + (f"; it changes the choice for {others}" if others else "")
    )


def committed_table(entries: Sequence[Entry], today: str) -> Table:
    """Return what runs today as decided, with the entries that say so."""
    names = Names(entries)
    rows = [
        {
            "programme": names.of("programmes", programme),
            "partners": needs_words(
                {need: held.partner for need, held in one.needs.items()}, names
            ),
            "answer": ", ".join(dict.fromkeys(ANSWERS[h.is_accepted] for h in one.needs.values())),
            "review": as_date(one.review) or "—",
            "entries": ", ".join(
                map(str, sorted({n for held in one.needs.values() for n in held.entries}))
            ),
        }
        for programme, one in running(entries, today).items()
    ]
    return table(RECORDED, "committed", "What is decided and runs", COMMITTED, rows)


def history_tables(
    entries: Sequence[Entry], shown: Iterable[Entry], found: Sequence[Entry], today: str
) -> list[Table]:
    """Return the timeline, what runs today, and how partnerships turned out."""
    timeline = entries_table(entries, shown, "What was recorded, by review point", today)
    turned_out = [readings_table(found, Names(entries))] if found else []
    return [timeline, committed_table(entries, today), *turned_out]


def due_rows(found: Iterable[Due], entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Return what is due, each with its title."""
    names = Names(entries)
    kinds = {"review": "programmes", "reading": "measures", "answer": "partners"}
    return [{**vars(one), "title": names.of(kinds[one.what], one.subject)} for one in found]


def due_table(rows: list[dict[str, Any]], by: str | None, entries: Sequence[Entry]) -> Table:
    """Return what is due, and name what runs without a day on which it is looked at again."""
    names = Names(entries)
    undated = [names.of("programmes", p) for p, one in running(entries).items() if not one.review]
    notes = [] if rows else ["Nothing is due."]
    if undated:
        notes.append(f"Without a review date: {listed(undated)}; `review N --next` gives one.")
    shown = [{**row, "date": as_date(row["date"])} for row in rows]
    title = f"Due by {day_words(by)}" if by else "Due"
    return table(RECORDED, "due", title, DUE, shown, note="\n".join(notes))


def readings_table(found: Sequence[Entry], names: Names) -> Table:
    """Return the latest reading of each measure against its target."""
    rows: list[dict[str, Any]] = [
        {
            **entry.content,
            "partner": names.of("partners", entry.content["partner"]),
            "programme": names.of("programmes", entry.content["programme"]),
            "measure": names.of("measures", entry.content["measure"]),
            "value": figure(entry.content["value"]),
            "target": figure(entry.content.get("target") or "—"),
            "met": {True: "yes", False: "no"}.get(entry.content["met"], "—"),
            "date": as_date(entry.date),
            "entry": entry.number,
        }
        for entry in found
    ]
    judged, met = success(found)
    told = ""
    if judged:
        told = f"{len(met)} of {len(judged)} met their target ({share(len(met) / len(judged))})."
    title = "How partnerships turned out"
    return table(RECORDED, "readings", title, READINGS, rows, note=told)


def differences_table(found: Iterable[tuple[str, Any, Any]]) -> Table:
    """Return what differs from a decision where it is worked out anew."""
    rows = [{"path": path, "then": _short(then), "now": _short(now)} for path, then, now in found]
    note = "" if rows else "The same."
    return table(RECORDED, "rerun", "Worked out anew", DIFFERENCES, rows, note=note)


def _short(value: Any) -> str:  # noqa: ANN401 - any plain data
    return figure(value) if isinstance(value, int | float) else str(value)
