"""What was worked out for the latest few things, told apart by what they are, not by what they hold."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Thing = TypeVar("Thing")
Found = TypeVar("Found")


def latest(most: int) -> Callable[[Callable[[Thing], Found]], Callable[[Thing], Found]]:
    """Keep what a function returned for so many things; asked about the very same one again, it returns the same again.

    Only for things that never change. Scenarios compare by all they hold, which takes longer than much that is worked out for them.
    """

    def keeping(work: Callable[[Thing], Found]) -> Callable[[Thing], Found]:
        kept: deque[tuple[Thing, Found]] = deque(maxlen=most)

        @wraps(work)
        def ask(thing: Thing) -> Found:
            for one, found in tuple(kept):
                if one is thing:
                    return found
            found = work(thing)
            kept.append((thing, found))
            return found

        return ask

    return keeping
