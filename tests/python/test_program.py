"""`chainqual` and `python -m chainqual`: the C++ program, in this process."""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path

import pytest

import chainqual as cq
from chainqual.__main__ import main
from conftest import python


def test_grades_as_the_program_does(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["grade", "5", "4", "4", "--json"]) == 0
    answer = json.loads(capfd.readouterr().out)
    assert "4.4" in json.dumps(answer)


def test_wrong_use_is_two_and_bad_input_one(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["grde"]) == 2
    assert main(["validate", str(tmp_path / "nothing")]) == 1
    assert "nothing" in capfd.readouterr().err


def test_runs_as_a_module(tmp_path: Path) -> None:
    code = (
        "import runpy, sys; sys.argv = ['chainqual', *sys.argv[1:]]; runpy.run_module('chainqual', run_name='__main__')"
    )
    done = python(
        code, "assess", str(cq.datasets.folder("advanced_computing")), "--out", str(tmp_path / "o"), "--lang", "en"
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "o" / "map.svg").exists() and "AC-" in done.stdout


def test_reports_are_the_modules_own(tmp_path: Path) -> None:
    folder = str(cq.datasets.folder("connected_vehicle"))
    assert main(["assess", folder, "--out", str(tmp_path / "o"), "--quiet"]) == 0
    program = json.loads((tmp_path / "o" / "report.json").read_text(encoding="utf-8"))
    assert program == cq.assess(cq.read_chain(folder)).to_dict()


def test_signal_handlers_are_given_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    assert main(["grade", "5", "4", "4", "--quiet"]) == 0
    assert signal.getsignal(signal.SIGINT) is before
    code = """
import os, signal, time
from chainqual.__main__ import main
main(["grade", "5", "4", "4", "--quiet"])
try:
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(5)
except KeyboardInterrupt:
    print("interrupted")
"""
    assert "interrupted" in python(code).stdout


def test_program_runs_again_after_an_interrupt() -> None:
    code = """
import sys, threading, os, signal
from chainqual.__main__ import main
timer = threading.Timer(0.3, lambda: os.kill(os.getpid(), signal.SIGINT))
timer.start()
first = main(["systemic-risk", sys.argv[1], "--quiet"])
timer.join()
second = main(["grade", "5", "4", "4", "--quiet"])
print("codes", first, second)
"""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = cq.generate(100_000, seed=1).save(Path(folder) / "big.cqn")
        done = python(code, str(path))
    assert "codes 130 0" in done.stdout, (done.stdout, done.stderr)


def test_version_is_one() -> None:
    done = python("import sys; from chainqual.__main__ import main; sys.exit(main(['--version']))")
    assert cq.__version__ in done.stdout
    assert sys.version_info >= (3, 10)
