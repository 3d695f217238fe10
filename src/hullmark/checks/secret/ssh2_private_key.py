"""Private keys of SSH Communications Security's SSH2."""

from base64 import b64encode
from random import Random

from hullmark.checks import pem
from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.pem import MAX_PEM_CHARS
from hullmark.model import Severity

LABEL = "SSH2 ENCRYPTED PRIVATE KEY"
MAGIC = bytes.fromhex("3f6ff9eb")


def _key(random: Random, magic: bytes) -> str:
    body = b64encode(magic + random.randbytes(600)).decode()
    lines = "\n".join(body[at : at + 70] for at in range(0, len(body), 70))
    return f'---- BEGIN {LABEL} ----\nComment: "2048-bit rsa"\n{lines}\n---- END {LABEL} ----'


@secret(
    id="ssh2-private-key",
    title="SSH2 private key",
    severity=Severity.HIGH,
    pattern=(
        rf"---- BEGIN {LABEL} ----{pem.BREAK}(?:(?:Comment|Subject): [^\r\n]"
        rf"{{0,200}}?{pem.BREAK})*([A-Za-z0-9+/=\s\\]{{100,}}?)---- END {LABEL} ----"
    ),
    anchor=f"---- BEGIN {LABEL} ----",
    max_chars=MAX_PEM_CHARS,
    keywords=("BEGIN SSH2 ENCRYPTED PRIVATE KEY",),
    path="root/.ssh2/id_rsa_2048_a",
    remediation="Remove its public half from servers that list it, and make a new pair.",
    references=("https://docs.ssh.com/",),
    bad=lambda random: random.choice(
        (_key(random, MAGIC), "  " + _key(random, MAGIC).replace("\n", "\n  "))
    ),
    good=lambda random: random.choice(
        (
            _key(random, b"\0\0\0\7"),
            _key(random, MAGIC).replace("ENCRYPTED PRIVATE", "PUBLIC"),
            f"---- BEGIN {LABEL} ----\n...\n---- END {LABEL} ----",
        )
    ),
)
def ssh2_private_key(value: str) -> Claim | None:
    """Whoever holds it logs in wherever its public half is listed; a passphrase may guard it."""
    data = pem.body(value)
    return Claim(says="begins as these keys do") if data.startswith(MAGIC) else None
