"""The process that renders charts: it loads Helm, gives up all else, and answers requests.

Order matters: what Go's threads are to lack is given up before they exist (Landlock) or taken from
all of them at once (seccomp), and everything must have been imported by then.
"""

import os
import socket
import sys
from collections.abc import Callable, Mapping

import msgspec

from hullmark.charts.archive import archive
from hullmark.charts.faults import BadSet, HelmFault
from hullmark.charts.ignoring import Ignoring
from hullmark.charts.lines import lines
from hullmark.charts.messages import (
    MAX_ANSWER_BYTES,
    MAX_REQUEST_BYTES,
    Answer,
    ChartOptions,
    Hello,
    Output,
    Rendered,
    Request,
)
from hullmark.charts.places import Chart, Places
from hullmark.charts.program import Program
from hullmark.charts.wire import receive, send
from hullmark.model import yaml
from hullmark.sandbox.jail import Limits
from hullmark.sandbox.threads import Door

LIMITS = Limits(memory_bytes=1536 * 1024 * 1024, file_bytes=0, cpu_s=600)
"""Beside what Go reserves on its start; the parent's clock ends single charts long before."""

PROGRAM_LIMITS = Limits(memory_bytes=3 * 1024**3, file_bytes=MAX_ANSWER_BYTES, cpu_s=600)
"""Of Helm's program, and what it writes into memory."""

MAX_PROBLEM_CHARS = 500
IGNORE = ".helmignore"
LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64")

NOT_INSTALLED = "Helm is not there to render charts: install hullmark[helm], or the program helm"

Render = Callable[[Mapping[str, bytes], ChartOptions, int], Output]
"""A chart's files, how to render them and the cluster's minor release, to what Helm makes of it."""


def main() -> None:
    """Serve until the parent closes its end; arguments are its number and Helm's program."""
    parent, program = int(sys.argv[1]), sys.argv[2]
    channel = socket.socket(fileno=0)
    null = os.open(os.devnull, os.O_RDWR)
    runs = os.open(program, os.O_PATH | os.O_CLOEXEC) if program else -1
    yaml.decode(b"a: 1", Chart)
    door = Door(parent, _readable(), program)
    try:
        from hullmark.charts.sdk import render, warm  # noqa: PLC0415 - starts Go

        warm()
        held = door.shut(LIMITS)
    except ImportError as error:
        if error.name != "helm_python" or not program:
            why = NOT_INSTALLED if error.name == "helm_python" else f"Helm does not load: {error}"
            send(channel, msgspec.msgpack.encode(Hello(problem=why)))
            return
        archive({"a": b""})
        render = Program(runs, null).render
        held = door.shut(PROGRAM_LIMITS, is_runner=True)
    send(channel, msgspec.msgpack.encode(Hello(held=held)))
    while request := receive(channel, MAX_REQUEST_BYTES):
        send(channel, _encoded(answer(msgspec.msgpack.decode(request, type=Request), render)))


def answer(request: Request, render: Render) -> Answer:
    """Render a chart; whatever is wrong with it is the answer's problem."""
    try:
        return _rendered(request, render)
    except BadSet as error:
        return Answer(misuse=(error.expression, _said(str(error))))
    except HelmFault as error:
        return Answer(problem=f"not rendered: {_said(str(error))}")
    except RecursionError:
        return Answer(problem="not rendered: values or metadata are nested too deeply")
    except (ValueError, MemoryError) as error:
        return Answer(problem=f"not rendered: {type(error).__name__}: {_said(str(error))}")


def _rendered(request: Request, render: Render) -> Answer:
    ignoring = Ignoring(request.files.get(IGNORE, b"").decode(errors="replace"))
    files = {path: data for path, data in request.files.items() if not ignoring.hides(path)}
    output = render(files, request.options, request.kubernetes)
    if output.problem:
        return Answer(problem=f"not rendered: {_said(output.problem)}", missing=output.missing)
    places = Places(files)
    told = {path: text for path, text in output.texts.items() if text.strip()}
    done = [_placed(places.of(path), text, files) for path, text in sorted(told.items())]
    for at, text in ((places.of(path), text) for path, text in output.definitions):
        differs = text.strip() != files.get(at, b"").decode(errors="replace").strip()
        if differs if request.options.crds is None else request.options.crds:
            done.append(_placed(at, text, {} if differs else files))
    hidden = [path for path in request.files if path not in files]
    return Answer(rendered=done, missing=output.missing, hidden=hidden)


def _placed(at: str, text: str, files: Mapping[str, bytes]) -> Rendered:
    """What a template renders, with the lines that it comes from where that is at hand."""
    template = files.get(at, b"").decode(errors="replace")
    if text == template:
        return Rendered(at, text.encode(), [*range(1, text.count("\n") + 2)])
    return Rendered(at, text.encode(), lines(template, text) if template else [])


def _encoded(done: Answer) -> bytes:
    payload = msgspec.msgpack.encode(done)
    if len(payload) <= MAX_ANSWER_BYTES:
        return payload
    why = f"not judged: it renders more than {MAX_ANSWER_BYTES} bytes"
    return msgspec.msgpack.encode(Answer(problem=why))


def _said(text: str) -> str:
    """What Helm says, on one line."""
    return " ".join(text.split())[:MAX_PROBLEM_CHARS]


def _readable() -> list[str]:
    """Folders that programs and modules lie in, from which Helm is still to be loaded."""
    return [each for each in (*sys.path, *LIBRARIES) if each and os.path.isdir(each)]
