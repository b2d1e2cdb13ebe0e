"""The order of keys in the file, and names that sort alike, change nothing in the answer."""

from __future__ import annotations

from random import Random

from hypothesis import given, strategies as st

from tests.oracle import cases
from tests.oracle.answers import printed
from tests.oracle.checker import chosen
from tests.oracle.scores import Data

RENAMED = {
    **{name: f"k-{name}" for name in cases.PARTNERS},
    **{name: f"{name}-programme" for name in cases.PROGRAMMES},
    **{name: f"c{number}" for number, name in enumerate(sorted(cases.COMPONENTS))},
    **{name: f"zz-{name}" for name in cases.METHODS},
    **{name: f"phase-{name}" for name in cases.PHASES},
    "nation": "a-payer",
    "charity": "a-charity",
    "door": "w",
    "purse": "x",
}
"""Within each kind of id the order stays as it was."""


def shuffled(value: object, random: Random) -> object:
    """Return a copy with the keys of every mapping in another order.

    But levels are written from one end to the other.
    """
    if isinstance(value, list):
        return [shuffled(item, random) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: value[key] if key == "levels" else shuffled(value[key], random)
        for key in random.sample(list(value), len(value))
    }


def renamed(value: object) -> object:
    """Return a copy in which every id is written anew, as a key and as a word."""
    if isinstance(value, dict):
        return {RENAMED.get(key, key): renamed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [renamed(item) for item in value]
    return RENAMED.get(value, value) if isinstance(value, str) else value


def essence(answer: Data) -> tuple[object, ...]:
    """Return who serves what, and what it is worth and costs."""
    return answer["status"]["state"], chosen(answer["allocation"])[0], answer["portfolio"]


@given(scenario=cases.scenarios(), random=st.randoms(use_true_random=False))
def test_reordering_the_file_changes_nothing(scenario: Data, random: Random) -> None:
    other = shuffled(scenario, random)
    assert isinstance(other, dict)
    assert essence(printed(other)) == essence(printed(scenario))


@given(scenario=cases.scenarios())
def test_names_that_sort_alike_change_nothing(scenario: Data) -> None:
    other = renamed(scenario)
    assert isinstance(other, dict)
    state, served, portfolio = essence(printed(scenario))
    assert isinstance(served, dict)
    expected = {(RENAMED[p], RENAMED[j]): RENAMED[k] for (p, j), k in served.items()}
    assert essence(printed(other)) == (state, expected, portfolio)
