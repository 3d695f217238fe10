"""A server of a benchmark's own, such as a Docker daemon or a registry."""

import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

# A Docker daemon with a cold disk takes some seconds.
START_S = 60
ASK_S = 0.2


@contextmanager
def serving(command: Sequence[str], answers: Callable[[], bool], log: Path) -> Iterator[int]:
    """Start a server and yield its process's id once it answers; stop it in the end."""
    with log.open("wb") as written:
        process = subprocess.Popen(command, stdout=written, stderr=written)
    try:
        await_answer(process, answers, log)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def await_answer(process: subprocess.Popen[bytes], answers: Callable[[], bool], log: Path) -> None:
    """Wait until a server answers."""
    deadline_s = time.monotonic() + START_S
    while not answers():
        if process.poll() is not None or time.monotonic() > deadline_s:
            said = log.read_text(errors="replace")[-2000:]
            raise click.ClickException(f"{process.args!r} does not answer: {said}")
        time.sleep(ASK_S)
