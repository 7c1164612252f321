"""What is handed over wrongly is refused in words that name the cure, and never in those of the module's insides."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import chainqual as cq

NETWORK = sorted(
    name
    for name in cq.__all__
    if inspect.isroutine(getattr(cq, name)) and next(iter(inspect.signature(getattr(cq, name)).parameters), "") == "net"
)
CHAIN = sorted(
    name
    for name in cq.__all__
    if inspect.isroutine(getattr(cq, name))
    and next(iter(inspect.signature(getattr(cq, name)).parameters), "") in ("chain", "before")
)
REST: dict[str, tuple[Any, ...]] = {
    "cascade": ({},), "contagion": ({},), "distress": ({},), "dynamics": ({},), "inoperability": ({},),
    "linear": ({},), "propagate": ({},), "why": (0, {}), "compare_maps": (None,), "mitigate": (1,),
    "place": ({"name": "x", "shocks": []},), "indicators_of": ("2026",), "summary_of": ("2026-01-01", "2026-12-31"),
    "standard_forms": ("A.1",), "training_coverage": ([],),
}  # fmt: skip
INSIDES = re.compile(r"_native|_chainqual|has no attribute|NoneType|incompatible function|unsupported operand")


def refusal(call: Callable[[], object], kind: type[Exception] = TypeError) -> str:
    with pytest.raises(kind) as caught:
        call()
    assert not INSIDES.search(str(caught.value)), str(caught.value)
    return str(caught.value)


def test_the_lists_below_hold_every_function_of_a_network_or_chain() -> None:
    assert len(NETWORK) >= 20 and len(CHAIN) >= 9


@pytest.mark.parametrize("name", NETWORK)
def test_a_function_of_a_network_says_how_to_make_one(name: str, advanced: cq.Chain) -> None:
    function = getattr(cq, name)
    assert "chain.network()" in refusal(lambda: function(advanced, *REST.get(name, ())))
    assert "report.network" in refusal(lambda: function(cq.assess(advanced), *REST.get(name, ())))
    for wrong in (None, 5, "folder", {"supplier": ["a"]}):
        assert "Network.from_table" in refusal(lambda: function(wrong, *REST.get(name, ())))  # noqa: B023
    networkx = pytest.importorskip("networkx")
    assert "Network.from_networkx" in refusal(lambda: function(networkx.DiGraph([(1, 2)]), *REST.get(name, ())))


@pytest.mark.parametrize("name", CHAIN)
def test_a_function_of_a_chain_says_how_to_make_one(name: str, advanced: cq.Chain) -> None:
    function = getattr(cq, name)
    assert "read_chain('folder')" in refusal(lambda: function("folder", *REST.get(name, ())))
    if name != "quality_map":
        refusal(lambda: function(advanced.network(), *REST.get(name, ())))
    for wrong in (None, 5, {"a": 1}):
        assert "Chain.from_tables" in refusal(lambda: function(wrong, *REST.get(name, ())))  # noqa: B023


def test_refusals_are_in_chinese_too(advanced: cq.Chain) -> None:
    cq.set_language("zh")
    assert "请给 chain.network()" in refusal(lambda: cq.linear(advanced, {}))  # type: ignore[arg-type]


MISUSE: dict[str, tuple[Callable[[cq.Chain, cq.Network], object], type[Exception], str]] = {
    "no shock": (lambda c, n: cq.linear(n, None), TypeError, "mapping"),  # type: ignore[arg-type]
    "a number as shock": (lambda c, n: cq.linear(n, 0.5), TypeError, "mapping"),  # type: ignore[arg-type]
    "mixed disruptions": (lambda c, n: cq.dynamics(n, [cq.Disruption(1), ("x",)]), TypeError, "list of Disruption"),  # type: ignore[list-item]
    "recovery as a word": (
        lambda c, n: cq.dynamics(n, [cq.Disruption(1, 1.0, recovery="linear")]), TypeError, r"Recovery\('linear'",  # type: ignore[arg-type]
    ),
    "an unknown need": (lambda c, n: cq.systemic_risk(n, essentiality="vital"), ValueError, "essentiality cannot be 'vital'"),
    "an unknown substitution": (lambda c, n: cq.cascade(n, {}, substitution="mkt"), ValueError, "substitution cannot be"),  # type: ignore[arg-type]
    "one enterprise alone": (lambda c, n: cq.systemic_risk(n, enterprises=5), TypeError, r"\[5\]"),  # type: ignore[arg-type]
    "one source alone": (lambda c, n: cq.dominators(n, sources="sugon"), TypeError, r"\['sugon'\]"),
    "a report that is none": (lambda c, n: cq.quality_map(c, {}), TypeError, "assess"),  # type: ignore[arg-type]
    "weights of one number": (lambda c, n: cq.SeverityModel(40), ValueError, "40, 30, 30"),  # type: ignore[arg-type]
    "two scores of three": (lambda c, n: cq.SeverityModel().stability([(4, 4)]), ValueError, "Problem 1 has 2 scores"),
    "a fraction of threads": (lambda c, n: cq.linear(n, {}, threads=2.5), TypeError, "whole number"),  # type: ignore[arg-type]
    "a frame as tables": (lambda c, n: cq.Chain.from_tables(c.enterprises), TypeError, "enterprises="),  # type: ignore[arg-type]
    "no enterprises": (lambda c, n: cq.Chain.from_tables(links=c.links), cq.Error, "enterprises=… with"),
    "a CSV file as workbook": (lambda c, n: cq.Chain.from_tables("links.csv"), ValueError, "read_chain"),
    "no workbook": (lambda c, n: cq.read_chain("none.xlsx"), FileNotFoundError, "no file none.xlsx"),
    "a number as path": (lambda c, n: cq.read_chain(5), TypeError, "Chain.from_tables"),  # type: ignore[arg-type]
    "a list as networkx graph": (lambda c, n: cq.Network.from_networkx([1]), TypeError, "networkx.DiGraph"),  # type: ignore[arg-type]
    "a list as igraph graph": (lambda c, n: cq.Network.from_igraph([1]), TypeError, "igraph.Graph"),
    "a dense matrix": (lambda c, n: cq.Network.from_scipy(np.eye(3)), TypeError, "scipy.sparse"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISUSE)
def test_misuse_names_the_cure(name: str, advanced: cq.Chain) -> None:
    call, kind, words = MISUSE[name]
    said = refusal(lambda: call(advanced, advanced.network()), kind)
    assert re.search(words, said), said
    assert "/tmp" not in said


def test_a_workbook_without_enterprises_names_its_sheets(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("fastexcel")
    book = openpyxl.Workbook()
    book.active.title = "企业清单"
    book.save(tmp_path / "book.xlsx")
    said = refusal(lambda: cq.read_chain(tmp_path / "book.xlsx"), FileNotFoundError)
    assert "企业清单" in said and "'enterprises'" in said


@pytest.mark.parametrize("name", ["severity", "impact", "over_time", "criticality"])
def test_pictures_say_whose_they_are(name: str, advanced: cq.Chain) -> None:
    pytest.importorskip("matplotlib")
    from chainqual import plots

    assert "Pass" in refusal(lambda: getattr(plots, name)(advanced))


def test_ids_are_certain_sources_of_contagion_by_number_and_key(advanced: cq.Chain) -> None:
    net = advanced.network()
    by_number = cq.contagion(net, [net.id("ymtc"), net.id("hygon")])
    for same in (
        ["ymtc", "hygon"],
        {"ymtc", "hygon"},
        {"ymtc": 1.0, "hygon": 1.0},
        (np.uint32(net.id("ymtc")), "hygon"),
    ):
        assert np.array_equal(by_number.downstream, cq.contagion(net, same).downstream)  # type: ignore[arg-type]
    assert "ambiguous" in refusal(lambda: cq.contagion(cq.Network.from_arrays(2, [0], [1]), [1, 0]))


def test_whole_numbers_of_numpy_are_numbers_of_threads(advanced: cq.Chain) -> None:
    net = advanced.network()
    assert cq.linear(net, {"ymtc": 1.0}, threads=np.int64(1)).index == cq.linear(net, {"ymtc": 1.0}).index  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "call"),
    [(cq.Store, "Store.open"), (cq.Network, "Network.open"), (cq.Report, "assess"), (cq.Forms, "standard_forms")],
)
def test_classes_that_calls_make_say_which(kind: Any, call: str) -> None:
    said = refusal(lambda: kind("quality.db") if kind is not cq.Report else kind("quality.db", {}))
    assert call in said
