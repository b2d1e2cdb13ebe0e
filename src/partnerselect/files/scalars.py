"""What an unquoted word of YAML stands for, by the core schema of YAML 1.2.

PyYAML follows YAML 1.1, where `NO` is false, `12:30` is 750 and `1e-05` is a word.
Source: YAML 1.2.2, section 10.3.2, https://yaml.org/spec/1.2.2/#1032-tag-resolution.
"""

from __future__ import annotations

import math
import re

Scalar = str | int | float | bool | None

_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?[0-9]+", re.ASCII)
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+", re.ASCII)
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII)
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", re.ASCII)
_MAY_START_A_NUMBER = frozenset("+-.0123456789")
_LONGEST_NUMBER = 300  # characters; beyond, a number no longer fits a float


def plain(text: str) -> Scalar:
    """Return the value of an unquoted scalar.

    Raise ValueError with a sentence where it is a number nobody can calculate with.
    """
    if text in _WORDS:
        return _WORDS[text]
    return number(text) if text[0] in _MAY_START_A_NUMBER else text


def number(text: str) -> Scalar:
    """Return the number written in `text`, or the text itself where it is a word after all."""
    if _NOT_FINITE.fullmatch(text):
        raise ValueError(f"expected a finite number (found {text})")
    whole = _INTEGER.fullmatch(text) or _BASED.fullmatch(text)
    if not whole and not _FLOAT.fullmatch(text):
        return text
    if len(text) > _LONGEST_NUMBER:
        raise ValueError(
            f"a number of {len(text)} characters is too long; the most is {_LONGEST_NUMBER}"
        )
    if whole:
        return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"the number is too large (found {text})")
    return value
