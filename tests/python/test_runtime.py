"""How kernels run inside Python: without the GIL, stoppable, with progress, with flat memory."""

from __future__ import annotations

import gc
import inspect
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import chainqual as cq
from conftest import public, python, random_network


def resident() -> int:
    """Bytes of memory that the process holds."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_python_runs_on_while_kernels_work() -> None:
    """Another Python thread makes steps between the start and the end of one kernel call: the GIL was free."""
    net = cq.generate(20_000, seed=1)
    inside = threading.Event()
    steps_inside = 0

    def progress(_: float) -> None:
        inside.set()

    done = threading.Event()

    def count() -> None:
        nonlocal steps_inside
        while not done.is_set():
            if inside.is_set():
                steps_inside += 1
            time.sleep(0.0005)

    counter = threading.Thread(target=count)
    counter.start()
    try:
        cq.systemic_risk(net, enterprises=range(400), threads=1, progress=progress)
    finally:
        done.set()
        counter.join()
    assert steps_inside > 0


def test_two_threads_grade_at_once() -> None:
    """Each thread's kernel waits, in its progress call, until the other's has begun: serial kernels would time out."""
    rows = 4_000_000
    column = np.full(rows, 4, dtype=np.uint8)
    meet = threading.Barrier(2, timeout=60)
    met: list[bool] = []

    def work() -> None:
        told = False

        def progress(_: float) -> None:
            nonlocal told
            if not told:
                told = True
                meet.wait()
                met.append(True)

        found = cq.SeverityModel().grade_columns(column, column, column, threads=1, progress=progress)
        assert (found.grade == 3).all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert met == [True, True]


def test_results_do_not_depend_on_threads() -> None:
    net = random_network(3, n=60, m=400)
    shock = net.shock({1: 0.9})
    for function in (cq.cascade, cq.contagion, cq.distress, cq.dynamics):
        one, three = function(net, shock, threads=1), function(net, shock, threads=3)  # type: ignore[operator]
        np.testing.assert_array_equal(one.combined, three.combined)
    for wrong in (0, 5000, -1):
        with pytest.raises(ValueError, match="threads"):
            cq.linear(net, shock, threads=wrong)
    with pytest.raises(TypeError, match="threads"):
        cq.linear(net, shock, threads=True)


LONG_WORK = """
import sys, time
import chainqual as cq
net = cq.generate(200_000, seed=1)
def heard(share):
    print("begun", flush=True)
try:
    {call}
except KeyboardInterrupt:
    print("stopped", time.monotonic(), flush=True)
    assert cq.SeverityModel().grade(5, 4, 4).stars == "★★★"  # all goes on
    sys.exit(7)
