"""Contagion with NDlib on the networks that bench_contagion dumped.

    bench_contagion --n=2000 --dump=FOLDER
    python contagion_ndlib.py FOLDER [RUNS]

Runs NDlib's IndependentCascadesModel with the same sources and chances, as many runs as asked (default 50), and prints
seconds a run for both, their ratio, and whether the statistics agree: the mean spread in standard errors of the
difference, and the largest difference of a hit probability in its own, over enterprises for which at least five hits
and five misses are expected. Processor time, one thread; building NDlib's graph and configuration is not counted.
"""

import os
import sys
import time
from pathlib import Path

import ndlib
import networkx as nx
import numpy as np
from ndlib.models.epidemics import IndependentCascadesModel
from ndlib.models.ModelConfig import Configuration


def load(folder, label):
    def read(what, kind):
        return np.fromfile(folder / f"{label}.{what}", dtype=kind)

    offsets = read("offsets.u64", np.uint64).astype(np.int64)
    suppliers = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    links = list(zip(suppliers.tolist(), read("ids.u32", np.uint32).tolist(), read("chances.f64", float).tolist()))
    runs, seconds, mean, deviation = read("ours.f64", float)
    ours = {"runs": runs, "seconds": seconds, "mean": mean, "deviation": deviation, "hits": read("hits.f64", float)}
    return len(offsets) - 1, links, read("sources.u32", np.uint32).tolist(), ours


def model_of(n, links, sources):
    graph = nx.DiGraph()
    graph.add_nodes_from(range(n))
    graph.add_edges_from((i, j) for i, j, _ in links)
    model = IndependentCascadesModel(graph)
    config = Configuration()
    for i, j, chance in links:
        config.add_edge_configuration("threshold", (i, j), chance)
    config.add_model_initial_configuration("Infected", sources)
    model.set_initial_status(config)
    return model


def one_run(model, sources):
    """Enterprises hit, and how long it took."""
    start = time.process_time()
    model.reset(infected_nodes=sources)
    while True:
        counts = model.iteration(node_status=False)["node_count"]
        if counts[1] == 0:
            break
    seconds = time.process_time() - start
    return [v for v, status in model.status.items() if status != 0], seconds


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    runs = int(sys.argv[2]) if len(sys.argv) == 3 else 50
    np.random.seed(1)
    os.sched_setaffinity(0, {os.cpu_count() - 1})
    print(f"NDlib {getattr(ndlib, '__version__', '6.0.1')}, networkx {nx.__version__}, load {os.getloadavg()}")
    for file in sorted(folder.glob("*.offsets.u64")):
        label = file.name.split(".")[0]
        n, links, sources, ours = load(folder, label)
        model = model_of(n, links, sources)
        spreads, times = [], []
        hits = np.zeros(n)
        for _ in range(runs):
            reached, seconds = one_run(model, sources)
            spreads.append(len(reached))
            times.append(seconds)
            hits[reached] += 1
        median = sorted(times)[runs // 2]
        each = ours["seconds"] / ours["runs"]
        mean, error = np.mean(spreads), np.std(spreads, ddof=1) / np.sqrt(runs)
        both = np.hypot(error, ours["deviation"] / np.sqrt(ours["runs"]))
        p = ours["hits"]
        common = runs * np.minimum(p, 1 - p) >= 5
        apart = np.abs(hits / runs - p)[common] / np.sqrt((p * (1 - p))[common] * (1 / runs + 1 / ours["runs"]))
        print(f"{label}: n = {n}, m = {len(links)}")
        print(f"  NDlib  {runs:6d} runs  {median * 1e3:12.4f} ms a run   spread {mean:9.2f} ± {error:.2f}")
        print(f"  ours   {ours['runs']:6.0f} runs  {each * 1e3:12.4f} ms a run   spread {ours['mean']:9.2f}")
        print(
            f"  ratio  {median / each:.0f};  means differ by {(mean - ours['mean']) / both if both > 0 else 0:+.2f} standard"
            f" errors, one of {common.sum()} hit probabilities by at most {apart.max() if common.any() else 0:.2f}"
        )


if __name__ == "__main__":
    main()
