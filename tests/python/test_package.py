"""The package itself: examples run, types hold, importing does nothing else, everything shows itself safely."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

import chainqual as cq
from chainqual import _chainqual as native
from conftest import python

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path(cq.__path__[-1])  # where the Python files lie
MODULES = ["chainqual", "chainqual.datasets"] + [
    f"chainqual.{module.name}" for module in pkgutil.iter_modules(cq.__path__) if module.name != "_chainqual"
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str) -> None:
    if name.endswith("plots"):
        pytest.importorskip("matplotlib")
    if name.endswith(".dask"):
        pytest.importorskip("dask")
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0


def test_error_codes_are_the_librarys() -> None:
    assert {code.name: int(code) for code in cq.ErrorCode} == {
        name: number for name, (number, _) in native.error_codes().items()
    }


def test_tracebacks_name_what_users_can_catch() -> None:
    done = python("import chainqual as cq; cq.SeverityModel().grade(6, 4, 4)")
    assert done.stderr.splitlines()[-1].startswith("chainqual.InvalidError: ")
    for name in ("Error", "InvalidError", "MissingError", "AccessError", "TooLongError"):
        error = getattr(cq, name)
        assert (error.__module__, error.__qualname__) == ("chainqual", name) and name in cq.__all__


def test_importing_does_nothing_else() -> None:
    code = """
import sys, threading, signal
import numpy
before = set(sys.modules)
handler = signal.getsignal(signal.SIGINT)
import chainqual
heavy = {"pandas", "networkx", "igraph", "scipy", "tqdm", "matplotlib", "pyarrow", "polars", "asyncio", "subprocess"}
print(sorted(heavy & (set(sys.modules) - before)), threading.active_count(), signal.getsignal(signal.SIGINT) is handler)
"""
    done = python(code)
    assert done.stdout == "[] 1 True\n", done.stdout + done.stderr
    assert done.stderr == ""


def test_types_hold_for_users(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    user = Path(__file__).parent / "typed_user_code.py"
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", "--cache-dir", str(tmp_path), str(user)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
        env={"PATH": "/usr/bin:/bin", "MYPYPATH": str(PACKAGE.parent)},
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_package_is_strictly_typed(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(tmp_path)]
        + [str(ROOT / "python" / "chainqual")],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stdout


HOSTILE = "<script>alert('x')</script>&\x1b[31m\u202e"


def hostile_chain() -> cq.Chain:
    chain = cq.Chain(HOSTILE, HOSTILE)
    chain.add_segment("s", name=HOSTILE, name_en=HOSTILE, stage="upstream")
    chain.add_enterprise(HOSTILE, name=HOSTILE, name_en=HOSTILE, segments=["s"], stage="upstream", products=[HOSTILE])
    chain.add_enterprise("b", name=HOSTILE + "2", stage="downstream")
    chain.add_link(HOSTILE, "b", product=HOSTILE, dependency=0.5)
    chain.add_problem(
        "P" + HOSTILE, name=HOSTILE, name_en=HOSTILE, stage="upstream", segments=["s"], declared="critical"
    )
    return chain


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_everything_shows_itself_and_nothing_gets_out(lang: str) -> None:
    cq.set_language(lang)
    chain = hostile_chain()
    report = cq.assess(chain)
    net = chain.network()
    run = cq.linear(net, {0: 1.0})
    shown = [
        chain, chain.enterprises, chain.links, chain.validate(), report, report.problems, report.enterprises, net, run,
        cq.cascade(net, {0: 1.0}), cq.systemic_risk(net), cq.criticality(net), run.why("b"), report.why("b"),
        cq.SeverityModel().grade(5, 4, 4), cq.single_sources(net), cq.SeverityModel().stability([(4, 4, 4)], draws=10),
        cq.SeverityModel().grade_table({"impact": [5], "diffusion": [4], "urgency": [4]}),
    ]  # fmt: skip
    for one in shown:
        markup = one._repr_html_()
        assert "<script" not in markup, type(one)
        ElementTree.fromstring(f"<div>{markup}</div>".replace("\x1b", "").replace("\u202e", ""))
    for one in shown:
        assert "\x1b" not in repr(one) and "\u202e" not in repr(one), type(one)
    assert "\x1b" not in report.summary() and "\u202e" not in report.summary()
    svg = cq.quality_map(chain, report)._repr_svg_()
    assert "<script" not in svg
    ElementTree.fromstring(svg)


def test_both_languages_are_spoken(advanced: cq.Chain) -> None:
    report = cq.assess(advanced)
    english, chinese = report.summary("en"), report.summary("zh")
    assert "problems" in english and "个问题" in chinese
    cq.set_language("zh")
    assert "企业" in repr(advanced) and report.summary() == chinese
    with pytest.raises(cq.Error, match="没有企业"):
        advanced.id("nobody at all")
    with pytest.raises(TypeError, match="应为"):
        cq.SeverityModel().grade([], 4, 4)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="zh"):
        cq.set_language("fr")


def test_the_locale_chooses_as_for_the_program() -> None:
    for locale, language in (("zh_CN.UTF-8", "zh"), ("C", "en"), ("de_DE", "en")):
        assert python("import chainqual; print(chainqual.language())", LC_ALL=locale).stdout == f"{language}\n"


def test_languages_do_not_leak_between_threads() -> None:
    import threading

    cq.set_language("zh")
    seen: list[str] = []
    thread = threading.Thread(target=lambda: (cq.set_language("en"), seen.append(cq.language())))
    thread.start()
    thread.join()
    assert seen == ["en"] and cq.language() == "zh"


def test_tables_give_what_they_hold(advanced: cq.Chain) -> None:
    table = advanced.enterprises
    assert len(table) == 11 and table.row(0)["id"] == table["id"][0]
    assert table.head(3)["id"] == table["id"][:3]
    assert list(table.to_dict()) == table.columns == list(table)
    frame = pytest.importorskip("pandas") and table.to_pandas()
    assert list(frame["id"]) == list(table["id"])


def test_a_wheel_needs_no_drawing_library_and_names_its_licence() -> None:
    tomllib = pytest.importorskip("tomllib")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["tool"]["scikit-build"]["cmake"]["define"]["CHAINQUAL_PRINT"] == "OFF"
    assert project["project"]["license"] == {"text": "Apache-2.0"}
