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


def grading(rows: int) -> float:
    import polars

    random = np.random.default_rng(1)
    frame = polars.DataFrame(
        {name: random.integers(1, 6, rows).astype(np.uint8) for name in ("impact", "diffusion", "urgency")}
    )
    model = cq.SeverityModel()
    model.grade_table(frame)
    return median(lambda: seconds(lambda: model.grade_table(frame)))


def two_threads(net: cq.Network) -> tuple[float, float]:
    shock = np.zeros(net.enterprises)
    shock[:100] = 1.0

    def run() -> None:
        cq.linear(net, shock, threads=1)

    def both() -> None:
        pair = [threading.Thread(target=run) for _ in range(2)]
        for one in pair:
            one.start()
        for one in pair:
            one.join()

    run()
    return median(lambda: seconds(run)), median(lambda: seconds(both))


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
    print(f"grading {rows:,} rows of a polars frame of uint8: {1e3 * grading(rows):.0f} ms")
    net = cq.generate(100_000, mean_degree=10, seed=1)
    alone, together = two_threads(net)
    print(f"linear on {net!r}, one thread: {1e3 * alone:.0f} ms; two Python threads at once: {1e3 * together:.0f} ms")
    print(f"Ctrl-C in systemic_risk on it: {1e3 * median(lambda: interrupted(net)):.0f} ms to its exception")


if __name__ == "__main__":
    main()
