"""Chains: built by code, read, checked, written, assessed."""

from __future__ import annotations

import inspect
import json
import pickle
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

import chainqual as cq
from chainqual import _chainqual as native


def small() -> cq.Chain:
    chain = cq.Chain("小链", "small", home_region="120000")
    chain.add_segment("chips", name="芯片", name_en="chips", stage="upstream")
    chain.add_segment("servers", name="服务器", name_en="servers", stage="downstream", final_product=True)
    chain.add_enterprise("fab", name="晶圆厂", name_en="Fab", segments=["chips"], products=["CPU"], stage="upstream")
    chain.add_enterprise("maker", name="整机厂", name_en="Maker", segments="servers", stage="downstream", weight=2.0)
    chain.add_link("fab", "maker", product="CPU", value=10.0, dependency=0.5)
    chain.add_problem(
        "P1", name="良率低", name_en="low yield", stage="upstream", segments=["chips"], cost="0.5", safety=0.5
    )
    chain.add_problem("P2", name="外观", stage="downstream", segments=["servers"], declared="general")
    chain.add_score("P1", "a", 5, 4, 4)
    chain.add_score("P1", "b", "4.5", Decimal("4"), 4.5)
    return chain


def test_what_is_built_is_there() -> None:
    chain = small()
    assert (len(chain), len(chain.links), len(chain.segments), len(chain.problems)) == (2, 1, 2, 2)
    assert chain.enterprise("Maker")["weight"] == 2.0
    assert chain.enterprises["products"] == [["CPU"], []]
    assert np.isnan(chain.enterprises["weight"][0])
    assert chain.scores["impact"] == [Decimal("5"), Decimal("4.5")]
    assert chain.problems["declared"] == ["ungraded", "general"]
    assert chain.makers("CPU").tolist() == [0] and chain.products == ["CPU"]
    assert chain.home_region == "120000"


def test_wrong_rows_change_nothing_and_say_what_is_known() -> None:
    chain = small()
    before = chain.to_json()
    with pytest.raises(cq.Error) as caught:
        chain.add_enterprise("fab")
    assert caught.value.code is cq.ErrorCode.duplicate and isinstance(caught.value, ValueError)
    with pytest.raises(cq.Error) as caught:
        chain.add_link("fab", "makr")
    assert caught.value.code is cq.ErrorCode.unknown_reference and "maker" in str(caught.value)
    with pytest.raises(TypeError, match="no option colour.*products"):
        chain.add_enterprise("x", colour="red")
    with pytest.raises(ValueError, match="sideways.*midstream"):
        chain.add_enterprise("x", stage="sideways")
    with pytest.raises(TypeError, match="value must be a number, not str"):
        chain.add_link("fab", "maker", value="10")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="impact"):
        chain.add_score("P1", "c", 4.4, 4, 4)
    with pytest.raises(ValueError, match="table cannot be 'wages'"):
        chain.table("wages")
    assert chain.to_json() == before


def test_rows_that_no_reader_would_take_are_refused() -> None:
    chain = small()
    before = chain.to_json()

    def refused(code: str, call: object) -> cq.Error:
        with pytest.raises(cq.Error) as caught:
            call()  # type: ignore[operator]
        assert caught.value.code.name == code and isinstance(caught.value, ValueError)
        assert chain.to_json() == before
        return caught.value

    for score in (6, 0, "5.5", -1):
        assert "impact" in str(refused("invalid_value", lambda score=score: chain.add_score("P1", "c", score, 4, 4)))
    assert refused("invalid_value", lambda: chain.add_score("P1", "c", 6, 0, 7)).findings.errors == 3
    refused("missing_value", lambda: chain.add_score("P1", "c", float("nan"), 4, 4))
    refused("duplicate", lambda: chain.add_score("P1", "a", 4, 4, 4))
    assert "P1" in str(refused("unknown_reference", lambda: chain.add_score("P11", "c", 4, 4, 4)))
    assert "chips" in str(refused("unknown_reference", lambda: chain.add_problem("P3", segments=["chip"])))
    refused("unknown_reference", lambda: chain.add_problem("P3", enterprises=["nobody"]))
    refused("unknown_reference", lambda: chain.add_enterprise("x", name="X", segments=["nope"]))
    refused("unknown_reference", lambda: chain.set_enterprise("fab", segments=["nope"]))
    refused("invalid_value", lambda: chain.set_enterprise("fab", weight=-1.0))
    refused("duplicate", lambda: chain.add_problem("P1", name="again"))
    refused("invalid_value", lambda: chain.add_problem("P3", name="x", cost="1.5"))
    refused("unknown_reference", lambda: setattr(chain, "home_region", "Mars"))
    chain.home_region = "上海"
    assert chain.home_region == "310000"
    chain.add_score("P2", "a", None, None, None)
    assert cq.chain_from_json(chain.to_json()) == chain


