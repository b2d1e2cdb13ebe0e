"""Every limit that a scenario may state has rows."""

from __future__ import annotations

from partnerselect.allocation.limits import LIMITS
from partnerselect.model import LIMIT_KINDS


def test_every_kind_of_limit_is_written_as_rows_and_nothing_else_is() -> None:
    assert {kind.id for kind in LIMIT_KINDS} == LIMITS.keys()
