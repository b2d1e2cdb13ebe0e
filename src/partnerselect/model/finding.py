"""The id of what people call by an id, a title or a short name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from partnerselect.errors import input_error, option_error
from partnerselect.model.messages import did_you_mean, key_meant, nearest, shown

_MINUS = "\N{MINUS SIGN}"
FEW = 3
"""As many as may be proposed at once."""


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
        called = (*self.titles.items(), *self.shorts.items())
        named = [(name, title) for name, title in called if title]
        found = list(dict.fromkeys(name for name, title in named if normal(title) == wanted))
        found = found or [name for name in self.titles if normal(name.rpartition(".")[2]) == wanted]
        if len(found) > 1:
            raise ValueError(
                f'several of them are called "{text}"; write one of the ids {", ".join(found)}'
            )
        if not found:
            raise ValueError(f'no {self.noun} is called "{text}"{self._meant(text)}')
        return found[0]

    def _meant(self, text: str) -> str:
        """Say which is called nearly so, by id or by title, or has these words in its title."""
        if not self.titles:
            return "; there is none"
        if not nearest(text, tuple(self.titles)) and (like := self._by_title(normal(text))):
            return f"; did you mean {' or '.join(like)}?"
        return key_meant(text) or did_you_mean(text, list(self.titles))

    def _by_title(self, wanted: str) -> list[str]:
        """Return the few that have these words in a title or short name, else the one most like."""
        named = (*self.shorts.items(), *self.titles.items())
        called = {normal(title): name for name, title in named if title}
        holding = [name for title, name in called.items() if f"-{wanted}-" in f"-{title}-"]
        if not holding and (near := nearest(wanted, tuple(called))):
            holding = [called[near]]
        found = [f'"{self.titles[name]}" ({name})' for name in dict.fromkeys(holding)]
        return found if len(found) <= FEW else []


def named(noun: str, things: Mapping[str, object], text: str, option: str = "") -> str:
    """Return the id of one of several things that have titles.

    Raises InputError, at the option that was given where there is one, and at no place of a file.
    """
    titles, shorts = (
        {name: str(getattr(one, key, None) or "") for name, one in things.items()}
        for key in ("title", "short")
    )
    if not isinstance(text, str):  # from Python, where anything may be given
        meant = did_you_mean("", list(things))
        raise input_error(f"the name of a {noun} must be text (found {shown(text)}){meant}")
    try:
        return Names(noun, titles, shorts).find(text)
    except ValueError as error:
        raise option_error(option, str(error)) if option else input_error(str(error)) from None
