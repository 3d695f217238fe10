"""Helm as a program, where its library is not installed: ``helm template`` from and to memory.

The process that runs it is jailed already, and so is what it runs: https://helm.sh/docs/helm/helm_template/
"""

import os
import re
from collections.abc import Iterator, Mapping

from hullmark.charts.archive import archive
from hullmark.charts.faults import BadSet, HelmFault
from hullmark.charts.messages import ChartOptions, Output
from hullmark.charts.places import Places
from hullmark.sandbox.jail import die_with

MAX_ERROR_BYTES = 4096
_is_library = re.compile("Error: library charts are not installable").match
_bad_set = re.compile(r"Error: failed parsing --set data: (.*)").match
_is_definition = re.compile(r"[^/]+/(?:charts/[^/]+/)*crds/").match
_SOURCE = re.compile(r"^---\n# Source: (.+)\n", re.MULTILINE)
_ENVIRONMENT = {"HOME": "/nonexistent", "GOMAXPROCS": "2", "GOTRACEBACK": "none"}


class Program:
    """The program that is open as ``program``, wherever it lies; ``null`` is nothing, open."""

    def __init__(self, program: int, null: int) -> None:
        self._path = f"/proc/self/fd/{program}"
        self._null = null

    def render(self, files: Mapping[str, bytes], options: ChartOptions, minor: int) -> Output:
        """What a chart renders; raises ``HelmFault`` and ``BadSet``.

        Unlike its library, the program renders nothing of a chart that misses others.
        """
        chart, values = _memory(archive(files)), _memory(options.values)
        out, err = _memory(b""), _memory(b"")
        asked = [f"--set={each}" for each in options.sets]
        asked += [f"--api-versions={each}" for each in options.api_versions]
        command = ["helm", "template", *asked, f"--namespace={options.namespace}"]
        command += ["--include-crds"] if options.crds is not False else []
        command.append(f"--kube-version={options.kube_version or f'v1.{minor}.0'}")
        command.append(f"--values=/proc/self/fd/{values}")
        command += ["--", options.release, f"/proc/self/fd/{chart}"]
        missing = Places(files).missing()
        try:
            status = self._run(command, out, err)
            said = os.pread(err, MAX_ERROR_BYTES, 0).decode(errors="replace")
            if status:
                return _failed(status, said, options, missing)
            text = os.pread(out, os.fstat(out).st_size, 0).decode(errors="replace")
        finally:
            for each in (chart, values, out, err):
                os.close(each)
        return _read(text, has_definitions=options.crds is not False)

    def _run(self, command: list[str], out: int, err: int) -> int:
        """The program's exit code, negative for a signal."""
        parent = os.getpid()
        child = os.fork()
        if child == 0:
            try:
                die_with(parent)
                for number, descriptor in enumerate((self._null, out, err)):
                    os.dup2(descriptor, number)
                os.execve(self._path, command, _ENVIRONMENT)  # noqa: S606 - in a jail
            finally:
                os._exit(127)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _failed(
    status: int, said: str, options: ChartOptions, missing: list[tuple[str, str]]
) -> Output:
    bad = _bad_set(said)  # at the beginning: further on a template may say anything
    if bad:
        raise BadSet(", ".join(options.sets), bad[1])
    if _is_library(said):
        return Output(is_library=True)
    if missing and "missing in charts" in said:
        return Output(missing=missing, problem=said)
    raise HelmFault(said.removeprefix("Error: ") or f"helm ended with status {status}")


def _read(text: str, *, has_definitions: bool) -> Output:
    """The program's answer, cut into what each template renders.

    Names of templates may hold line feeds: where no definitions were asked for, nothing is one.
    """
    texts: dict[str, list[str]] = {}
    for path, piece in _pieces(text):
        texts.setdefault(path, []).append(piece)
    whole = {path: "---\n".join(each) for path, each in texts.items()}
    found = whole.items() if has_definitions else ()
    definitions = [(path, each) for path, each in found if _is_definition(path)]
    known = {path for path, _ in definitions}
    rendered = {path: each for path, each in whole.items() if path not in known}
    return Output(texts=rendered, definitions=definitions)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    marks = [*_SOURCE.finditer(text)]
    ends = [*(each.start() for each in marks[1:]), len(text)]
    for mark, end in zip(marks, ends, strict=False):
        yield mark[1], text[mark.end() : end]


def _memory(data: bytes) -> int:
    """A descriptor of a file in memory, which programs that are started get too."""
    fd = os.memfd_create("helm", 0)
    with os.fdopen(fd, "wb", closefd=False) as file:
        file.write(data)
    os.lseek(fd, 0, os.SEEK_SET)
    return fd
