"""Shell: passwords piped into sudo and chpasswd."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, password, stand_in
from hullmark.model import Severity


@secret(
    id="sudo-password",
    title="Password piped into a command",
    severity=Severity.HIGH,
    pattern=(
        r"\b(?:echo|printf)[ \t](?:-[a-z]{1,3}[ \t])?[\"']?(?:[a-z_][a-z0-9_-]{0,31}:)"
        r"?([^\s\"'\x60<>;,#|:]{4,128})[\"']?[ \t]{0,4}\|[ \t]{0,4}(?:sudo[ \t]-[a-zA-Z]"
        r"{0,3}S|(?:sudo[ \t])?chpasswd)"
    ),
    anchor=r"\|[ \t]{0,4}(?:sudo[ \t]-[a-zA-Z]{0,3}S|(?:sudo[ \t])?chpasswd)",
    max_chars=210,
    keywords=("sudo -", "sudo\t-", "chpasswd"),
    path="srv/setup.sh",
    remediation="Change it, and give the user what it needs in sudoers, or no password at all.",
    references=("https://www.sudo.ws/docs/man/sudo.man/",),
    bad=lambda random: random.choice(
        (
            f"echo {drawn(random)} | sudo -S apt-get update",
            f"echo 'root:{drawn(random)}' | chpasswd",
        )
    ),
    good=lambda random: random.choice(
        (
            "echo $PASSWORD | sudo -S ls",
            "echo done | sort",
            "echo root:$(cat /run/secrets/root) | chpasswd",
            f"echo root:{stand_in(random)} | chpasswd",
        )
    ),
)
def sudo_password(value: str) -> Claim | None:
    """Whoever reads it is root wherever this is the password."""
    return password(value)
