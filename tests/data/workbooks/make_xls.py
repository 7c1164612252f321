"""Writes office_97.xls anew: pip install xlwt, which has long been finished, as the format has, and run this."""

import datetime
from pathlib import Path

import xlwt

DAY = xlwt.easyxf(num_format_str="YYYY-MM-DD")
SHEETS = {
    "说明": [["产业链台账"]],
    "企业": [["编号", "名称", "阶段"], ["fab", "晶圆厂", "上游"], ["maker", "整机厂", "下游"]],
    "供应关系": [["供方", "需方", "产品", "供应额"], ["fab", "maker", "CPU", 12.5]],
    "质量攻关库": [["编号", "攻关项目名称", "开始日期"], ["X1", "无空洞键合", datetime.date(2026, 3, 4)]],
    "评分": [["影响程度", "扩散程度", "紧迫程度"], [5, 4, 4], [3, 2.5, 3]],
    "日期": [["影响程度", "扩散程度", "紧迫程度"], [datetime.date(2026, 3, 4), 4, 4]],
}

book = xlwt.Workbook(encoding="utf-8")
for title, rows in SHEETS.items():
    sheet = book.add_sheet(title)
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            sheet.write(r, c, value, *([DAY] if isinstance(value, datetime.date) else []))
book.save(str(Path(__file__).parent / "office_97.xls"))
