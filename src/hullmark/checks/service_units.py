"""Services of systemd: systemd.service(5) and systemd.unit(5)."""

from collections.abc import Iterator

from hullmark.checks.lines import Line, joined
from hullmark.model import File

SERVICES = (
    "**/systemd/system/*.service",
    "**/systemd/user/*.service",
    "**/systemd/system/*.conf",
    "**/systemd/system/*.timer",
)
ADDED = (
    "etc/systemd/system/*.service",
    "usr/lib/systemd/system/*.service",
    "lib/systemd/system/*.service",
    "usr/local/lib/systemd/system/*.service",
    "etc/systemd/user/*.service",
    "**/.config/systemd/user/*.service",
)
STARTS = ("ExecStart", "ExecStartPre", "ExecStartPost", "ExecReload", "ExecStop", "ExecStopPost")


def commands(file: File) -> Iterator[Line]:
    """The commands of a service, each with its line."""
    for number, line in joined(file, ("#", ";")):
        key, _, command = line.partition("=")
        if key.strip() in STARTS and command.strip():
            yield Line(number, command.strip())
