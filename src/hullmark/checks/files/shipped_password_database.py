"""Stores of passwords: KeePass, browsers, keyrings."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.samples import pieces
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind

KEEPASS = b"\x03\xd9\xa2\x9a"
GNOME = b"GnomeKeyring\n"
KWALLET = b"KWALLET\n"
SQLITE = b"SQLite format 3\0"
HEAD_BYTES = 32
MAX_SEARCHED_BYTES = 4 * 1024 * 1024


def _bad() -> tuple[File, ...]:
    return (
        pieces("root/team.kdbx", KEEPASS, b"\x67\xfb\x4b\xb5", bytes(64)),
        pieces("home/a/.local/share/keyrings/login.keyring", GNOME, bytes(64)),
        pieces("home/a/.config/google-chrome/Default/Login Data", SQLITE, b"CREATE TABLE logins"),
        pieces("home/a/.mozilla/firefox/x/key4.db", SQLITE, b"CREATE TABLE metaData"),
    )


def _good() -> tuple[File, ...]:
    return (
        pieces("root/team.kdbx", b"not one"),
        pieces("home/a/.config/google-chrome/Default/Login Data", SQLITE, b"CREATE TABLE meta"),
    )


@file_check(
    id="shipped-password-database",
    title="The image holds a store of passwords",
    kind=Kind.SECRET,
    severity=Severity.HIGH,
    names=("*.kdbx", "*.kdb", "*.keyring", "*.kwl", "Login Data", "**/firefox/*/key4.db"),
    bad=_bad,
    good=_good,
    remediation="Remove it from the image and its layers, and replace every password in it.",
    references=("https://attack.mitre.org/techniques/T1555/",),
)
def shipped_password_database(file: File) -> Iterator[Evidence]:
    """It keeps logins of a person, and everybody who can pull the image may guess what locks it.

    Browsers lock theirs with a key that lies beside it.
    """
    head = file.read(0, HEAD_BYTES)
    says = ""
    if head.startswith(KEEPASS):
        says = "a database of KeePass"
    elif head.startswith(GNOME):
        says = "a keyring of GNOME"
    elif head.startswith(KWALLET):
        says = "a wallet of KDE"
    elif head.startswith(SQLITE):
        data = file.read(0, MAX_SEARCHED_BYTES)
        if file.name == "Login Data" and b"TABLE logins" in data:
            says = "the passwords that a browser keeps"
        elif file.name == "key4.db" and b"metaData" in data:
            says = "the key of the passwords that Firefox keeps"
    if says:
        yield Evidence(at="", says=says)
