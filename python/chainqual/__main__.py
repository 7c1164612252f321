"""The program `chainqual`, the same C++ program that a plain build makes, run in this process."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the program and gives its exit code: 0 done, 1 the input has errors, 2 wrong use, 130 interrupted.

    Parameters
    ----------
    arguments : sequence of str, optional
        Without the program's name; by default those of the command line.

    Examples
    --------
    >>> from chainqual.__main__ import main
    >>> main(["grade", "6", "6", "6", "--quiet"]) in (1, 2)
    True
    """
    from . import _chainqual

    sys.stdout.flush()
    sys.stderr.flush()
    given = sys.argv[1:] if arguments is None else list(arguments)
    return _chainqual.program(["chainqual", *given])


if __name__ == "__main__":
    sys.exit(main())
