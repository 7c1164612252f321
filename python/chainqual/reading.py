"""Chains from files."""

from __future__ import annotations

import os
from pathlib import Path

from . import _chainqual as _native
from ._intake import WORKBOOKS
from ._run import Progress, running
from ._text import chosen
from .chain import Chain


def read_chain(
    path: str | os.PathLike[str],
    *,
    repair: bool = False,
    rejects: str | os.PathLike[str] | None = None,
    threads: int | None = None,
    progress: Progress = None,
) -> Chain:
    """Reads a chain: a folder of CSV tables, a ``.json`` file, or a workbook (``.xlsx``, ``.xls``, ``.ods`` …).

    Parameters
    ----------
    path : path
        UTF-8 or GB18030, headings in English or Chinese. Only ``enterprises.csv`` is required in a folder. Of a workbook
        the sheets named like tables are read, as `Chain.from_tables` does; it names no chain and takes no `rejects`.
    repair : bool
        Take safe repairs (full-width digits, case of credit codes); each is a finding of `Chain.validate`.
    rejects : path, optional
        Write rows with errors here, as they stand, and load the rest.

    Returns
    -------
    Chain

    Raises
    ------
    Error
        All errors of all files in `findings`, each with file, row, column, value, rule and fix.

    Examples
    --------
    >>> import chainqual as cq
    >>> cq.read_chain(cq.datasets.folder("connected_vehicle")).name_en
    'Tianjin intelligent connected vehicle chain'
    """
    if not isinstance(path, (str, os.PathLike)):
        kind = type(path).__name__
        raise TypeError(
            chosen(
                f"path 应为文件夹或文件的路径，而不是 {kind}；表格请用 Chain.from_tables。",
                f"path must be that of a folder or file, not {kind}; for tables there is Chain.from_tables.",
            )
        )
    if Path(path).suffix.lower() in WORKBOOKS:
        if rejects is not None:
            raise ValueError(
                chosen(
                    "工作簿没有 rejects：请更正工作簿，或先存成文件夹。",
                    "A workbook has no rejects: mend it, or make a folder of it first.",
                )
            )
        return Chain.from_tables(path, repair=repair, threads=threads, progress=progress)
    where = None if rejects is None else os.fspath(rejects)
    with running(threads, progress, "读取", "reading") as how:
        return Chain._of(*_native.read_chain(os.fspath(path), repair, where, how))


def chain_from_json(
    text: str, *, file: str = "chain.json", repair: bool = False, threads: int | None = None, progress: Progress = None
) -> Chain:
    """Reads a chain from JSON text; `file` is the name that findings show.

    Parameters
    ----------
    text : str
    file : str
        What findings call it.
    repair : bool
        As `read_chain`.

    Returns
    -------
    Chain

    Examples
    --------
    >>> import chainqual as cq
    >>> chain = cq.datasets.advanced_computing()
    >>> cq.chain_from_json(chain.to_json()) == chain
    True
    """
    with running(threads, progress, "读取", "reading") as how:
        return Chain._of(*_native.chain_from_json(text, file, repair, how))
