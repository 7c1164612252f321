"""The two chains that are shipped, entered from public plans of Tianjin.

Each row says where it comes from. Supply links are marked documented or inferred, and the experts' scores, which the
plans do not give, are marked illustrative.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..chain import Chain

NAMES = ("advanced_computing", "connected_vehicle")


def folder(name: str) -> Path:
    """Where the tables of a shipped chain lie.

    Parameters
    ----------
    name : {'advanced_computing', 'connected_vehicle'}

    Returns
    -------
    Path

    Examples
    --------
    >>> import chainqual as cq
    >>> (cq.datasets.folder("advanced_computing") / "enterprises.csv").exists()
    True
    """
    if name not in NAMES:
        raise ValueError(
            f"There is no data set {name!r}; there are {', '.join(NAMES)}. / 数据集只有 {'、'.join(NAMES)}。"
        )
    return Path(__file__).resolve().parent / name


def advanced_computing() -> Chain:
    """Tianjin's advanced computing chain: 11 enterprises, 28 quality problems.

    Returns
    -------
    Chain

    Examples
    --------
    >>> import chainqual as cq
    >>> len(cq.datasets.advanced_computing())
    11
    """
    from ..reading import read_chain

    return read_chain(folder("advanced_computing"))


def connected_vehicle() -> Chain:
    """Tianjin's intelligent connected vehicle chain: 20 enterprises, 26 quality problems.

    Returns
    -------
    Chain

    Examples
    --------
    >>> import chainqual as cq
    >>> len(cq.datasets.connected_vehicle())
    20
    """
    from ..reading import read_chain

    return read_chain(folder("connected_vehicle"))
