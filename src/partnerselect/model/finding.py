"""The id of what people call by an id, a title or a short name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from partnerselect.errors import input_error, option_error
from partnerselect.model.messages import did_you_mean, key_meant, nearest

_MINUS = "\N{MINUS SIGN}"


@lru_cache(maxsize=65_536)
def normal(text: str) -> str:
    """Return a name as it is compared: small letters, one hyphen for blanks and dashes."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    dashes = "".join(
        "-" if unicodedata.category(one) == "Pd" or one == _MINUS else one for one in plain
    )
    return re.sub(r"[\s_-]+", "-", dashes)


@dataclass(frozen=True)
class Names:
    """What may be named, by its id, or by a title or a short name that only one has."""

    noun: str
    titles: Mapping[str, str]
    """By id; a title may be empty."""
    shorts: Mapping[str, str] = field(default_factory=dict)

    def find(self, text: str) -> str:
        """Return the id of what is named.

        Raise ValueError where nothing is called so, or several are.
        """
        if text in self.titles:
            return text
        wanted = normal(text)
        by_id = [name for name in self.titles if normal(name) == wanted]
        if by_id:
            return by_id[0]
        named = (*self.titles.items(), *self.shorts.items())
        found = list(dict.fromkeys(name for name, called in named if normal(called) == wanted))
        found = found or [name for name in self.titles if normal(name.rpartition(".")[2]) == wanted]
        if len(found) > 1:
            raise ValueError(
                f'several of them are called "{text}"; write one of the ids {", ".join(found)}'
            )
        if not found:
            raise ValueError(f'no {self.noun} is called "{text}"{self._meant(text)}')
        return found[0]

    def _meant(self, text: str) -> str:
        titles = tuple(filter(None, self.titles.values()))
        if not nearest(text, tuple(self.titles)) and (near := nearest(text, titles)):
            return f'; did you mean "{near}"?'
        return key_meant(text) or did_you_mean(text, list(self.titles))


def named(noun: str, things: Mapping[str, object], text: str, option: str = "") -> str:
    """Return the id of one of several things that have titles.

    Raises InputError, at the option that was given where there is one.
    """
    titles, shorts = (
        {name: str(getattr(one, key, None) or "") for name, one in things.items()}
        for key in ("title", "short")
    )
    try:
        return Names(noun, titles, shorts).find(text)
    except ValueError as error:
        told = str(error)
        raise option_error(option, told) if option else input_error(told, f"{noun}s") from None
