"""The standard's forms, filled from a chain with its registers."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import _chainqual as _native
from ._guards import chain_of, native_of
from ._text import chosen, language
from .indicators import Day, Indicator, IndicatorSheet, dicts_of
from .summaries import GivenLike, SummaryRow, _given

if TYPE_CHECKING:
    from .chain import Chain
    from .evaluation import Evaluation


class Forms:
    """One or more filled forms; they show themselves in a notebook.

    Attributes
    ----------
    html : str
        One page without script or link that prints on A4.

    Examples
    --------
    >>> import chainqual as cq
    >>> form = cq.standard_forms(cq.datasets.advanced_computing(), "C", lang="en")
    >>> form
    <Forms: Table C.1 Library of quality problems>
    >>> len(form.blocks()[0][1])  # two rows of headings, and one for each problem
    30
    """

    __slots__ = ("_native",)

    def __init__(self, native: _native.Forms) -> None:
        self._native = native_of(native, "Forms", "chainqual.standard_forms(…)")

    def __len__(self) -> int:
        return len(self._native.heads())

    @property
    def html(self) -> str:
        """The forms as one HTML page."""
        return self._native.html()

    @property
    def titles(self) -> list[str]:
        """Number and title of each form."""
        return [f"{number} {title}".strip() for number, title, _ in self._native.heads()]

    def blocks(self, form: int = 0) -> list[tuple[str, list[list[str]]]]:
        """What stands on a form: heading and rows of each block; a cell that spans several places stands once.

        Parameters
        ----------
        form : int
            Which of several.

        Returns
        -------
        list of (str, list of rows)

        Examples
        --------
        >>> import chainqual as cq
        >>> forms = cq.standard_forms(cq.datasets.advanced_computing(), "A")
        >>> len(forms.blocks()) > 0
        True
        """
        if not 0 <= form < len(self):
            raise IndexError(chosen(f"只有 {len(self)} 份表单。", f"There are {len(self)} forms only."))
        return self._native.blocks(form)

    def notes(self, form: int = 0) -> list[str]:
        """The small print below a form; of table I.1 how each figure was counted.

        Parameters
        ----------
        form : int
            Which of several.

        Returns
        -------
        list of str

        Examples
        --------
        >>> import chainqual as cq
        >>> chain = cq.datasets.advanced_computing()
        >>> len(cq.standard_forms(chain, "I", first="2026-01-01", last="2026-12-31").notes()) > 0
        True
        """
        if not 0 <= form < len(self):
            raise IndexError(chosen(f"只有 {len(self)} 份表单。", f"There are {len(self)} forms only."))
        return self._native.notes(form)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Writes the forms: ``.xlsx`` (one sheet a form), ``.html``, or ``.pdf`` where Cairo was built in.

        Parameters
        ----------
        path : path

        Returns
        -------
        Path
            Where they were written.

        Raises
        ------
        ValueError
            Another suffix.
        Error
            The file cannot be written; what stood there is unchanged.

        Examples
        --------
        >>> import chainqual as cq
        >>> import tempfile, os
        >>> forms = cq.standard_forms(cq.datasets.advanced_computing(), "A")
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     forms.save(os.path.join(folder, "a.html")).name
        'a.html'
        """
        target = Path(path)
        suffix = target.suffix.lower()
        if suffix == ".xlsx":
            self._native.write_xlsx(os.fspath(target))
        elif suffix == ".html":
            self._native.write_html(os.fspath(target))
        elif suffix == ".pdf":
            self._native.write_pdf(os.fspath(target))
        else:
            raise ValueError(
                chosen(
                    f"表单写成 .xlsx、.html 或 .pdf，而不是 {suffix or '没有后缀的文件'}。",
                    f"Forms are written as .xlsx, .html or .pdf, not {suffix or 'a file without suffix'}.",
                )
            )
        return target

    def __repr__(self) -> str:
        first = self.titles[0]
        more = "" if len(self) == 1 else chosen(f"，共 {len(self)} 份", f", {len(self)} in all")
        return chosen(f"<Forms：{first}{more}>", f"<Forms: {first}{more}>")

    def _repr_html_(self) -> str:
        import html

        return f'<iframe srcdoc="{html.escape(self.html)}" style="width:100%;height:40em;border:0"></iframe>'


