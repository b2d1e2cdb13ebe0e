"""Trials in blocks, and a stream of random numbers for everything that varies, known by its name.

Blocks have seeds of their own: the same numbers whoever computes them, in memory for one block.
Streams go by name, not by position: the order of the file moves no trial, a partner more or less
leaves those of the others as they are, and two variants of a scenario differ by what was changed,
not by chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

BLOCK = 4096
"""Trials in a block."""


@dataclass(frozen=True)
class Block:
    """A run of trials and the seed that makes them."""

    draws: int
    seed: np.random.SeedSequence

    def generator(self) -> np.random.Generator:
        """Return a generator at the start of the block's own stream."""
        return np.random.default_rng(self.seed)

    def stream(self, *name: str) -> np.random.Generator:
        """Return the generator, at its start, of what has this name."""
        key = int.from_bytes(blake2b("\0".join(name).encode(), digest_size=8).digest())
        spawn_key = (*self.seed.spawn_key, key)
        seed = np.random.SeedSequence(self.seed.entropy, spawn_key=spawn_key)
        return np.random.Generator(np.random.PCG64(seed))


def blocks(draws: int, *, seed: int) -> list[Block]:
    """Cut trials into blocks of `BLOCK`, the last one shorter.

    More trials leave the full blocks before them as they are.
    """
    sizes = [min(BLOCK, draws - start) for start in range(0, draws, BLOCK)]
    children = np.random.SeedSequence(seed).spawn(len(sizes))
    return [Block(size, child) for size, child in zip(sizes, children, strict=True)]
