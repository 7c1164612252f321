"""Shocks, disruptions and scenarios."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Union

import numpy as np
import numpy.typing as npt

from . import _chainqual as _native
from ._guards import chain_of, network_of
from ._text import chosen
from .network import EnterpriseLike, Network

if TYPE_CHECKING:
    from .chain import Chain

PERMANENT = 0xFFFFFFFF
"""Duration of a disruption that never heals; None means the same."""

ScenarioLike = Union[Mapping[str, Any], Sequence[Mapping[str, Any]], str, "os.PathLike[str]"]


@dataclass(frozen=True)
class Recovery:
    """How a disruption heals after its days at full magnitude.

    Attributes
    ----------
    kind : {'step', 'linear', 'exponential', 's_curve', 'table'}
    days : float
        Length for linear, exponential and s_curve.
    table : sequence of float
        Shares of the magnitude still lost, one a day, for the kind 'table'.
    """

    kind: Literal["step", "linear", "exponential", "s_curve", "table"] = "step"
    days: float = 0.0
    table: Sequence[float] = ()

    def _native(self) -> dict[str, Any]:
        return {"kind": self.kind, "days": self.days, "table": [float(share) for share in self.table]}


@dataclass(frozen=True)
class Disruption:
    """One enterprise that loses capacity for some days.

    Attributes
    ----------
    enterprise : int or str
        Number, id, credit code or name.
    magnitude : float
        Share of capacity lost, 0 … 1.
    start, duration : int
        First day from 0, and days at full magnitude; None: it never heals.
    recovery : Recovery
    """

    enterprise: EnterpriseLike
    magnitude: float = 1.0
    start: int = 0
    duration: int | None = 1
    recovery: Recovery = field(default_factory=Recovery)

    def _native(self, net: Network) -> dict[str, Any]:
        if not isinstance(self.recovery, Recovery):
            raise TypeError(
                chosen(
                    f"recovery 应为 Recovery，例如 Recovery('linear', 10)，而不是 {self.recovery!r}。",
                    f"recovery must be a Recovery, such as Recovery('linear', 10), not {self.recovery!r}.",
                )
            )
        return {
            "enterprise": net.id(self.enterprise),
            "magnitude": self.magnitude,
            "start": self.start,
            "duration": PERMANENT if self.duration is None else self.duration,
            "recovery": self.recovery._native(),
        }


@dataclass(frozen=True)
class PlacedScenario:
    """A scenario on the enterprises of one chain, as models take it.

    Attributes
    ----------
    name, name_en : str
    shock : float64 array [n]
        All shocks at full magnitude, for models without days.
        Where shocks differ by direction, the larger of the two.
    disruptions : tuple of Disruption
        For models with days; likewise.
    directions : tuple of two float64 arrays [n], or None
        Where shocks differ by direction: as suppliers (downstream) and as customers (upstream). `cascade` alone takes
        them.
    """

    name: str
    name_en: str
    shock: npt.NDArray[np.float64]
    disruptions: tuple[Disruption, ...]
    directions: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]] | None = None

    def __repr__(self) -> str:
        struck = int(np.count_nonzero(self.shock))
        return f"<PlacedScenario {self.name_en or self.name!r}: {struck} enterprises struck>"


def scenario_json(scenario: ScenarioLike) -> str:
    """Scenarios as the JSON text that the library reads: from a dict, a list of dicts, JSON text or a path."""
    if isinstance(scenario, os.PathLike):
        return str(_native.read_scenarios(os.fspath(scenario)))
    if isinstance(scenario, str):
        if scenario.lstrip()[:1] in ("{", "["):
            return str(_native.scenarios(scenario, "scenario.json"))
        return str(_native.read_scenarios(scenario))
    document: Any = scenario if isinstance(scenario, Mapping) else {"scenarios": list(scenario)}
    return str(_native.scenarios(json.dumps(document, ensure_ascii=False), "scenario"))


def read_scenarios(path: str | os.PathLike[str]) -> list[dict[str, Any]]:
    """The scenarios of a JSON file as dicts, checked.

    Parameters
    ----------
    path : path

    Returns
    -------
    list of dict

    Raises
    ------
    Error
        All errors of the document, with line and place.

    Examples
    --------
    >>> import chainqual as cq
    >>> import json, tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "flood.json")
    ...     _ = file.write_text(json.dumps({"name": "flood", "shocks": [{"region": "120000", "magnitude": 0.5}]}))
    ...     cq.read_scenarios(file)[0]["name"]
    'flood'
    """
    found: Any = json.loads(_native.read_scenarios(os.fspath(path)))
    return list(found["scenarios"]) if "scenarios" in found else [found]


def place(chain: Chain, scenario: ScenarioLike) -> list[PlacedScenario]:
    """Where scenarios fall on a chain: every enterprise that a product, segment, region, problem … means.

    Parameters
    ----------
    chain : Chain
    scenario : dict, list of dicts, JSON text, or path of a JSON file
        A scenario has "name" and "shocks"; a shock names its target by one of enterprise, link, product, segment,
        sector, stage, region and problem, and has magnitude, start, duration and recovery; for `cascade`
        magnitude_downstream (as a supplier) and magnitude_upstream (as a customer) may differ.

    Returns
    -------
    list of PlacedScenario

    Raises
    ------
    Error
        ``unknown_reference`` for every name that the chain does not hold, with the nearest.

    Examples
    --------
    >>> import chainqual as cq
    >>> chain = cq.datasets.advanced_computing()
    >>> flood = {"name": "flood", "shocks": [{"region": "天津", "magnitude": 0.5, "duration": 14}]}
    >>> int((cq.place(chain, flood)[0].shock > 0).sum()) > 0
    True
    """
    made = []
    found = _native.place(chain_of(chain)._native, scenario_json(scenario), {})
    for name, name_en, shock, disruptions, directions in found:
        placed = tuple(
            Disruption(
                one["enterprise"],
                one["magnitude"],
                one["start"],
                None if one["duration"] == PERMANENT else one["duration"],
                Recovery(one["recovery"]["kind"], one["recovery"]["days"], tuple(one["recovery"]["table"].tolist())),
            )
            for one in disruptions
        )
        made.append(PlacedScenario(name, name_en, shock, placed, directions))
    return made


Shock = Union[PlacedScenario, Mapping[Any, float], "npt.NDArray[np.float64]", Sequence[float]]
Disruptions = Union[PlacedScenario, Sequence[Disruption], Mapping[Any, float], "npt.NDArray[np.float64]"]


def _alike(scenario: PlacedScenario) -> PlacedScenario:
    """The scenario, whose shocks must not differ by direction."""
    if scenario.directions is not None:
        raise ValueError(
            chosen(
                "情景中有冲击按方向给出了不同的幅度，只有 cascade 模型区分方向。请改用 cascade，或只写 magnitude。",
                "The scenario holds shocks that differ by direction, which only the cascade tells apart. Use cascade, or "
                "give one magnitude.",
            )
        )
    return scenario


def directed_shock_of(net: Network, shock: Shock) -> Any:
    """A shock of every enterprise, for the cascade: a tuple of two where the directions differ."""
    if isinstance(shock, PlacedScenario) and shock.directions is not None:
        network_of(net)
        return shock.directions
    return shock_of(net, shock)


def shock_of(net: Network, shock: Shock) -> Any:
    """A shock of every enterprise, for models without days."""
    network_of(net)
    if isinstance(shock, PlacedScenario):
        return _alike(shock).shock
    if shock is None or isinstance(shock, (str, bytes, int, float)):
        raise TypeError(
            chosen(
                f"冲击应为 {{企业: 份额}} 的字典、PlacedScenario，或 {net.enterprises} 个 float64 的数组，而不是 {shock!r}。",
                f"A shock is a mapping such as {{enterprise: share}}, a PlacedScenario, or a float64 array of "
                f"{net.enterprises}, not {shock!r}.",
            )
        )
    return net.shock(shock)


def disruptions_of(net: Network, disruptions: Disruptions) -> list[dict[str, Any]]:
    """Disruptions as the extension takes them; a shock lasts for ever."""
    network_of(net)
    if isinstance(disruptions, PlacedScenario):
        return [one._native(net) for one in _alike(disruptions).disruptions]
    if isinstance(disruptions, Disruption):
        return [disruptions._native(net)]
    if isinstance(disruptions, (list, tuple)) and all(isinstance(one, Disruption) for one in disruptions):
        return [one._native(net) for one in disruptions]
    mixed = isinstance(disruptions, (list, tuple)) and any(not isinstance(one, (int, float)) for one in disruptions)
    shock = np.empty(0) if mixed or disruptions is None else np.asarray(net.shock(disruptions))
    if shock.dtype != np.float64 or shock.shape != (net.enterprises,):
        raise TypeError(
            chosen(
                f"disruptions 应为 Disruption 的列表、字典，或 {net.enterprises} 个 float64 的数组。",
                f"disruptions must be a list of Disruption, a mapping, or a float64 array of {net.enterprises}.",
            )
        )
    struck = np.flatnonzero(shock)
    return [Disruption(int(i), float(shock[i]), 0, None)._native(net) for i in struck]
