"""What waits for the worker: the most urgent first."""

from __future__ import annotations

from itertools import count
from queue import PriorityQueue
from threading import Lock
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Urgency = tuple[int, int]
"""The smaller, the sooner."""


class Line(Generic[Asked]):
    """A queue between threads; None comes out where it ends."""

    def __init__(self) -> None:
        self._waiting: PriorityQueue[tuple[Urgency, int, Asked | None]] = PriorityQueue()
        self._numbers = count()
        self._lock = Lock()

    def put(self, urgency: Urgency, asked: Asked | None) -> None:
        """Stand in the line, behind what is as urgent."""
        with self._lock:
            number = next(self._numbers)
        self._waiting.put((urgency, number, asked))

    def get(self) -> tuple[Urgency, Asked | None]:
        """Wait for the first, and take it."""
        urgency, _, asked = self._waiting.get()
        return urgency, asked
