"""Linear propagation with SciPy on the networks that bench_linear dumped.

    bench_linear --dump=FOLDER
    python linear_scipy.py FOLDER

Prints medians of processor time for y = A x and for 16 vectors at once, and for the whole solve x = min(1, s + A x), as
bench_linear does, in single precision and on one thread.
"""

import os
import sys
import time
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


def median_seconds(work, repetitions=7):
    times = []
    for _ in range(repetitions):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return sorted(times)[len(times) // 2]


def solve(matrix, shock, tolerance):
    x = shock.copy()
    for _ in range(10_000):
        fresh = np.minimum(matrix @ x + shock, 1)
        change = np.abs(fresh - x).max()
        x = fresh
        if change <= tolerance:
            return x
    return x


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    os.sched_setaffinity(0, {os.cpu_count() - 1})
    print(f"SciPy {scipy.__version__}, NumPy {np.__version__}, load {os.getloadavg()}")
    for file in sorted(folder.glob("*.offsets.u64")):
        label = file.name.split(".")[0]
        matrix = load(folder, label)
        n, m = matrix.shape[0], matrix.nnz
        x = (0.25 + 0.5 * (np.arange(n) % 64) / 64).astype(np.float32)
        wide = np.ascontiguousarray(x[:, None] / np.arange(1, 17, dtype=np.float32))
        rows = np.random.default_rng(1).integers(0, n, 100)
        exact = [(matrix.data[matrix.indptr[r] : matrix.indptr[r + 1]].astype(float) * x[matrix.indices[matrix.indptr[r] : matrix.indptr[r + 1]]]).sum() for r in rows]
        assert np.allclose((matrix @ x)[rows], exact, atol=2e-5)
        one = median_seconds(lambda: matrix @ x)
        sixteen = median_seconds(lambda: matrix @ wide)
        faded = matrix * np.float32(0.7)
        shock = np.zeros(n, dtype=np.float32)
        shock[::97] = 0.75
        whole = median_seconds(lambda: solve(faded, shock, 0.75e-6), 3)
        print(f"{label}: n = {n}, m = {m}")
        print(f"  one vector      {one * 1e3:9.2f} ms  {one * 1e9 / m:7.3f} ns/link")
        print(f"  sixteen vectors {sixteen * 1e3:9.2f} ms  {sixteen * 1e9 / m / 16:7.3f} ns/link and vector")
        print(f"  whole solve     {whole * 1e3:9.2f} ms  {whole * 1e9 / m:7.3f} ns/link")


if __name__ == "__main__":
    main()
