"""The quality map of a chain or a network: pictures, an interactive page, what changed between two versions."""

from __future__ import annotations

import datetime
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from . import _chainqual as _native
from ._guards import chain_of, report_of
from ._run import running
from ._text import chosen, language

if TYPE_CHECKING:
    from .chain import Chain
    from .network import Network
    from .report import Report
    from .widget import QualityMapWidget

_SUFFIXES = (".html", ".svg", ".pdf", ".png", ".json")


class QualityMap:
    """A quality map, drawn when it is asked for; in a notebook it shows itself as a picture.

    Attributes
    ----------
    svg : str
        The static chart.
    html : str
        The interactive map, one page that asks no network.
    document : dict
        What the interactive map shows.

    Examples
    --------
    >>> import chainqual as cq
    >>> drawn = cq.quality_map(cq.datasets.advanced_computing(), lang="en")
    >>> drawn.svg.startswith("<"), drawn.html.startswith("<!DOCTYPE html>"), drawn.document["format"]
    (True, True, 'chainqual-map')
    """

    __slots__ = ("_before", "_importance", "_look", "_report", "_source", "_svg")

    def __init__(
        self,
        source: Chain | Network,
        report: Report | None,
        before: Chain | None,
        importance: npt.NDArray[np.float64] | None,
        look: tuple[str, str, dict[str, bool]],
    ) -> None:
        self._source = source
        self._report = report
        self._before = before
        self._importance = importance
        self._look = look
        self._svg: str | None = None

    def _made(self, suffix: str, paper: str = "fit", dpi: int = 300, tiles: int = 1) -> bytes:
        from .network import Network

        with running(None, None, "绘图", "drawing") as how:
            if isinstance(self._source, Network):
                return _native.network_map(
                    self._source._native, self._importance, suffix, self._look, (paper, dpi, tiles), how
                )
            report = None if self._report is None else self._report._native
            before = None if self._before is None else self._before._native
            return _native.chain_map(self._source._native, report, before, suffix, self._look, (paper, dpi, tiles), how)

    @property
    def svg(self) -> str:
        """The drawing as SVG text."""
        if self._svg is None:
            self._svg = self._made("svg").decode()
        return self._svg

    @property
    def html(self) -> str:
        """The interactive map as one offline HTML page."""
        return self._made("html").decode()

    @property
    def document(self) -> dict[str, Any]:
        """What the interactive map is made of, as nested dicts and lists."""
        document: dict[str, Any] = json.loads(self._made("json"))
        return document

    def save(
        self, path: str | os.PathLike[str], *, paper: str = "fit", dpi: int = 300, tiles: int = 1
    ) -> Path:
        """Writes the map in the format that the suffix names.

        Parameters
        ----------
        path : path
            ``.html`` (interactive), ``.svg``, ``.pdf``, ``.png`` or ``.json`` (its data).
        paper : {'fit', 'a4', 'a3', 'a2', 'a1', 'a0'}
            Sheet of ``.pdf`` and ``.png``; 'fit' is as large as the drawing.
        dpi : int
            Dots per inch of ``.png``, 30 to 1200.
        tiles : int
            Spreads a ``.pdf`` over so many sheets of `paper` each way, 1 to 8, for text that is too small on one.

        Returns
        -------
        Path
            Where it was written.

        Examples
        --------
        >>> import chainqual as cq, tempfile, os
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     for suffix in ("svg", "html"):
        ...         cq.quality_map(cq.datasets.advanced_computing()).save(os.path.join(folder, "map." + suffix)).name
        'map.svg'
        'map.html'
        """
        target = Path(path)
        suffix = target.suffix.lower()
        if suffix not in _SUFFIXES:
            raise ValueError(
                chosen(
                    f"质量图谱可以写成 {'、'.join(_SUFFIXES)}，而不是 {target.suffix or '没有后缀的文件'}。",
                    f"A map is written as {', '.join(_SUFFIXES)}, not {target.suffix or 'a file without suffix'}.",
                )
            )
        target.write_bytes(self._made(suffix[1:], paper, dpi, tiles))
        return target

    def widget(self, **options: Any) -> QualityMapWidget:
        """The interactive map as a notebook widget; its selection can be read and set. Needs the extra ``widget``.

        Parameters
        ----------
        **options
            As `chainqual.widget.QualityMapWidget`: ``height``.

        Returns
        -------
        QualityMapWidget

        Examples
        --------
        >>> import chainqual as cq
        >>> chosen = cq.quality_map(cq.datasets.advanced_computing()).widget(height=500)
        >>> chosen.height
        500
        """
        from .widget import QualityMapWidget

        return QualityMapWidget(document=self.document, **options)

    def _repr_svg_(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        title = self._look[1] or type(self._source).__name__
        return chosen(f"<QualityMap：{title}>", f"<QualityMap: {title}>")


def quality_map(
    chain: Chain | Network,
    report: Report | None = None,
    *,
    compare: Chain | None = None,
    importance: npt.ArrayLike | None = None,
    lang: str | None = None,
    title: str = "",
    links: bool = True,
    institutions: bool = True,
    problems: bool = True,
) -> QualityMap:
    """The map of a chain: three columns, a lane for each segment, a card for each enterprise, heat from a report.

    Of a network too large to draw, the map shows its segments with their counts and the most important enterprises of
    each, and says what it leaves out.

    Parameters
    ----------
    chain : Chain or Network
    report : Report, optional
        Of this chain; each card then carries its mean loss.
    compare : Chain, optional
        An older version: the map is coloured by what was added, is gone, or changed since.
    importance : array of float [n], optional
        Of a network: by what enterprises are chosen, NaN where it is not known; for example the index of
        `systemic_risk`. By default weight, else traded value.
    lang : {'zh', 'en'}, optional
    title : str
        By default the chain's name.
    links, institutions, problems : bool
        What pictures show.

    Returns
    -------
    QualityMap

    Examples
    --------
    >>> import chainqual as cq
    >>> cq.quality_map(cq.datasets.advanced_computing(), lang="en").svg.startswith("<")
    True
    >>> large = cq.quality_map(cq.generate(5000), lang="en").document["chain"]
    >>> large["enterprises"], large["carried"]["enterprises"], large["chosen_by"]
    (5000, 2000, 'traded_value')
    """
    from .network import Network

    parts = {"links": links, "institutions": institutions, "problems": problems}
    network = isinstance(chain, Network)
    if not network:
        chain_of(chain)
    if report is not None:
        report_of(report)
    if compare is not None:
        chain_of(compare, "compare")
    if network and (report is not None or compare is not None):
        raise TypeError(
            chosen(
                "report 和 compare 属于产业链；网络的图用 importance 选企业。",
                "report and compare belong to a Chain; enterprises of a network are chosen by importance.",
            )
        )
    if not network and importance is not None:
        raise TypeError(
            chosen(
                "importance 属于网络；产业链的图用 report。", "importance belongs to a Network; a Chain takes a report."
            )
        )
    measure = None if importance is None else np.ascontiguousarray(importance, dtype=np.float64)
    made = QualityMap(chain, report, compare, measure, (language(lang), title, parts))
    if report is not None:
        made._svg = made._made("svg").decode()  # a report of another chain is refused here and now
    return made


def compare_maps(before: Chain, after: Chain) -> dict[str, Any]:
    """What changed on the map from one version of a chain to another.

    Parameters
    ----------
    before, after : Chain

    Returns
    -------
    dict
        ``before`` and ``after`` (date, version, content hash), ``counts`` by part and kind, and ``changes``: one entry
        for each thing that was ``added`` or is ``gone``, and for each field that ``changed``, with both values.

    Examples
    --------
    >>> import chainqual as cq
    >>> chain = cq.datasets.advanced_computing()
    >>> cq.compare_maps(chain, chain)["changes"]
    []
    """
    difference: dict[str, Any] = json.loads(
        _native.map_difference(chain_of(before, "before")._native, chain_of(after, "after")._native)
    )
    return difference


def map_update(chain: Chain, today: str | datetime.date | None = None, *, lang: str | None = None) -> dict[str, Any]:
    """When the next map is due and why: the review cycle, and events in the nine watched dimensions.

    Parameters
    ----------
    chain : Chain
    today : date or str, optional
        The day asked for; by default today.
    lang : {'zh', 'en'}, optional

    Returns
    -------
    dict
        ``drawn``, ``cycle_months``, ``due``, ``reasons``, and ``watched``: events, triggers and the last day of each
        dimension since the map was drawn.

    Examples
    --------
    >>> import chainqual as cq
    >>> len(cq.map_update(cq.datasets.advanced_computing(), "2025-06-01")["watched"])
    9
    """
    day = datetime.date.today() if today is None else today
    return _native.map_update(chain_of(chain)._native, str(day), language(lang))
