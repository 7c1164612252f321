"""Two languages: the one in use, and texts that know both."""

from __future__ import annotations

import os
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal, cast

Language = Literal["zh", "en"]

_set: ContextVar[Language | None] = ContextVar("chainqual_language", default=None)


def language(lang: str | None = None) -> Language:
    """The language in use, or `lang` where it is given.

    Without `set_language` it is Chinese where the first of ``LC_ALL``, ``LC_MESSAGES`` and ``LANG`` that is set starts
    with ``zh``, as for the program, and English otherwise.

    Parameters
    ----------
    lang : {'zh', 'en'}, optional
        Checked and returned.

    Returns
    -------
    {'zh', 'en'}

    Examples
    --------
    >>> import chainqual as cq
    >>> cq.language("zh")
    'zh'
    """
    if lang is not None:
        if lang not in ("zh", "en"):
            raise ValueError(f"lang must be 'zh' or 'en', not {lang!r}. / lang 只能是 'zh' 或 'en'。")
        return cast(Language, lang)
    chosen = _set.get()
    if chosen is not None:
        return chosen
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable)
        if value:
            return "zh" if value.startswith("zh") else "en"
    return "en"


def set_language(lang: str | None) -> None:
    """Sets the language of messages, tables and maps for this thread or task; ``None`` goes by the locale again.

    Parameters
    ----------
    lang : {'zh', 'en', None}

    Examples
    --------
    >>> import chainqual as cq
    >>> cq.set_language("zh")
    >>> cq.Grade.CRITICAL.label
    '关键'
    >>> cq.set_language(None)
    """
    _set.set(None if lang is None else language(lang))


def chosen(zh: str, en: str) -> str:
    """One of two texts, by the language in use."""
    return zh if language() == "zh" else en


@dataclass(frozen=True)
class Text:
    """A text in both languages; `str` gives the one in use.

    Examples
    --------
    >>> import chainqual as cq
    >>> cq.Text("上游", "upstream").in_("zh")
    '上游'
    """

    zh: str
    en: str

    def in_(self, lang: str | None = None) -> str:
        """The text in `lang`, by default in the language in use.

        Parameters
        ----------
        lang : {'zh', 'en'}, optional

        Returns
        -------
        str

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.Text("链", "chain").in_("zh")
        '链'
        """
        return self.zh if language(lang) == "zh" else self.en

    def __str__(self) -> str:
        return self.in_()

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)
