"""Shell: passwords given to sshpass."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password, stand_in
from hullmark.model import Severity


@secret(
    id="sshpass-password",
    title="Password on the command line of sshpass",
    severity=Severity.HIGH,
    **following(r"\bsshpass[ \t]{1,4}-p[ \t]{0,4}", "sshpass", chars=30),
    path="root/.bash_history",
    remediation="Change it, and log in by keys.",
    references=("https://manpages.debian.org/bookworm/sshpass/sshpass.1.en.html",),
    bad=lambda random: f"sshpass -p {drawn(random)} ssh deploy@web1",
    good=lambda random: random.choice(
        (
            "sshpass -p $PASSWORD ssh deploy@web1",
            "sshpass -f /run/secrets/ssh ssh deploy@web1",
            f"sshpass -p {stand_in(random)} ssh web1",
        )
    ),
)
def sshpass_password(value: str) -> Claim | None:
    """Whoever reads it logs in to that host as this user."""
    return password(value)
