"""Trials in blocks, and draws of weights, scores and gates for one block.

Blocks have seeds of their own: the same numbers whoever computes them, in memory for one block.
Streams go by name, not by position: the order of the file moves no trial, a partner more or less
leaves those of the others as they are, and two variants of a scenario differ by what was changed,
not by chance.

Weight draws are shares of one sibling group: shape (draws, siblings), rows not negative, summing to
1.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from partnerselect.arrays import FloatArray
from partnerselect.value import TIE
from partnerselect.words import figure

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


def free(generator: np.random.Generator, draws: int, siblings: int) -> FloatArray:
    """Draw shares uniformly from all there are: exponential spacings, divided by their sum.

    Source: Rubinstein (1982), Generating random vectors uniformly distributed inside and on the
    surface of different regions, European Journal of Operational Research 10(2).

    """
    spacings = generator.standard_exponential((draws, siblings))
    spacings /= spacings.sum(axis=1, keepdims=True)
    return spacings


def ordinal(generator: np.random.Generator, draws: int, nominal: FloatArray) -> FloatArray:
    """Draw shares uniformly from those in the order of the nominal ones.

    Tied siblings stay unordered among themselves.

    Source: sorted exponential spacings; Tervonen & Lahdelma (2007), European Journal of Operational
    Research 178(2).

    """
    descending = -np.sort(-free(generator, draws, len(nominal)), axis=1)
    order = np.argsort(-nominal, kind="stable")
    for start, end in _tied_runs(nominal[order]):
        descending[:, start:end] = generator.permuted(descending[:, start:end], axis=1)
    shares = np.empty_like(descending)
    shares[:, order] = descending
    return shares


def _tied_runs(descending: FloatArray) -> list[tuple[int, int]]:
    """Return start and end of every run of two or more numbers within `TIE` of one another."""
    breaks = [0, *(np.flatnonzero(-np.diff(descending) > TIE) + 1).tolist(), len(descending)]
    return [(start, end) for start, end in pairwise(breaks) if end - start > 1]


def within(
    generator: np.random.Generator, draws: int, nominal: FloatArray, band: float
) -> FloatArray:
    """Draw shares uniformly from those within ± `band` of themselves, above 0 and up to 1.

    All but the widest are drawn from their box, the widest is what they leave, and the trial is
    thrown away where that falls outside its own band. The map is of constant volume, so what stays
    is uniform.

    """
    if not 0 < band <= 1:
        raise ValueError(f"a band is a fraction above 0 and up to 1 (found {figure(band)})")
    widest = int(np.argmax(nominal >= nominal.max() - TIE))
    others = np.delete(nominal, widest)
    kept: list[FloatArray] = []
    missing = draws
    while missing > 0:
        steps = generator.uniform(-band, band, (2 * missing, len(others))) * others
        last = -steps.sum(axis=1)
        inside = np.abs(last) <= band * nominal[widest]
        kept.append(np.insert(steps[inside], widest, last[inside], axis=1)[:missing])
        missing -= len(kept[-1])
    return nominal + np.concatenate(kept)


def dirichlet(
    generator: np.random.Generator, draws: int, by_group: FloatArray, voices: FloatArray
) -> FloatArray:
    """Draw mixtures of the groups' shares, the voices the parameters of a Dirichlet distribution.

    Voices count by their ratio: they are scaled so that equal voices make every mixture equally
    likely. The mean is the groups' mean by voice. This is no uniform draw from anything and must
    not be called one.

    Args:
        generator: the block's.
        draws: how many.
        by_group: shape (groups, siblings), each row summing to 1.
        voices: shape (groups,), not negative, one at least above 0.

    """
    heard = voices > 0
    parameters = heard.sum() * voices[heard] / voices[heard].sum()
    mixture = generator.standard_gamma(parameters, (draws, len(parameters)))
    mixed: FloatArray = (mixture / mixture.sum(axis=1, keepdims=True)) @ by_group[heard]
    return mixed


def scores_at(
    chance: FloatArray, low: ArrayLike, likely: ArrayLike | None, high: ArrayLike
) -> FloatArray:
    """Return the scores below which a range's lie with the given chance; all broadcast.

    Scores lie evenly between `low` and `high`, or with `likely` in a triangle on the three. A score
    whose low and high meet is what it is. Source: the inverse of the distribution function.

    """
    low, span = np.asarray(low, dtype=float), np.subtract(high, low)
    if likely is None:
        return np.asarray(low + span * chance)
    rising = np.where(span > 0, np.subtract(likely, low), 0.0)
    falling = np.where(span > 0, np.subtract(high, likely), 0.0)
    below = chance * span < rising
    up = low + np.sqrt(chance * span * rising)
    down = high - np.sqrt((1 - chance) * span * falling)
    return np.asarray(np.where(below, up, down))


def open_gates(
    generator: np.random.Generator, draws: int, likelihoods: FloatArray
) -> NDArray[np.bool_]:
    """Draw which gates are open, each by itself with its likelihood, shape (gates,).

    Returns shape (draws, gates).
    """
    return generator.random((draws, len(likelihoods))) < likelihoods
