"""How things show themselves: aligned text in a terminal, tables and small pictures in a notebook. All text is escaped."""

from __future__ import annotations

import base64
import html
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ._text import chosen
from ._words import word

if TYPE_CHECKING:
    from ._tables import Table

_STYLE = (
    "border-collapse:collapse;font-variant-numeric:tabular-nums;margin:.3em 0",
    "padding:.15em .7em;text-align:left;border-bottom:1px solid #8884",
    "padding:.15em .7em;text-align:left;border-bottom:2px solid #8888",
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

    def style(text: str) -> str:
        """Short texts without spaces, such as numbers and ids, and bars with their figures stay on one line."""
        whole = isinstance(text, Html) or (len(text) <= 20 and " " not in text)
        return _STYLE[1] + (";white-space:nowrap" if whole else "")

    def head_style(text: str) -> str:
        """Long headings break, so that they do not widen columns of short figures."""
        return _STYLE[2] + (";white-space:nowrap" if width(text) <= 16 else "")

    head = "".join(f'<th style="{head_style(text)}">{html.escape(text)}</th>' for text in headings)
    body = "".join(
        "<tr>" + "".join(f'<td style="{style(text)}">{cell(text)}</td>' for text in row) + "</tr>" for row in rows
    )
    table = f'<table style="{_STYLE[0]}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div style="overflow-x:auto">{table}</div>'


def notes_html(notes: Iterable[object]) -> str:
    """Paragraphs of what a reader must know; empty ones are left out."""
    return "".join(f"<p>{html.escape(str(note))}</p>" for note in notes if note)


def percent(share: float) -> str:
    """A share as a percentage with one decimal."""
    if share != share:
        return "–"
    return "<0.1%" if 0 < share < 0.0005 else f"{share:.1%}"


def named(table: Table, row: int) -> str:
    """A row's name in the language in use, in the other where it has none, else its id."""
    names = chosen("name name_en", "name_en name").split()
    return next((str(table[name][row]) for name in names if table[name][row]), str(table["id"][row]))


MOST_DRAWN = 60
"""Enterprises up to which a chain's map stands below its tables: some 100 KiB, and still legible."""


def picture_html(svg: str, alt: str) -> str:
    """A drawing that nothing of the page around it can change, nor it the page, as wide as there is room for."""
    data = base64.b64encode(svg.encode()).decode("ascii")
    return f'<img alt="{html.escape(alt)}" style="max-width:100%;height:auto" src="data:image/svg+xml;base64,{data}"/>'


def chain_html(
    title: str, counts: list[list[str]], tables: Mapping[str, Table], drawn: str = "", most: int = 12
) -> str:
    """A chain at a glance: rows of its tables, problems by declared grade, enterprises by stage, the first of them, and
    the map that was drawn of it."""
    enterprises, segments, problems = tables["enterprises"], tables["segments"], tables["problems"]
    small = [html_table(["", chosen("行数", "rows")], counts)]
    if len(problems):
        words = ("critical", "important", "general")
        rows = [[word("declared", key) or key, list(problems["declared"]).count(key)] for key in words]
        small.append(_bars(chosen("申报的问题等级", "problems by declared grade"), rows, len(problems), "#c0392b"))
    if len(enterprises):
        words = ("upstream", "midstream", "downstream")
        rows = [[word("stage", key) or key, list(enterprises["stage"]).count(key)] for key in words]
        small.append(_bars(chosen("各阶段企业", "enterprises by stage"), rows, len(enterprises)))
    side = "".join(f'<div style="margin-right:2em">{one}</div>' for one in small)
    head = f'<b>{html.escape(title)}</b><div style="display:flex;flex-wrap:wrap;align-items:flex-start">{side}</div>'
    body = _first_enterprises(enterprises, segments, most) if len(enterprises) else ""
    return head + body + (picture_html(drawn, chosen(f"{title}质量图谱", f"Quality map: {title}")) if drawn else "")


def _bars(heading: str, rows: list[list[Any]], whole: int, colour: str = "#2e86c1") -> str:
    shown = [[name, Html(bar_svg(count / whole, colour=colour) + f" {count:,}")] for name, count in rows]
    return html_table(["", heading], shown)


def _first_enterprises(enterprises: Table, segments: Table, most: int) -> str:
    parts = {str(segments["id"][k]): named(segments, k) for k in range(len(segments))}
    rows = []
    for k in range(min(len(enterprises), most)):
        one = enterprises.row(k)
        within = chosen("；", "; ").join(parts.get(segment, segment) for segment in one["segments"])
        key = [str(one["id"]), named(enterprises, k), word("stage", one["stage"]) or ""]
        rows.append([*key, within, word("role", one["role"]) or "", "；".join(one["products"])])
    picked = ("id", "name", "stage", "segments", "role", "products")
    heads = [chosen(str(enterprises.labels[name]), name) for name in picked]
    return html_table(heads, rows) + more(len(enterprises) - most)


def more(rows: int) -> str:
    """How many rows are not shown."""
    return f"<p>{chosen(f'另有 {rows:,} 行', f'and {rows:,} more')}</p>" if rows > 0 else ""


def size_text(count: int) -> str:
    """Bytes in the unit that leaves one to three digits before the point."""
    amount = float(count)
    for unit in ("bytes", "KiB", "MiB"):
        if amount < 1024:
            return f"{amount:,.0f} {unit}" if unit == "bytes" else f"{amount:.1f} {unit}"
        amount /= 1024
    return f"{amount:.1f} GiB"


def network_html(degrees: npt.NDArray[np.int64], links: int, memory: int) -> str:
    """A network at a glance: its size, and how many customers its enterprises have."""
    n = len(degrees)
    facts = [
        (chosen("企业", "enterprises"), f"{n:,}"),
        (chosen("供应关系", "links"), f"{links:,}"),
        (chosen("内存", "memory"), size_text(memory)),
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
