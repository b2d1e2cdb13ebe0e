"""A stream of random numbers for everything that is drawn, known by its name.

By name, not by position: the order of the file moves no draw, a partner more or less leaves the
draws of the others as they are, and two variants of a scenario differ by what was changed, not by
chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from partnerselect.robustness.blocks import Block


@dataclass(frozen=True)
class Streams:
    """The streams of one block."""

    block: Block

    @property
    def draws(self) -> int:
        """How many draws the block has."""
        return self.block.draws

    def of(self, *name: str) -> np.random.Generator:
        """Return the generator, at its start, of what has this name."""
        key = int.from_bytes(blake2b("\0".join(name).encode(), digest_size=8).digest())
        seed = self.block.seed
        return np.random.Generator(
            np.random.PCG64(np.random.SeedSequence(seed.entropy, spawn_key=(*seed.spawn_key, key)))
        )
