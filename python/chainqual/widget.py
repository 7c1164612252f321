"""The interactive quality map in a notebook. Needs ``anywidget``: ``pip install chainqual[widget]``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ._text import chosen

try:
    import anywidget
    import traitlets
except ImportError as missing:
    raise ImportError(
        chosen(
            "笔记本里的交互图谱要用 anywidget：pip install chainqual[widget]",
            "The interactive map in a notebook needs anywidget: pip install chainqual[widget]",
        )
    ) from missing

_KINDS = {
    "enterprise": ("enterprises", "id"),
    "segment": ("segments", "id"),
    "problem": ("problems", "number"),
    "project": ("projects", "number"),
    "result": ("results", "number"),
}
_STAGES = ("upstream", "midstream", "downstream")


class QualityMapWidget(anywidget.AnyWidget):  # type: ignore[misc]
    """The interactive map, two-way: what is chosen in it is `selected`, and setting `selected` chooses it there.

    Made by `QualityMap.widget`.

    Attributes
    ----------
    selected : dict or None
        ``{"kind": "enterprise", "key": id}``; kinds are enterprise, segment, stage, link, institution, problem,
        project and result, keys their ids, numbers or names of stages; an institution's is its name, a link's
        ``"supplier → customer：product"`` with ids, as in tables of changes. May be observed:
        ``widget.observe(act, "selected")``.
    height : int
        Pixels.

    Examples
    --------
    >>> import chainqual as cq
    >>> chain = cq.datasets.advanced_computing()
    >>> widget = cq.quality_map(chain).widget(height=500)
    >>> widget.select("stage", "upstream")
    >>> widget.selected
    {'kind': 'stage', 'key': 'upstream'}
    """

    _esm = Path(__file__).parent / "static" / "quality_map.js"
    document = traitlets.Unicode().tag(sync=True)
    selected = traitlets.Dict(default_value=None, allow_none=True).tag(sync=True)
    height = traitlets.Int(640).tag(sync=True)

    def __init__(self, document: Mapping[str, Any], **options: Any) -> None:
        self._things = {
            kind: frozenset(str(one[key]) for one in document[name] if one[key] is not None)
            for kind, (name, key) in _KINDS.items()
        }
        self._things["stage"] = frozenset(_STAGES)
        self._things["institution"] = frozenset(
            one["name"]["zh"] or one["name"]["en"] for one in document["institutions"]
        )
        ids = [one["id"] for one in document["enterprises"]]
        self._things["link"] = frozenset(
            f"{ids[supplier]} → {ids[customer]}" + (f"：{product}" if product else "")
            for supplier, customer, _, _, product in document["links"]
        )
        super().__init__(document=json.dumps(document, ensure_ascii=False), **options)

    def select(self, kind: str, key: str) -> None:
        """Chooses a thing on the map; `traitlets.TraitError` where the map has none of that kind and key.

        Parameters
        ----------
        kind : {'enterprise', 'segment', 'stage', 'link', 'institution', 'problem', 'project', 'result'}
        key : str
            Its id, number or name, as in `selected`.
        """
        self.selected = {"kind": kind, "key": key}

    @traitlets.validate("selected")  # type: ignore[untyped-decorator]
    def _known(self, proposal: Mapping[str, Any]) -> Any:
        value = proposal["value"]
        if value is None:
            return None
        kind, key = value.get("kind"), value.get("key")
        if key not in self._things.get(kind, ()):
            raise traitlets.TraitError(
                chosen(
                    f"图上没有 {kind!r} {key!r}。selected 是 None 或 {{'kind': 'enterprise', 'key': 编号}}。",
                    f"The map has no {kind!r} {key!r}. selected is None or {{'kind': 'enterprise', 'key': id}}.",
                )
            )
        return {"kind": kind, "key": key}
