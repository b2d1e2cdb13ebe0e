"""Which money a number format shows, and what of it is not what a scenario counts in."""

from __future__ import annotations

import re
from functools import cache

SIGNS = {
    "£": {"GBP"},
    "€": {"EUR"},
    "$": {"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"},
    "¥": {"JPY", "CNY"},
    "₹": {"INR"},
}
"""The currencies of a sign."""
_NAMED = re.compile(r"\[\$([^\]-]+)(?:-[0-9A-Fa-f]+)?\]")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_CODE = re.compile(r"[A-Z]{3}")


@cache
def currency_in(number_format: str) -> str:
    """Return the sign or the code of money in a number format, "" where it shows none.

    The formats that every spreadsheet has show what its own country uses, so they say nothing.
    """
    from openpyxl.styles.numbers import BUILTIN_FORMATS_REVERSE

    if number_format in BUILTIN_FORMATS_REVERSE:
        return ""
    if named := _NAMED.search(number_format):
        return named[1].strip()
    found = re.search(f"[{''.join(SIGNS)}]", _BRACKETS.sub("", number_format))
    return found[0] if found else ""


def is_of_another(shown: str, currency: str) -> bool:
    """Tell whether a sign or a code stands for another currency; of unknown signs nobody can."""
    known = SIGNS.get(shown, {shown} if _CODE.fullmatch(shown) else {currency})
    return currency not in known
