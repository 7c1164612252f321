"""More than one machine holds: grading of Dask data frames by partition, and systemic risk by share of the enterprises.

Results are those of one machine, bit for bit. A network that was opened from a ``.cqn`` file travels as its path and
content hash, and every worker opens it where it lies; any other is sent whole.

Examples
--------
>>> import chainqual as cq, dask, pandas
>>> import dask.dataframe
>>> frame = pandas.DataFrame({"impact": [5, 2, 4], "diffusion": [4, 3, 4], "urgency": [4, 3, 4]}, index=[7, 8, 9])
>>> cq.dask.grade_table(dask.dataframe.from_pandas(frame, npartitions=2)).compute()["stars"].tolist()
['★★★', '★★', '★★★']
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from ._guards import network_of, several
from ._text import Text, chosen
from .cascade_model import SystemicRisk
from .cascade_model import systemic_risk as _systemic_risk
from .network import EnterpriseLike, Network
from .severity import SeverityModel

if TYPE_CHECKING:
    import dask.dataframe
    import pandas

    from .propagation import Floats

__all__ = ["grade_table", "systemic_risk"]


def _graded(frame: pandas.DataFrame, model: SeverityModel, options: dict[str, Any]) -> pandas.DataFrame:
    """One partition; Dask itself runs several at once."""
    return model.grade_table(frame, threads=1, **options).to_pandas()


def grade_table(
    frame: dask.dataframe.DataFrame,
    model: SeverityModel | None = None,
    *,
    impact: str | None = None,
    diffusion: str | None = None,
    urgency: str | None = None,
    total: Literal["real", "decimal", "hundredths"] = "real",
) -> dask.dataframe.DataFrame:
    """Grade every row of a Dask data frame, each partition by itself and when it is computed.

    Parameters
    ----------
    frame : Dask DataFrame
        With columns as `SeverityModel.grade_table` takes them.
    model : SeverityModel, optional
    impact, diffusion, urgency, total
        As `SeverityModel.grade_table`.

    Returns
    -------
    Dask DataFrame
        Columns total, grade and stars with the index and partitions of `frame`.

    Raises
    ------
    Error
        When it is computed: every cell of a partition that is no score, by column and row of the partition.

    Examples
    --------
    >>> import chainqual as cq, pandas
    >>> from dask import dataframe
    >>> frame = pandas.DataFrame({"impact": [5, 2], "diffusion": [4, 3], "urgency": [4, 3]})
    >>> cq.dask.grade_table(dataframe.from_pandas(frame, npartitions=2)).compute()["total"].tolist()
    [4.4, 2.6]
    """
    import dask.dataframe

    if not isinstance(frame, dask.dataframe.DataFrame):
        kind = type(frame).__name__
        raise TypeError(
            chosen(
                f"frame 应为 dask.dataframe.DataFrame，而不是 {kind}。请用 dask.dataframe.from_pandas(frame, npartitions=…)，"
                "或用 SeverityModel.grade_table 在本机分级。",
                f"frame must be a dask.dataframe.DataFrame, not {kind}. Make one with "
                "dask.dataframe.from_pandas(frame, npartitions=…), or grade here with SeverityModel.grade_table.",
            )
        )
    model = SeverityModel() if model is None else model
    options = {"impact": impact, "diffusion": diffusion, "urgency": urgency, "total": total}
    none = np.zeros(0, dtype=np.uint8)
    meta = model.grade_table({"impact": none, "diffusion": none, "urgency": none}, total=total).to_pandas()
    return frame.map_partitions(_graded, model, options, meta=meta)


def _risk_of(net: Network, options: dict[str, Any]) -> dict[str, Any]:
    """Systemic risk of some enterprises or scenarios, in parts that travel."""
    risk = _systemic_risk(net, threads=1, **options)
    kept = ("downstream", "upstream", "steps", "converged", "truncated", "truncated_downstream", "sectors_from", "note")
    return {"index": np.asarray(risk), **{name: getattr(risk, name) for name in kept}}


def systemic_risk(
    net: Network,
    *,
    scenarios: Floats | None = None,
    scenarios_upstream: Floats | None = None,
    enterprises: Iterable[EnterpriseLike] | None = None,
    parts: int = 64,
    **options: Any,
) -> SystemicRisk:
    """`chainqual.systemic_risk` by parts, on the workers of the Dask client in use (else on this machine's threads).

    Parameters
    ----------
    net : Network
        Best opened from a ``.cqn`` file that every worker can open under the same path.
    scenarios, scenarios_upstream, enterprises
        As `chainqual.systemic_risk`; they are shared out.
    parts : int
        Tasks to make of them; some for each worker's thread.
    **options
        Further ones of `chainqual.systemic_risk`: essentiality, tolerance, substitution …

    Returns
    -------
    SystemicRisk
        The same bits as from `chainqual.systemic_risk`.

    Examples
    --------
    >>> import chainqual as cq
    >>> net = cq.datasets.advanced_computing().network()
    >>> risk = cq.dask.systemic_risk(net, parts=3)
    >>> bool((risk == cq.systemic_risk(net)).all()), len(risk.table()) == len(net)
    (True, True)
    """
    import dask

    network_of(net)
    if isinstance(parts, bool) or not isinstance(parts, (int, np.integer)) or parts < 1:
        raise ValueError(chosen("parts 应为不小于 1 的整数。", "parts must be a whole number of 1 or more."))
    if scenarios is not None and enterprises is not None:
        raise TypeError(chosen("scenarios 与 enterprises 只能给一个。", "Give either scenarios or enterprises."))
    closed = None
    if scenarios is None:
        every = range(net.enterprises) if enterprises is None else several(enterprises, "enterprises")
        closed = np.array([net.id(one) for one in every], dtype=np.uint32)
    wholes: dict[str, Any] = {"enterprises": closed, "scenarios": scenarios, "scenarios_upstream": scenarios_upstream}
    wholes = {name: whole for name, whole in wholes.items() if whole is not None}
    longest = max(map(len, wholes.values()))
    split = [np.array_split(whole, max(1, min(parts, longest))) for whole in wholes.values()]
    shares = [dict(zip(wholes, share)) for share in zip(*split)]
    travelling = dask.delayed(net, traverse=False)
    one = dask.delayed(_risk_of, pure=False)
    found = dask.compute(*[one(travelling, {**options, **share}) for share in shares])

    def joined(key: str) -> Any:
        return np.concatenate([part[key] for part in found])

    risk: SystemicRisk = joined("index").view(SystemicRisk)
    risk.downstream, risk.upstream = joined("downstream"), joined("upstream")
    risk.steps, risk.converged = joined("steps"), joined("converged")
    risk.truncated = sum(part["truncated"] for part in found)
    risk.truncated_downstream = sum(part["truncated_downstream"] for part in found)
    risk.sectors_from = found[0]["sectors_from"]
    risk.note = _joined_notes([part["note"] for part in found])
    risk.network = net
    risk.enterprises = closed
    return risk


def _joined_notes(notes: list[Text]) -> Text:
    """The notes that differ, in their order: one says of both directions what others say of one."""
    kept = [note for note in dict.fromkeys(notes) if note.zh]
    longest = max(kept, key=lambda note: len(note.zh), default=Text("", ""))
    kept = [note for note in kept if note is longest or note.zh not in longest.zh]
    return Text("".join(note.zh for note in kept), " ".join(note.en for note in kept))
