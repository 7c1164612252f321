"""What every propagation model gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import numpy as np
import numpy.typing as npt

from ._display import Html, bar_svg, html_table, notes_html, percent, safe
from ._tables import Table
from ._text import Text, chosen
from .network import EnterpriseLike, Network

if TYPE_CHECKING:
    from .explain import Why

Floats = npt.NDArray[np.float64]
Direction = Literal["downstream", "upstream"]

_MODELS = {
    "linear": Text("线性依赖模型", "linear dependency"),
    "cascade": Text("广义列昂惕夫级联模型", "generalised Leontief cascade"),
    "contagion": Text("独立级联传染模型", "independent cascade contagion"),
    "distress": Text("困境排序模型", "DebtRank distress"),
    "dynamics": Text("库存动态仿真模型", "inventory dynamics"),
    "inoperability": Text("动态不可运行性模型", "dynamic inoperability"),
}


@dataclass(frozen=True)
class Cause:
    """What a result was computed from: enough to explain it."""

    net: Network
    model: str
    options: dict[str, Any]
    shock: Any = None
    disruptions: list[dict[str, Any]] | None = None


@dataclass(frozen=True, repr=False, eq=False)
class Propagation:
    """Losses by enterprise: shares of its working, 0 … 1.

    Attributes
    ----------
    downstream, upstream, combined : float64 array [n]
        Handed on by suppliers, by customers, and both; a direction that a model does not know is empty.
    index_downstream, index_upstream, index : float
        Weighted means over all enterprises.
    steps : int
        Steps, sweeps or days taken.
    last_change : float
        Largest change of a loss in the last step.
    converged : bool
    """

    downstream: Floats
    upstream: Floats
    combined: Floats
    index_downstream: float
    index_upstream: float
    index: float
    steps: int
    last_change: float
    converged: bool
    cause: Cause = field(kw_only=True)

    @property
    def network(self) -> Network:
        """The network that it was computed on."""
        return self.cause.net

    @property
    def model(self) -> str:
        """Name of the model."""
        return self.cause.model

    def why(self, enterprise: EnterpriseLike, *, along: Direction = "downstream", **options: Any) -> Why:
        """Why an enterprise loses what it loses: sources, paths, a sentence. See `chainqual.why`.

        Parameters
        ----------
        enterprise : int or str
        along : {'downstream', 'upstream'}
        **options
            paths, separate_sources, threads, progress of `chainqual.why`.

        Returns
        -------
        Why

        Examples
        --------
        >>> import chainqual as cq
        >>> net = cq.Network.from_arrays(2, [0], [1], dependency=[0.5], keys=["a", "b"])
        >>> cq.linear(net, {"a": 0.6}).why("b").sources["source"]
        ['a']
        """
        from .explain import explain

        return explain(self.cause, enterprise, along, **options)

    def table(self, top: int | None = None) -> Table:
        """Losses by enterprise, largest combined loss first; all of them, or the `top` first.

        Parameters
        ----------
        top : int, optional

        Returns
        -------
        Table

        Examples
        --------
        >>> import chainqual as cq
        >>> net = cq.Network.from_arrays(2, [0], [1], dependency=[0.5], keys=["a", "b"])
        >>> cq.linear(net, {"a": 0.6}).table(top=1)["enterprise"]
        ['a']
        """
        n = len(self.combined)
        order = self._order()[: n if top is None else top]
        columns: dict[str, Any] = {"enterprise": [self.network._key_at(int(i)) for i in order]}
        for name in ("downstream", "upstream", "combined"):
            losses = getattr(self, name)
            if len(losses) == n:
                columns[name] = losses[order]
        labels = {
            "enterprise": Text("企业", "enterprise"),
            "downstream": Text("向下游损失", "downstream"),
            "upstream": Text("向上游损失", "upstream"),
            "combined": Text("综合损失", "combined"),
        }
        return Table(columns, labels, _MODELS.get(self.model))

    def _order(self) -> npt.NDArray[np.intp]:
        """Enterprises, largest combined loss first."""
        return np.argsort(-self.combined, kind="stable")

    def _head(self) -> str:
        name = str(_MODELS.get(self.model, self.model))
        hit = int(np.count_nonzero(self.combined))
        return chosen(
            f"{name}：链损失 {percent(self.index)}，{hit} 家受损",
            f"{name}: {percent(self.index)} of the chain lost, {hit} enterprise{'s' * (hit != 1)} hit",
        )

    def _to_know(self) -> list[Text]:
        """What a reader of the losses must know, where there is something."""
        return []

    def __repr__(self) -> str:
        body = repr(self.table(8)).split("\n", 1)[1] if len(self.combined) else ""
        said = "".join(f"\n· {safe(str(text))}" for text in self._to_know())
        return f"<{type(self).__name__} · {self._head()}>\n{body}{said}"

    def _repr_html_(self) -> str:
        import html

        shown = self.table(15)
        names = [name for name in shown.columns if name != "enterprise"]
        rows = [
            [str(shown["enterprise"][k]), self.network._name_at(int(i)), Html(bar_svg(float(shown["combined"][k])))]
            + [percent(float(shown[name][k])) for name in names]
            for k, i in enumerate(self._order()[: len(shown)])
        ]
        heads = [str(shown.labels["enterprise"]), chosen("名称", "name"), ""] + [str(shown.labels[name]) for name in names]
        return f"<b>{html.escape(self._head())}</b>" + html_table(heads, rows) + notes_html(self._to_know())


P = TypeVar("P", bound=Propagation)


def made(kind: type[P], native: Mapping[str, Any], cause: Cause, **more: Any) -> P:
    """A result out of what the extension gave: the members that the class has."""
    names = {one.name for one in fields(kind)} - {"cause"}
    return kind(**{key: value for key, value in {**native, **more}.items() if key in names}, cause=cause)


def given_only(values: Mapping[str, Any]) -> dict[str, Any]:
    """The options that were given."""
    return {key: value for key, value in values.items() if value is not None}
