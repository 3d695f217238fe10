"""Jupyter: the hash of its password."""

from hullmark.checks.declare import secret
from hullmark.checks.drawing import HEX, text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.passwords import following
from hullmark.model import Severity

SIZES = (40, 43)
"""Of SHA-1 in hexadecimal digits, and of Argon2 in base 64."""


@secret(
    id="jupyter-password-hash",
    title="Jupyter password hash",
    severity=Severity.MEDIUM,
    **following(
        (
            r"(?:hashed_password|App\.password)[\"\']?\s{0,4}[:=]\s{0,4}u?[\"\']"
            r"(?:argon2:\$argon2id\$v=19\$m=[0-9]{1,8},t=[0-9]{1,4},p=[0-9]{1,4}\$[A-Za-z0-9+/]"
            r"{8,64}\$|sha1:[0-9a-f]{12}:)"
        ),
        "argon2:",
        "sha1:",
        chars=160,
        least=40,
    ),
    path="root/.jupyter/jupyter_server_config.json",
    remediation="Set another, and hand it over when the container runs.",
    references=("https://jupyter-server.readthedocs.io/en/latest/operators/public-server.html",),
    bad=lambda random: random.choice(
        (
            f"c.NotebookApp.password = 'sha1:{text(random, 12, HEX)}:{text(random, 40, HEX)}'",
            (
                '"hashed_password": '
                f'"argon2:$argon2id$v=19$m=10240,t=10,p=8${text(random, 22)}${text(random, 43)}"'
            ),
        )
    ),
    good=lambda random: random.choice(
        (
            "c.NotebookApp.password = ''",
            "c.NotebookApp.password = 'sha1:...'",
            f"c.NotebookApp.password = 'sha1:{text(random, 12, HEX)}'",
        )
    ),
)
def jupyter_password_hash(value: str) -> Claim | None:
    """Whoever finds its password runs code in the notebook server."""
    return NOTHING_MORE if len(value) in SIZES else None
