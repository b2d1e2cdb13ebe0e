"""What pydantic found wrong, in words: what was found, what is expected, what to type."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from partnerselect.errors import Loc
from partnerselect.model.base import UNKNOWN_ID
from partnerselect.model.keys import accepts, keys_at, value_at

Fits = Callable[[Any], bool]
"""Tells whether a value may stand where a message proposes it."""
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
_WORDS = re.compile(r"[^\W\d_][\w .-]*")
"""What is text in YAML without quotes."""
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


def odd_character(
    text: str, *, plain_letters: bool = False, plain_digits: bool = False, where: str = ""
) -> str:
    """Return `; character 7 is a no-break space (U+00A0): type …`, "" where none is odd.

    Args:
        text: as it was typed.
        plain_letters: whether letters other than a to z are odd too, as they are in keys.
        plain_digits: whether digits other than 0 to 9 are odd too, as they are in numbers.
        where: what the text is part of, with its comma.
    """
    for position, character in enumerate(text, start=1):
        instead = _instead(character, plain_letters=plain_letters)
        if plain_digits and character.isdecimal() and not character.isascii():
            instead = str(unicodedata.decimal(character))
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


def id_meant(text: str, fits: Fits | None) -> str:
    """Return what to type for text that cannot be an id, "" where nothing near `fits`.

    A key has nothing to fit.
    """
    if odd := odd_character(text, plain_letters=True) if fits else key_meant(text):
        return odd
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    return f"; write {plain}" if plain[:1].isalpha() and (not fits or fits(plain)) else ""


def number_meant(text: str, fits: Callable[[float], bool] = lambda _: True) -> str:
    """Return what to type for text that stands where a number is expected, "" where unclear.

    Only a number that `fits` is proposed.
    """
    plain = text.strip()
    if odd := odd_character(plain, plain_digits=True):
        number = re.sub("[ \"']", "", _plain(plain))
        number = re.sub(r"\d", lambda digit: str(unicodedata.decimal(digit[0])), number)
        if not re.fullmatch(_NUMBER, number):
            return odd
        return f"{odd}, and write {number}" if fits(_value(number)) else ""
    for pattern, words in _NUMBERS_MEANT:
        if found := re.fullmatch(pattern, plain, re.DOTALL):
            number = _digits(found[found.lastindex or 0])
            return words.format(number) if "{}" not in words or fits(_value(number)) else ""
    return ""


def _sum_meant(text: str, fits: Fits) -> str:
    """Return what a fraction or a number of thousands comes to, "" where text is neither.

    Not for scores, of which 7/10 may be seven of ten.
    """
    number = ""
    if found := re.fullmatch(r"(\d+) ?/ ?([1-9]\d*)", text.strip()):
        number = f"{int(found[1]) / int(found[2]):.6g}"
    elif found := re.fullmatch(r"[£$€]? ?(\d+(?:\.\d+)?) ?[kK]", text.strip()):
        number = f"{float(found[1]) * 1000:.15g}"
    return f"; write {number}" if number and fits(_value(number)) else ""


def _value(number: str) -> float:
    return float(number) if "." in number else int(number)


def _digits(text: str) -> str:
    """Return a number as it is typed here, whether its comma parts thousands or decimals."""
    if re.fullmatch(r"[-+]?\d+,\d+", text) and not re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+", text):
        return text.replace(",", ".")
    return re.sub(r"[,_' ]", "", text)


LONGEST_SHOWN = 60
"""Characters of a value that a message quotes."""
MAPPING, LIST, NUMBER, TEXT = (
    f"must be {kind}" for kind in ("a mapping", "a list", "a number", "text")
)
TRUE_OR_FALSE = "must be true or false"
_FLAGS = {
    **dict.fromkeys(("yes", "y", "on", "true"), "true"),
    **dict.fromkeys(("no", "n", "off", "false"), "false"),
}
EXPECTED = {
    "string_type": TEXT,
    "float_type": NUMBER,
    "finite_number": "must be a finite number",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "bool_type": TRUE_OR_FALSE,
    "dict_type": MAPPING,
    "model_type": MAPPING,
    "model_attributes_type": MAPPING,
    "list_type": LIST,
    "greater_than_equal": "must be {ge} or more",
    "greater_than": "must be more than {gt}",
    "less_than_equal": "must be {le} or less",
    "literal_error": "must be {expected}",
    "too_short": "must have at least {min_length}",
    "too_long": "must have at most {max_length}",
    "string_too_short": "must not be empty",
}
ALTERNATIVES = {
    "'unlimited'": "must be a number without currency or comma, or the word unlimited",
    "'most-value'": "must be most-value, or {least-cost: {value-at-least: 60}}",
    "'direct' or 'swing'": "must be direct, swing, rank, pairwise or best-worst",
    "'each'": "must be a list of values, {from: …, to: …, steps: …}, or each",
    "'free', 'ordinal' or 'stakeholders'": "must be free, ordinal, stakeholders, or {within: 25%}",
}
"""What else may stand where one of a few words is expected."""
PATTERNS = {
    "over": "must be `a over b` with two ids",
    "[A-Z]{3}": "must be three capital letters, such as GBP",
}
AN_ID = "small letters, digits and hyphens and starts with a letter"


@dataclass(frozen=True)
class Asked:
    """What a model was to be built from: the data, and the ids that references may name."""

    model: type[BaseModel]
    data: dict[str, Any]
    ids: Mapping[str, tuple[str, ...]]


def problem_message(asked: Asked, loc: Loc, detail: ErrorDetails) -> str:
    """Word one error that pydantic found at `loc`."""
    kind, context, found = detail["type"], detail.get("ctx", {}), detail["input"]

    def fits(value: object) -> bool:
        return accepts(asked.model, loc, value, asked.ids)

    if kind == "extra_forbidden":
        return _unknown(asked, loc)
    if kind == "missing":
        return f"is missing{_example(asked, loc)}"
    if kind == UNKNOWN_ID:
        return f"{detail['msg']}{_id_meant(found, context['known'])}"
    if kind == "string_pattern_mismatch" and not _has_pattern(context):
        meant = id_meant(str(found), None if detail["loc"][-1:] == ("[key]",) else fits)
        return f"an id is made of {AN_ID} (found {shown(found)}){meant}"
    if message := context.get("message"):
        return f"{message}{odd_character(found) if isinstance(found, str) else ''}"
    expected = _expected(kind, context) or str(detail["msg"])
    found_words = context.get("actual_length", shown(found))
    meant = _meant(kind, context, found, fits) or _example_instead(asked, loc, expected, found)
    return f"{expected} (found {found_words}){meant}"


def _unknown(asked: Asked, loc: Loc) -> str:
    """Say of a key that nothing is called so, or of a criterion that it stands too high."""
    criteria = {name.partition(".")[0] for name in asked.ids.get("criteria", ())}
    if loc[:-1] == ("criteria",) and loc[-1] in criteria:
        return f'stands one level too high; write "criteria: {{criteria: {{{loc[-1]}: …}}}}"'
    return unknown_key(asked.model, loc, tuple(value_at(asked.data, loc[:-1]) or ()))


def unknown_key(model: type[BaseModel], loc: Loc, beside: tuple[str, ...] = ()) -> str:
    """Say of a key that nothing is called so, or not `beside` such others, and what was meant."""
    key = str(loc[-1])
    known = list(keys_at(model, loc[:-1]).fields)
    if key in known:
        others = [f"`{other}`" for other in beside if other != key]
        return f"cannot stand beside {', '.join(others)}"
    return f"unknown key{key_meant(key) or did_you_mean(key, known)}"


def _id_meant(found: str, known: tuple[str, ...]) -> str:
    return key_meant(found) or did_you_mean(found, known)


_ONE_FIGURE = re.compile(r"\{([\w-]+): \d+\}")


def _example(asked: Asked, loc: Loc, found: object = None) -> str:
    """Return what to type, with the number found where the example has one in its place."""
    field = keys_at(asked.model, loc[:-1]).fields.get(str(loc[-1])) if loc else None
    if field is None or not field.examples:
        return ""
    example = str(field.examples[0])
    key = _ONE_FIGURE.fullmatch(example)
    is_figure = type(found) in {int, float}
    if key and is_figure and accepts(asked.model, loc, {key[1]: found}, asked.ids):
        example = f"{{{key[1]}: {shown(found)}}}"
    return f'; write "{loc[-1]}: {example}"'


def _example_instead(asked: Asked, loc: Loc, expected: str, found: object) -> str:
    """Return an example of a mapping or text, else of the mapping by ids that it stands in."""
    own, above = "", loc[:-1]
    if expected == MAPPING or (expected == TEXT and isinstance(found, bool)):
        own = _example(asked, loc, found)
    is_whole = expected == MAPPING or (expected == TEXT and isinstance(found, list | dict))
    if own or not is_whole or not above or not keys_at(asked.model, above).takes_ids:
        return own
    return _example(asked, above)


def _has_pattern(context: Mapping[str, Any]) -> bool:
    return any(part in context["pattern"] for part in PATTERNS)


def _expected(kind: str, context: Mapping[str, Any]) -> str:
    if kind == "string_pattern_mismatch":
        return next(words for part, words in PATTERNS.items() if part in context["pattern"])
    if kind == "literal_error" and context["expected"] in ALTERNATIVES:
        return ALTERNATIVES[context["expected"]]
    figures = {
        key: _figure(value) if isinstance(value, float) else value for key, value in context.items()
    }
    return EXPECTED.get(kind, "").format(**figures).replace("'", "")


def _meant(kind: str, context: Mapping[str, Any], found: Any, fits: Fits) -> str:
    """Say what to type instead of a value of the wrong kind, "" where nothing near `fits`."""
    expected = EXPECTED.get(kind, "")
    match found:
        case str():
            return _text_meant(expected, context, found, fits)
        case [first, *_] if expected == MAPPING:
            return _list_meant(first)
        case dict() if expected == LIST and fits(list(found)):
            return f"; write [{', '.join(map(str, found))}]"
        case bool():
            return ""
        case int() | float():
            return _figure_meant(kind, expected, found, fits)
        case _:
            return ""


def _figure_meant(kind: str, expected: str, found: float, fits: Fits) -> str:
    """Say how to type a number where text is expected, or a whole number written as another."""
    if kind == "string_type" and fits(shown(found)):
        return f'; put it in quotes: "{shown(found)}"'
    is_whole = "whole number" in expected and found % 1 == 0 and fits(int(found))
    return f"; write {int(found)}, without a point or an exponent" if is_whole else ""


def _list_meant(first: object) -> str:
    """Say what to type instead of a list whose first entry is this, where a mapping is expected."""
    if isinstance(first, str):
        return f"; write each with what belongs to it, such as {{{first}: …}}"
    if not isinstance(first, dict):
        return ""
    name = re.sub(r"[^a-z0-9]+", "-", str(first.get("title", "")).lower()).strip("-") or "first"
    return f"; write an id for each instead of the dash, such as {name}: {{…}}"


def _text_meant(expected: str, context: Mapping[str, Any], found: str, fits: Fits) -> str:
    if "expected" in context:
        return _word_meant(found, context["expected"], fits)
    if expected == TRUE_OR_FALSE:
        meant = _FLAGS.get(found.strip().lower())
        return f"; write {meant}" if meant else ""
    if expected == LIST:
        parts = [one.strip() for one in found.split(",")]
        is_list = all(map(_WORDS.fullmatch, parts)) and fits(parts)
        return odd_character(found) or (f"; write [{found}]" if is_list else "")
    if "number" in expected:
        return _sum_meant(found, fits) or number_meant(found, fits)
    return run_together(found) if expected == MAPPING else ""


def _word_meant(found: str, expected: str, fits: Fits) -> str:
    words = tuple(word.strip("'") for word in re.split(r", | or ", expected))
    is_number = expected in {"'unlimited'", "1"}
    if is_number and (number := _sum_meant(found, fits) or number_meant(found, fits)):
        return number
    if odd := odd_character(found):
        return odd
    if near := nearest(found, words):
        return f'; did you mean "{near}"?'
    return ""


def shown(value: Any) -> str:
    """Return a value as it is quoted in messages: short, and in YAML's words."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "nothing"
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    if isinstance(value, str):
        value = value.replace("\n", "\\n")
    text = f'"{value}"' if isinstance(value, str) else _figure(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 3]}…"


def _figure(value: Any) -> str:
    """Return a number as it would be typed, with every digit."""
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)
