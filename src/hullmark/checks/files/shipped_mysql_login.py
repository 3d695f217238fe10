"""Logins that mysql_config_editor keeps: encrypted, with their key at the file's beginning."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.samples import pieces
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind

UNUSED = bytes(4)
KEY_BYTES = 20
BLOCK_BYTES = 16
MAX_LINE_BYTES = 4096
"""Of one encrypted line, whose length stands before it."""

HEAD_BYTES = 4 + KEY_BYTES + 4


def _bad() -> tuple[File, ...]:
    line = (32).to_bytes(4, "little") + bytes(range(32))
    return (pieces("root/.mylogin.cnf", UNUSED, bytes(range(1, 21)), line),)


def _good() -> tuple[File, ...]:
    return (
        pieces("root/.mylogin.cnf", b""),
        pieces("root/.mylogin.cnf", UNUSED, bytes(range(1, 21))),
        pieces("root/.mylogin.cnf", b"[client]\nuser = app\nhost = db.internal\n"),
    )


@file_check(
    id="shipped-mysql-login",
    title="The image holds logins to MySQL",
    kind=Kind.SECRET,
    severity=Severity.HIGH,
    names=("**/.mylogin.cnf",),
    bad=_bad,
    good=_good,
    remediation="Change the passwords in it, and mount the file when the container runs.",
    references=("https://dev.mysql.com/doc/refman/8.4/en/mysql-config-editor.html",),
)
def shipped_mysql_login(file: File) -> Iterator[Evidence]:
    """The key that its passwords are encrypted under stands in the same file.

    `my_print_defaults -s` shows them to everybody who can read it.
    """
    head = file.read(0, HEAD_BYTES)
    size = int.from_bytes(head[-4:], "little")
    if len(head) < HEAD_BYTES or not head.startswith(UNUSED):
        return
    if 0 < size <= MAX_LINE_BYTES and size % BLOCK_BYTES == 0:
        yield Evidence(at="", says="passwords, encrypted under a key that stands beside them")
