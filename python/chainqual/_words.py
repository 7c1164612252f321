"""What to call columns, and the keys that stand in them, when they are shown to people."""

from __future__ import annotations

from typing import Any

from ._text import Text, language

COLUMNS = {
    "avoided": Text("避免的损失", "avoided"),
    "avoided_alone": Text("单独避免的损失", "avoided alone"),
    "bound": Text("受限于", "held down by"),
    "combined": Text("综合损失", "combined"),
    "cost": Text("费用", "cost"),
    "customer": Text("客户", "customer"),
    "customers": Text("客户", "customers"),
    "cut": Text("断供企业数", "cut off"),
    "difference": Text("差额", "difference"),
    "downstream": Text("向下游损失", "downstream"),
    "enterprise": Text("企业", "enterprise"),
    "enterprises": Text("企业数", "enterprises"),
    "final_cut": Text("断供终端企业数", "final ones cut off"),
    "first": Text("一方", "first"),
    "grade": Text("等级", "grade"),
    "herfindahl": Text("赫芬达尔指数", "Herfindahl index"),
    "index": Text("系统风险", "index"),
    "input_share": Text("占采购的份额", "share of inputs"),
    "kept": Text("保持的份额", "kept"),
    "lack": Text("缺口", "lack"),
    "largest": Text("最大者", "largest"),
    "largest_share": Text("最大者份额", "largest share"),
    "loaded": Text("载入", "loaded"),
    "loss": Text("损失", "loss"),
    "lower": Text("下限", "lower"),
    "makers": Text("可替代的生产者", "makers"),
    "measure": Text("措施类别", "measure"),
    "name": Text("名称", "name"),
    "per_cost": Text("每单位费用避免", "per cost"),
    "produced": Text("产出", "produced"),
    "product": Text("产品", "product"),
    "read": Text("读入", "read"),
    "rejected": Text("拒收", "rejected"),
    "scenario": Text("情景", "scenario"),
    "second": Text("另一方", "second"),
    "sector": Text("行业", "sector"),
    "segment": Text("环节", "segment"),
    "share": Text("份额", "share"),
    "shock": Text("自身冲击", "own shock"),
    "source": Text("源头", "source"),
    "spent": Text("累计花费", "spent"),
    "stars": Text("星级", "stars"),
    "stocks": Text("库存", "stocks"),
    "supplier": Text("供方", "supplier"),
    "suppliers": Text("供方数", "suppliers"),
    "table": Text("表", "table"),
    "total": Text("总分", "total"),
    "unmet_final": Text("未满足的终端需求", "unmet final demand"),
    "unmet_orders": Text("未满足的订单", "unmet orders"),
    "upper": Text("上限", "upper"),
    "upstream": Text("向上游损失", "upstream"),
    "value_added": Text("增加值", "value added"),
    "weight": Text("权重", "weight"),
}
"""Columns of the library's own results; a table's own labels go before these."""

_STAGES = {
    "upstream": Text("上游", "upstream"),
    "midstream": Text("中游", "midstream"),
    "downstream": Text("下游", "downstream"),
}
_GRADES = {
    "critical": Text("★★★", "★★★"),
    "important": Text("★★", "★★"),
    "general": Text("★", "★"),
    "ungraded": Text("未分级", "ungraded"),
}
VALUES: dict[str, dict[str, Text]] = {
    "stage": _STAGES,
    "grade": _GRADES,
    "declared": _GRADES,
    "computed": _GRADES,
    "role": {"member": Text("骨干企业", "member"), "owner": Text("链主企业", "chain owner")},
    "category": {
        "technology": Text("质量技术", "technology"),
        "management": Text("质量管理", "management"),
        "infrastructure": Text("质量基础设施", "infrastructure"),
        "brand": Text("质量品牌", "brand"),
        "other": Text("其他", "other"),
    },
    "magnitude_source": {
        "scores": Text("专家评分", "scores"),
        "stars": Text("星级", "stars"),
        "none": Text("无", "none"),
    },
    "aspect": {
        "cost": Text("成本", "cost"),
        "efficiency": Text("效率", "efficiency"),
        "safety": Text("安全", "safety"),
        "brand": Text("品牌", "brand"),
        "environment": Text("环境", "environment"),
    },
    "level": {
        "error": Text("错误", "error"),
        "warning": Text("警告", "warning"),
        "info": Text("提示", "info"),
    },
    "bound": {
        "nothing": Text("无", "nothing"),
        "own_shock": Text("自身冲击", "own shock"),
        "essential": Text("必需投入", "an essential input"),
        "ordinary": Text("一般投入", "ordinary inputs"),
    },
}
"""Keys that stand in columns of the library's own tables."""


def heading(name: str, labels: dict[str, Text], own: bool) -> str:
    """What a column is called: by its table's label, else, in a table of the library's own, by the words above."""
    return str(labels.get(name) or (COLUMNS.get(name) if own else None) or name)


def word(column: str, value: Any) -> str | None:
    """What a key is called; None where it is no key."""
    found = VALUES.get(column, {}).get(value) if isinstance(value, str) else None
    return None if found is None else found.in_(language())
