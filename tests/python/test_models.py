"""Models against small, obvious oracles in NumPy; defaults against the C++ library's own."""

from __future__ import annotations

import copy
import inspect
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import chainqual as cq
from chainqual import _chainqual as native
from conftest import random_network

seeds = st.integers(0, 2**32 - 1)


def dense(net: cq.Network) -> tuple[np.ndarray, np.ndarray]:
    """Downstream weights d[i, j] and values w[i, j]."""
    n = net.enterprises
    d, w = np.zeros((n, n)), np.zeros((n, n))
    d[net.link_suppliers(), net.out_targets] = net.dependency
    w[net.link_suppliers(), net.out_targets] = net.out_values
    return d, w


@settings(max_examples=40)
@given(seeds)
def test_linear_is_the_least_fixed_point(seed: int) -> None:
    net = random_network(seed)
    d, w = dense(net)
    shock = np.random.default_rng(seed).uniform(0, 0.5, net.enterprises)
    sold = w.sum(axis=1)
    share = np.divide(w, sold[:, None], out=np.zeros_like(w), where=sold[:, None] > 0)
    x, y = shock.copy(), shock.copy()
    for _ in range(5_000):
        x = np.minimum(1, shock + d.T @ x)
        y = np.minimum(1, shock + share @ y)
    found = cq.linear(net, shock)
    np.testing.assert_allclose(found.downstream, x, atol=1e-9)
    np.testing.assert_allclose(found.upstream, y, atol=1e-4)
    np.testing.assert_array_equal(found.combined, np.maximum(found.downstream, found.upstream))


@settings(max_examples=20)
@given(seeds)
def test_uncapped_linear_solves_the_system_and_importance_is_its_adjoint(seed: int) -> None:
    net = random_network(seed, acyclic=True)
    d, _ = dense(net)
    shock = np.random.default_rng(seed).uniform(0, 1, net.enterprises)
    eye = np.eye(net.enterprises)
    np.testing.assert_allclose(
        cq.linear(net, shock, capped=False, upstream=False).downstream, np.linalg.solve(eye - d.T, shock)
    )
    weight = np.ones(net.enterprises)
    np.testing.assert_allclose(cq.linear_importance(net, weight=weight), np.linalg.solve(eye - d, weight), rtol=1e-6)


@settings(max_examples=20)
@given(seeds)
def test_many_shocks_at_once_are_each_by_itself(seed: int) -> None:
    net = random_network(seed)
    shocks = np.random.default_rng(seed).uniform(0, 0.4, (5, net.enterprises)).astype(np.float32)
    losses = cq.LinearPlan(net).losses(shocks, tolerance=1e-7)
    for shock, loss in zip(shocks, losses):
        np.testing.assert_allclose(loss, cq.linear(net, shock.astype(np.float64)).downstream, atol=2e-5)


def cascade_oracle(net: cq.Network, shock: np.ndarray, essential: bool, steps: int = 2000) -> np.ndarray:
    """Downstream losses: an essential sector's lack binds alone, ordinary inputs together."""
    _, w = dense(net)
    n, sector = net.enterprises, net.sector
    loss = shock.copy()
    for _ in range(steps):
        new = shock.copy()
        for j in range(n):
            bought = w[:, j].sum()
            if bought == 0:
                continue
            if essential:
                lacks = []
                for s in np.unique(sector):
                    of_sector = w[sector == s, j]
                    if of_sector.sum() > 0:
                        lacks.append((of_sector * loss[sector == s]).sum() / of_sector.sum())
                lack = max(lacks)
            else:
                lack = (w[:, j] * loss).sum() / bought
            new[j] = max(shock[j], lack)
        if np.array_equal(new, loss):
            break
        loss = np.maximum(loss, new)
    return loss


@settings(max_examples=15)
@given(seeds, st.booleans())
def test_cascade_downstream(seed: int, essential: bool) -> None:
    net = random_network(seed, acyclic=True)
    shock = np.zeros(net.enterprises)
    shock[np.random.default_rng(seed).integers(0, net.enterprises, 2)] = 0.7
    found = cq.cascade(net, shock, essentiality="essential" if essential else "ordinary", tolerance=0)
    np.testing.assert_allclose(found.downstream, cascade_oracle(net, shock, essential), atol=1e-6)


