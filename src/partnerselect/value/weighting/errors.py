"""What is wrong with a weights block, and where in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


class WeightingError(ValueError):
    """A weights block cannot be turned into weights.

    `key` leads from the block to the faulty value, such as `("judgements", "value over cost")`.
    """

    def __init__(self, key: tuple[str | int, ...], message: str) -> None:
        super().__init__(message)
        self.key = key
        self.message = message


def require_names(named: Iterable[str], among: Collection[str], key: tuple[str | int, ...]) -> None:
    """Raise unless `named` holds exactly the criteria `among`, the siblings being weighed."""
    found = set(named)
    unknown = sorted(found.difference(among))
    if unknown:
        raise WeightingError(
            key,
            f"names {_listed(unknown)}, which is not weighed here; expected"
            f" {_listed(sorted(among))}",
        )
    missing = [name for name in among if name not in found]
    if missing:
        raise WeightingError(
            key, f"misses {_listed(missing)}; every criterion weighed here must be named"
        )


def _listed(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
