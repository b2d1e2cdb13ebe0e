"""Values in nested mappings and lists, by the keys that lead to them."""

from __future__ import annotations

from typing import Any

from partnerselect.errors import Loc


def value_at(data: Any, loc: Loc) -> Any:
    """Return what stands at these keys, None where nothing does."""
    for key in loc:
        if isinstance(data, list):
            data = data[key] if isinstance(key, int) and key < len(data) else None
        else:
            data = data.get(key) if isinstance(data, dict) else None
    return data


def replaced(data: Any, loc: Loc, value: Any) -> Any:
    """Return a copy of nested mappings with one value replaced; None removes the key."""
    if not loc:
        return value
    copy = dict(data) if isinstance(data, dict) else {}
    key = str(loc[0])
    if len(loc) == 1 and value is None:
        copy.pop(key, None)
    else:
        copy[key] = replaced(copy.get(key), loc[1:], value)
    return copy
