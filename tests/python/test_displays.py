"""What things show of themselves is whole, in the language in use, and in words."""

from __future__ import annotations

import base64
import copy
import html
import pickle
import re

import numpy as np
import pytest

import chainqual as cq
from chainqual import _display, _words

NONE = str(0xFFFFFFFF)


def text(markup: str) -> str:
    """The words of some markup, a space for each mark."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", markup)))


def test_a_name_in_one_language_shows_in_both() -> None:
    chain = cq.Chain("某产业链")
    chain.add_segment("s", name="芯片", stage="upstream")
    chain.add_enterprise("e", name="某企业", stage="upstream", segments=["s"])
    for lang in ("zh", "en"):
        cq.set_language(lang)
        shown = text(chain._repr_html_())
        assert "某企业" in shown and "芯片" in shown, lang


def test_a_chain_shows_grades_stages_and_names_of_segments(advanced: cq.Chain) -> None:
    cq.set_language("zh")
    shown = text(advanced._repr_html_())
    assert "★★★ 19" in shown and "上游 6" in shown and "处理器芯片" in shown and "ac-u-cpu" not in shown


def test_a_chain_shows_its_map_and_a_large_one_does_not(advanced: cq.Chain) -> None:
    markup = advanced._repr_html_()
    drawn = re.findall(r'<img alt="Quality map[^"]*"[^>]*src="data:image/svg\+xml;base64,([^"]*)"', markup)
    assert [base64.b64decode(one).decode() for one in drawn] == [advanced.map().svg]
    assert "http://www.w3.org" not in markup and len(markup) < 200_000, "all of it is in the page, and light"
    large = cq.Chain("某链")
    for k in range(_display.MOST_DRAWN + 1):
        large.add_enterprise(f"e{k}", stage="upstream")
    assert "<img" not in large._repr_html_() and "and 49 more" in large._repr_html_()
    assert "<img" not in cq.Chain()._repr_html_()


def test_an_explanation_calls_enterprises_by_name(advanced: cq.Chain) -> None:
    found = cq.why(advanced.network(), "sugon", {"ymtc": 1.0})
    assert found.sources["source"] == ["ymtc"] and found.paths[0].enterprises[-1] == "sugon"
    for lang, name in (("zh", "中科曙光"), ("en", "Sugon")):
        cq.set_language(lang)
        assert name in repr(found).split("\n")[-1] and name in text(found._repr_html_())
        assert "ymtc" not in repr(found) and "ymtc" not in text(found._repr_html_())
    bare = cq.why(cq.Network.from_arrays(2, [0], [1], dependency=[0.5]), 1, {0: 1.0})
    assert "0 → 1" in repr(bare)


@pytest.mark.parametrize(("lang", "name"), [("zh", "长江存储"), ("en", "Yangtze Memory Technologies (YMTC)")])
def test_results_show_names_beside_the_keys_by_which_they_are_asked(advanced: cq.Chain, lang: str, name: str) -> None:
    cq.set_language(lang)
    net = advanced.network()
    assert net.name("ymtc") == net.name(net.id("ymtc")) == name
    lost = cq.dynamics(net, [cq.Disruption("ymtc", 1.0, 10, 40)], days=120)
    for shown in (lost, cq.systemic_risk(net), cq.criticality(net)):
        words = text(shown._repr_html_())
        assert f"ymtc {name}" in words, type(shown)
    assert ("停产者不订货" if lang == "zh" else "who makes nothing orders nothing") in text(lost._repr_html_())
    assert str(lost.overshoot["note"]) in repr(lost) and not re.search("enterprise 8|企业 8", repr(lost))
    bare = cq.Network.from_arrays(2, [0], [1])
    assert bare.name(1) == "1" and "1 1" in text(cq.systemic_risk(bare)._repr_html_())


def test_a_report_travels_and_is_its_own_copy(advanced: cq.Chain) -> None:
    flood = {"name": "flood", "shocks": [{"region": "天津", "magnitude": 0.5}]}
    report = cq.assess(advanced, model="cascade", model_arguments={"tolerance": 0.001}, scenarios=flood)
    back = pickle.loads(pickle.dumps(report))
    assert back.to_json() == report.to_json() and back.why("sugon").sentence == report.why("sugon").sentence
    assert copy.copy(report) is report and copy.deepcopy(report) is report


def test_a_report_says_what_it_leaves_out_and_what_it_rests_on(advanced: cq.Chain) -> None:
    report = cq.assess(advanced)
    shown = text(report._repr_html_())
    assert f"and {len(report.problems) - 15} more" in shown
    assert report.assumptions and all(str(one) in shown for one in report.assumptions)
    assert report.problems["number"][0] in repr(report) and "20 more problems" in repr(report)
    assert not re.search(r"<th[^>]*></th>", report._repr_html_()), "a column without heading"


def test_tables_of_the_library_speak_chinese(advanced: cq.Chain) -> None:
    cq.set_language("zh")
    net = advanced.network()
    cascade = cq.cascade(net, {"ymtc": 1.0})
    days = cq.dynamics(net, {"ymtc": 1.0}, days=3)
    tables = [
        cq.dominators(net).points, cq.articulation(net).bridges, cq.single_sources(net), cq.single_source_products(advanced),
        cq.supplier_concentration(net), cq.region_concentration(advanced), cascade.sectors, cascade.binding, days.totals,
        cq.systemic_risk(net).table(), cq.why(net, "sugon", {"ymtc": 1.0}).sources, advanced.rows_read,
        cq.SeverityModel().stability([(4, 4, 4)], draws=10).table(),
        cq.mitigate(advanced, 9, [{"name": "a", "cost": 3, "stock": {"enterprise": "sugon", "days": 30}}]).chosen,
    ]  # fmt: skip
    for table in tables:
        english = [one for one in table._headings() if re.fullmatch(r"[a-z_ ]+", one)]
        assert not english, (str(table.title), english)
    problems = cq.assess(advanced).problems.head(3)
    assert (
        "★★★" in repr(problems.head(1)._repr_html_()) and "上游" in repr(problems) and "upstream" not in repr(problems)
    )


def test_one_mistake_made_many_times_is_told_once(advanced: cq.Chain) -> None:
    found = advanced.validate()
    without = [one for one in found if one.column == "credit_code"]
    assert len(without) == len(advanced.enterprises), "one for each in the table"
    shown = text(found._repr_html_())
    assert shown.count("credit_code") == 1 and f"1; 2; 3 … ({len(without)})" in shown
    assert repr(found).count("credit_code") == 1 and f"({len(without)} times)" in repr(found)
    hidden = int((re.findall(r"and (\d+) more", repr(found)) or ["0"])[0])
    times = [int(one) for one in re.findall(r"\((\d+) times\)$", repr(found), re.M)]
    alone = len(repr(found).split("\n")) - 1 - len(times) - (hidden > 0)
    assert sum(times) + alone + hidden == sum(found.counts)
    cq.set_language("zh")
    shown = text(found._repr_html_())
    assert f"1；2；3 … ({len(without)})" in shown and "警告" in shown and "warning" not in shown


def test_no_table_shows_a_number_that_means_none(advanced: cq.Chain) -> None:
    net = advanced.network()
    binding = cq.cascade(net, {"ymtc": 1.0}).binding
    row = binding.row(net.id("ccore-tianjin"))
    assert (row["enterprise"], row["bound"], row["supplier"]) == ("ccore-tianjin", "essential", "ymtc")
    assert binding.row(net.id("hygon"))["supplier"] is None
    assert NONE not in binding._repr_html_() and NONE not in repr(binding)


def test_a_users_own_table_is_shown_as_it_stands() -> None:
    cq.set_language("zh")
    own = cq.Table({"loss": ["critical"], "stage": ["upstream"]})
    assert own._headings() == ["loss", "stage"] and own._shown(1) == [["critical", "upstream"]]
    graded = cq.SeverityModel().grade_table({"impact": [5], "diffusion": [4], "urgency": [4]})
    assert graded._headings() == ["总分", "等级", "星级"]


def test_what_was_not_graded_keeps_no_share() -> None:
    shown = text(cq.SeverityModel().stability([(4, 4, 4), None], draws=10)._repr_html_())
    assert "ungraded –" in shown and shown.count("100.0%") == 1


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 bytes"), (955, "955 bytes"), (1536, "1.5 KiB"), (5 << 20, "5.0 MiB"), (3 << 30, "3.0 GiB")],
)
def test_memory_is_told_in_a_unit_that_fits(count: int, said: str) -> None:
    assert _display.size_text(count) == said


def test_wide_tables_scroll_and_short_cells_stay_whole() -> None:
    markup = cq.Table({"id": ["AC-U-T-01"], "text": ["some words that may break where they must"]})._repr_html_()
    assert "overflow-x:auto" in markup
    assert re.search(r"nowrap[^>]*>AC-U-T-01", markup) and not re.search(r"nowrap[^>]*>some words", markup)
    headed = cq.criticality(cq.Network.from_arrays(2, [0], [1]))._repr_html_()
    assert re.search(r"nowrap[^>]*>systemic risk<", headed) and not re.search(r"nowrap[^>]*>systemic risk, d", headed)


def test_words_of_stages_and_grades_are_those_of_the_reports_files(advanced: cq.Chain) -> None:
    report = cq.assess(advanced)
    plain, chinese = report.problems, report.tables("zh")["graded_problems"]
    for column in ("stage", "category", "magnitude_source"):
        for key, said in zip(plain[column], chinese[column]):
            assert _words.VALUES[column][key].zh == said
    assert np.all([key in _words.VALUES["grade"] for key in plain["grade"]])
