"""Services of systemd that no package brought."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import shown
from hullmark.checks.odd_commands import starts
from hullmark.checks.samples import text
from hullmark.checks.service_units import ADDED, commands
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind
from hullmark.model.rule import Confidence


def _bad() -> tuple[File, ...]:
    return (
        text("etc/systemd/system/app.service", "[Service]", "ExecStart=/opt/app/run"),
        text("lib/systemd/system/app.service", "[Service]", "ExecStart=/opt/app/run"),
    )


def _good() -> tuple[File, ...]:
    return (text("etc/systemd/system/none.service", "[Unit]", "Description=nothing"),)


@file_check(
    id="added-service",
    title="A service was added to the image",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.INFO,
    confidence=Confidence.POSSIBLE,
    names=ADDED,
    of_nobody=True,
    bad=_bad,
    good=_good,
    remediation="Remove it, or start its program as the one program of a container.",
    references=("https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html",),
)
def added_service(file: File) -> Iterator[Evidence]:
    """Containers start no services, so it is there for nothing, or for a host that it gets onto."""
    for number, command in commands(file):
        says = f"starts {shown(starts(command))}, and no package brought the file"
        yield Evidence(at="", says=says, line=number)
        return
