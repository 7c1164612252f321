"""Linear propagation with SciPy beside bench_linear, in turn on the same networks and core.

    python linear_scipy.py PATH/TO/bench_linear [--n=1000000] [--degree=10]

Prints medians of processor time for y = A x and for 16 vectors at once, ours and SciPy's, and for SciPy the whole solve
x = min(1, s + A x), in single precision and on one thread.
"""

import os
import subprocess
import sys
import tempfile
import time
from functools import partial
from operator import matmul
from pathlib import Path

import numpy as np
import scipy
import scipy.sparse


def load(folder, label):
    offsets = np.fromfile(folder / f"{label}.offsets.u64", dtype=np.uint64).astype(np.int64)
    ids = np.fromfile(folder / f"{label}.ids.u32", dtype=np.uint32).astype(np.int32)
    weights = np.fromfile(folder / f"{label}.weights.f32", dtype=np.float32)
    n = len(offsets) - 1
    if offsets[-1] < 2**31:
        offsets = offsets.astype(np.int32)  # SciPy is faster with 32-bit indices
    return scipy.sparse.csr_matrix((weights, ids, offsets), shape=(n, n))


def median(times):
    return sorted(times)[len(times) // 2]


def seconds(work):
    start = time.process_time()
    work()
    return time.process_time() - start


class Ours:
    """bench_linear, asked for one sweep at a time."""

    def __init__(self, program, folder, options):
        self.process = subprocess.Popen(
            [program, f"--serve={folder}", *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def networks(self):
        """Labels of the networks, as each becomes ready; what bench_linear says of its conditions is passed on."""
        for line in self.process.stdout:
            if line.startswith("ready "):
                yield line.split()[1]
                print("next", file=self.process.stdin)
            else:
                print(line, end="")

    def sweep(self, what):
        print(what, file=self.process.stdin)
        return int(self.process.stdout.readline()) * 1e-9


def in_turn(ours, what, theirs, turns=8, sweeps=4):
    """Medians of both; a turn is a few sweeps in a row, as an iteration does them."""
    mine, others = [], []
    for _ in range(turns):
        mine += [ours.sweep(what) for _ in range(sweeps)]
        others += [seconds(theirs) for _ in range(sweeps)]
    return median(mine), median(others)


def solve(matrix, shock, tolerance):
    x = shock.copy()
    for _ in range(10_000):
        fresh = np.minimum(matrix @ x + shock, 1)
        change = np.abs(fresh - x).max()
        x = fresh
        if change <= tolerance:
            return x
    return x


def check(matrix, x):
    def exact(row):
        part = slice(matrix.indptr[row], matrix.indptr[row + 1])
        return (matrix.data[part].astype(float) * x[matrix.indices[part]]).sum()

    rows = np.random.default_rng(1).integers(0, matrix.shape[0], 100)
    assert np.allclose((matrix @ x)[rows], [exact(row) for row in rows], atol=2e-5)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    os.sched_setaffinity(0, {os.cpu_count() - 1})
    print(f"SciPy {scipy.__version__}, NumPy {np.__version__}, load {os.getloadavg()}")
    with tempfile.TemporaryDirectory() as folder:
        ours = Ours(sys.argv[1], folder, sys.argv[2:])
        for label in ours.networks():
            matrix = load(Path(folder), label)
            n, m = matrix.shape[0], matrix.nnz
            x = (0.25 + 0.5 * (np.arange(n) % 64) / 64).astype(np.float32)
            wide = np.ascontiguousarray(x[:, None] / np.arange(1, 17, dtype=np.float32))
            check(matrix, x)
            print(f"{label}: n = {n}, m = {m}")
            for what, columns, theirs in (("one", 1, partial(matmul, matrix, x)), ("sixteen", 16, partial(matmul, matrix, wide))):
                mine, other = (t * 1e9 / m / columns for t in in_turn(ours, what, theirs))
                print(f"  {what:<8} ours {mine:7.3f}, SciPy {other:7.3f} ns a link and vector: {other / mine:5.2f} × ours")
            faded = matrix * np.float32(0.7)
            shock = np.zeros(n, dtype=np.float32)
            shock[::97] = 0.75
            whole = median([seconds(partial(solve, faded, shock, 0.75e-6)) for _ in range(3)])
            print(f"  SciPy's whole solve {whole * 1e3:9.2f} ms  {whole * 1e9 / m:7.3f} ns/link")


if __name__ == "__main__":
    main()
