"""Structure of a chain: components, cuts, routes, single sources, concentration."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from . import _chainqual as _native
from ._guards import chain_of, network_of, several
from ._run import Progress, running
from ._tables import Table
from ._text import Text
from .network import EnterpriseLike, Network
from .propagation import Floats

if TYPE_CHECKING:
    from .chain import Chain

Ids = npt.NDArray[np.uint32]


def _keys(net: Network, ids: Iterable[Any]) -> list[str | None]:
    return [None if int(i) == 0xFFFFFFFF else net._key_at(int(i)) for i in ids]


def _named(net: Network, columns: dict[str, Any], *names: str) -> dict[str, Any]:
    return {key: _keys(net, column) if key in names else column for key, column in columns.items()}


def _ids(net: Network, enterprises: Iterable[EnterpriseLike] | None) -> Ids | None:
    if enterprises is None:
        return None
    return np.array([network_of(net).id(one) for one in several(enterprises, "enterprises")], dtype=np.uint32)


@dataclass(frozen=True, eq=False, repr=False)
class Components:
    """Strongly connected components.

    Attributes
    ----------
    component : uint32 array [n]
        Number of each enterprise's component; suppliers' components come before customers'.
    count : int
    cyclic : list of uint32 arrays
        Members of those with a cycle.
    """

    component: Ids
    count: int
    cyclic: list[Ids]

    def __repr__(self) -> str:
        return f"<Components: {self.count}, {len(self.cyclic)} with cycles>"


def strong_components(net: Network, *, threads: int | None = None, progress: Progress = None) -> Components:
    """Strongly connected components: enterprises that supply each other, round about.

    Parameters
    ----------
    net : Network

    Returns
    -------
    Components

    Examples
    --------
    >>> import chainqual as cq
    >>> cq.strong_components(cq.Network.from_arrays(3, [0, 1, 2], [1, 0, 0])).cyclic
    [array([0, 1], dtype=uint32)]
    """
    with running(threads, progress, "连通分量", "components") as how:
        found = _native.strong_components(network_of(net)._native, how)
    offsets = found["offsets"]
    members = found["members"]
    cyclic = [members[int(offsets[int(c)]) : int(offsets[int(c) + 1])] for c in found["cyclic"]]
    return Components(found["component"], max(0, len(offsets) - 1), cyclic)


def topological_order(net: Network, *, threads: int | None = None) -> Ids | None:
    """Enterprises with suppliers before customers; None where there are cycles.

    Parameters
    ----------
    net : Network

    Returns
    -------
    uint32 array [n], or None

    Examples
    --------
    >>> import chainqual as cq
    >>> cq.topological_order(cq.Network.from_arrays(3, [2, 1], [1, 0]))
    array([2, 1, 0], dtype=uint32)
    """
    with running(threads, None) as how:
        return _native.topological_order(network_of(net)._native, how)


def betweenness(net: Network, *, threads: int | None = None, progress: Progress = None) -> Floats:
    """Pairs whose shortest paths pass each enterprise (each pair by the share of its paths), exactly: O(n m).

    Parameters
    ----------
    net : Network

    Returns
    -------
    float64 array [n]

    References
    ----------
    Brandes 2001, doi:10.1080/0022250X.2001.9990249.

    Examples
    --------
    >>> import chainqual as cq
    >>> (cq.betweenness(cq.Network.from_arrays(3, [0, 1], [1, 2])) > 0).tolist()
    [False, True, False]
    """
    with running(threads, progress, "介数", "betweenness") as how:
        return _native.betweenness(network_of(net)._native, how)


@dataclass(frozen=True, eq=False, repr=False)
class SampledBetweenness:
    """Estimates of `betweenness`; with probability 1 − failure none is off by more than `error`."""

    values: Floats
    error: float
    samples: int
    longest_path_bound: int

    def __repr__(self) -> str:
        return f"<SampledBetweenness of {len(self.values):,}: ± {self.error:.4g} from {self.samples:,} paths>"


def sampled_betweenness(
    net: Network,
    *,
    error: float = 0.01,
    failure: float = 0.1,
    seed: int = 1,
    threads: int | None = None,
    progress: Progress = None,
) -> SampledBetweenness:
    """`betweenness` from sampled shortest paths, with a bound on the error.

    Parameters
    ----------
    net : Network
    error : float
        Of the share of pairs that shortest paths through an enterprise join, at most.
    failure : float
        Chance that some enterprise is off by more all the same.
    seed : int

    Returns
    -------
    SampledBetweenness

    References
    ----------
    Riondato & Kornaropoulos 2016, doi:10.1007/s10618-015-0423-0.

    Examples
    --------
    >>> import chainqual as cq
    >>> found = cq.sampled_betweenness(cq.generate(500), error=0.05)
    >>> found.samples > 0, len(found.values)
    (True, 500)
    """
    with running(threads, progress, "介数（抽样）", "sampling betweenness") as how:
        return SampledBetweenness(**_native.sampled_betweenness(network_of(net)._native, error, failure, seed, how))


@dataclass(frozen=True, eq=False, repr=False)
class Dominators:
    """Who cuts off whom.

    Attributes
    ----------
    immediate : uint32 array [n]
        Immediate dominator; 2**32 − 1 for roots and enterprises that no supply reaches.
    points : Table
        Enterprises without which others get no supply: cut and final_cut, how many (final ones) they cut off.
    """

    immediate: Ids
    points: Table

    def __repr__(self) -> str:
        return f"<Dominators: {len(self.points)} points of failure>\n{self.points!r}"


def dominators(
    net: Network,
    sources: Iterable[EnterpriseLike] | None = None,
    finals: Iterable[EnterpriseLike] | None = None,
    *,
    threads: int | None = None,
) -> Dominators:
    """Enterprises that every way of supply to others passes: directed single points of failure.

    Parameters
    ----------
    net : Network
    sources : iterable, optional
        Where supply begins; by default the components without suppliers.
    finals : iterable, optional
        Whose being cut off counts as final; by default those without customers.

    Returns
    -------
    Dominators

    Examples
    --------
    >>> import chainqual as cq
    >>> net = cq.Network.from_arrays(3, [0, 1], [1, 2], keys=["a", "b", "c"])
    >>> cq.dominators(net).points["enterprise"]
    ['a', 'b']
    """
    with running(threads, None) as how:
        found = _native.dominators(network_of(net)._native, _ids(net, sources), _ids(net, finals), how)
    points = _named(net, found["points"], "enterprise")
    return Dominators(found["immediate"], Table(points, title=Text("单点故障", "single points of failure")))


@dataclass(frozen=True, eq=False, repr=False)
class Articulation:
    """Enterprises and relations whose removal splits the undirected chain."""

    points: Ids
    bridges: Table

    def __repr__(self) -> str:
        return f"<Articulation: {len(self.points)} points, {len(self.bridges)} bridges>"


def articulation(net: Network, *, threads: int | None = None) -> Articulation:
    """Enterprises (points) and relations (bridges) whose removal splits the undirected chain.

    Parameters
    ----------
    net : Network

    Returns
    -------
    Articulation

    Examples
    --------
    >>> import chainqual as cq
    >>> cq.articulation(cq.Network.from_arrays(3, [0, 1], [1, 2])).points
    array([1], dtype=uint32)
    """
    with running(threads, None) as how:
        found = _native.articulation(network_of(net)._native, how)
    bridges = _named(net, found["bridges"], "first", "second")
    return Articulation(found["points"], Table(bridges, title=Text("桥", "bridges")))


def single_sources(net: Network, *, threads: int | None = None) -> Table:
    """Inputs that a customer has from one supplier only: customer, supplier, sector, share of its inputs.

    Parameters
    ----------
    net : Network

    Returns
    -------
    Table

    Examples
    --------
    >>> import chainqual as cq
    >>> len(cq.single_sources(cq.datasets.advanced_computing().network())) > 0
    True
    """
    with running(threads, None) as how:
        found = _native.single_sources(network_of(net)._native, how)
    return Table(_named(net, found, "customer", "supplier"), title=Text("独家供应", "single sources"))


def single_source_products(chain: Chain) -> Table:
    """Products that one enterprise alone supplies: its customers, and the makers who could stand in.

    Parameters
    ----------
    chain : Chain

    Returns
    -------
    Table

    Examples
    --------
    >>> import chainqual as cq
    >>> cq.single_source_products(cq.datasets.advanced_computing()).columns
    ['product', 'supplier', 'customers', 'makers']
    """
    rows = _native.single_source_products(chain_of(chain)._native)
    ids = chain.enterprises["id"]
    return Table(
        {
            "product": [row["product"] for row in rows],
            "supplier": [ids[row["supplier"]] for row in rows],
            "customers": [[ids[int(i)] for i in row["customers"]] for row in rows],
            "makers": [[ids[int(i)] for i in row["makers"]] for row in rows],
        },
        title=Text("独家产品", "products of a single source"),
    )


def supplier_concentration(net: Network, *, threads: int | None = None) -> Table:
    """Concentration of every input that a customer buys: Herfindahl index, largest supplier and its share.

    Parameters
    ----------
    net : Network

    Returns
    -------
    Table

    Examples
    --------
    >>> import chainqual as cq
    >>> net = cq.Network.from_arrays(3, [0, 1], [2, 2], value=[3.0, 1.0], sector=[0, 0, 1], keys=["a", "b", "c"])
    >>> cq.supplier_concentration(net).row(0)
    {'customer': 'c', 'sector': 0, 'suppliers': 2, 'herfindahl': 0.625, 'largest': 'a', 'largest_share': 0.75, 'input_share': 1.0}
    """
    with running(threads, None) as how:
        found = _native.supplier_concentration(network_of(net)._native, how)
    return Table(_named(net, found, "customer", "largest"), title=Text("供方集中度", "supplier concentration"))


def region_concentration(chain: Chain) -> Table:
    """Concentration of each segment (and, with segment None, of the chain) in regions.

    Parameters
    ----------
    chain : Chain

    Returns
    -------
    Table

    Examples
    --------
    >>> import chainqual as cq
    >>> table = cq.region_concentration(cq.datasets.advanced_computing())
    >>> table["segment"][-1] is None, table.columns
    (False, ['segment', 'herfindahl', 'largest', 'largest_share'])
    """
    rows = _native.region_concentration(chain_of(chain)._native)
    segments = chain.segments["id"]
    return Table(
        {
            "segment": [None if row["segment"] is None else segments[row["segment"]] for row in rows],
            "herfindahl": np.array([row["herfindahl"] for row in rows], dtype=np.float64),
            "largest": [row["shares"]["region"][0] if len(row["shares"]["region"]) else "" for row in rows],
            "largest_share": np.array(
                [row["shares"]["share"][0] if len(row["shares"]["share"]) else 0.0 for row in rows], dtype=np.float64
            ),
        },
        title=Text("地区集中度", "regional concentration"),
    )


def final_enterprises(net: Network) -> Ids:
    """Enterprises without customers in the chain.

    Parameters
    ----------
    net : Network

    Returns
    -------
    uint32 array

    Examples
    --------
    >>> import chainqual as cq
    >>> cq.final_enterprises(cq.Network.from_arrays(3, [0, 0], [1, 2]))
    array([1, 2], dtype=uint32)
    """
    return _native.final_enterprises(network_of(net)._native)
