"""What is given away: the wheel holds the package and nothing else, the source archive all that building needs."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

pytest.importorskip("scikit_build_core")

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "python" / "chainqual"


def made(call: str, folder: Path) -> Path:
    """The archive that the build backend makes; where it makes it is told by its last line."""
    code = f"import sys; from scikit_build_core import build; print(build.{call})"
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, cwd=ROOT, check=False, env=os.environ
    )
    assert done.returncode == 0, done.stderr
    return folder / done.stdout.splitlines()[-1]


def test_a_wheel_holds_the_package_its_types_and_its_licences(tmp_path: Path) -> None:
    with zipfile.ZipFile(made('build_wheel(sys.argv[1], {"wheel.cmake": "false"})', tmp_path)) as wheel:
        names = set(wheel.namelist())
        about = next(name for name in names if name.endswith(".dist-info/METADATA"))
        metadata = Parser().parsestr(wheel.read(about).decode())
        entry = wheel.read(about.replace("METADATA", "entry_points.txt")).decode()
    kept = {
        f"chainqual/{path.relative_to(PACKAGE).as_posix()}"
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name for name in names if ".dist-info/" not in name} == kept
    assert {"chainqual/py.typed", "chainqual/_chainqual.pyi", "chainqual/static/LICENSES.txt"} <= names
    assert {Path(name).suffix for name in kept} == {".py", ".pyi", ".typed", ".csv", ".json", ".js", ".sha256", ".txt"}
    assert about.replace("METADATA", "licenses/LICENSE") in names
    assert (metadata["Name"], metadata["License"]) == ("chainqual", "Apache-2.0")
    assert metadata.get_all("Requires-Dist", [])[0].startswith("numpy")
    assert {"dask", "plots", "progress", "tables", "widget"} <= set(metadata.get_all("Provides-Extra", []))
    assert "chainqual=chainqual.__main__:main" in entry.replace(" ", "")


def test_a_source_archive_holds_what_building_needs(tmp_path: Path) -> None:
    with tarfile.open(made("build_sdist(sys.argv[1])", tmp_path)) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    needed = {"CMakeLists.txt", "LICENSE", "README.md", "pyproject.toml", "PKG-INFO", "python/CMakeLists.txt"}
    assert needed <= names
    for folder, suffix in (("include", ".hpp"), ("src", ".cpp"), ("cmake", ".cmake"), ("python/src", ".cpp")):
        files = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob(f"*{suffix}")}
        assert files and files <= names, folder
    unwanted = ("tests/", "bench/", "capi/", "build/", "python/notebooks/", "python/web/node_modules/", ".ci/")
    assert not [name for name in names if name.startswith(unwanted) or name.endswith((".pyc", ".so"))]
