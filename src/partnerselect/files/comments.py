"""Texts that a `#` cuts short: YAML takes what follows it for a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from partnerselect.errors import Loc, Problem
from partnerselect.files.documents import Data, Document

_CUTS = re.compile(r"[ \t]+(#[^\s#].*)")
"""A mark that touches what follows, as in `Lot #3 of 4`; a comment's is followed by a space."""


def texts_cut_short(document: Document) -> Iterator[Problem]:
    """Yield the texts behind which a `#` begins that is probably part of them."""
    if document.source.path.suffix.lower() == ".json" or " #" not in document.source.text:
        return
    for loc, text in _texts(document.data, ()):
        place = document.place(loc)
        if place.caret is None or not place.excerpt:
            continue
        line, (start, width) = place.excerpt[-1][1], place.caret
        if line[start : start + width] == text and (cut := _CUTS.match(line, start + width)):
            message = (
                f'the text ends before "{cut[1].rstrip()}", which is a comment; put all of it in'
                " quotes if it belongs to the text, else write a space after #"
            )
            yield Problem(loc, message, place=place)


def _texts(data: Data, loc: Loc) -> Iterator[tuple[Loc, str]]:
    for key, value in data.items():
        if isinstance(value, str):
            yield (*loc, key), value
        elif isinstance(value, dict):
            yield from _texts(value, (*loc, key))
