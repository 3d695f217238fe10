"""Cassandra: the login of its shell."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password
from hullmark.model import Severity


@secret(
    id="cqlsh-password",
    title="Password of Cassandra's shell",
    severity=Severity.HIGH,
    names=("cqlshrc",),
    **following(
        r"\[authentication\][^\[]{0,200}\npassword[ \t]{0,8}=[ \t]{0,8}",
        "[authentication]",
        chars=250,
        least=4,
    ),
    path="root/.cassandra/cqlshrc",
    remediation="Change it with ALTER ROLE, and mount the file when the container runs.",
    references=("https://cassandra.apache.org/doc/latest/cassandra/managing/tools/cqlsh.html",),
    bad=lambda random: f"[authentication]\nusername = app\npassword = {drawn(random)}",
    good=lambda random: random.choice(
        (
            "[authentication]\nusername = app\n; password =",
            "password = <password>",
            "password = ${CQL_PASSWORD}",
        )
    ),
)
def cqlsh_password(value: str) -> Claim | None:
    """Whoever reads it reads and changes the keyspaces of that role."""
    return password(value)