def test_validation_tells_what_a_reader_would_refuse() -> None:
    chain = small()
    assert chain.validate().errors == 0
    chain.set_enterprise("fab", stage="downstream")  # its segment is upstream
    findings = chain.validate()
    assert findings.errors == 1 and "chips" in str(findings.of("error")[0])
    with pytest.raises(cq.Error):
        cq.chain_from_json(chain.to_json())


def test_changes_leave_reports_networks_and_copies_alone() -> None:
    chain = small()
    net, report, copy = chain.network(), cq.assess(chain), chain.copy()
    chain.add_enterprise("third", name="Third", stage="midstream")
    chain.set_enterprise("fab", city="天津")
    chain.name_en = "changed"
    assert len(chain) == 3 and chain.enterprise("fab")["city"] == "天津"
    assert net.keys() == ["fab", "maker"] and len(report.chain) == 2 and len(copy) == 2
    assert report.chain.name_en == "small"
    assert report.why("maker").enterprise == "maker"


def test_a_chain_travels_through_json_folder_and_pickle(tmp_path: Path) -> None:
    chain = small()
    assert cq.chain_from_json(chain.to_json()) == chain
    assert cq.read_chain(chain.save(tmp_path / "folder")) == chain
    assert cq.read_chain(chain.save(tmp_path / "folder-zh", lang="zh")) == chain
    assert cq.read_chain(chain.save(tmp_path / "chain.json")) == chain
    assert pickle.loads(pickle.dumps(chain)) == chain
    assert chain.save(tmp_path / "chain.xlsx").stat().st_size > 1000
    assert "<graphml" in chain.save(tmp_path / "chain.graphml").read_text(encoding="utf-8")
    assert chain.to_dot("en").startswith("digraph")
    changed = chain.copy()
    changed.add_enterprise("x", name="X")
    assert changed != chain


def test_english_words_of_products_and_industries_travel_whole(tmp_path: Path) -> None:
    chain = cq.Chain("链", "chain")
    chain._native.set_info("sources_en", ["The plan; a draft", "A second source"])
    chain.add_segment("chips", name="芯片", industry="核心元器件", industry_en="core components")
    chain.add_enterprise("fab", name="Fab", products=["处理器", "主板"], products_en=["processors; CPUs", "mainboards"])
    chain.add_enterprise("maker", name="Maker")
    chain.add_link("fab", "maker", product="处理器", product_en="processors")
    for name in ("folder", "chain.json"):
        again = cq.read_chain(chain.save(tmp_path / name))
        assert again == chain and list(again.info["sources_en"]) == ["The plan; a draft", "A second source"]
        assert again.enterprise("fab")["products_en"] == ["processors; CPUs", "mainboards"]
        assert again.segments.row(0)["industry_en"] == "core components"
        assert again.links.row(0)["product_en"] == "processors"
    assert cq.read_chain(chain.save(tmp_path / "zh", lang="zh")) == chain
    shipped = cq.datasets.connected_vehicle()
    assert all(shipped.enterprises.to_dict()["products_en"])
    assert all(shipped.segments.to_dict()["industry_en"])


