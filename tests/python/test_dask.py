"""Work shared out by Dask: the results of one machine, bit for bit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import chainqual as cq
from conftest import random_network

dask = pytest.importorskip("dask")
frames = pytest.importorskip("dask.dataframe")
pandas = pytest.importorskip("pandas")


def scores(rows: int) -> object:
    random = np.random.default_rng(7)
    columns = {name: random.integers(1, 6, rows) for name in ("impact", "diffusion", "urgency")}
    return pandas.DataFrame(columns, index=np.arange(100, 100 + rows))


@pytest.mark.parametrize("total", ["real", "hundredths"])
def test_a_frame_is_graded_by_partition_as_it_is_whole(total: str) -> None:
    frame = scores(1000)
    model = cq.SeverityModel((50, 30, 20))
    shared = cq.dask.grade_table(frames.from_pandas(frame, npartitions=7), model, total=total)  # type: ignore[arg-type]
    assert shared.npartitions == 7
    whole = model.grade_table(frame, total=total).to_pandas()  # type: ignore[arg-type]
    found = shared.compute()
    pandas.testing.assert_frame_equal(found, whole)
    assert list(map(str, shared.dtypes)) == list(map(str, whole.dtypes)) and list(shared.columns) == list(whole.columns)


def test_columns_can_be_named_and_bad_cells_are_told() -> None:
    frame = pandas.DataFrame({"a": [4, 5], "b": [4, 4], "c": [4, 9]})
    graded = cq.dask.grade_table(frames.from_pandas(frame, npartitions=1), impact="a", diffusion="b", urgency="c")
    with pytest.raises(cq.Error, match="9"):
        graded.compute()
    with pytest.raises(TypeError, match=r"from_pandas\(frame, npartitions=…\)"):
        cq.dask.grade_table(frame)


@pytest.mark.parametrize("scheduler", ["threads", "processes"])
def test_risk_in_parts_is_that_of_the_whole(tmp_path: Path, scheduler: str) -> None:
    net = cq.Network.open(random_network(5, n=60, m=200).save(tmp_path / "a.cqn"))
    whole = cq.systemic_risk(net, tolerance=0.001, substitution=True)
    with dask.config.set(scheduler=scheduler):
        parts = cq.dask.systemic_risk(net, tolerance=0.001, substitution=True, parts=7)
    for name in ("downstream", "upstream", "steps", "converged", "truncated", "truncated_downstream", "note"):
        assert np.array_equal(getattr(parts, name), getattr(whole, name)), name
    assert np.array_equal(parts, whole) and parts.table().to_dict().keys() == whole.table().to_dict().keys()


def test_scenarios_and_some_enterprises_are_shared_out(advanced: cq.Chain) -> None:
    net = advanced.network()
    lost = np.random.default_rng(1).uniform(0, 1, (5, len(net)))
    assert np.array_equal(cq.dask.systemic_risk(net, scenarios=lost, parts=2), cq.systemic_risk(net, scenarios=lost))
    orders = lost[::-1].copy()
    both = cq.dask.systemic_risk(net, scenarios=lost, scenarios_upstream=orders, parts=3)
    assert np.array_equal(both, cq.systemic_risk(net, scenarios=lost, scenarios_upstream=orders))
    some = cq.dask.systemic_risk(net, enterprises=["sugon", "ymtc"], parts=9)
    assert np.array_equal(some, cq.systemic_risk(net, enterprises=["sugon", "ymtc"]))
    for wrong in (0, 2.5, True):
        with pytest.raises(ValueError, match="parts"):
            cq.dask.systemic_risk(net, parts=wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="either"):
        cq.dask.systemic_risk(net, scenarios=lost, enterprises=[0])
    with pytest.raises(TypeError, match="chain.network"):
        cq.dask.systemic_risk(advanced)  # type: ignore[arg-type]
