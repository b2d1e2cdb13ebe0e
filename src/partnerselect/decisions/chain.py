"""Entries in a chain: each holds the hash of the one before, so that what is changed is found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, zip_longest
from json.encoder import encode_basestring as _quoted
from typing import Any, NamedTuple

from partnerselect.decisions.kinds import Content, Kind, check_form
from partnerselect.errors import InputError, input_error

FIRST = "0" * 64
"""Stands for the hash of the entry before the first."""


def canonical(value: Any) -> str:  # noqa: ANN401 - any plain data
    """Return plain data as the one JSON text that stands for it; dates as 2021-07-28."""
    return json.dumps(
        value,
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
        default=str,
        allow_nan=False,
    )


class _Stored(NamedTuple):
    """What is stored of an entry, by column."""

    number: int
    kind: str
    time: str
    """When it was recorded, UTC, ISO 8601 with microseconds."""
    text: str
    before: str
    sha256: str


class Entry(_Stored):
    """One entry as it is stored: its content as canonical JSON, the hash of the entry before.

    A tuple, for thousands are read at once.
    """

    @classmethod
    def follow(cls, head: Head, kind: Kind, time: str, content: Content) -> Entry:
        """Return the entry that comes after a head."""
        entry = cls(head.number + 1, kind, time, canonical(content), head.sha256, "")
        return entry._replace(sha256=entry.digest)

    @property
    def digest(self) -> str:
        """The hash of its canonical JSON, and so of the hash of the entry before."""
        try:
            whole = (
                f'{{"before":{_quoted(self.before)},"content":{self.text},"kind":{_quoted(self.kind)}'
                f',"number":{self.number},"time":{_quoted(self.time)}}}'
            )
        except TypeError:  # no text: it was not recorded by us
            return ""
        return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def line(self) -> str:
        """The line of JSON that stands for it in an export."""
        said = {**self._asdict(), "content": json.loads(self.text)}
        del said["text"]
        return canonical(said) + "\n"

    @cached_property
    def content(self) -> dict[str, Any]:
        """What it says; raises InputError where that is nothing that can be read here."""
        found: dict[str, Any] = json.loads(self.text)
        try:
            check_form(self.kind, self.text)
        except InputError as error:
            raise input_error(f"entry {self.number} was not written by us: {error}") from None
        if "of" in found and not 0 < found["of"] < self.number:
            raise input_error(f"entry {self.number} was not written by us: about none before it")
        return found

    @property
    def date(self) -> str:
        """The day that it holds from, as people stated it."""
        return str(self.content["date"])


@dataclass(frozen=True)
class Head:
    """The last entry of a chain, which stands for all of it."""

    number: int = 0
    sha256: str = FIRST

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> Head:
        """Return the head of entries; that of none where there are none."""
        return cls(entries[-1].number, entries[-1].sha256) if entries else cls()


def faults(entries: Iterable[Entry], head: Head | None, start: Head | None = None) -> Iterator[str]:
    """Name what is wrong with a chain that follows `start` and should end at `head`."""
    last, before = (start or Head()).number, (start or Head()).sha256
    for entry in entries:
        if entry.digest != entry.sha256:
            yield f"entry {entry.number} is not as it was recorded"
        if entry.number != last + 1:
            yield f"entry {entry.number} stands where entry {last + 1} should"
        elif entry.before != before:
            yield f"entry {entry.number} does not follow from entry {last}"
        last, before = entry.number, entry.sha256
    if head is None:
        yield "which entry is the last is not known"
    elif head != Head(last, before):
        yield f"the last entry should be entry {head.number}, {head.sha256[:12]}, and is not"


def first_difference(entries: Sequence[Entry], others: Sequence[Entry]) -> int | None:
    """Return the number of the first entry that another chain has otherwise, of those in both.

    An entry that the other chain lacks counts as such.
    """
    pairs = zip_longest(entries, others[: len(entries)])
    return next((entry.number for entry, other in pairs if entry != other), None)


def set_back(entries: Sequence[Entry]) -> list[int]:
    """Return the entries that bear an earlier time than the one before: a clock was set back."""
    return [after.number for before, after in pairwise(entries) if after.time < before.time]
