"""Passwords of VNC servers, encrypted under a key that everybody knows."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.samples import pieces
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind

BLOCK_BYTES = 8
"""One password; a second one is for those who may only look."""

MAX_BYTES = 2 * BLOCK_BYTES


def _bad() -> tuple[File, ...]:
    return (
        pieces("root/.vnc/passwd", bytes(range(200, 208))),
        pieces("home/app/.config/tigervnc/passwd", bytes(range(100, 116))),
    )


def _good() -> tuple[File, ...]:
    return (
        pieces("root/.vnc/passwd", b""),
        pieces("root/.vnc/passwd", b"no password is set here, see the manual\n"),
    )


@file_check(
    id="shipped-vnc-password",
    title="The image holds the password of a VNC server",
    kind=Kind.SECRET,
    severity=Severity.HIGH,
    names=("**/.vnc/passwd", "**/tigervnc/passwd", "**/x11vnc.pass"),
    bad=_bad,
    good=_good,
    remediation="Change the password, and make the file when the container starts.",
    references=("https://tigervnc.org/doc/vncpasswd.html",),
)
def shipped_vnc_password(file: File) -> Iterator[Evidence]:
    """The key that it is encrypted under stands in the source of every server.

    Whoever has it sees and moves the screen of the containers.
    """
    if file.size in (BLOCK_BYTES, MAX_BYTES):
        what = "a password" if file.size == BLOCK_BYTES else "a password, and one to look on"
        yield Evidence(at="", says=f"{what}, under the key that everybody knows")