@settings(max_examples=10)
@given(seeds)
def test_systemic_risk_is_the_cascade_of_each_closing(seed: int) -> None:
    net = random_network(seed)
    matrix = np.random.default_rng(seed).integers(0, 3, (4, 4)).astype(np.uint8)
    risk = cq.systemic_risk(net, essentiality=matrix)
    for k in range(net.enterprises):
        shock = np.zeros(net.enterprises)
        shock[k] = 1
        np.testing.assert_allclose(risk[k], cq.cascade(net, shock, essentiality=matrix).index, atol=1e-9)
    two = cq.systemic_risk(net, essentiality=matrix, scenarios=np.eye(net.enterprises)[:2].copy())
    np.testing.assert_allclose(np.asarray(two), np.asarray(risk)[:2])
    assert cq.systemic_risk(net, essentiality=matrix, enterprises=[3, 3]).tolist() == [risk[3]] * 2
    assert cq.systemic_risk(net, essentiality=matrix, threads=1).tolist() == risk.tolist()


@settings(max_examples=15)
@given(seeds)
def test_distress_of_2015(seed: int) -> None:
    net = random_network(seed)
    d, _ = dense(net)
    shock = np.random.default_rng(seed).uniform(0, 0.5, net.enterprises)
    before, now = np.zeros_like(shock), shock.copy()
    for _ in range(20_000):
        before, now = now, np.minimum(1, now + d.T @ (now - before))
        if (now - before).max() <= 1e-9:
            break
    np.testing.assert_allclose(cq.distress(net, shock, upstream=False).downstream, now, atol=1e-7)


def test_contagion_lies_in_its_interval_and_draws_by_run() -> None:
    net = cq.Network.from_arrays(3, [0, 1], [1, 2], dependency=[0.5, 0.4], keys=["a", "b", "c"])
    found = cq.contagion(net, ["a"], runs=8192, upstream=False)
    assert found.downstream[0] == 1
    assert found.downstream_spread.low[2] <= 0.2 <= found.downstream_spread.high[2]
    assert found.downstream_spread.mean_step[2] == 2
    parts = [cq.contagion(net, ["a"], runs=4096, first_run=k, upstream=False) for k in (0, 4096)]
    assert (sum(p.downstream_spread.hits for p in parts) == found.downstream_spread.hits).all()


def test_dynamics_conserves_and_disrupts_only_while_it_must() -> None:
    net = cq.Network.from_arrays(2, [0], [1], value=[365.0], keys=["a", "b"])
    run = cq.dynamics(
        net, [cq.Disruption("a", 1.0, start=5, duration=40)], days=120, stock_days=10, record="enterprises"
    )
    assert run.conservation["violations"] == 0
    assert run.levels.shape == (120, 2)
    assert run.levels[:5].min() == 1 and run.levels[6, 0] == 0
    assert 5 < run.survive_days[1] < 20
    assert (cq.dynamics(net, [], days=10).combined == 0).all()
    healed = cq.dynamics(net, [cq.Disruption("a", 1.0, recovery=cq.Recovery("linear", 20))], days=60)
    assert 0 < healed.combined[0] < 0.5


def test_inoperability_falls_back_to_nothing() -> None:
    net = cq.Network.from_arrays(2, [0], [1], dependency=[0.5], keys=["a", "b"])
    run = cq.inoperability(net, {}, days=200, initial=np.array([0.5, 0.0]), record_every=50)
    assert run.peak[1] > 0 and run.last_downstream.max() < 1e-6
    assert len(run.totals) == 200 and run.levels.shape[1] == 2


