"""Networks: columns in without surprises, views out that share memory, files, pickles, other libraries."""

from __future__ import annotations

import copy
import gc
import pickle
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import chainqual as cq
from conftest import random_network


def test_views_share_memory_and_outlive_the_network() -> None:
    net = cq.generate(500, seed=3)
    first, second = net.out_targets, net.out_targets
    assert np.shares_memory(first, second)
    expected = first.copy()
    del net, second
    gc.collect()
    assert (first == expected).all()
    with pytest.raises(ValueError, match="read-only"):
        first[0] = 1
    with pytest.raises(ValueError, match="WRITEABLE"):
        first.flags.writeable = True


@settings(max_examples=30)
@given(st.integers(0, 2**32 - 1))
def test_rows_hold_the_links_that_were_given(seed: int) -> None:
    random = np.random.default_rng(seed)
    n, m = 8, 25
    supplier = random.integers(0, n, m).astype(np.uint32)
    customer = random.integers(0, n, m).astype(np.uint32)
    value = random.integers(1, 9, m).astype(np.float64)
    net = cq.Network.from_arrays(n, supplier, customer, value=value)
    dense = np.zeros((n, n))
    np.add.at(dense, (supplier, customer), value)
    np.fill_diagonal(dense, 0)
    found = np.zeros((n, n))
    found[net.link_suppliers(), net.out_targets] = net.out_values
    assert (found == dense).all()
    assert net.summary["self_supply_dropped"] == int((supplier == customer).sum())
    for i in range(n):
        assert net.customers(i).tolist() == np.flatnonzero(dense[i]).tolist()
        assert net.suppliers(i).tolist() == np.flatnonzero(dense[:, i]).tolist()


def test_wrong_arrays_name_the_cure() -> None:
    good = np.zeros(2, dtype=np.uint32)
    with pytest.raises(
        TypeError, match=r"supplier must be an array of uint32, not int64.*supplier\.astype\(np\.uint32\)"
    ):
        cq.Network.from_arrays(3, good.astype(np.int64), good)
    with pytest.raises(TypeError, match=r"value\.astype\(np\.float64\)"):
        cq.Network.from_arrays(3, good, good, value=good)
    with pytest.raises(TypeError, match=r"np\.ascontiguousarray\(customer\)"):
        cq.Network.from_arrays(3, good, np.zeros(4, dtype=np.uint32)[::2])
    with pytest.raises(TypeError, match="1 dimension"):
        cq.Network.from_arrays(3, good.reshape(1, 2), good)
    with pytest.raises(TypeError, match="sector"):
        cq.Network.from_arrays(3, good, good, sector="abc")
    with pytest.raises(ValueError, match="uint32"):
        cq.Network.from_arrays(3, [-1], [0])


def test_wrong_values_are_all_found() -> None:
    with pytest.raises(cq.Error) as caught:
        cq.Network.from_arrays(3, [0, 1, 7], [1, 2, 0], value=[1.0, -1.0, 2.0])
    assert isinstance(caught.value, ValueError)
    assert {finding.record for finding in caught.value.findings} == {2, 3}
    with pytest.raises(cq.Error) as caught:
        cq.Network.from_arrays(3, [0], [1], keys=["a"])
    assert caught.value.code is cq.ErrorCode.shape_mismatch


def test_names_and_numbers_find_enterprises() -> None:
    net = cq.Network.from_arrays(3, [0, 1], [1, 2], keys=["北京", "b", "c"])
    assert net.id("北京") == net.id(0) == net.id(np.int64(0)) == 0
    assert net.link("b", "c") == 1 and net.link("c", "b") is None
    with pytest.raises(cq.Error) as caught:
        net.id("bb")
    assert caught.value.code is cq.ErrorCode.unknown_reference and '"bb"' in str(caught.value)
    with pytest.raises(cq.Error) as caught:
        net.id(3)
    assert caught.value.code is cq.ErrorCode.out_of_range
    with pytest.raises(TypeError):
        net.id(1.0)  # type: ignore[arg-type]


