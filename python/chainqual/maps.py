"""The quality map of a chain."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from . import _chainqual as _native
from ._text import chosen, language

if TYPE_CHECKING:
    from .chain import Chain
    from .report import Report


class QualityMap:
    """A quality map as one self-contained SVG document; it shows itself in a notebook.

    Attributes
    ----------
    svg : str
    """

    __slots__ = ("svg",)

    def __init__(self, svg: str) -> None:
        self.svg = svg

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Writes the map; the suffix must be ``.svg``.

        Examples
        --------
        >>> import chainqual as cq, tempfile, os
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     cq.quality_map(cq.datasets.advanced_computing()).save(os.path.join(folder, "map.svg")).name
        'map.svg'
        """
        target = Path(path)
        if target.suffix.lower() != ".svg":
            raise ValueError(
                chosen(
                    f"产业链图只能写成 .svg，而不是 {target.suffix or '没有后缀的文件'}；浏览器和 Inkscape 可把 SVG 转成 PDF 或 PNG。",
                    f"The map is written as .svg, not {target.suffix or 'a file without suffix'}; a browser or Inkscape "
                    "turns the SVG into PDF or PNG.",
                )
            )
        target.write_text(self.svg, encoding="utf-8")
        return target

    def _repr_svg_(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return chosen(f"<QualityMap：{len(self.svg):,} 字节 SVG>", f"<QualityMap: {len(self.svg):,} bytes of SVG>")


def quality_map(
    chain: Chain,
    report: Report | None = None,
    *,
    lang: str | None = None,
    title: str = "",
    links: bool = True,
    institutions: bool = True,
    problems: bool = True,
) -> QualityMap:
    """The map of a chain: three columns, a lane for each segment, a card for each enterprise, heat from a report.

    Parameters
    ----------
    chain : Chain
    report : Report, optional
        Of this chain; each card then carries its mean loss.
    lang : {'zh', 'en'}, optional
    title : str
        By default the chain's name.
    links, institutions, problems : bool
        What is shown.

    Examples
    --------
    >>> import chainqual as cq
    >>> cq.quality_map(cq.datasets.advanced_computing(), lang="en").svg.startswith("<")
    True
    """
    parts = {"links": links, "institutions": institutions, "problems": problems}
    held = None if report is None else report._native
    return QualityMap(_native.quality_map(chain._native, held, language(lang), title, parts))
