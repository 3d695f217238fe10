"""Algorithms of SSH that are broken or nearly so."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import settings
from hullmark.checks.samples import text
from hullmark.checks.ssh_server import MANUAL, SSHD_CONFIG
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind

LISTS = frozenset(
    (
        "casignaturealgorithms",
        "ciphers",
        "hostbasedacceptedalgorithms",
        "hostkeyalgorithms",
        "kexalgorithms",
        "macs",
        "pubkeyacceptedalgorithms",
        "pubkeyacceptedkeytypes",
    )
)

WEAK = frozenset(
    (
        "3des-cbc",
        "aes128-cbc",
        "aes192-cbc",
        "aes256-cbc",
        "arcfour",
        "arcfour128",
        "arcfour256",
        "blowfish-cbc",
        "cast128-cbc",
        "diffie-hellman-group-exchange-sha1",
        "diffie-hellman-group1-sha1",
        "diffie-hellman-group14-sha1",
        "hmac-md5",
        "hmac-md5-96",
        "hmac-ripemd160",
        "hmac-sha1-96",
        "none",
        "rijndael-cbc@lysator.liu.se",
        "ssh-dss",
        "ssh-rsa",
    )
)
"""What OpenSSH no longer offers by itself."""


def _bad() -> tuple[File, ...]:
    return (
        text(SSHD_CONFIG[0], "Ciphers aes256-ctr,3des-cbc"),
        text(SSHD_CONFIG[0], "KexAlgorithms +diffie-hellman-group1-sha1"),
    )


def _good() -> tuple[File, ...]:
    return (
        text(
            SSHD_CONFIG[0],
            "Ciphers aes256-ctr",
            "MACs -hmac-md5",
            "KexAlgorithms sntrup761x25519-sha512",
        ),
    )


@file_check(
    id="weak-ssh-algorithm",
    title="The SSH server offers broken algorithms",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.MEDIUM,
    names=SSHD_CONFIG,
    bad=_bad,
    good=_good,
    remediation="Remove the setting, so that the server offers what its version holds for safe.",
    references=(MANUAL, "https://www.openssh.com/legacy.html"),
)
def weak_ssh_algorithm(file: File) -> Iterator[Evidence]:
    """Who sits on the wire may read or forge what such algorithms protect."""
    for setting in settings(file, ("#",)):
        if setting.key not in LISTS or setting.value.startswith("-"):
            continue
        offered = set(setting.value.lower().lstrip("+^").split(","))
        if found := sorted(offered & WEAK):
            at = f"{setting.key}:{setting.number}"
            yield Evidence(at=at, says=f"offers {', '.join(found)}", line=setting.number)