@pytest.mark.parametrize("model", ["linear", "cascade", "contagion", "distress", "dynamics", "inoperability"])
def test_propagate_gives_the_models_own_losses_and_why_explains_them(model: str) -> None:
    net = random_network(11)
    shock = net.shock({3: 0.8, 5: 0.4})
    own = getattr(cq, model)(net, shock)
    run = cq.propagate(net, shock, model=model)  # type: ignore[arg-type]
    np.testing.assert_array_equal(run.combined, own.combined)
    target = int(np.argmax(own.downstream * (shock == 0)))
    for found in (own.why(target), run.why(target), cq.why(net, target, shock, model=model)):  # type: ignore[arg-type]
        assert found.model == model
        assert found.loss == own.downstream[target]
        assert np.isclose(sum(found.sources["loss"]), found.loss)
        assert str(target) in repr(found) and found.sentence.zh != found.sentence.en
        assert "<table" in found._repr_html_()


@pytest.mark.parametrize(
    ("function", "defaults", "elsewhere"),
    [
        (cq.linear, native.default_options()["linear"], {}),
        (cq.contagion, native.default_options()["contagion"], {"words": 0}),
        (cq.distress, native.default_options()["distress"], {}),
        (cq.dynamics, native.daily_defaults()["dynamics"], {"stock_days_each": None}),
        (cq.inoperability, native.daily_defaults()["inoperability"], {"recovery_days_each": None}),
        (cq.ensemble, native.default_options()["ensemble"], {"by_enterprise": True}),
    ],
)
def test_signatures_have_the_librarys_defaults(function: object, defaults: dict, elsewhere: dict) -> None:
    signature = inspect.signature(function).parameters  # type: ignore[arg-type]
    for name, value in defaults.items():
        if name in elsewhere:
            continue
        given = signature[name].default
        if isinstance(value, np.ndarray):
            assert (list(given) if given is not None else []) == value.tolist(), name
        else:
            assert given == value, name


def test_the_cascades_defaults_too() -> None:
    defaults = native.default_options()["cascade"]
    for function in (cq.cascade, cq.systemic_risk):
        signature = inspect.signature(function).parameters
        assert signature["tolerance"].default == defaults["tolerance"]
        assert signature["max_steps"].default == defaults["max_steps"]
        assert signature["essentiality"].default == defaults["essentiality"]["otherwise"]
        assert signature["substitution"].default is False and defaults["replaceability"] == "none"


def test_propagate_takes_what_the_models_own_functions_take() -> None:
    net = random_network(8)
    shock = {0: 0.7, 3: 0.4}
    by_link = np.arange(net.links, dtype=np.uint8) % 3
    by_sector = np.eye(4, dtype=np.uint8) * 2
    for essential in ("ordinary", by_link, by_sector):
        ours = cq.propagate(net, shock, model="cascade", essentiality=essential)
        assert ours.combined.tolist() == cq.cascade(net, shock, essentiality=essential).combined.tolist()
    with pytest.raises(ValueError):
        cq.propagate(net, shock, model="cascade", essentiality=by_link[:-1].copy())
    days = np.linspace(10, 40, net.enterprises)
    ours = cq.propagate(net, shock, model="dynamics", stock_days=days, days=60)
    assert ours.combined.tolist() == cq.dynamics(net, shock, stock_days=days, days=60).combined.tolist()
    ours = cq.propagate(net, shock, model="inoperability", recovery_days=days, days=60)
    assert ours.combined.tolist() == cq.inoperability(net, shock, recovery_days=days, days=60).combined.tolist()


def test_parts_of_systemic_risk_are_plain_numbers() -> None:
    risk = cq.systemic_risk(random_network(3))
    assert type(risk[:3]) is np.ndarray and isinstance(risk.max(), np.float64) and isinstance(risk[0], np.float64)
    for plain in (risk * 2, risk.copy(), np.sqrt(risk), pickle.loads(pickle.dumps(risk))):
        assert type(plain) is np.ndarray and plain.shape == risk.shape
    for whole in (copy.copy(risk), copy.deepcopy(risk), risk.view()):
        assert whole.table()["index"].tolist() == risk.table()["index"].tolist()
    with pytest.raises(TypeError, match="call .table"):
        risk.reshape(-1, 2).table()


