"""Hashes of passwords outside of the shadow file."""

from hullmark.checks.declare import secret
from hullmark.checks.drawing import text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity

SIZES = (22, 43, 86)
"""Of the hashes of MD5, of SHA-256 and yescrypt, and of SHA-512."""


@secret(
    id="shadow-hash",
    title="Hash of a login password outside of the shadow file",
    severity=Severity.MEDIUM,
    pattern=(
        r"(?:^|[\s\"':=,])\$(?:1\$|5\$(?:rounds=[0-9]{4,9}\$)?|6\$(?:rounds=[0-9]{4,9}\$)"
        r"?|y\$[A-Za-z0-9./]{2,8}\$)[A-Za-z0-9./]{1,32}\$([A-Za-z0-9./]{22,86})(?:[\s\"',]"
        r"|\z)"
    ),
    anchor=(
        r"\$(?:1\$[A-Za-z0-9./]{1,8}\$[A-Za-z0-9./]{22}|5\$(?:rounds=[0-9]{4,9}\$)"
        r"?[A-Za-z0-9./]{1,16}\$[A-Za-z0-9./]{43}|6\$(?:rounds=[0-9]{4,9}\$)?[A-Za-z0-9./]"
        r"{1,16}\$[A-Za-z0-9./]{86}|y\$[A-Za-z0-9./]{2,8}\$[A-Za-z0-9./]{10,32}"
        r"\$[A-Za-z0-9./]{43})"
    ),
    max_chars=150,
    keywords=("$1$", "$5$", "$6$", "$y$"),
    entropy=4.0,
    path="srv/kickstart.cfg",
    remediation="Change the password of that login, and create users without one in images.",
    references=("https://manpages.debian.org/bookworm/libcrypt-dev/crypt.5.en.html",),
    bad=lambda random: random.choice(
        (
            f"rootpw --iscrypted $6${text(random, 16)}${text(random, 86)}",
            f'password: "$y$j9T${text(random, 22)}${text(random, 43)}"',
            f"useradd -p '$5${text(random, 16)}${text(random, 43)}' deploy",
        )
    ),
    good=lambda random: random.choice(
        (
            f"rootpw --iscrypted $6${text(random, 16)}${text(random, 40)}",
            "echo $1 $5 $6",
            f"root:$6${text(random, 16)}${text(random, 86)}:19000:0:99999:7:::",
            f"price: $5${text(random, 3)}",
            f"rootpw --iscrypted $6$saltsalt${'a' * 86}",
        )
    ),
)
def shadow_hash(value: str) -> Claim | None:
    """Whoever finds its password, within hours where it is a usual one, logs in as this user."""
    return NOTHING_MORE if len(value) in SIZES else None
