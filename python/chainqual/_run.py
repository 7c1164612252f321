"""How long work runs: on how many threads, and who is told of its progress."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from operator import index
from typing import Any, Union

from ._text import chosen

Progress = Union[bool, Callable[[float], object], None]
How = tuple[Union[int, None], Union[Callable[[float], object], None]]


def _bar(doing: str) -> tuple[Callable[[float], object], Callable[[], object]]:
    try:
        from tqdm.auto import tqdm
    except ImportError:

        def show(share: float) -> None:
            if sys.stderr.isatty():
                filled = round(share * 30)
                print(
                    f"\r{doing} |{'█' * filled}{'·' * (30 - filled)}| {share:4.0%}", end="", file=sys.stderr, flush=True
                )

        def close() -> None:
            if sys.stderr.isatty():
                print(file=sys.stderr)

        return show, close
    bar: Any = tqdm(
        total=100, desc=doing, bar_format="{desc} {percentage:3.0f}% |{bar}| {elapsed}<{remaining}", leave=False
    )

    def update(share: float) -> None:
        bar.update(share * 100 - bar.n)

    return update, bar.close


class _Rising:
    """Passes on shares that rise; at its end 1, if nothing said so before."""

    def __init__(self, tell: Callable[[float], object]) -> None:
        self._tell = tell
        self._told = -1.0

    def __call__(self, share: float) -> None:
        if share > self._told:
            self._told = share
            self._tell(share)


def default_threads() -> int:
    """How many threads kernels use unless told otherwise: ``CHAINQUAL_THREADS``, else all that the process may use.

    Returns
    -------
    int

    Examples
    --------
    >>> import chainqual as cq
    >>> cq.default_threads() >= 1
    True
    """
    from . import _chainqual

    return _chainqual.threads()


@contextmanager
def running(threads: int | None, progress: Progress, zh: str = "计算", en: str = "computing") -> Iterator[How]:
    """What the extension wants to know of a run: (threads, progress function)."""
    if threads is not None:
        if isinstance(threads, bool) or not hasattr(threads, "__index__"):
            raise TypeError(
                chosen(
                    f"threads 应为整数或 None，而不是 {threads!r}。",
                    f"threads must be a whole number or None, not {threads!r}.",
                )
            )
        threads = index(threads)
        if not 1 <= threads <= 1024:
            raise ValueError(chosen("threads 应在 1 … 1024 之间。", "threads must lie in 1 … 1024."))
    if progress is None or progress is False:
        yield (threads, None)
    elif progress is True:
        update, close = _bar(chosen(zh, en))
        rising = _Rising(update)
        try:
            yield (threads, rising)
            rising(1.0)
        finally:
            close()
    elif callable(progress):
        rising = _Rising(progress)
        yield (threads, rising)
        rising(1.0)
    else:
        raise TypeError(
            chosen(
                "progress 应为 True、False、None 或接受完成份额（0 到 1）的函数。",
                "progress must be True, False, None or a function that takes the share done, 0 to 1.",
            )
        )


PLAIN: How = (None, None)
