"""A user's script, checked by mypy --strict against the installed package."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import numpy.typing as npt

import chainqual as cq


def grades() -> Decimal | Fraction:
    model = cq.SeverityModel((40, 30, 30), critical="4", rounding="exact")
    found: cq.Severity = model.grade(5, "4", Fraction(7, 2))
    stars: str = found.grade.stars
    columns: npt.NDArray[np.uint8] = model.grade_columns(*(np.ones(3, dtype=np.uint8) for _ in range(3))).grade
    print(stars, columns.sum())
    return found.total


def losses(net: cq.Network) -> float:
    shock = net.shock({"a": 0.5})
    run: cq.LinearResult = cq.linear(net, shock, progress=lambda share: None)
    risk: npt.NDArray[np.float64] = cq.systemic_risk(net, essentiality=np.ones((2, 2), dtype=np.uint8))
    reason: cq.Why = run.why("b", along="upstream")
    daily = cq.dynamics(net, [cq.Disruption("a", 0.5, duration=None, recovery=cq.Recovery("linear", 10.0))])
    print(reason.sentence.zh, daily.totals["produced"], risk.max(), run.downstream_run.sweeps)
    return run.index


def assessed() -> str:
    chain = cq.datasets.advanced_computing()
    number: int = chain.add_enterprise("x", name="X")
    report: cq.Report = cq.assess(chain, measure="combined", threads=2)
    try:
        chain.add_link("x", "nobody")
    except cq.Error as error:
        code: cq.ErrorCode = error.code
        print(code.name, error.message_zh, [finding.fix.en for finding in error.findings], number)
    cq.quality_map(chain).save("map.svg")
    return report.summary("zh")


def kept() -> int:
    with cq.Store.open("quality.db", clerk="Wang") as store:
        record: cq.Record = store.add("problems", {"number": "P9"}, stage="upstream")
        changed = store.change(record, ideas="x")
        page: cq.Page = store.list("problems", [("status", "=", "identified")])
        first: cq.Record = page[0]
        hits: cq.Hits = store.search("x")
        store.form("C", lang="zh").save("c.xlsx")
        print(changed.version, first["number"], hits[0].table, store.due().columns, store.check().errors)
        return page.total
