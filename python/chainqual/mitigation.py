"""Measures against losses, chosen under a budget."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Union

from . import _chainqual as _native
from ._guards import chain_of
from ._run import Progress, running
from ._tables import Table
from ._text import Text, chosen
from .daily import model_options
from .scenarios import ScenarioLike, scenario_json

if TYPE_CHECKING:
    from .chain import Chain

MeasuresLike = Union[Mapping[str, Any], Sequence[Mapping[str, Any]], str, "os.PathLike[str]"]


def _measures_json(measures: MeasuresLike) -> str:
    if isinstance(measures, os.PathLike):
        return _native.read_measures(os.fspath(measures))
    if isinstance(measures, str):
        if measures.lstrip()[:1] in ("{", "["):
            return _native.measures(measures, "measures.json")
        return _native.read_measures(measures)
    document: Any = (
        measures if isinstance(measures, Mapping) and "measures" in measures else {"measures": list(measures)}
    )
    return _native.measures(json.dumps(document, ensure_ascii=False), "measures")


def read_measures(path: str | os.PathLike[str]) -> list[dict[str, Any]]:
    """The measures of a JSON file as dicts, checked.

    Parameters
    ----------
    path : path

    Returns
    -------
    list of dict

    Examples
    --------
    >>> import chainqual as cq
    >>> import json, tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "measures.json")
    ...     stock = {"name": "stock", "cost": 3, "stock": {"enterprise": "a", "days": 30}}
    ...     _ = file.write_text(json.dumps({"measures": [stock]}))
    ...     cq.read_measures(file)[0]["name"]
    'stock'
    """
    return list(json.loads(_native.read_measures(os.fspath(path)))["measures"])


def suggest_measures(
    chain: Chain,
    *,
    projects: bool = True,
    alternates: bool = True,
    same_product: bool = True,
    most_alternates: int = 3,
    share: float = 0.5,
    stock_days: float = 0,
    effect: float = 1,
    threads: int | None = None,
    progress: Progress = None,
) -> list[dict[str, Any]]:
    """Measures that the chain itself suggests: open projects, alternates for inputs of a single source, stocks.

    Parameters
    ----------
    chain : Chain
    projects, alternates : bool
    same_product : bool
        Alternates must list the product; False: its segment is enough.
    most_alternates : int
        For one input.
    share : float
        That an alternate takes over.
    stock_days : float
        For customers with an input of a single source; 0: none.
    effect : float
        Of projects.

    Returns
    -------
    list of dict
        None is priced but projects whose budget is known; give the others a "cost" before `mitigate`.

    Examples
    --------
    >>> import chainqual as cq
    >>> len(cq.suggest_measures(cq.datasets.advanced_computing())) > 0
    True
    """
    options = {
        "projects": projects,
        "alternates": alternates,
        "same_product": same_product,
        "most_alternates": most_alternates,
        "share": share,
        "stock_days": stock_days,
        "effect": effect,
    }
    with running(threads, progress, "建议措施", "suggesting measures") as how:
        text = _native.suggest_measures(chain_of(chain)._native, options, how)
    return list(json.loads(text)["measures"]) if text else []


@dataclass(frozen=True, eq=False, repr=False)
class Mitigation:
    """What to spend a budget on.

    Attributes
    ----------
    chosen : Table
        In order: measure (place in the list), name, cost, avoided, spent, loss left.
    outcomes : Table
        Every measure: fate, cost, what it avoids by itself, why not.
    frontier : Table
        Loss avoided against money spent.
    loss_before, loss_after, avoided, budget, spent : float
    optimal : bool
        No affordable set avoids more.
    guarantee, bound : float or None
        What is proved of the choice.
    note : Text
    """

    chosen: Table
    outcomes: Table
    frontier: Table
    model: str
    scenarios: int
    weight: float
    loss_before: float
    loss_after: float
    avoided: float
    budget: float
    spent: float
    frontier_exact: bool
    returns: str
    found_by: str
    optimal: bool
    guarantee: float | None
    bound: float | None
    runs: int
    sets: int
    note: Text

    def __repr__(self) -> str:
        head = chosen(
            f"<Mitigation：{len(self.chosen)} 项措施，花费 {self.spent:g} / {self.budget:g}，避免损失 {self.avoided:.4g} / {self.loss_before:.4g}>",
            f"<Mitigation: {len(self.chosen)} measures for {self.spent:g} of {self.budget:g} avoid {self.avoided:.4g} of "
            f"{self.loss_before:.4g}>",
        )
        return f"{head}\n{self.note}\n{self.chosen!r}"

    def _repr_html_(self) -> str:
        import html

        return (
            f"<b>{html.escape(repr(self).splitlines()[0][1:-1])}</b><p>{html.escape(str(self.note))}</p>"
            + self.chosen._repr_html_()
        )


def _name_of(measure: Mapping[str, Any]) -> str:
    name = chosen(measure.get("name") or "", measure.get("name_en") or measure.get("name") or "")
    if name:
        return str(name)
    if "alternate" in measure:
        a = measure["alternate"]
        return f"{a['alternate']} → {a['customer']}"
    if "stock" in measure:
        return f"{measure['stock']['enterprise']} +{measure['stock']['days']:g} d"
    project = measure.get("project", {})
    return str(project.get("number") or ", ".join(project.get("problems", [])))


def mitigate(
    chain: Chain,
    budget: float,
    measures: MeasuresLike | None = None,
    *,
    scenarios: ScenarioLike | None = None,
    model: Literal["linear", "cascade", "contagion", "distress", "dynamics", "inoperability"] = "linear",
    model_arguments: Mapping[str, Any] | None = None,
    counted: Literal["downstream", "upstream", "combined"] = "combined",
    scenario_weight: Sequence[float] = (),
    cost_alternate: float | None = None,
    cost_stock_day: float | None = None,
    method: Literal["automatic", "greedy", "exact"] = "automatic",
    threads: int | None = None,
    progress: Progress = None,
) -> Mitigation:
    """Chooses measures that avoid most loss under a budget.

    Parameters
    ----------
    chain : Chain
    budget : float
        10 000 yuan; may be infinite.
    measures : list of dicts, dict, JSON text or path, optional
        By default `suggest_measures`; those without a cost are left out.
    scenarios : optional
        By default each registered problem is one.
    model, model_arguments : str, mapping
    counted : {'downstream', 'upstream', 'combined'}
    scenario_weight : sequence of float
    cost_alternate, cost_stock_day : float, optional
        For measures without a cost of their own.
    method : {'automatic', 'greedy', 'exact'}

    Returns
    -------
    Mitigation

    Examples
    --------
    >>> import chainqual as cq
    >>> chain = cq.datasets.advanced_computing()
    >>> priced = [{**measure, "cost": 40} for measure in cq.suggest_measures(chain)]
    >>> plan = cq.mitigate(chain, 100, priced)
    >>> plan.spent, len(plan.chosen), plan.loss_after < plan.loss_before
    (80.0, 2, True)
    """
    text = _measures_json(suggest_measures(chain) if measures is None else measures)
    names = [_name_of(one) for one in json.loads(text)["measures"]]
    options = {
        "budget": budget,
        "model": model_options(model, dict(model_arguments or {})),
        "counted": counted,
        "scenario_weight": [float(w) for w in scenario_weight],
        "cost_alternate": cost_alternate,
        "cost_stock_day": cost_stock_day,
        "method": method,
    }
    against = None if scenarios is None else scenario_json(scenarios)
    with running(threads, progress, "选择措施", "choosing measures") as how:
        found = _native.mitigate(chain_of(chain)._native, text, against, options, how)
    picked = dict(found["chosen"])
    picked = {"name": [names[int(k)] for k in picked["measure"]], **picked}
    outcomes = found["outcomes"]
    return Mitigation(
        chosen=Table(picked, title=Text("入选措施", "chosen measures")),
        outcomes=Table(
            {
                "name": names,
                "fate": [one["fate"] for one in outcomes],
                "cost": [one["cost"] for one in outcomes],
                "avoided_alone": [one["avoided_alone"] for one in outcomes],
                "why": [str(one["why"]) for one in outcomes],
            },
            title=Text("各项措施", "all measures"),
        ),
        frontier=Table(
            {"spent": found["frontier"]["spent"], "avoided": found["frontier"]["worth"]},
            title=Text("花费与避免的损失", "loss avoided for the money"),
        ),
        **{
            key: found[key]
            for key in (
                "model",
                "scenarios",
                "weight",
                "loss_before",
                "loss_after",
                "avoided",
                "budget",
                "spent",
                "frontier_exact",
                "returns",
                "found_by",
                "optimal",
                "guarantee",
                "bound",
                "runs",
                "sets",
                "note",
            )
        },
    )
