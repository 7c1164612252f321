"""What README says of the Python module's speed, measured: PYTHONPATH=build/release/python python bench/python.py

Prints each figure with its conditions: time to import beyond NumPy, grading of ten million rows of a polars frame, two
threads of Python that each run a kernel on one thread, and the time from Ctrl-C to its exception. Medians of five.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable

import numpy as np

import chainqual as cq


def median(call: Callable[[], float]) -> float:
    return statistics.median(call() for _ in range(5))


def seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def import_beyond_numpy() -> float:
    code = "import numpy, time; t = time.perf_counter(); import chainqual; print(time.perf_counter() - t)"
    return float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)


def graded_frame(rows: int) -> Callable[..., object]:
    import polars

    random = np.random.default_rng(1)
    frame = polars.DataFrame(
        {name: random.integers(1, 6, rows).astype(np.uint8) for name in ("impact", "diffusion", "urgency")}
    )
    model = cq.SeverityModel()
    return lambda threads=None: model.grade_table(frame, threads=threads)


def two_threads(run: Callable[[], object]) -> str:
    """One run alone, then two of them at once, each in a thread of Python."""

    def both() -> None:
        pair = [threading.Thread(target=run) for _ in range(2)]
        for one in pair:
            one.start()
        for one in pair:
            one.join()

    run()
    alone, together = median(lambda: seconds(run)), median(lambda: seconds(both))
    return f"one run {1e3 * alone:.0f} ms; two at once in two Python threads {1e3 * together:.0f} ms"


def interrupted(net: cq.Network) -> float:
    import _thread

    asked: list[float] = []

    def ask() -> None:
        asked.append(time.perf_counter())
        _thread.interrupt_main()

    timer = threading.Timer(0.3, ask)
    timer.start()
    try:
        cq.systemic_risk(net)
    except KeyboardInterrupt:
        return time.perf_counter() - asked[0]
    raise SystemExit("systemic_risk ended before it was interrupted: take a larger network")


def main() -> None:
    print(
        f"{platform.machine()}, Python {platform.python_version()}, NumPy {np.__version__}, chainqual {cq.__version__}"
    )
    print(f"{os.cpu_count()} CPUs, {cq.default_threads()} threads, load {os.getloadavg()[0]:.1f}; medians of five")
    print(f"import beyond NumPy: {1e3 * median(import_beyond_numpy):.0f} ms")
    rows = 10_000_000
    grade = graded_frame(rows)
    grade()
    print(f"grading {rows:,} rows of a polars frame of uint8: {1e3 * median(lambda: seconds(grade)):.0f} ms")
    print(f"the same on one thread: {two_threads(lambda: grade(1))}")
    net = cq.generate(100_000, mean_degree=10, seed=1)
    shock = np.zeros(net.enterprises)
    shock[:100] = 1.0
    print(f"linear on {net!r}, one thread: {two_threads(lambda: cq.linear(net, shock, threads=1))}")
    print(f"Ctrl-C in systemic_risk on it: {1e3 * median(lambda: interrupted(net)):.0f} ms to its exception")


if __name__ == "__main__":
    main()