def test_a_suffix_that_is_not_known_makes_no_folder(tmp_path: Path, advanced: cq.Chain) -> None:
    chain, report = small(), cq.assess(small())
    for save in (chain.save, report.save):
        for name in ("a.pdf", "a.csv", "a.html", "a.cqn" if save == report.save else "a.png"):
            with pytest.raises(ValueError, match=r"suffixes are \.json"):
                save(tmp_path / name)
    assert not list(tmp_path.iterdir())
    assert cq.Network.open(chain.save(tmp_path / "a.cqn")) == chain.network()
    (tmp_path / "of.2026").mkdir()
    assert cq.read_chain(chain.save(tmp_path / "of.2026")) == chain


def test_every_table_of_a_chain_folder_is_there(tmp_path: Path) -> None:
    chain = small()
    chain.add("consortium", name="创新联合体", field="芯片")
    with pytest.raises(cq.Error) as caught:
        chain.add("consortium", name="another")
    assert caught.value.code is cq.ErrorCode.duplicate
    chain.add("members", unit="fab", name="晶圆厂", lead=True)
    chain.add("events", number="E1", name="会议")
    for name, zh in native.table_names():
        table = chain.table(name)
        assert table.title is not None and table.title.zh == zh
        assert table.columns == [key for key, _, _ in native.table_fields(name)]
    back = cq.read_chain(chain.save(tmp_path / "folder"))
    assert back == chain and back.table("members")["lead"] == [True]


def test_errors_of_files_are_all_listed(tmp_path: Path) -> None:
    (tmp_path / "enterprises.csv").write_text("id,name,stage,weight\na,A,up,-1\nb,B,nowhere,1\n", encoding="utf-8")
    with pytest.raises(cq.Error) as caught:
        cq.read_chain(tmp_path)
    findings = caught.value.findings
    assert len(findings) >= 2 and {Path(finding.file).name for finding in findings} == {"enterprises.csv"}
    assert findings.errors == len(findings.of("error")) < len(findings.table()) == len(findings)
    assert findings[0].fix.zh and findings[0].rule.en
    assert "enterprises.csv" in repr(findings) and "<table" in findings._repr_html_()
    with pytest.raises(FileNotFoundError):
        cq.read_chain(tmp_path / "nothing")


def test_validation_finds_what_is_odd() -> None:
    chain = small()
    chain.add_link("maker", "fab", value=1.0)
    codes = {finding.code for finding in chain.validate()}
    assert "suspicious" in codes
    assert len(chain.validate(structure=False, missing_codes=False)) < len(chain.validate())


def test_an_assessment_is_the_programs(advanced: cq.Chain) -> None:
    report = cq.assess(advanced)
    document = report.to_dict()
    assert [row["number"] for row in document["problems"]] == list(advanced.problems["number"])
    assert list(report.problems["number"]) == document["problem_ranking"]
    first = report.problems.row(0)
    assert first["grade"] == "critical" and first["rank"] == 1
    assert report.problems["total"][0] == Decimal("4.94")
    assert sum(report.grades.values()) == 28
    np.testing.assert_array_equal(report.losses.combined >= 0, True)
    by_key = dict(zip(report.enterprises["enterprise"], report.enterprises["combined"]))
    assert by_key["sugon"] == report.losses.combined[advanced.id("sugon")]


def test_grades_of_a_report_are_those_of_the_severity_model(advanced: cq.Chain) -> None:
    report = cq.assess(advanced)
    rows = [
        (p, e, i, d, u)
        for p, e, i, d, u in zip(*(advanced.scores[k] for k in ("problem", "expert", "impact", "diffusion", "urgency")))
    ]
    panel = {one.problem: one.score for one in cq.panel_scores(rows)}
    for number, grade in zip(report.problems["number"], report.problems["grade"]):
        if panel.get(number) is not None:
            assert advanced.severity.grade(*panel[number]).grade.name.lower() == grade


