from __future__ import annotations

import pytest

from tests.golden.commands import COMMANDS, printed
from tests.golden.differences import difference
from tests.golden.places import PRINTED


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_prints_the_same_bytes_on_every_python(name: str) -> None:
    changed = difference(PRINTED / f"{name}.json", printed(name))
    assert not changed, changed
