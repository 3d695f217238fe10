"""Private keys of OpenSSH."""

from random import Random

from hullmark.checks import pem
from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.pem import MAX_PEM_CHARS
from hullmark.model import Severity
from hullmark.model.rule import Confidence

LABEL = "OPENSSH PRIVATE KEY"
MAGIC = b"openssh-key-v1\0"
MAX_NAME_BYTES = 64


def _string(data: bytes) -> bytes:
    return len(data).to_bytes(4) + data


def _key(random: Random) -> bytes:
    public = _string(b"ssh-ed25519") + _string(random.randbytes(32))
    inner = random.randbytes(136)
    cipher, kdf, options = random.choice(
        ((b"none", b"none", b""), (b"aes256-ctr", b"bcrypt", random.randbytes(24)))
    )
    head = _string(cipher) + _string(kdf) + _string(options) + (1).to_bytes(4)
    return MAGIC + head + _string(public) + _string(inner)


def _strings(data: bytes, count: int) -> list[bytes]:
    """So many strings, each after its length; fewer where the data ends before."""
    found = []
    at = 0
    for _ in range(count):
        size = int.from_bytes(data[at : at + 4])
        if at + 4 + size > len(data):
            break
        found.append(data[at + 4 : at + 4 + size])
        at += 4 + size
    return found


@secret(
    id="openssh-private-key",
    title="OpenSSH private key",
    severity=Severity.HIGH,
    confidence=Confidence.CERTAIN,
    pattern=pem.pattern(LABEL),
    anchor=pem.anchor(LABEL),
    max_chars=MAX_PEM_CHARS,
    keywords=("BEGIN OPENSSH PRIVATE KEY",),
    binary=True,
    path="root/.ssh/id_ed25519",
    remediation=(
        "Remove its public half from authorized_keys and from accounts that list it, make "
        "a new pair, and hand keys to builds by a secret mount or an agent."
    ),
    references=("https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key",),
    bad=lambda random: pem.written(random, LABEL, _key(random)),
    good=lambda random: pem.cut(random, LABEL, _key(random)),
)
def openssh_private_key(value: str) -> Claim | None:
    """Whoever holds it logs in where its public half is listed, or is the host to its clients."""
    data = pem.body(value)
    if not data.startswith(MAGIC):
        return None
    head = _strings(data[len(MAGIC) :], 3)
    if len(head) != 3:  # noqa: PLR2004 - cipher, key derivation, its options
        return None
    rest = data[len(MAGIC) + sum(map(len, head)) + 4 * 3 + 4 :]
    keys = _strings(rest, 2)
    if len(keys) != 2 or not keys[1]:  # noqa: PLR2004 - the public half, the private one
        return None
    kind = b"".join(_strings(keys[0], 1))[:MAX_NAME_BYTES].decode("ascii", "replace")
    if head[0] == b"none":
        return Claim(says=f"{kind}, without a passphrase")
    return Claim(says=f"{kind}, encrypted", severity=Severity.MEDIUM)