def test_scenarios_beside_the_problems(advanced: cq.Chain, tmp_path: Path) -> None:
    flood = {"name": "水灾", "name_en": "flood", "shocks": [{"region": "天津", "magnitude": 0.5, "duration": 14}]}
    path = tmp_path / "flood.json"
    path.write_text(json.dumps(flood), encoding="utf-8")
    reports = [cq.assess(advanced, scenarios=given) for given in (flood, [flood], json.dumps(flood), str(path), path)]
    assert {report.to_json() for report in reports} == {reports[0].to_json()}
    assert reports[0].scenarios["name_en"] == ["flood"]
    run = reports[0].scenario_runs["flood"]
    assert run.index == reports[0].scenarios["whole_chain_combined"][0] and run.why("sugon").loss > 0
    placed = cq.place(advanced, flood)[0]
    net = advanced.network()
    np.testing.assert_array_equal(cq.linear(net, placed).combined, cq.linear(net, placed.shock).combined)
    assert cq.dynamics(net, placed, days=30).index > 0
    assert cq.read_scenarios(path)[0]["name_en"] == "flood"
    with pytest.raises(cq.Error) as caught:
        cq.place(advanced, {"name": "x", "shocks": [{"enterprise": "sugonn"}, {"segment": "?"}]})
    assert len(caught.value.findings) == 2
    with pytest.raises(cq.Error):
        cq.assess(advanced, scenarios={"name": "x", "shocks": [{"enterprise": "sugon", "magnitud": 1}]})


def test_shocks_that_differ_by_direction_are_the_cascades(advanced: cq.Chain) -> None:
    lost = {"name": "x", "shocks": [{"enterprise": "sugon", "magnitude": 0.25, "magnitude_upstream": 0.75}]}
    placed = cq.place(advanced, lost)[0]
    assert placed.directions is not None
    down, up = placed.directions
    assert down.max() == 0.25 and up.max() == 0.75 and placed.shock.max() == 0.75
    net = advanced.network()
    found = cq.cascade(net, placed)
    own = cq.cascade(net, down, shock_upstream=up)
    assert (found.downstream == own.downstream).all() and (found.upstream == own.upstream).all()
    assert (cq.propagate(net, placed, model="cascade").combined == own.combined).all()
    assert cq.why(net, "sugon", placed, model="cascade", along="upstream").loss == own.upstream[net.id("sugon")]
    risk = cq.systemic_risk(net, scenarios=down[None, :].copy(), scenarios_upstream=up[None, :].copy())
    assert abs(risk[0] - own.index) < 1e-7
    for model in ("linear", "distress", "contagion", "dynamics", "inoperability"):
        with pytest.raises(ValueError, match="cascade"):
            cq.propagate(net, placed, model=model)
    with pytest.raises(TypeError, match="scenarios"):
        cq.systemic_risk(net, scenarios_upstream=up[None, :].copy())
    assert cq.place(advanced, {"shocks": [{"enterprise": "sugon"}]})[0].directions is None


def test_a_report_explains_and_writes_itself(advanced: cq.Chain, tmp_path: Path) -> None:
    report = cq.assess(advanced)
    for problem in (None, report.problems["number"][0]):
        found = report.why("sugon", problem=problem)
        assert np.isclose(np.sum(found.sources["loss"]), found.loss)
    with pytest.raises(cq.Error, match="not propagated"):
        report.why("sugon", problem="AC-U-M-03")
    with pytest.raises(cq.Error, match="no problem number"):
        report.why("sugon", problem="X")
    folder = report.save(tmp_path / "out")
    assert (folder / "graded_problems.csv").exists() and (folder / "report.json").exists()
    assert report.save(tmp_path / "r.xlsx").stat().st_size > 1000
    assert json.loads(report.save(tmp_path / "r.json").read_text(encoding="utf-8")) == report.to_dict()


