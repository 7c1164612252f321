"""networkx, igraph and SciPy in and out; each is imported when asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ._text import chosen
from .network import NO_STAGE, NONE, Network


def _shares(net: Network) -> dict[str, Any]:
    return {name: column for name, column in (("dependency", net.dependency), ("escape", net.escape)) if len(column)}


def _firms(net: Network) -> dict[str, Any]:
    """The columns of enterprises that a network has."""
    columns = (("stage", net.stage), ("segment", net.segment), ("sector", net.sector), ("weight", net.weight))
    return {name: column for name, column in columns if len(column)}


_COLUMNS = ("stage", "segment", "sector", "weight")
_STAGES = {"upstream": 0, "midstream": 1, "downstream": 2, "上游": 0, "中游": 1, "下游": 2}


def _firm_columns(attributes: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """Attributes of nodes as columns of enterprises; None is 'none'. Texts stand for groups, numbered as they appear."""
    columns: dict[str, Any] = {}
    for name, values in attributes.items():
        if name == "weight":
            columns[name] = np.array([np.nan if value is None else float(value) for value in values])
            continue
        none = NO_STAGE if name == "stage" else NONE
        groups: dict[Any, int] = dict(_STAGES) if name == "stage" else {}
        numbers = []
        for value in values:
            if isinstance(value, str):
                if name == "stage" and value not in groups:
                    raise ValueError(
                        chosen(
                            f"stage 不能是“{value}”；应为 upstream、midstream、downstream 或 0、1、2。",
                            f"stage cannot be '{value}'; it is upstream, midstream, downstream, or 0, 1, 2.",
                        )
                    )
                value = groups.setdefault(value, len(groups))
            numbers.append(none if value is None else int(value))
        columns[name] = np.array(numbers, dtype=np.uint8 if name == "stage" else np.uint32)
    return columns


def to_networkx(net: Network) -> Any:
    import networkx

    graph: Any = networkx.DiGraph()
    keys: list[Any] = net.keys() if net.named else list(range(net.enterprises))
    graph.add_nodes_from(keys)
    for name, column in _firms(net).items():
        networkx.set_node_attributes(graph, dict(zip(keys, column.tolist())), name)
    suppliers, customers = net.link_suppliers().tolist(), net.out_targets.tolist()
    columns = {"value": net.out_values.tolist(), **{name: column.tolist() for name, column in _shares(net).items()}}
    graph.add_edges_from(
        (keys[a], keys[b], {name: column[k] for name, column in columns.items() if column[k] == column[k]})
        for k, (a, b) in enumerate(zip(suppliers, customers))
    )
    return graph


def from_networkx(graph: Any, value: str | None) -> Network:
    if not graph.is_directed():
        raise ValueError(
            chosen(
                "图是无向的；供应关系有方向，请用 DiGraph。",
                "The graph is undirected; supply has a direction. Use a DiGraph.",
            )
        )
    nodes = list(graph.nodes)
    place = {node: k for k, node in enumerate(nodes)}
    edges = list(graph.edges(data=True))
    ends = np.array([(place[a], place[b]) for a, b, _ in edges], dtype=np.uint32).reshape(-1, 2)
    columns: dict[str, Any] = _firm_columns(
        {
            name: [graph.nodes[node].get(name) for node in nodes]
            for name in _COLUMNS
            if any(graph.nodes[node].get(name) is not None for node in nodes)
        }
    )
    for target, source, absent in (
        ("value", value, 1.0),
        ("dependency", "dependency", np.nan),
        ("escape", "escape", np.nan),
    ):
        given = [] if source is None else [data.get(source) for _, _, data in edges]
        if any(one is not None for one in given):
            columns[target] = np.array([absent if one is None else float(one) for one in given])
    return Network.from_arrays(
        len(nodes),
        np.ascontiguousarray(ends[:, 0]),
        np.ascontiguousarray(ends[:, 1]),
        keys=[str(node) for node in nodes],
        **columns,
    )


def to_igraph(net: Network) -> Any:
    import igraph

    ends = np.stack([net.link_suppliers(), net.out_targets], axis=1)
    graph = igraph.Graph(n=net.enterprises, edges=ends.tolist(), directed=True)
    graph.vs["name"] = net.keys()
    graph.es["value"] = net.out_values.tolist()
    for name, column in _firms(net).items():
        graph.vs[name] = column.tolist()
    for name, column in _shares(net).items():
        graph.es[name] = column.tolist()
    return graph


def from_igraph(graph: Any, value: str | None) -> Network:
    if not graph.is_directed():
        raise ValueError(
            chosen(
                "图是无向的；供应关系有方向，请用有向图。",
                "The graph is undirected; supply has a direction. Use a directed one.",
            )
        )
    ends = np.array(graph.get_edgelist(), dtype=np.uint32).reshape(-1, 2)
    attributes = graph.es.attributes() if graph.ecount() else []
    columns: dict[str, Any] = {
        target: np.array([np.nan if v is None else float(v) for v in graph.es[source]])
        for target, source in (("value", value), ("dependency", "dependency"), ("escape", "escape"))
        if source is not None and source in attributes
    }
    if "value" in columns:
        columns["value"] = np.nan_to_num(columns["value"], nan=1.0)
    named = "name" in graph.vs.attributes()
    columns |= _firm_columns({name: graph.vs[name] for name in _COLUMNS if name in graph.vs.attributes()})
    return Network.from_arrays(
        graph.vcount(),
        np.ascontiguousarray(ends[:, 0]),
        np.ascontiguousarray(ends[:, 1]),
        keys=[str(name) for name in graph.vs["name"]] if named else None,
        **columns,
    )


def to_scipy(net: Network) -> Any:
    import scipy.sparse

    n = net.enterprises
    # SciPy wants signed indices of one kind; the bits are the same where they fit, so only the offsets may be copied.
    if n < 2**31 and net.links < 2**31:
        columns: Any = net.out_targets.view(np.int32)
        offsets: Any = net.out_offsets.astype(np.int32)
    else:
        columns = net.out_targets.astype(np.int64)
        offsets = net.out_offsets.view(np.int64)
    matrix = scipy.sparse.csr_array((net.out_values, columns, offsets), shape=(n, n), copy=False)
    return matrix


def from_scipy(matrix: Any, keys: Sequence[str] | None) -> Network:
    coo = matrix.tocoo()
    if coo.shape[0] != coo.shape[1]:
        raise ValueError(chosen(f"矩阵应为方阵，而不是 {coo.shape}。", f"The matrix must be square, not {coo.shape}."))
    row, column = coo.coords if hasattr(coo, "coords") else (coo.row, coo.col)
    return Network.from_arrays(
        int(coo.shape[0]),
        np.ascontiguousarray(row, dtype=np.uint32),
        np.ascontiguousarray(column, dtype=np.uint32),
        value=np.ascontiguousarray(coo.data, dtype=np.float64),
        keys=keys,
    )
