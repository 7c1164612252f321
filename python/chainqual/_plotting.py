"""What all pictures share: axes, colours, fonts that hold Chinese, texts cut to a width."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BLUE, ORANGE, GREEN, RED, GREY = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#777777"
CHINESE_FONTS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans SC",
    "WenQuanYi Micro Hei",
    "Microsoft YaHei",
    "PingFang SC",
    "SimHei",
    "Noto Sans CJK JP",
)


def axes_of(ax: Axes | None, width: float, height: float, **how: Any) -> Axes:
    """The axes given, or those of a new figure; `how` goes to them."""
    if ax is not None:
        return ax
    try:
        from matplotlib import pyplot
    except ImportError as missing:
        raise ImportError(
            "Pictures need Matplotlib: pip install 'chainqual[plots]'. / 绘图需要 Matplotlib：pip install 'chainqual[plots]'。"
        ) from missing
    made: Axes = pyplot.subplots(figsize=(width, height), layout="constrained", subplot_kw=how or None)[1]
    return made


def chinese_font() -> list[str]:
    """Families for text that may hold Chinese, those that are installed; the default one first."""
    from matplotlib import font_manager, rcParams

    known = {entry.name for entry in font_manager.fontManager.ttflist}
    return [*rcParams["font.sans-serif"][:1], *(name for name in CHINESE_FONTS if name in known)]


def written(ax: Axes) -> None:
    """Gives every text of the axes a font that holds it."""
    from matplotlib.text import Text as Label

    fonts = chinese_font()
    for label in ax.findobj(Label):
        if isinstance(label, Label) and any(ord(c) > 0x2E7F for c in label.get_text()):
            label.set_fontfamily(fonts)


def cut(text: str, wide: int) -> str:
    """The text, shortened to so many columns; a Han character takes two."""
    room = wide
    for k, c in enumerate(text):
        room -= 2 if ord(c) > 0x2E7F else 1
        if room < 0:
            return text[:k].rstrip() + "…"
    return text


def quiet(ax: Axes) -> None:
    """Takes away the lines above and on the right."""
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)


def two_lines(text: str, most: int = 26) -> str:
    """The text in at most two lines of so many columns."""
    head = cut(text, most)
    if head == text:
        return text
    if " " in text:
        words, line = text.split(" "), ""
        while words and len(line) + len(words[0]) < most:
            line += words.pop(0) + " "
        return line.rstrip() + "\n" + cut(" ".join(words), most)
    return head[:-1] + "\n" + cut(text[len(head) - 1 :], most)
