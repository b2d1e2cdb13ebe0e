"""What was worked out for the latest few things, and holds for whatever is like one of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import wraps
from operator import is_
from typing import Any, TypeVar

Thing = TypeVar("Thing")
Found = TypeVar("Found")


def latest(
    most: int, alike: Callable[[Any, Any], bool] = is_
) -> Callable[[Callable[[Thing], Found]], Callable[[Thing], Found]]:
    """Keep what a function returned for so many things.

    Asked about one that is like one of them, it returns the same again.

    Only for things that never change. Scenarios compare by all they hold, which takes longer than
    much that is worked out for them: where nothing else is said, only the very same one is alike.
    """

    def keeping(work: Callable[[Thing], Found]) -> Callable[[Thing], Found]:
        kept: deque[tuple[Thing, Found]] = deque(maxlen=most)

        @wraps(work)
        def ask(thing: Thing) -> Found:
            for one, found in tuple(kept):
                if alike(one, thing):
                    return found
            found = work(thing)
            kept.append((thing, found))
            return found

        return ask

    return keeping
