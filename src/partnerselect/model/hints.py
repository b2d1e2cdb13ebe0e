"""What was probably meant by a word that does not fit, and what to type instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches
from functools import lru_cache

SHORT_LIST = 12
ALIKE = 0.6
_LETTER = "a plain letter"
_BY_CHARACTER = {
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2018\u2019\u201a\u201b", "'"),
    **dict.fromkeys("\u2236\ua789\u02d0", ":"),
    "\u2212": "-",
}
_BY_CATEGORY = {"Zs": " ", "Pd": "-", **dict.fromkeys(("Cc", "Cf", "Co", "Zl", "Zp"), "")}
_ADVICE = {" ": "type an ordinary space", "": "delete it"}
_RUN_TOGETHER = re.compile(r"([a-z][a-z0-9-]*):(?![ \t])(.*\S)", re.DOTALL)
_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)"
_NUMBERS_MEANT = (
    (_NUMBER, "; take the quotes away: write {}"),
    (r"([-+]?\d+(?:\.\d+)?) ?%", "; write {}, without the percent sign"),
    (r"[-+]?\d{1,3}(?:[,_' ]\d{3})+(?:\.\d+)?", "; write {}"),
    (r"[-+]?\d+,\d+", "; write {}, with a decimal point"),
    (r".*\d.*", "; write the number alone, without currency, unit or comma"),
)
"""What is typed for a number, the first that fits, and what to type instead."""


@lru_cache(maxsize=4096)
def nearest(word: str, known: tuple[str, ...]) -> str:
    """Return the known word most like this one, "" where none is alike."""
    return next(iter(get_close_matches(word, known, n=1, cutoff=ALIKE)), "")


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """Return `; did you mean "x"?`, else `; known: …` where the list is short, else nothing."""
    if near := nearest(word, tuple(known)):
        return f'; did you mean "{near}"?'
    return f"; known: {', '.join(known)}" if 0 < len(known) <= SHORT_LIST else ""


def odd_character(text: str, *, plain_letters: bool = False, where: str = "") -> str:
    """Return `; character 7 is a no-break space (U+00A0): type …`, "" where none is odd.

    Args:
        text: as it was typed.
        plain_letters: whether letters other than a to z are odd too, as they are in keys.
        where: what the text is part of, with its comma.
    """
    for position, character in enumerate(text, start=1):
        instead = _instead(character, plain_letters=plain_letters)
        if instead is not None:
            advice = _ADVICE.get(instead, f"type {instead}")
            return f"; {where}{_named(position, character)}: {advice}"
    return ""


def _instead(character: str, *, plain_letters: bool = False) -> str | None:
    """Return what to type instead of a character, None where it may stand."""
    if character.isascii():
        return None if character.isprintable() else ""
    category, plain = unicodedata.category(character), unicodedata.normalize("NFKC", character)
    known = _BY_CHARACTER.get(character, _BY_CATEGORY.get(category))
    if known is None and len(plain) == 1 and plain.isascii():
        return plain
    return _LETTER if known is None and plain_letters and category.startswith("L") else known


def _named(position: int, character: str) -> str:
    name = "tab" if character == "\t" else unicodedata.name(character, "control character").lower()
    article = "an" if name[0] in "aeiou" else "a"
    return f"character {position} is {article} {name} (U+{ord(character):04X})"


def _plain(text: str) -> str:
    """Return text with what is odd about it typed otherwise."""
    instead = ((character, _instead(character)) for character in text)
    return "".join(character if other is None else other for character, other in instead)


def run_together(text: str) -> str:
    """Return what to type where a space is missing after a colon (`budget:100`), else ""."""
    spaced = "".join(":" if _instead(character) == ":" else character for character in text)
    if not (found := _RUN_TOGETHER.fullmatch(spaced)):
        return ""
    return f'; a space is missing after the colon: write "{found[1]}: {found[2].strip()}"'


def key_meant(key: str) -> str:
    """Return what to type for a key that cannot be one as it stands, "" where nothing is odd."""
    return odd_character(key, plain_letters=True) + run_together(key)


def id_meant(text: str) -> str:
    """Return what to type for text that cannot be an id, "" where nothing is near."""
    if odd := key_meant(text):
        return odd
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    return f"; write {plain}" if plain[:1].isalpha() else ""


def number_meant(text: str) -> str:
    """Return what to type for text that stands where a number is expected, "" where unclear."""
    plain = text.strip()
    if odd := odd_character(plain):
        number = re.sub("[ \"']", "", _plain(plain))
        return f"{odd}, and write {number}" if re.fullmatch(_NUMBER, number) else odd
    for pattern, words in _NUMBERS_MEANT:
        if found := re.fullmatch(pattern, plain, re.DOTALL):
            return words.format(_digits(found[found.lastindex or 0]))
    return ""


def _digits(text: str) -> str:
    """Return a number as it is typed here, whether its comma parts thousands or decimals."""
    if re.fullmatch(r"[-+]?\d+,\d+", text) and not re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+", text):
        return text.replace(",", ".")
    return re.sub(r"[,_' ]", "", text)
