"""What a file says that was hardly meant: empty keys, texts cut short, points for thousands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeVar

from pydantic import BaseModel

from partnerselect.errors import Loc, Place, Problem
from partnerselect.files.documents import EXTENDS, Data, Document, Readable
from partnerselect.model import did_you_mean, key_meant, keys_at, unknown_key, value_at

Value = TypeVar("Value", str, float)
FILE_KEYS = frozenset({"extends", "scores"})
"""Keys of files that no model has."""
_NOTHING_BELOW = "null deletes a key only in what extends another file"


def key_problems(
    document: Readable, model: type[BaseModel], is_over: Callable[[Loc], bool]
) -> Iterator[Problem]:
    """Yield the keys without a value that cannot be meant to delete anything.

    Args:
        document: the file.
        model: what the file describes; it knows the keys.
        is_over: whether what stands at a place is written over another file.
    """
    for loc in (*document.unwritten, *_nulls(document.data, ())):
        if message := _fault(document, model, loc, is_over=is_over(loc)):
            yield Problem(loc, message, at_key=True, place=document.place(loc, at_key=True))


def _fault(document: Readable, model: type[BaseModel], loc: Loc, *, is_over: bool) -> str:
    key, is_written = str(loc[-1]), loc not in document.unwritten
    if meant := key_meant(key):
        fault = "there is no such key" if is_written else "nothing is written behind this key"
        return f"{fault}{meant}"
    keys = keys_at(model, loc[:-1])
    if key not in FILE_KEYS and not keys.may_hold(key):
        return unknown_key(model, loc)
    if is_written and is_over:
        return ""
    is_needed = key in keys.fields and keys.fields[key].is_required()
    remedy = ", or null to delete it" if is_over else "" if is_needed else ", or leave the key out"
    fault = _NOTHING_BELOW if is_written else "nothing is written behind this key"
    return f"{fault}; write a value{remedy}"


def ids_not_there(
    document: Readable, model: type[BaseModel], below: Callable[[], Data]
) -> Iterator[Problem]:
    """Yield the ids that a written null is to delete, but that are not there."""
    for loc in _nulls(document.data, ()):
        if not keys_at(model, loc[:-1]).takes_ids:
            continue
        known = value_at(below(), loc[:-1])
        names = list(known) if isinstance(known, dict) else []
        if loc[-1] not in names:
            meant = did_you_mean(str(loc[-1]), names)
            message = f'null deletes nothing here: there is no "{loc[-1]}"{meant}'
            yield Problem(loc, message, at_key=True, place=document.place(loc, at_key=True))


def _nulls(data: Data, loc: Loc) -> Iterator[Loc]:
    for key, value in data.items():
        if value is None and key != EXTENDS:
            yield (*loc, key)
        elif isinstance(value, dict):
            yield from _nulls(value, (*loc, key))


_CUTS = re.compile(r"[ \t]+(#[^\s#].*)")
"""A mark that touches what follows, as in `Lot #3 of 4`; a comment's is followed by a space."""
_MAY_CUT = re.compile(r"[ \t]#[^ \t\r\n#]")
"""Without it anywhere in a file, no text of it need be looked at."""


def texts_cut_short(document: Document) -> Iterator[Problem]:
    """Yield the texts behind which a `#` begins that is probably part of them."""
    for loc, text, place in _placed(document, _MAY_CUT, str):
        line, at, end = _written(place)
        if line[at:end] == text and (cut := _CUTS.match(line, end)):
            message = (
                f'the text ends before "{cut[1].rstrip()}", which is a comment; put all of it in'
                " quotes if it belongs to the text, else write a space after #"
            )
            yield Problem(loc, message, place=place)


_THOUSANDS = re.compile(r"(?<![\w.])[1-9]\d{0,2}\.\d\d0(?![\w.])")
"""A number with three decimals of which the last says nothing, such as 60.000."""


def points_for_thousands(document: Document) -> Iterator[Problem]:
    """Yield the numbers whose decimal point was probably to part thousands."""
    for loc, value, place in _placed(document, _THOUSANDS, float):
        line, at, end = _written(place)
        if _THOUSANDS.fullmatch(line, at, end):
            found = line[at:end]
            message = (
                f"{found} counts {value:g}; write {found.replace('.', '')} where thousands are"
                f" meant, else {value:g}"
            )
            yield Problem(loc, message, place=place)


def _placed(
    document: Document, may_be: re.Pattern[str], kind: type[Value]
) -> Iterator[tuple[Loc, Value, Place]]:
    """Yield the values of one type on lines that are shown, of YAML in which a pattern occurs."""
    source = document.source
    if source.path.suffix.lower() == ".json" or not may_be.search(source.text):
        return
    for loc, value in _values(document.data, (), kind):
        place = document.place(loc)
        if place.caret is not None and place.excerpt:
            yield loc, value, place


def _written(place: Place) -> tuple[str, int, int]:
    """Return the line of a place, and where in it the value begins and ends."""
    start, width = place.caret or (0, 0)
    return place.excerpt[-1][1], start, start + width


def _values(data: Data, loc: Loc, kind: type[Value]) -> Iterator[tuple[Loc, Value]]:
    for key, value in data.items():
        if isinstance(value, kind):
            yield (*loc, key), value
        elif isinstance(value, dict):
            yield from _values(value, (*loc, key), kind)


NOW = {"trust-cost": "own-cost", "trust-cost-per-day": "own-cost-per-day"}
"""Of a criterion's `from`, since 0.2."""


def with_new_words(data: Data) -> Data:
    """Return data, such as an earlier version kept, in today's words."""
    for _ in renewed(data):
        pass
    return data


def renewed(data: Data) -> Iterator[tuple[Loc, str]]:
    """Put today's words in the place of old ones, yielding where each stood and what it was."""
    yield from _criteria(data.get("criteria"), ("criteria",))
    swept = data.get("sweep")
    for path, values in swept.items() if isinstance(swept, dict) else ():
        if str(path).endswith(".from") and isinstance(values, list):
            for position, word in enumerate(values):
                if isinstance(word, str) and word in NOW:
                    values[position] = NOW[word]
                    yield ("sweep", path, position), word


def _criteria(node: object, loc: Loc) -> Iterator[tuple[Loc, str]]:
    if not isinstance(node, dict):
        return
    word = node.get("from")
    if isinstance(word, str) and word in NOW:
        node["from"] = NOW[word]
        yield (*loc, "from"), word
    for key, child in node.items():
        yield from _criteria(child, (*loc, key))
