"""Papers by the suffix of their file."""

from __future__ import annotations

import pytest

from partnerselect.errors import InputError
from partnerselect.report.formats import PAPER_FORMATS, suffix_of


@pytest.mark.parametrize("name", ["paper", "paper.pdf", "paper.md.exe"])
def test_an_unknown_suffix_is_told_with_those_there_are(name: str) -> None:
    with pytest.raises(InputError, match=r"ends in \.md"):
        suffix_of(name)


def test_the_suffix_may_be_in_capitals() -> None:
    assert [suffix_of(f"board.paper{suffix.upper()}") for suffix in PAPER_FORMATS] == list(
        PAPER_FORMATS
    )