def standard_forms(
    chain: Chain,
    which: str,
    *,
    number: str = "",
    day: Day | None = None,
    first: Day | None = None,
    last: Day | None = None,
    given: Mapping[str, GivenLike] | None = None,
    lang: str | None = None,
) -> Forms:
    """Fills one of the standard's forms from a chain's registers. What they do not say stays blank.

    Parameters
    ----------
    chain : Chain
    which : {'A', 'C', 'E', 'F', 'G', 'H', 'I'}
        Application for a consortium, library of problems (C.1), list of projects (E.1), task book, entry of a result
        (G.1), licence agreement, summary (I.1).
    number : str
        Of the project (F), result (G) or licence (H); without it one form for each.
    day : date or str, optional
        A: members of that day; without it those who have not left.
    first, last : date or str, optional
        I: the period; this calendar year by default.
    given : mapping, optional
        I: figures that stand in no register, as `summary_of`.
    lang : {'zh', 'en'}, optional

    Returns
    -------
    Forms

    Raises
    ------
    Error
        No record of that number; a number for a form of the whole chain.

    Examples
    --------
    >>> import chainqual as cq
    >>> chain = cq.datasets.connected_vehicle()
    >>> cq.standard_forms(chain, "F", number="CV-P-01", lang="zh").titles
    ['附录 F 产业链质量攻关项目任务书']
    >>> len(cq.standard_forms(chain, "F"))
    4
    """
    if which.upper().startswith("I") and first is None and last is None:
        year = datetime.date.today().year
        first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    options: dict[str, Any] = {
        "language": language(lang),
        "number": number,
        "day": day,
        "first": first,
        "last": last,
        "given": [_given(field, figure) for field, figure in (given or {}).items()],
    }
    return Forms(_native.standard_forms(chain_of(chain)._native, which, options))


def summary_form(rows: SummaryRow | Iterable[SummaryRow], *, lang: str | None = None) -> Forms:
    """Table I.1 as a form to print, with a line for each row: several periods of a chain, or several chains.

    Parameters
    ----------
    rows : SummaryRow, or iterable of them
        From `summary_of`.
    lang : {'zh', 'en'}, optional

    Returns
    -------
    Forms

    Examples
    --------
    >>> import chainqual as cq
    >>> chain = cq.datasets.advanced_computing()
    >>> years = [cq.summary_of(chain, f"{y}-01-01", f"{y}-12-31", {"jobs": y}) for y in (2025, 2026)]
    >>> any("2025" in cell for _, rows in cq.summary_form(years, lang="en").blocks() for row in rows for cell in row)
    True
    """
    given = [rows] if isinstance(rows, SummaryRow) else list(rows)
    return Forms(_native.summary_form([row._native for row in given], language(lang)))


def indicator_form(
    indicators: Iterable[Indicator],
    sheets: IndicatorSheet | Iterable[IndicatorSheet],
    *,
    today: Day | None = None,
    evaluation: Evaluation | None = None,
    lang: str | None = None,
) -> Forms:
    """Table K.1 as a form to print, one for each sheet: values, findings, what is done about what falls short.

    Indicators without an entry stay blank, to be filled in by hand.

    Parameters
    ----------
    indicators : iterable of Indicator
    sheets : IndicatorSheet, or iterable of them
    today : date or str, optional
        For overdue actions; by default the day of the call.
    evaluation : Evaluation, optional
        Of these sheets in this order: lines tell the total, what it rests on, and by which rules.
    lang : {'zh', 'en'}, optional

    Returns
    -------
    Forms

    Raises
    ------
    Error
        As `judge`; ``out_of_range`` where the evaluation has fewer sheets.

    Examples
    --------
    >>> import chainqual as cq
    >>> sheet = cq.IndicatorSheet("服务器", "2026").fill("conformity_rate", target="99.5", value="99.2")
    >>> form = cq.indicator_form(cq.standard_indicators(), sheet, lang="en")
    >>> any("99.2" in row for _, rows in form.blocks() for row in rows)
    True
    """
    given = [sheets] if isinstance(sheets, IndicatorSheet) else list(sheets)
    day = datetime.date.today() if today is None else today
    scored = None if evaluation is None else evaluation._native
    return Forms(
        _native.indicator_form(
            dicts_of(indicators), [sheet._dict() for sheet in given], day, language(lang), scored
        )
    )
