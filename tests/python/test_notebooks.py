"""Every notebook runs from its first cell to its last, and shows what it promises."""

from __future__ import annotations

import os
from pathlib import Path

import matplotlib.font_manager  # noqa: F401  (makes its cache of fonts, of which it would speak in a notebook)
import nbformat
import pytest
from nbclient import NotebookClient

import chainqual as cq

FOLDER = Path(__file__).parents[2] / "python" / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
PICTURES = {"1_quick_start": 3, "3_which_enterprise_is_critical": 3}
"""Pictures that a notebook shows at least."""
WITH_MAP = "3_which_enterprise_is_critical"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: str(path.stem))
def test_notebook_runs_to_its_end(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = str(Path(cq.__file__).parent.parent)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([package, os.environ.get("PYTHONPATH", "")]))
    monkeypatch.setenv("CHAINQUAL_NOTEBOOK_ENTERPRISES", "50000")  # the fifth's, so that it ends in seconds
    notebook = nbformat.read(path, 4)
    NotebookClient(
        notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in cells), "a cell did not run"
    outputs = [output for cell in cells for output in cell.outputs]
    pictures = [o for o in outputs if {"image/png", "image/svg+xml"} & set(o.get("data", {}))]
    assert len(pictures) >= PICTURES.get(path.stem, 0)
    if path.stem == WITH_MAP:
        assert any("application/vnd.jupyter.widget-view+json" in o.get("data", {}) for o in outputs), "no map"
        said = [o["data"].get("text/plain", "") for cell in cells if "view.selected" in cell.source for o in cell.outputs]
        assert said == ["{'kind': 'enterprise', 'key': 'sugon'}"]
    spoken = [o for o in outputs if o.output_type == "stream" and o.name == "stderr"]
    assert not spoken, f"warnings: {spoken}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: str(path.stem))
def test_notebook_is_kept_without_outputs(path: Path) -> None:
    for cell in nbformat.read(path, 4).cells:
        if cell.cell_type == "code":
            assert not cell.outputs and cell.execution_count is None, "clear the outputs before committing"


def test_all_five_are_there() -> None:
    assert [path.stem[0] for path in NOTEBOOKS] == ["1", "2", "3", "4", "5"]
