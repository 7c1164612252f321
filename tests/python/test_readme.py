"""What the README shows in Python runs as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import chainqual as cq

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_examples_run(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 1
    known = {"frame": {"impact": [5, 3], "diffusion": [4, 3], "urgency": [4, 2]}}
    exec(compile(blocks[0], name, "exec"), known)
    assert (tmp_path / "map.svg").read_text(encoding="utf-8").startswith("<?xml")
    assert isinstance(known["report"], cq.Report)
