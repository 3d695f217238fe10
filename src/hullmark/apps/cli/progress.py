"""A bar for people who watch a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def bar(what: str, *, shown: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar over bytes on stderr, gone when done: it is told those just come, and those in all."""
    if not shown:
        yield lambda _bytes, _total: None
        return
    from rich.console import Console  # noqa: PLC0415 - only for people who watch
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn  # noqa: PLC0415

    columns = (TextColumn(what), BarColumn(), DownloadColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown_bar:
        task = shown_bar.add_task(what, total=None)

        def advance(count: int, total: int) -> None:
            shown_bar.update(task, advance=count, total=total)

        yield advance