def test_a_network_in_memory_travels_whole(advanced: cq.Chain) -> None:
    net = advanced.network()
    back = pickle.loads(pickle.dumps(net))
    assert back == net and back.keys() == net.keys() and back.segments == net.segments
    assert pickle.loads(pickle.dumps(back)) == net
    run = cq.dynamics(net, {"ymtc": 1.0}, days=5)
    assert np.array_equal(pickle.loads(pickle.dumps(run)).combined, run.combined)
    plan = cq.LinearPlan(net, "upstream")
    shock = net.shock({"ymtc": 1.0}).astype(np.float32)[None]
    assert np.array_equal(pickle.loads(pickle.dumps(plan)).losses(shock), plan.losses(shock))


def test_a_file_opens_equal_and_pickles_by_path_and_hash(tmp_path: Path) -> None:
    net = random_network(1)
    path = net.save(tmp_path / "a.cqn")
    opened = cq.Network.open(path)
    assert opened == net
    assert pickle.loads(pickle.dumps(opened)) == net
    assert len(pickle.dumps(opened)) < 1000
    travelling = pickle.dumps(opened)
    random_network(2).save(path)
    with pytest.raises(cq.Error) as caught:
        pickle.loads(travelling)
    assert caught.value.code is cq.ErrorCode.checksum_mismatch
    with pytest.raises(FileNotFoundError):
        cq.Network.open(tmp_path / "none.cqn")
    (tmp_path / "bad.cqn").write_bytes(b"not a network")
    with pytest.raises(cq.Error) as caught:
        cq.Network.open(tmp_path / "bad.cqn")
    assert caught.value.code is cq.ErrorCode.wrong_format


def test_a_chains_network_keeps_its_names_in_the_file(tmp_path: Path, advanced: cq.Chain) -> None:
    net = advanced.network()
    opened = cq.Network.open(net.save(tmp_path / "a.cqn"))
    assert opened.keys() == net.keys() == list(advanced.enterprises["id"])
    assert opened.segments == net.segments
    assert opened.id("sugon") == advanced.id("sugon")


def test_links_are_read_from_tables(tmp_path: Path) -> None:
    (tmp_path / "links.csv").write_text("supplier,customer,value\na,b,2\nb,c,3\n", encoding="utf-8")
    net = cq.Network.read(tmp_path / "links.csv")
    assert net.keys() == ["a", "b", "c"] and net.out_values.tolist() == [2, 3]
    assert len(net.findings) == 0
    (tmp_path / "links.csv").write_text("supplier,customer,value\na,b,2\nb,b,3\n", encoding="utf-8")
    assert cq.Network.read(tmp_path / "links.csv").findings.warnings == 1
    (tmp_path / "links.csv").write_text("supplier,customer,value\na,b,x\nb,,3\n", encoding="utf-8")
    with pytest.raises(cq.Error) as caught:
        cq.Network.read(tmp_path / "links.csv")
    assert [finding.record for finding in caught.value.findings] == [1, 2]


@pytest.mark.parametrize("named", [True, False])
def test_round_trips_through_other_libraries(named: bool) -> None:
    net = random_network(4)
    if named:
        keys = [f"企业{k}" for k in range(net.enterprises)]
        net = cq.Network.from_arrays(
            net.enterprises,
            net.link_suppliers(),
            net.out_targets,
            value=net.out_values,
            dependency=net.dependency,
            keys=keys,
        )
    pytest.importorskip("networkx")
    back = cq.Network.from_networkx(net.to_networkx())
    assert back.out_targets.tolist() == net.out_targets.tolist()
    assert back.out_values.tolist() == net.out_values.tolist()
    assert back.dependency.tolist() == net.dependency.tolist()
    assert back.keys() == net.keys()
    pytest.importorskip("igraph")
    back = cq.Network.from_igraph(net.to_igraph())
    assert back.out_values.tolist() == net.out_values.tolist() and back.keys() == net.keys()
    pytest.importorskip("scipy")
    matrix = net.to_scipy()
    assert np.shares_memory(matrix.data, net.out_values)
    back = cq.Network.from_scipy(matrix, keys=net.keys())
    assert back.out_values.tolist() == net.out_values.tolist()


