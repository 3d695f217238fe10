"""Debuggers and tracers."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import holding, sound
from hullmark.checks.image_facts import there
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="debugger-installed",
    title="Debugger is installed",
    severity=Severity.LOW,
    remediation=(
        "Remove it, and bring it in an ephemeral container when there is something to debug."
    ),
    references=(
        "https://kubernetes.io/docs/tasks/debug/debug-application/debug-running-pod/#ephemeral-container",
    ),
    bad=lambda: (holding("usr/bin/gdb"), holding("usr/bin/strace")),
    good=lambda: (sound(),),
)
def debugger_installed(image: Image) -> Iterator[Evidence]:
    """It reads the memory of other processes: keys and passwords among it."""
    yield from there(
        image,
        (
            "gdb",
            "gdbserver",
            "lldb",
            "lldb-server",
            "strace",
            "ltrace",
            "dlv",
            "perf",
            "bpftrace",
            "valgrind",
            "radare2",
            "r2",
            "rr",
            "delve",
        ),
        "a debugger",
    )
