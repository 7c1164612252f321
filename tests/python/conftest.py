"""What several tests need: the language fixed, small random networks, child processes that see the same package."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import settings

import chainqual as cq

settings.register_profile("chainqual", deadline=None, database=None, print_blob=True)
settings.load_profile("chainqual")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Messages and tables in English, whatever the machine's locale."""
    cq.set_language("en")
    yield
    cq.set_language(None)


@pytest.fixture(scope="session")
def advanced() -> cq.Chain:
    return cq.datasets.advanced_computing()


def public() -> Iterator[tuple[str, Callable[..., Any]]]:
    """The functions of the package, of its data sets and plots, and the methods of its classes."""
    pytest.importorskip("matplotlib")
    homes: list[tuple[str, Any, list[str]]] = [("", cq, cq.__all__)]
    homes += [("datasets.", cq.datasets, [*cq.datasets.NAMES, "folder"]), ("plots.", cq.plots, cq.plots.__all__)]
    homes += [("dask.", cq.dask, cq.dask.__all__)]
    for prefix, home, names in homes:
        for name in names:
            one = getattr(home, name)
            if inspect.isfunction(one):
                yield prefix + name, one
            elif isinstance(one, type):
                for key, member in vars(one).items():
                    function = getattr(member, "__func__", member)
                    if not key.startswith("_") and inspect.isfunction(function):
                        yield f"{prefix}{name}.{key}", function


def random_network(seed: int, n: int = 12, m: int = 30, acyclic: bool = False) -> cq.Network:
    """A network with dependencies and values drawn from `seed`."""
    random = np.random.default_rng(seed)
    a = random.integers(0, n, m)
    b = random.integers(0, n, m)
    if acyclic:
        a, b = np.minimum(a, b), np.maximum(a, b)
    keep = a != b
    pairs = np.unique(np.stack([a[keep], b[keep]], axis=1), axis=0).astype(np.uint32)
    count = len(pairs)
    return cq.Network.from_arrays(
        n,
        np.ascontiguousarray(pairs[:, 0]),
        np.ascontiguousarray(pairs[:, 1]),
        value=random.uniform(1, 100, count),
        dependency=random.uniform(0, 0.3, count),
        sector=random.integers(0, 4, n).astype(np.uint32),
    )


def python(code: str, *arguments: str, timeout: float = 60, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs code in a new interpreter that finds the package where this one did."""
    where = str(Path(cq.__file__).parent.parent)
    path = os.pathsep.join([where, *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        timeout=timeout,
        env={**os.environ, "PYTHONPATH": path, **environment},
        check=False,
    )
