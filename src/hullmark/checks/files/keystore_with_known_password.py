"""Keystores whose password everybody knows."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.keystores import JKS_MAGIC, NAMES, jks_mark, keystore
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind


def _store(path: str, password: str, *, kind: int = 1) -> File:
    """The head of a keystore of one entry, and what vouches for it."""
    data = JKS_MAGIC + b"\0\0\0\2\0\0\0\1" + kind.to_bytes(4) + b"\0\3app" + bytes(8)
    return File(path=path, content=data + jks_mark(password, data))


def _bad() -> tuple[File, ...]:
    return (_store("app/server.jks", "change" + "it"),)


def _good() -> tuple[File, ...]:
    return (
        _store("app/server.jks", "drawn at random"),
        _store("app/trust.jks", "change" + "it", kind=2),
    )


@file_check(
    id="keystore-with-known-password",
    title="A keystore has a password that everybody knows",
    kind=Kind.SECRET,
    severity=Severity.HIGH,
    names=NAMES,
    of_nobody=True,
    bad=_bad,
    good=_good,
    remediation="Take the keys as known: replace them, and mount the new ones where they are used.",
    references=(
        "https://docs.oracle.com/en/java/javase/21/docs/specs/man/keytool.html",
        "https://www.rfc-editor.org/rfc/rfc7292",
    ),
)
def keystore_with_known_password(file: File) -> Iterator[Evidence]:
    """Everybody who can pull the image opens it, and has the private keys.

    The password was tried on the file itself; no network was asked.
    """
    found = keystore(file)
    if found and found.password is not None:
        which = "is empty" if not found.password else "is one that guides suggest"
        yield Evidence(at="", says=f"the password of a {found.kind} keystore {which}")