def test_every_column_goes_through_other_libraries(advanced: cq.Chain) -> None:
    networkx = pytest.importorskip("networkx")
    igraph = pytest.importorskip("igraph")
    net = advanced.network()
    assert cq.Network.from_networkx(net.to_networkx()) == net
    assert cq.Network.from_igraph(net.to_igraph()) == net
    graph = networkx.DiGraph([(1, 2, {"value": None}), (2, 3, {"value": 3.0})])
    graph.nodes[1]["stage"], graph.nodes[3]["sector"], graph.nodes[2]["sector"] = "upstream", "steel", "steel"
    made = cq.Network.from_networkx(graph)
    assert made.out_values.tolist() == [1, 3]
    assert made.stage.tolist() == [0, 255, 255] and made.sector.tolist() == [2**32 - 1, 0, 0]
    graph.nodes[1]["stage"] = "sideways"
    with pytest.raises(ValueError, match="stage cannot be 'sideways'"):
        cq.Network.from_networkx(graph)
    plain = igraph.Graph([(0, 1)], directed=True)
    plain.vs["stage"] = [None, 2]
    assert cq.Network.from_igraph(plain).stage.tolist() == [255, 2]


def test_undirected_graphs_and_oblong_matrices_are_refused() -> None:
    networkx = pytest.importorskip("networkx")
    sparse = pytest.importorskip("scipy.sparse")
    with pytest.raises(ValueError, match="undirected"):
        cq.Network.from_networkx(networkx.Graph([(1, 2)]))
    with pytest.raises(ValueError, match="square"):
        cq.Network.from_scipy(sparse.csr_array((2, 3)))


def test_networkx_says_the_same_of_structure() -> None:
    networkx = pytest.importorskip("networkx")
    net = random_network(5, n=20, m=50)
    graph = net.to_networkx()
    n = net.enterprises
    ours = cq.betweenness(net)
    theirs = networkx.betweenness_centrality(graph, normalized=False)
    scale = [ours[k] / theirs[k] for k in range(n) if theirs[k] > 0]
    assert np.allclose(scale, scale[0])
    cyclic = {frozenset(int(i) for i in part) for part in cq.strong_components(net).cyclic}
    assert cyclic == {frozenset(c) for c in networkx.strongly_connected_components(graph) if len(c) > 1}
    points = set(networkx.articulation_points(graph.to_undirected()))
    assert {int(i) for i in cq.articulation(net).points} == points


def test_shocks_by_name() -> None:
    net = cq.Network.from_arrays(2, [0], [1], keys=["a", "b"])
    assert net.shock({"b": 0.25}).tolist() == [0, 0.25]
    assert net.shock(a=1).tolist() == [1, 0]


def test_a_shock_that_is_no_share_names_the_enterprise() -> None:
    net = cq.Network.from_arrays(3, [0], [1], keys=["a", "b", "c"])
    for call in (lambda: cq.linear(net, {"b": 2.0}), lambda: cq.cascade(net, np.array([0.0, 2.0, 0.0]))):
        with pytest.raises(ValueError, match="shock of 'b' is 2.0"):
            call()
    with pytest.raises(cq.Error, match="shock of 2 is nan"):
        net.shock({2: float("nan")})


def test_a_network_copies_to_itself(advanced: cq.Chain) -> None:
    net = advanced.network()
    assert copy.copy(net) is net and copy.deepcopy(net) is net


def test_it_shows_itself() -> None:
    net = cq.generate(1000)
    assert "1,000 enterprises" in repr(net)
    assert "<svg" in net._repr_html_()
    assert repr(cq.Network.from_arrays(0, [], [])).startswith("<Network: 0")
    assert cq.Network.from_arrays(0, [], [])._repr_html_()
