"""A PostgreSQL server of the tests' own: in a temporary folder, as an unprivileged user, on a socket alone."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

_found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
PROGRAMS = _found[-1].parent if _found else Path(shutil.which("initdb") or "none").parent
"""Where its programs are; Debian's stand off the path."""

INSTALLED = (PROGRAMS / "initdb").exists()


class Server:
    """Runs until `stop`, or until this process ends however it ends."""

    def __init__(self) -> None:
        self._folder = tempfile.mkdtemp(prefix="chainqual-pg-", dir="/tmp")
        self._schemas = 0
        self._as = ["setpriv", "--pdeathsig", "INT"]
        if os.getuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(self._folder, user.pw_uid, user.pw_gid)
            self._as += ["--reuid", "postgres", "--regid", "postgres", "--clear-groups"]
        data = f"{self._folder}/data"
        self._call(
            "initdb", f"--pgdata={data}", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"
        )
        words = [*self._as, str(PROGRAMS / "postgres"), "-D", data, "-k", self._folder, "-c", "listen_addresses="]
        self._process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(1200):
            if subprocess.run([*self._psql, "SELECT 1"], capture_output=True).returncode == 0:
                return
            time.sleep(0.05)
        raise RuntimeError("the server does not start")

    @property
    def _psql(self) -> list[str]:
        return [str(PROGRAMS / "psql"), "-h", self._folder, "-U", "postgres", "-d", "postgres", "-c"]

    def _call(self, program: str, *arguments: str) -> None:
        subprocess.run([*self._as, str(PROGRAMS / program), *arguments], check=True, capture_output=True, cwd="/tmp")

    def fresh_address(self) -> str:
        """The address of a schema that holds nothing."""
        self._schemas += 1
        name = f"t{self._schemas}"
        subprocess.run([*self._psql, f"CREATE SCHEMA {name}"], check=True, capture_output=True)
        return f"postgresql:///postgres?host={self._folder}&user=postgres&options=-csearch_path%3D{name}"

    def stop(self) -> None:
        """Ends the server; nothing of it is kept."""
        self._process.send_signal(3)
        self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)
