"""Draws measured: 10,000 draws × 20 partners × 8 criteria against plain numpy and against loops over two libraries.

The libraries are installed into an environment of their own, `.benchmarks/`, at the first run; where that cannot be done their
rows are left out, with a word.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from collections.abc import Callable
from functools import cache, reduce
from operator import add
from pathlib import Path

import numpy as np

from benchmarks.measure import Benchmark, Pair, timed
from partnerselect.arrays import FloatArray
from partnerselect.robustness.acceptability import acceptability, tally
from partnerselect.robustness.samplers import blocks, free

DRAWS, PARTNERS, CRITERIA, SEED = 10_000, 20, 8, 2021
ROOT = Path(__file__).parents[1]
OWN = ROOT / ".benchmarks" / "venv"

PYMCDM = f"""
import time
import numpy as np
from pymcdm.methods import WSM
rng = np.random.default_rng({SEED})
values, weights = rng.random(({PARTNERS}, {CRITERIA})), rng.dirichlet(np.ones({CRITERIA}), {DRAWS})
wsm, types = WSM(), np.ones({CRITERIA})
start = time.perf_counter()
firsts = np.zeros({PARTNERS})
for w in weights:
    firsts[wsm.rank(wsm(values, w, types)) == 1] += 1
print(time.perf_counter() - start)
"""
PYREPO = f"""
import time
import numpy as np
from pyrepo_mcda.additions import rank_preferences
from pyrepo_mcda.mcda_methods import SAW
rng = np.random.default_rng({SEED})
values, weights = rng.random(({PARTNERS}, {CRITERIA})), rng.dirichlet(np.ones({CRITERIA}), {DRAWS})
saw, types = SAW(), np.ones({CRITERIA})
start = time.perf_counter()
firsts = np.zeros({PARTNERS})
for w in weights:
    firsts[rank_preferences(saw(values, w, types), reverse=True) == 1] += 1
print(time.perf_counter() - start)
"""


def ours() -> object:
    """Draw weights and count ranks, central weights, pairwise winning and their errors."""
    values = np.random.default_rng(SEED).random((PARTNERS, CRITERIA))
    drawn = (free(block.generator(), block.draws, CRITERIA) for block in blocks(DRAWS, seed=SEED))
    return acceptability(reduce(add, (tally(values @ weights.T, weights) for weights in drawn)))


def plain() -> tuple[FloatArray, FloatArray]:
    """Draw weights and count ranks and central weights in the fewest lines of numpy."""
    rng = np.random.default_rng(SEED)
    values, weights = rng.random((PARTNERS, CRITERIA)), rng.dirichlet(np.ones(CRITERIA), DRAWS)
    ranks = (-(weights @ values.T)).argsort(axis=1).argsort(axis=1)
    acceptable = np.stack([(ranks == place).mean(axis=0) for place in range(PARTNERS)], axis=1)
    first = ranks == 0
    central: FloatArray = (first.T @ weights) / np.maximum(first.sum(axis=0), 1)[:, None]
    return acceptable, central


def against_numpy() -> Callable[[], Pair]:
    """Ours, which also counts pairwise winning and errors, against the plainest vectorised numpy, which does not."""
    return lambda: (timed(ours), timed(plain))


def against(program: str) -> Callable[[], Callable[[], Pair]]:
    """Ours against a loop over a library, timed inside its own process after its imports."""

    def prepare() -> Callable[[], Pair]:
        python = _environment()
        return lambda: (
            timed(ours),
            float(
                subprocess.run(
                    [str(python), "-c", program], check=True, capture_output=True, text=True
                ).stdout
            ),
        )

    return prepare


@cache
def _environment() -> Path:
    python = OWN / "bin" / "python"
    if not python.exists():
        venv.create(OWN, with_pip=True, clear=True)
        subprocess.run(
            [
                str(python),
                "-m",
                "pip",
                "install",
                "--quiet",
                "-r",
                str(Path(__file__).with_name("requirements.txt")),
            ],
            check=True,
            stdout=sys.stderr,
        )
    return python


BENCHMARKS = (
    Benchmark(
        "10,000 draws × 20 partners × 8 criteria",
        "plain numpy, ranks and central weights only",
        1.5,
        against_numpy,
        pairs=15,
    ),
    Benchmark(
        "the same, against a loop (aim: 50 times faster)",
        "pymcdm WSM, draw by draw",
        0.02,
        against(PYMCDM),
        pairs=3,
    ),
    Benchmark(
        "the same, against another loop (aim: 50 times faster)",
        "pyrepo-mcda SAW, draw by draw",
        0.02,
        against(PYREPO),
        pairs=3,
    ),
)
