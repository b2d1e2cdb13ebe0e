"""What a worker delivers, waited for as it comes."""

from __future__ import annotations

import os
from queue import Queue
from typing import Generic, TypeVar

PATIENCE = float(os.environ.get("PATIENCE", "120"))
"""Seconds after which a test fails; nothing that is right takes so long on any machine."""
Thing = TypeVar("Thing")


class Delivered(Generic[Thing]):
    """Everything delivered so far; the next is waited for."""

    def __init__(self) -> None:
        self._coming: Queue[Thing] = Queue()
        self.things: list[Thing] = []

    def __call__(self, thing: Thing) -> None:
        """Take a thing, on the worker's thread."""
        self._coming.put(thing)

    def next(self) -> Thing:
        """Wait for the next thing."""
        self.things.append(self._coming.get(timeout=PATIENCE))
        return self.things[-1]

    @property
    def is_empty(self) -> bool:
        """Whether nothing more has come."""
        return self._coming.empty()