def test_misuse_is_told() -> None:
    net = random_network(1)
    with pytest.raises(TypeError, match=r"shock\.astype\(np\.float64\)"):
        cq.linear(net, np.zeros(net.enterprises, dtype=np.float32))
    with pytest.raises(ValueError, match=str(net.enterprises)):
        cq.linear(net, np.zeros(3))
    with pytest.raises(ValueError):
        cq.linear(net, np.full(net.enterprises, 1.5))
    with pytest.raises(ValueError, match="magic.*proportional"):
        cq.dynamics(net, [], rationing="magic")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="There is no option speed"):
        cq.propagate(net, {0: 1.0}, speed=3)
    with pytest.raises(TypeError, match="essentiality"):
        cq.cascade(net, {0: 1.0}, essentiality=np.zeros((4, 4)))
    with pytest.raises(TypeError, match="scenarios or enterprises"):
        cq.systemic_risk(net, scenarios=np.zeros((1, 12)), enterprises=[1])
    with pytest.raises(cq.Error) as caught:
        cq.linear(cq.Network.from_arrays(2, [0, 1], [1, 0], dependency=[1.0, 1.0]), [0.1, 0.1], capped=False)
    assert caught.value.code is cq.ErrorCode.no_solution and not isinstance(caught.value, ValueError)


@pytest.mark.parametrize("model", ["linear", "cascade", "contagion", "distress", "dynamics", "inoperability"])
def test_an_empty_network_loses_nothing_under_any_model(model: str) -> None:
    empty = cq.Network.from_arrays(0, [], [])
    found = getattr(cq, model)(empty, {})
    assert found.index == 0 and len(found.combined) == 0 and "0.0%" in repr(found)
    if model in ("dynamics", "inoperability"):
        recorded = getattr(cq, model)(empty, {}, days=3, record_every=1)
        assert recorded.levels.shape == (0, 0) and len(recorded.totals) == 3
    assert cq.systemic_risk(empty).size == 0 and len(cq.criticality(empty)) == 0
    assert cq.LinearPlan(empty).losses(np.empty((2, 0), dtype=np.float32)).size == 0


def test_ensembles_sum_up_what_numpy_would() -> None:
    net = random_network(2, acyclic=True)
    found = cq.ensemble({"s": (0.1, 0.9)}, lambda s: cq.linear(net, {0: s}), 40, seed=5)
    drawn = cq.latin_hypercube({"s": (0.1, 0.9)}, 40, seed=5)["s"]
    losses = np.array([cq.linear(net, {0: s}).combined for s in drawn])
    np.testing.assert_allclose(found.mean, losses.mean(axis=0))
    np.testing.assert_allclose(found.quantiles, np.quantile(losses, [0.05, 0.5, 0.95], axis=0))
    assert sorted(np.floor((drawn - 0.1) / 0.8 * 40)) == list(range(40))
    other = cq.ensemble({"s": (0.1, 0.9)}, lambda s: cq.linear(net, {0: s / 2}), 40, seed=5)
    difference = cq.paired_difference(found, other)
    assert difference.share_below == 1 and np.isclose(difference.mean, (other.indices - found.indices).mean())


def test_criticality_and_structure_agree(advanced: cq.Chain) -> None:
    net = advanced.network()
    table = cq.criticality(net).table
    place = {key: k for k, key in enumerate(table["enterprise"])}
    risk = cq.systemic_risk(net)
    for k in range(net.enterprises):
        assert np.isclose(table["systemic_risk"][place[net.key(k)]], risk[k])
    points = cq.dominators(net).points
    for key, cut in zip(points["enterprise"], points["cut"]):
        assert table["cut"][place[key]] == cut
    assert "<svg" in cq.criticality(net)._repr_html_()
    assert (np.asarray(cq.supplier_concentration(net)["herfindahl"]) <= 1).all()
    assert cq.topological_order(net) is not None or cq.strong_components(net).cyclic
    assert len(cq.single_source_products(advanced)) >= 0 and len(cq.region_concentration(advanced)) > 0
    sampled = cq.sampled_betweenness(net, error=0.05)
    assert np.abs(sampled.values - cq.betweenness(net)).max() <= sampled.error
