"""Draws in blocks, each with its own seed: the same numbers whoever computes them, in memory for one block."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

BLOCK = 4096
"""Draws in a block."""


@dataclass(frozen=True)
class Block:
    """A run of draws and the seed that makes them."""

    draws: int
    seed: np.random.SeedSequence

    def generator(self) -> np.random.Generator:
        """Return a generator at the start of the block's own stream."""
        return np.random.default_rng(self.seed)


def blocks(draws: int, *, seed: int) -> list[Block]:
    """Cut `draws` into blocks of `BLOCK`, the last one shorter.

    More draws leave the full blocks before them as they are.
    """
    sizes = [min(BLOCK, draws - start) for start in range(0, draws, BLOCK)]
    children = np.random.SeedSequence(seed).spawn(len(sizes))
    return [Block(size, child) for size, child in zip(sizes, children, strict=True)]
