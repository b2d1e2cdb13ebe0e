"""The page of outputs says what is printed and written, all of it, and nothing else."""

from __future__ import annotations

import pytest

from tests.golden.keys import KEYS, OWN
from tests.golden.outputs import PAGE, batch_tables, page, printed_keys, written_heads


def test_the_page_is_what_is_printed() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m tests.golden.regenerate"


def test_every_key_that_is_explained_is_printed() -> None:
    printed = {path.split(".")[-1] for kinds in printed_keys().values() for path in kinds}
    assert set(KEYS) == printed
    by_command = {
        f"{command}.{path.split('.')[-1]}"
        for command, kinds in printed_keys().items()
        for path in kinds
    }
    assert set(OWN) <= by_command


def test_a_batch_writes_the_columns_of_the_page() -> None:
    heads = written_heads()
    assert heads.keys() == batch_tables().keys()
    for name, columns in batch_tables().items():
        own = [column.key for column in columns]
        written = [key for key in heads[name] if not key.startswith("contribution.")]
        assert written[len(written) - len(own) :] == own, name


@pytest.mark.parametrize("name", batch_tables())
def test_every_column_says_what_it_holds(name: str) -> None:
    assert all(column.about for column in batch_tables()[name])
