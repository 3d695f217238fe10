"""Private keys of PuTTY."""

from random import Random
from re import compile as regex

from hullmark.checks import pem
from hullmark.checks.declare import secret
from hullmark.checks.drawing import BASE64, HEX, text
from hullmark.checks.kinds import Claim
from hullmark.checks.pem import MAX_PEM_CHARS
from hullmark.model import Severity
from hullmark.model.rule import Confidence

HEAD = r"PuTTY-User-Key-File-[23]: [a-z0-9@.-]{3,60}" + pem.BREAK
MIN_PRIVATE_CHARS = 40

_lines = regex(r"Private-Lines: (\d{1,3})" + pem.BREAK + r"([A-Za-z0-9+/=\s\\]+)").search


def _key(random: Random, cipher: str, kind: str = "User-Key-File", lines: int = 2) -> str:
    def some(count: int) -> str:
        return "\n".join(text(random, 64, BASE64) for _ in range(count))

    version = random.choice("23")
    return (
        f"PuTTY-{kind}-{version}: ssh-ed25519\nEncryption: {cipher}\nComment: deploy@build\n"
        f"Public-Lines: 2\n{some(2)}\nPrivate-Lines: {lines}\n{some(lines)}\n"
        f"Private-MAC: {text(random, 40, HEX)}"
    )


@secret(
    id="putty-private-key",
    title="PuTTY private key",
    severity=Severity.HIGH,
    confidence=Confidence.CERTAIN,
    pattern=HEAD
    + (
        r"(Encryption: [a-z0-9-]{4,12}"
        + pem.BREAK
        + r"[^\x00]{10}[^\x00]*?Private-Lines: [0-9]{1,3}"
        + pem.BREAK
        + r"[A-Za-z0-9+/=\s\\]+?)Private-(?:MAC|Hash)"
    ),
    anchor="PuTTY-User-Key-File-[23]: ",
    max_chars=MAX_PEM_CHARS,
    keywords=("PuTTY-User-Key-File-",),
    path="root/deploy.ppk",
    remediation=(
        "Remove its public half from authorized_keys and from accounts that list it, and "
        "make a new pair."
    ),
    references=("https://the.earth.li/~sgtatham/putty/latest/htmldoc/AppendixC.html",),
    bad=lambda random: random.choice(
        (
            _key(random, random.choice(("none", "aes256-cbc"))),
            '"key": "' + _key(random, "none").replace("\n", "\\n") + '"',
            "  " + _key(random, "none").replace("\n", "\n  "),
        )
    ),
    good=lambda random: random.choice(
        (
            _key(random, "none", kind="Public-Key-File"),
            _key(random, "none", lines=0),
            f"PuTTY-User-Key-File-3: {text(random, 20)}",
        )
    ),
)
def putty_private_key(value: str) -> Claim | None:
    """Whoever holds it logs in wherever its public half is listed."""
    found = _lines(value)
    if found is None or len(found[2]) < MIN_PRIVATE_CHARS:
        return None
    if value.startswith("Encryption: none"):
        return Claim(says="without a passphrase")
    return Claim(says="encrypted", severity=Severity.MEDIUM)
