"""The quality map: every format, networks, versions, and the widget's shared selection."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import chainqual as cq


def test_every_suffix_gives_its_format(advanced: cq.Chain, tmp_path: Path) -> None:
    drawn = cq.quality_map(advanced, cq.assess(advanced), lang="zh")
    beginnings = {".svg": b"<", ".html": b"<!DOCTYPE html>", ".pdf": b"%PDF", ".png": b"\x89PNG", ".json": b"{"}
    for suffix, beginning in beginnings.items():
        path = drawn.save(tmp_path / f"map{suffix}", dpi=60)
        assert path.read_bytes().startswith(beginning)
    assert drawn.document["chain"]["assessed"] is True
    assert json.loads((tmp_path / "map.json").read_bytes()) == drawn.document
    with pytest.raises(cq.Error, match=r"a9"):
        drawn.save(tmp_path / "map.pdf", paper="a9")


def test_a_map_is_spread_over_several_sheets(advanced: cq.Chain, tmp_path: Path) -> None:
    drawn = cq.quality_map(advanced)
    page = drawn.save(tmp_path / "page.pdf", paper="a4").read_bytes()
    wall = drawn.save(tmp_path / "wall.pdf", paper="a4", tiles=2).read_bytes()
    assert wall.startswith(b"%PDF") and len(wall) > len(page)
    for suffix, paper, tiles in ((".pdf", "a4", 9), (".pdf", "fit", 2), (".png", "a4", 2)):
        with pytest.raises(cq.Error):
            drawn.save(tmp_path / f"wrong{suffix}", paper=paper, tiles=tiles)


def test_networks_are_drawn_as_sketches() -> None:
    net = cq.generate(6000, segments=6)
    document = cq.quality_map(net).document
    assert document["chain"]["enterprises"] == 6000
    assert len(document["enterprises"]) == 2000
    importance = np.full(6000, np.nan)
    importance[::100] = 0.5
    chosen = cq.quality_map(net, importance=importance).document
    assert chosen["chain"]["chosen_by"] == "importance"
    assert {str(i) for i in range(0, 6000, 100)} <= {each["id"] for each in chosen["enterprises"]}
    with pytest.raises(cq.Error):
        _ = cq.quality_map(net, importance=importance[:10]).document
    with pytest.raises(TypeError, match="importance"):
        cq.quality_map(net, compare=cq.datasets.connected_vehicle())
    with pytest.raises(TypeError, match="importance"):
        cq.quality_map(cq.datasets.connected_vehicle(), importance=[1.0])


def test_versions_and_what_changed(advanced: cq.Chain) -> None:
    other = cq.datasets.connected_vehicle()
    assert cq.compare_maps(advanced, advanced)["changes"] == []
    there, back = cq.compare_maps(advanced, other), cq.compare_maps(other, advanced)
    assert there["counts"]["enterprise"]["added"] == back["counts"]["enterprise"]["gone"] > 0
    assert there["before"] == back["after"] and len(there["after"]["hash"]) == 16
    coloured = cq.quality_map(other, compare=advanced)
    assert coloured.document["difference"]["changes"] == there["changes"]
    assert coloured.svg != cq.quality_map(other).svg


def test_the_next_map_is_due(advanced: cq.Chain) -> None:
    update = cq.map_update(advanced, "2025-06-01", lang="en")
    assert set(update) == {"drawn", "cycle_months", "due", "reasons", "watched"}
    assert list(update["watched"])[:2] == ["technology", "supply"]
    with pytest.raises(cq.Error):
        cq.map_update(advanced, "someday")


def test_the_widget_shares_its_selection(advanced: cq.Chain) -> None:
    traitlets = pytest.importorskip("traitlets")
    pytest.importorskip("anywidget")
    widget = cq.quality_map(advanced).widget(height=480)
    assert widget.selected is None and widget.height == 480
    assert json.loads(widget.document)["format"] == "chainqual-map"
    enterprise = json.loads(widget.document)["enterprises"][0]["id"]
    seen: list[object] = []
    widget.observe(lambda change: seen.append(change["new"]), "selected")
    widget.select("enterprise", enterprise)
    assert widget.selected == {"kind": "enterprise", "key": enterprise} and seen == [widget.selected]
    # As the front end sets it.
    widget.set_state({"selected": {"kind": "stage", "key": "upstream"}})
    assert widget.selected == {"kind": "stage", "key": "upstream"}
    document = json.loads(widget.document)
    ids = [one["id"] for one in document["enterprises"]]
    supplier, customer, _, _, product = document["links"][0]
    for kind, key in [
        ("link", f"{ids[supplier]} → {ids[customer]}" + (f"：{product}" if product else "")),
        ("institution", document["institutions"][0]["name"]["zh"]),
        ("segment", document["segments"][0]["id"]),
        ("problem", document["problems"][0]["number"]),
        ("project", document["projects"][0]["number"]),
    ]:
        widget.select(kind, key)
        assert widget.selected == {"kind": kind, "key": key}
    with pytest.raises(traitlets.TraitError, match="nobody"):
        widget.select("enterprise", "nobody")
    widget.selected = None
    assert seen[-1] is None
