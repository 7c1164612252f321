"""Why an enterprise loses what it loses, under every model; and what makes enterprises critical."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from . import _chainqual as _native
from ._display import Html, bar_svg, html_table, more, notes_html, percent, safe
from ._guards import network_of
from ._run import Progress, running
from ._tables import Table
from ._text import Text, chosen
from .cascade_model import cascade_options
from .daily import model_options
from .network import EnterpriseLike, Network
from .propagation import Cause, Direction, Floats
from .scenarios import directed_shock_of, disruptions_of, shock_of


@dataclass(frozen=True)
class LossPath:
    """One path along which loss arrives, the source first."""

    enterprises: tuple[str, ...]
    passed: float
    loss: float


@dataclass(frozen=True)
class BindingInput:
    """The supplier (upstream: the customer) through which most of the loss comes; None: nothing arrives."""

    enterprise: str | None
    loss: float
    segment: str | None
    segment_loss: float


@dataclass(frozen=True, repr=False, eq=False)
class Why:
    """Why an enterprise loses what it loses.

    Attributes
    ----------
    enterprise : str
    model, along : str
    loss, own, arrived : float
        Its loss, its own shock, and what its neighbours hand on.
    holds : str
        What holds it down most: nothing, own_shock, arrivals, essential, ordinary, stocks, orders.
    binding : BindingInput
    rule : str
        How the loss was split: superposition (exact), remove_one, alone, equal.
    sources : Table
        Enterprises that the loss comes from: shock, loss, share; the losses sum to the whole.
    paths : tuple of LossPath
    chance, worst : dict or None
        Contagion: Wilson's interval; models with days: the worst day.
    notes : list of Text
    sentence : Text
    names : dict of str to Text
        What the enterprises of the explanation are called, by key, where they have names.
    """

    enterprise: str
    model: str
    along: str
    loss: float
    own: float
    arrived: float
    capped: bool
    holds: str
    binding: BindingInput
    rule: str
    sources: Table
    paths: tuple[LossPath, ...]
    chance: dict[str, Any] | None
    worst: dict[str, Any] | None
    notes: list[Text]
    sentence: Text
    names: dict[str, Text]

    def _called(self, key: str) -> str:
        return str(self.names.get(key, key))

    def _along(self, path: LossPath) -> str:
        """A path in words."""
        return (" → " if self.along == "downstream" else " ← ").join(map(self._called, path.enterprises))

    def _largest(self, count: int) -> list[dict[str, Any]]:
        """Sources that do not read as 0.0 %, but the first in any case."""
        rows = [self.sources.row(k) for k in range(min(count, len(self.sources)))]
        return [row for k, row in enumerate(rows) if k == 0 or row["share"] >= 0.0005]

    def __repr__(self) -> str:
        lines = [f"<Why {self.enterprise}: {percent(self.loss)}> {self.sentence}"]
        sources, paths = self._largest(5), self.paths
        if sources:
            lines.append(chosen("来源（占比）", "sources (share)"))
            lines += [f"  {percent(row['share']):>6}  {self._called(row['source'])}" for row in sources]
        if paths:
            lines.append(chosen("路径（损失）", "paths (loss)"))
            lines += [f"  {percent(path.loss):>6}  {self._along(path)}" for path in paths]
        return "\n".join(safe(line) for line in lines)

    def _repr_html_(self) -> str:
        rows = []
        for row in self._largest(10):
            rows.append(
                [
                    self._called(str(row["source"])),
                    percent(row["shock"]),
                    percent(row["loss"]),
                    Html(bar_svg(row["share"]) + " " + percent(row["share"])),
                ]
            )
        heads = [
            chosen("源头", "source"),
            chosen("自身冲击", "own shock"),
            chosen("带来的损失", "its part"),
            chosen("占比", "share"),
        ]
        paths = [[percent(path.loss), self._along(path)] for path in self.paths]
        return (
            f"<b>{html.escape(self._called(self.enterprise))}</b> {Html(bar_svg(self.loss, colour='#c0392b'))} {percent(self.loss)}"
            f"<p>{html.escape(str(self.sentence))}</p>"
            + html_table(heads, rows)
            + (html_table([chosen("损失", "loss"), chosen("路径", "path")], paths) if paths else "")
            + notes_html(self.notes)
        )


def _key(net: Network, enterprise: int | None) -> str | None:
    return None if enterprise is None or enterprise == 0xFFFFFFFF else net._key_at(enterprise)


def explain(
    cause: Cause,
    enterprise: EnterpriseLike,
    along: Direction = "downstream",
    *,
    paths: int = 3,
    separate_sources: int = 1000,
    threads: int | None = None,
    progress: Progress = None,
) -> Why:
    """The explanation of one enterprise of a result."""
    net = cause.net
    options = {"along": along, "paths": paths, "separate_sources": separate_sources}
    with running(threads, progress, "解释", "explaining") as how:
        found = _native.why(
            network_of(net)._native,
            cause.shock,
            cause.disruptions,
            enterprise,
            {"model": cause.model, **cause.options},
            options,
            how,
        )
    binding = found["binding"]
    segments = net.segments
    segment = binding["segment"]
    sources = found["sources"]
    sources["source"] = [_key(net, int(k)) or chosen("（其余）", "(the rest)") for k in sources["source"]]
    return Why(
        enterprise=net._key_at(found["enterprise"]),
        model=found["model"],
        along=found["along"],
        loss=found["loss"],
        own=found["own"],
        arrived=found["arrived"],
        capped=found["capped"],
        holds=found["holds"],
        binding=BindingInput(
            _key(net, binding["neighbour"]),
            binding["loss"],
            None if segment is None else segments[segment] if segment < len(segments) else str(segment),
            binding["segment_loss"],
        ),
        rule=found["rule"],
        sources=Table(sources, title=Text("损失来源", "where the loss comes from")),
        paths=tuple(
            LossPath(tuple(net._key_at(int(i)) for i in path["enterprises"]), path["passed"], path["loss"])
            for path in found["paths"]
        ),
        chance=found["chance"],
        worst=found["worst"],
        notes=found["notes"],
        sentence=found["sentence"],
        names={net._key_at(int(k)): name for k, name in found["names"].items()},
    )


def why(
    net: Network,
    enterprise: EnterpriseLike,
    scenario: Any,
    *,
    model: Literal["linear", "cascade", "contagion", "distress", "dynamics", "inoperability"] = "linear",
    along: Direction = "downstream",
    paths: int = 3,
    separate_sources: int = 1000,
    threads: int | None = None,
    progress: Progress = None,
    **options: Any,
) -> Why:
    """Why an enterprise loses what it loses under a scenario: sources, paths, a sentence.

    Parameters
    ----------
    net : Network
    enterprise : int or str
    scenario : as the model's function takes it
    model : str
    along : {'downstream', 'upstream'}
    paths : int
        At most so many paths of loss.
    separate_sources : int
        At most so many sources are told apart.
    **options
        Of the model.

    Returns
    -------
    Why

    Examples
    --------
    >>> import chainqual as cq
    >>> net = cq.Network.from_arrays(3, [0, 1], [2, 2], dependency=[0.5, 0.2], keys=["a", "b", "c"])
    >>> found = cq.why(net, "c", {"a": 1.0, "b": 1.0})
    >>> found.sources["source"], round(found.loss, 3)
    (['a', 'b'], 0.7)
    """
    chosen_options = model_options(model, options)
    cause = (
        Cause(net, model, {model: chosen_options[model]}, None, disruptions_of(net, scenario))
        if model in ("dynamics", "inoperability")
        else Cause(
            net,
            model,
            {model: chosen_options[model]},
            directed_shock_of(net, scenario) if model == "cascade" else shock_of(net, scenario),
        )
    )
    return explain(
        cause, enterprise, along, paths=paths, separate_sources=separate_sources, threads=threads, progress=progress
    )


class Criticality:
    """What makes enterprises critical, by every measure at once.

    Attributes
    ----------
    table : Table
        One row an enterprise, by systemic risk: systemic_risk (both directions), risk_downstream, risk_upstream,
        importance (downstream only), betweenness, cut, sole_source (of essential inputs), size, disagree, why.
    betweenness_exact, importance_exists : bool
    disagreements : int
        Enterprises that one measure calls critical and another harmless.
    note : Text
    network : Network
    """

    def __init__(self, net: Network, native: dict[str, Any]) -> None:
        rows = dict(native["rows"])
        self.network = net
        self._ids = rows["enterprise"]
        rows["enterprise"] = [net._key_at(int(k)) for k in self._ids]
        self.table = Table(rows, _LABELS, Text("关键度", "criticality"))
        self.betweenness_exact: bool = native["betweenness_exact"]
        self.betweenness_error: float = native["betweenness_error"]
        self.importance_exists: bool = native["importance_exists"]
        self.disagreements: int = native["disagreements"]
        self.note: Text = native["note"]

    def __len__(self) -> int:
        return len(self.table)

    def __repr__(self) -> str:
        head = chosen(
            f"<Criticality：{len(self)} 家，{self.disagreements} 家各指标不一致>",
            f"<Criticality of {len(self)} enterprises; measures disagree about {self.disagreements}>",
        )
        return head + "\n" + repr(_picked(self.table)).split("\n", 1)[1]

    def _repr_html_(self) -> str:
        shown = _picked(self.table.head(20))
        rows = []
        for k in range(len(shown)):
            row = shown.row(k)
            rows.append(
                [str(row["enterprise"]), self._name(k)]
                + [Html(bar_svg(row["systemic_risk"]) + " " + percent(row["systemic_risk"]))]
                + [percent(row["risk_downstream"]), percent(row["risk_upstream"]), percent(row["importance"])]
                + [percent(row["betweenness"]), str(row["cut"]), str(row["sole_source"])]
                + [f"{row['size']:.4g}", "≠" if row["disagree"] else ""]
            )
        heads = [str(_LABELS[name]) for name in shown.columns]
        return html_table([heads[0], chosen("名称", "name"), *heads[1:]], rows) + more(len(self) - len(shown)) + notes_html([self.note])

    def _name(self, row: int, lang: str | None = None) -> str:
        """What the enterprise of a row of the table is called."""
        return self.network._name_at(int(self._ids[row]), lang)


def _picked(table: Table) -> Table:
    left_out = ("final_cut", "joint", "own_concentration", "why")
    names = [name for name in _LABELS if name not in left_out]
    return Table({name: table[name] for name in names}, table.labels, table.title)


_LABELS = {
    "enterprise": Text("企业", "enterprise"),
    "systemic_risk": Text("系统风险", "systemic risk"),
    "risk_downstream": Text("系统风险（向下游）", "systemic risk, downstream"),
    "risk_upstream": Text("系统风险（向上游）", "systemic risk, upstream"),
    "importance": Text("线性重要度（向下游）", "linear importance, downstream"),
    "betweenness": Text("介数", "betweenness"),
    "cut": Text("断供企业数", "enterprises cut off"),
    "final_cut": Text("断供终端企业数", "final ones cut off"),
    "sole_source": Text("独家供应的必需投入数", "essential inputs supplied alone"),
    "joint": Text("割点", "joint"),
    "own_concentration": Text("自身供方集中度", "own concentration"),
    "size": Text("规模", "size"),
    "disagree": Text("指标不一致", "measures disagree"),
    "why": Text("说明", "why"),
}


def criticality(
    net: Network,
    *,
    essentiality: Any = "essential",
    tolerance: float = 0.01,
    substitution: bool | Literal["none", "sector", "market"] = False,
    sectors: npt.NDArray[np.uint32] | None = None,
    revenue: Floats | None = None,
    final_demand: Floats | None = None,
    cost: Floats | None = None,
    weight: Floats | None = None,
    exact_betweenness: int = 20_000,
    sampling_error: float = 0.01,
    sampling_failure: float = 0.1,
    seed: int = 1,
    high: float = 0.9,
    low: float = 0.5,
    threads: int | None = None,
    progress: Progress = None,
) -> Criticality:
    """Every measure that ranks enterprises, in one table, and where they disagree.

    Parameters
    ----------
    net : Network
    essentiality, tolerance, substitution, sectors, revenue, final_demand, cost, weight
        Of the cascade; see `cascade`.
    exact_betweenness : int
        Exact for networks of up to so many enterprises, else sampled to `sampling_error`.
    sampling_error, sampling_failure, seed : float, float, int
        As `sampled_betweenness`: error, failure, seed.
    high, low : float
        Standings at which a measure calls an enterprise critical or harmless.

    Returns
    -------
    Criticality

    Examples
    --------
    >>> import chainqual as cq
    >>> found = cq.criticality(cq.datasets.advanced_computing().network())
    >>> len(found), found.betweenness_exact
    (11, True)
    """
    cascade = cascade_options(
        net, essentiality, tolerance, substitution, sectors, revenue, final_demand, cost, None, weight, 10_000
    )
    options = {
        "risk": {"cascade": cascade},
        "exact_betweenness": exact_betweenness,
        "sampling": {"error": sampling_error, "failure": sampling_failure, "seed": seed},
        "high": high,
        "low": low,
    }
    with running(threads, progress, "计算关键度", "criticality") as how:
        return Criticality(net, _native.criticality(network_of(net)._native, options, how))