print("finished", flush=True)
"""


@pytest.mark.parametrize(
    "call",
    [
        "cq.systemic_risk(net, progress=heard)",
        "cq.betweenness(net, progress=heard)",
        "cq.contagion(net, {0: 1.0}, runs=2**22, progress=heard)",
        "cq.dynamics(net, {0: 1.0}, days=100_000, progress=heard)",
    ],
)
def test_ctrl_c_stops_a_kernel(call: str) -> None:
    where = str(Path(cq.__file__).parent.parent)
    child = subprocess.Popen(
        [sys.executable, "-c", LONG_WORK.format(call=call)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": where},
    )
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "begun\n"
        sent = time.monotonic()
        child.send_signal(signal.SIGINT)
        rest = child.stdout.read().split()
        assert child.wait(timeout=60) == 7
        assert "stopped" in rest and "finished" not in rest
        assert float(rest[rest.index("stopped") + 1]) - sent < 10  # the promise of 100 ms is a bench's to show
    finally:
        child.kill()
        child.wait()
        if child.stdout is not None:
            child.stdout.close()


def test_a_progress_function_that_raises_stops_the_work_and_is_raised() -> None:
    net = cq.generate(100_000, seed=1)

    def refuse(share: float) -> None:
        raise RuntimeError(f"enough at {share < 1}")

    with pytest.raises(RuntimeError, match="enough at True"):
        cq.systemic_risk(net, progress=refuse)


def _calls(advanced: cq.Chain, folder: Path) -> dict[str, Callable[[Callable[[float], object]], object]]:
    """A call of each function and method that takes `progress`, by name."""

    def telling(function: Callable[..., object], *given: object) -> Callable[[Any], object]:
        return lambda progress: function(*given, progress=progress)

    net, model, shock = advanced.network(), cq.SeverityModel(), {"ymtc": 1.0}
    column = np.full(1000, 4, dtype=np.uint8)
    table = {"impact": column, "diffusion": column, "urgency": column}
    links = {"supplier": ["a"], "customer": ["b"]}
    file = net.save(folder / "a.cqn")
    lists = cq.datasets.folder("advanced_computing")
    stock = {"name": "a", "cost": 3, "stock": {"enterprise": "sugon", "days": 30}}
    plan, sums = cq.LinearPlan(net), [np.full(3, 12, dtype=np.uint32)] * 3
    calls: dict[str, Callable[[Any], object]] = {
        name: telling(getattr(cq, name), net, shock)
        for name in ("cascade", "contagion", "distress", "dynamics", "inoperability", "linear", "propagate")
    }
    calls |= {
        name: telling(getattr(cq, name), net)
        for name in (
            "betweenness", "criticality", "linear_importance", "sampled_betweenness", "strong_components",
            "systemic_risk", "LinearPlan",
        )
    }  # fmt: skip
    return calls | {
        "assess": lambda p: cq.assess(advanced, progress=p),
        "chain_from_json": lambda p: cq.chain_from_json(advanced.to_json(), progress=p),
        "ensemble": lambda p: cq.ensemble({"s": (0.2, 0.4)}, lambda s: cq.linear(net, {"ymtc": s}), 5, progress=p),
        "fault_tree": lambda p: cq.fault_tree("top", {"top": ("or", ["a", "b"])}, {"a": 0.1, "b": 0.2}, progress=p),
        "generate": lambda p: cq.generate(100, progress=p),
        "mitigate": lambda p: cq.mitigate(advanced, 9, [stock], progress=p),
        "read_chain": lambda p: cq.read_chain(lists, progress=p),
        "suggest_measures": lambda p: cq.suggest_measures(advanced, progress=p),
        "why": lambda p: cq.why(net, "sugon", shock, progress=p),
        "Chain.from_tables": lambda p: cq.Chain.from_tables(enterprises={"name": ["a"], "stage": ["upstream"]}, progress=p),
        "Chain.network": lambda p: advanced.network(progress=p),
        "Chain.validate": lambda p: advanced.validate(progress=p),
        "LinearPlan.losses": lambda p: plan.losses(net.shock(shock).astype(np.float32)[None], progress=p),
        "Network.from_arrays": lambda p: cq.Network.from_arrays(2, [0], [1], progress=p),
        "Network.from_table": lambda p: cq.Network.from_table(links, progress=p),
        "Network.open": lambda p: cq.Network.open(file, progress=p),
        "Network.read": lambda p: cq.Network.read(lists / "links.csv", lists / "enterprises.csv", progress=p),
        "Network.save": lambda p: net.save(folder / "b.cqn", progress=p),
        "SeverityModel.grade_columns": lambda p: model.grade_columns(column, column, column, progress=p),
        "SeverityModel.grade_panel_table": lambda p: model.grade_panel_table(advanced.scores, progress=p),
        "SeverityModel.grade_sums": lambda p: model.grade_sums(sums, np.full(3, 3, dtype=np.uint32), progress=p),
        "SeverityModel.grade_table": lambda p: model.grade_table(table, progress=p),
        "SeverityModel.stability": lambda p: model.stability([(4, 4, 4)], draws=100, progress=p),
    }  # fmt: skip


def test_progress_rises_to_one_wherever_it_can_be_asked_for(advanced: cq.Chain, tmp_path: Path) -> None:
    calls = _calls(advanced, tmp_path)
    takers = {name for name, function in public() if "progress" in inspect.signature(function).parameters}
    takers |= {
        name for name in cq.__all__ if isinstance(getattr(cq, name), type) and _takes_progress(getattr(cq, name))
    }
    assert takers == set(calls)
    for name, call in calls.items():
        seen: list[float] = []
        call(seen.append)
        assert seen == sorted(set(seen)) and 0 <= seen[0] and seen[-1] == 1, (name, seen)
        call(True)  # a bar, on standard error


def _takes_progress(kind: type) -> bool:
    return "__init__" in vars(kind) and "progress" in inspect.signature(kind).parameters


def test_long_work_tells_of_its_progress_before_the_end() -> None:
    seen: list[float] = []
    cq.systemic_risk(cq.generate(20_000, seed=1), enterprises=range(200), progress=seen.append)
    assert len(seen) > 1 and seen[0] < 1
    with pytest.raises(TypeError, match="progress"):
        cq.generate(10, progress="yes")  # type: ignore[arg-type]


def test_a_bar_goes_to_standard_error_alone() -> None:
    done = python("import chainqual as cq; cq.systemic_risk(cq.generate(2000), progress=True); print('ok')")
    assert done.returncode == 0 and done.stdout == "ok\n"


def test_memory_stays_flat_over_ten_thousand_calls() -> None:
    net = random_network(1)
    model = cq.SeverityModel()
    column = np.full(1000, 4, dtype=np.uint8)
    shock = net.shock({0: 0.5})

    def round_of_calls() -> None:
        model.grade(5, 4, "3.5")
        model.grade_columns(column, column, column)
        cq.linear(net, shock)
        net.out_targets.sum()
        try:
            model.grade(9, 9, 9)
        except cq.Error:
            pass

    for _ in range(500):
        round_of_calls()
    gc.collect()
    before = resident()
    for _ in range(2000):
        round_of_calls()
    gc.collect()
    assert resident() - before < 4 << 20


def test_large_results_are_freed() -> None:
    column = np.full(2_000_000, 4, dtype=np.uint8)
    model = cq.SeverityModel()
    for _ in range(3):
        model.grade_columns(column, column, column)
    before = resident()
    for _ in range(100):
        model.grade_columns(column, column, column)
    assert resident() - before < 32 << 20  # a hundred results kept would be 600 MB


def test_allocation_that_fails_is_a_memory_error() -> None:
    with pytest.raises((MemoryError, cq.Error)):
        cq.Network.from_arrays(2**32 - 2, [0], [1], stage=None, weight=np.zeros(1))
    code = """
import resource, chainqual as cq
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
try:
    cq.generate(100_000_000, threads=1)
except MemoryError:
    print("memory error")
"""
    done = python(code)
    assert done.stdout == "memory error\n", done.stderr[-500:]


def test_forked_children_can_compute() -> None:
    code = """
import os, chainqual as cq
net = cq.generate(5000, seed=1)
expected = cq.systemic_risk(net, enterprises=range(50)).tolist()
child = os.fork()
if child == 0:
    os._exit(0 if cq.systemic_risk(net, enterprises=range(50)).tolist() == expected else 1)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
    done = python(code)
    assert done.stdout == "0\n", done.stderr[-500:]


def test_signals_meant_for_python_reach_python() -> None:
    code = """
import signal, os, threading, time, chainqual as cq
heard = []
signal.signal(signal.SIGUSR1, lambda *_: heard.append(1))
net = cq.generate(50_000, seed=1)
timer = threading.Timer(0.05, lambda: os.kill(os.getpid(), signal.SIGUSR1))
timer.start()
cq.systemic_risk(net, enterprises=range(200), threads=1)
timer.join()
print(heard)
"""
    assert python(code).stdout == "[1]\n"
