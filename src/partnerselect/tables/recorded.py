"""What stands in the register, as tables that programs read: by id, with titles beside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from partnerselect.decisions import Content, Entry, junctures, running, superseded
from partnerselect.tables.flat_columns import PARTNER, PROGRAMME
from partnerselect.tables.register import Names, entry_words, said_words
from partnerselect.tables.spec import Column, Row, data_column

TITLE = "Its title."
MEASURE = (data_column("measure", "The measure's id."), data_column("measure_title", TITLE))
COMPONENT = (
    data_column("component", "The component's id."),
    data_column("component_title", TITLE),
)
WORDS = (data_column("words", "A sentence."),)
ENTRIES = (
    data_column("number", "The entry's number.", "whole"),
    data_column("review_point", "Which review point it belongs to, from 1.", "whole"),
    data_column("date", "The day from which it holds, as 2021-07-28."),
    data_column("kind", "`opened`, `frozen`, `declared`, `decided`, `offered`, …"),
    data_column("of", "The entry that it is about; empty if none.", "whole"),
    *(Column(one.key, about=f"{one.about[:-1]}; empty if none.") for one in (*PROGRAMME, *PARTNER)),
    data_column("superseded", "Whether it holds no more.", "flag"),
    data_column("words", "What it says."),
)
FLAT_RECORDED = {
    "entries": ENTRIES,
    "committed": (
        *PROGRAMME,
        *COMPONENT,
        *PARTNER,
        data_column("accepted", "Whether it accepted; empty if it has not answered.", "flag"),
        data_column("review", "The day of the next review; empty if none is set."),
        data_column("entries", "The entries that say so, joined by ` + `."),
    ),
    "readings": (
        data_column("entry", "The number of its entry.", "whole"),
        data_column("date", "The day of the reading."),
        *PARTNER,
        *PROGRAMME,
        *MEASURE,
        data_column("value", "What it reads: a number, or a word."),
        data_column("target", "What it was to reach; empty if nothing was stated."),
        data_column("met", "Whether it did; empty where that cannot be told.", "flag"),
    ),
    "choices": (
        *PROGRAMME,
        data_column("component", "The component's id; empty if the programme is deferred."),
        data_column("component_title", TITLE),
        data_column("partner", "The id of who delivers it; empty if it is deferred."),
        data_column("partner_title", TITLE),
        data_column("recommended", "The id of who was recommended; empty if nobody."),
        data_column("recommended_title", "Its title."),
        data_column("reason", "Why otherwise than recommended; empty where nobody asked for it."),
        data_column("lead", "The role that leads the programme."),
        data_column("review", "The day on which it is looked at again; empty if none is set."),
    ),
    "said": WORDS,
    "followed": ENTRIES,
    "rerun": (
        data_column("path", "What differs."),
        data_column("then", "What it was."),
        data_column("now", "What it is."),
    ),
    "due": (
        data_column("date", "The day on which it is due."),
        data_column("what", "`review`, `reading` or `answer`."),
        data_column("subject", "The id of the programme, measure or partner."),
        data_column("title", TITLE),
        data_column("of", "The number of the decision.", "whole"),
    ),
    "verify": WORDS,
}
"""The columns by table, as `--table` names it."""


def flat_entries(entries: Sequence[Entry], shown: Iterable[Entry]) -> list[Row]:
    """Return a row for each entry."""
    found, gone, names = junctures(entries), superseded(entries), Names(entries)
    return [
        {
            **_named(names, entry.content, "programme", "partner"),
            "number": entry.number,
            "review_point": found[entry.number],
            "date": entry.date,
            "kind": entry.kind,
            "of": entry.content.get("of"),
            "superseded": entry.number in gone,
            "words": entry_words(entry, names),
        }
        for entry in shown
    ]


def flat_committed(entries: Sequence[Entry], today: str) -> list[Row]:
    """Return a row for each component of what runs today as decided."""
    names = Names(entries)
    return [
        {
            **_named(names, {"programme": programme, "component": need, "partner": held.partner}),
            "accepted": held.is_accepted,
            "review": one.review,
            "entries": held.entries,
        }
        for programme, one in running(entries, today).items()
        for need, held in one.needs.items()
    ]


def flat_readings(entries: Sequence[Entry], found: Iterable[Entry]) -> list[Row]:
    """Return a row for each reading."""
    names = Names(entries)
    return [
        {
            **{key: entry.content.get(key) for key in ("value", "target", "met")},
            **_named(names, entry.content, "partner", "programme", "measure"),
            "entry": entry.number,
            "date": entry.date,
        }
        for entry in found
    ]


def flat_choices(decision: Entry) -> list[Row]:
    """Return a row for each component of what was decided; one for a programme deferred."""
    names = Names([decision])
    return [row for one in decision.content["choices"] for row in _of_choice(one, names)]


def _of_choice(choice: Content, names: Names) -> Iterator[Row]:
    about = {key: choice[key] for key in ("programme", "reason", "lead", "review")}
    for need in {**choice["recommended"], **choice["needs"]} or {None: None}:
        stated = {"component": need, "partner": choice["needs"].get(need)}
        recommended = choice["recommended"].get(need)
        yield {
            **about,
            "programme_title": choice["title"],
            **_named(names, stated),
            "recommended": recommended,
            "recommended_title": names.of("partners", recommended) if recommended else None,
        }


def flat_said(decision: Entry) -> list[Row]:
    """Return what people said of a decision, a sentence a row."""
    return [{"words": one} for one in said_words(decision.content, Names([decision]))]


def _named(names: Names, said: Mapping[str, Any], *keys: str) -> Row:
    """Return what is named, each with its title."""
    found: Row = {}
    for key in keys or said:
        name = said.get(key)
        found |= {key: name, f"{key}_title": names.of(f"{key}s", name) if name else None}
    return found
