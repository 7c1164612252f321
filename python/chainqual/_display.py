"""How things show themselves: aligned text in a terminal, tables and small pictures in a notebook. All text is escaped."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ._text import Text, chosen

if TYPE_CHECKING:
    from ._tables import Table

_STYLE = (
    "border-collapse:collapse;font-variant-numeric:tabular-nums;margin:.3em 0",
    "padding:.15em .7em;text-align:left;border-bottom:1px solid #8884",
    "padding:.15em .7em;text-align:left;border-bottom:2px solid #8888;white-space:nowrap",
)
_COLOURS = {"★★★": "#c0392b", "★★": "#d68910", "★": "#5d6d7e"}


def width(text: str) -> int:
    """Cells that a text takes on a terminal."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def safe(text: str) -> str:
    """A text that cannot drive a terminal: control characters and direction marks are written out."""
    return "".join(
        c if c.isprintable() or c == " " else f"\\x{ord(c):02x}" if ord(c) < 256 else f"\\u{ord(c):04x}" for c in text
    )


def cut(text: str, cells: int) -> str:
    """A text of at most so many cells, ending in … where it was cut."""
    if width(text) <= cells:
        return text
    taken, used = [], 0
    for c in text:
        step = width(c)
        if used + step > cells - 1:
            break
        taken.append(c)
        used += step
    return "".join(taken) + "…"


def text_table(headings: Sequence[str], rows: Sequence[Sequence[str]], cell: int = 28, line: int = 118) -> str:
    """An aligned table; columns that do not fit the line are left out and counted."""
    shown = [[cut(safe(text), cell) for text in row] for row in rows]
    heads = [cut(safe(text), cell) for text in headings]
    widths = [max([width(head)] + [width(row[k]) for row in shown]) for k, head in enumerate(heads)]
    fit, used = 0, 0
    for one in widths:
        if fit and used + one + 2 > line:
            break
        used += one + 2
        fit += 1

    def row_text(cells: Sequence[str]) -> str:
        return "  ".join(text + " " * (widths[k] - width(text)) for k, text in enumerate(cells[:fit])).rstrip()

    left_out = "" if fit == len(heads) else f"  (+{len(heads) - fit})"
    return "\n".join([row_text(heads) + left_out] + [row_text(row) for row in shown])


def stars_html(stars: str) -> str:
    """Stars in the colour of their grade."""
    return f'<span style="color:{_COLOURS.get(stars, "inherit")}">{html.escape(stars)}</span>' if stars else "–"


def bar_svg(share: float, cells: int = 90, colour: str = "#2e86c1") -> str:
    """A small bar for a share, 0 … 1."""
    held = min(1.0, max(0.0, share)) if share == share else 0.0
    return (
        f'<svg width="{cells}" height="10" role="img" aria-label="{held:.1%}">'
        f'<rect width="{cells}" height="10" rx="2" fill="#8883"/>'
        f'<rect width="{held * cells:.1f}" height="10" rx="2" fill="{colour}"/></svg>'
    )


class Html(str):
    """Markup that is not to be escaped again."""


def html_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table; cells are escaped but those that are `Html`."""

    def cell(text: str) -> str:
        if isinstance(text, Html):
            return text
        return stars_html(text) if text in _COLOURS else html.escape(text)

    head = "".join(f'<th style="{_STYLE[2]}">{html.escape(text)}</th>' for text in headings)
    body = "".join(
        "<tr>" + "".join(f'<td style="{_STYLE[1]}">{cell(text)}</td>' for text in row) + "</tr>" for row in rows
    )
    return f'<table style="{_STYLE[0]}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def percent(share: float) -> str:
    """A share as a percentage with one decimal."""
    if share != share:
        return "–"
    return "<0.1%" if 0 < share < 0.0005 else f"{share:.1%}"


_WORDS = {
    "upstream": Text("上游", "upstream"),
    "midstream": Text("中游", "midstream"),
    "downstream": Text("下游", "downstream"),
    "member": Text("骨干企业", "member"),
    "owner": Text("链主企业", "chain owner"),
}


def _cell(value: Any) -> str:
    if isinstance(value, str) and value in _WORDS:
        return str(_WORDS[value])
    return "；".join(value) if isinstance(value, list) else str(value)


def chain_html(title: str, counts: list[list[str]], enterprises: Table) -> str:
    """A chain at a glance: how many rows its tables have, and its first enterprises."""
    table = ""
    if len(enterprises):
        picked = ("id", chosen("name", "name_en"), "stage", "segments", "role", "products")
        rows = [[_cell(enterprises[name][k]) for name in picked] for k in range(len(enterprises))]
        heads = [chosen(str(enterprises.labels[name]), name.removesuffix("_en")) for name in picked]
        table = html_table(heads, rows)
    return f"<b>{html.escape(title)}</b>" + html_table(["", ""], counts) + table


def network_html(degrees: npt.NDArray[np.int64], links: int, memory: int) -> str:
    """A network at a glance: its size, and how many customers its enterprises have."""
    n = len(degrees)
    facts = [
        (chosen("企业", "enterprises"), f"{n:,}"),
        (chosen("供应关系", "links"), f"{links:,}"),
        (chosen("内存", "memory"), f"{memory / 2**20:.1f} MiB"),
        (chosen("每家客户", "customers each"), f"{links / n:.2f}" if n else "–"),
    ]
    rows = [[name, fact] for name, fact in facts]
    if n:
        edges = [0, 1, 2, 4, 8, 16, 32, 64, 1 << 62]
        counts, _ = np.histogram(degrees, bins=edges)
        for low, high, count in zip(edges, edges[1:], counts):
            label = f"{low}" if high == low + 1 else f"{low}+" if high > 64 else f"{low}–{high - 1}"
            bar = Html(bar_svg(float(count) / n) + f" {count:,}")
            rows.append([chosen(f"{label} 家客户", f"with {label} customers"), bar])
    return f"<b>{chosen('网络', 'Network')}</b>" + html_table(["", ""], rows)