def test_models_can_be_chosen_for_the_assessment(advanced: cq.Chain) -> None:
    linear = cq.assess(advanced)
    cascade = cq.assess(advanced, model="cascade", model_arguments={"essentiality": "ordinary"})
    assert cascade.to_dict()["options"]["model"] == "cascade"
    assert cascade.losses.index != linear.losses.index
    for report, model in ((linear, "linear"), (cascade, "cascade")):
        found = report.why("unicloud")
        assert found.model == model and found.loss == report.losses.downstream[advanced.id("unicloud")]
    daily = cq.assess(advanced, model="dynamics", model_arguments={"days": 20})
    assert daily.why("unicloud").worst is not None


def test_the_assessments_defaults_are_the_librarys() -> None:
    signature = inspect.signature(cq.assess).parameters
    defaults = native.assess_defaults()
    for name in ("stars", "measure", "stability_draws", "seed"):
        assert signature[name].default == defaults[name]
    assert signature["consensus"].default == defaults["panel"]["consensus"]
    assert signature["segment_shock"].default == defaults["shock"]["segment"]
    assert signature["include_solved"].default == defaults["shock"]["include_solved"]
    assert signature["ungraded"].default == defaults["shock"]["ungraded"]
    assert signature["least_loss"].default == defaults["diffusion"]["least_loss"]
    assert signature["model"].default == defaults["propagation"]["model"]


def test_maps(advanced: cq.Chain, tmp_path: Path) -> None:
    report = cq.assess(advanced)
    plain, heated = cq.quality_map(advanced), cq.quality_map(advanced, report)
    assert plain.svg != heated.svg and heated._repr_svg_() == heated.svg
    assert heated.save(tmp_path / "map.svg").read_text(encoding="utf-8") == heated.svg
    with pytest.raises(ValueError, match=r"\.svg"):
        heated.save(tmp_path / "map.doc")
    assert "中科曙光" in cq.quality_map(advanced, lang="zh").svg
    with pytest.raises(cq.Error):
        cq.quality_map(cq.datasets.connected_vehicle(), report)


def test_mitigation_spends_within_the_budget(advanced: cq.Chain) -> None:
    measures = cq.suggest_measures(advanced)
    for measure in measures:
        measure.setdefault("cost", 10.0)
    plan = cq.mitigate(advanced, 40, measures)
    assert plan.spent <= 40 and plan.avoided == pytest.approx(plan.loss_before - plan.loss_after)
    assert len(plan.outcomes) == len(measures)
    assert sum(plan.chosen["cost"]) == pytest.approx(plan.spent)
    assert plan.outcomes["fate"].count("chosen") == len(plan.chosen)
    assert cq.mitigate(advanced, 40, json.dumps({"measures": measures})).chosen["measure"].tolist() == (
        plan.chosen["measure"].tolist()
    )
    with pytest.raises(cq.Error):
        cq.mitigate(advanced, -1, measures)


def test_accounts_and_needs_are_read(advanced: cq.Chain, tmp_path: Path) -> None:
    (tmp_path / "needs.csv").write_text("supplier,customer,need\n*,*,ordinary\n", encoding="utf-8")
    net = advanced.network()
    ids = ",".join(advanced.enterprises["id"][:1])
    (tmp_path / "accounts.csv").write_text(f"enterprise,revenue\n{ids},1000\n", encoding="utf-8")
    needs = cq.read_needs(tmp_path / "needs.csv", advanced)
    accounts = cq.read_accounts(tmp_path / "accounts.csv", advanced)
    assert set(accounts) == {"revenue"}
    shock = net.shock(sugon=1.0)
    ordinary = cq.cascade(net, shock, essentiality="ordinary", **accounts)
    np.testing.assert_array_equal(cq.cascade(net, shock, essentiality=needs, **accounts).combined, ordinary.combined)
