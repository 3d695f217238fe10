"""rclone: passwords that it only obscures."""

from hullmark.checks.declare import secret
from hullmark.checks.drawing import BASE64URL, text
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import following, password
from hullmark.model import Severity


@secret(
    id="rclone-password",
    title="Password in rclone.conf",
    severity=Severity.HIGH,
    names=("rclone*.conf",),
    **following(
        (
            r"\b(?:pass|password|password2|user_pass|key_file_pass|secret_access_key|client_se"
            r"cret)[ \t]{0,4}=[ \t]{0,4}"
        ),
        "pass",
        "secret",
        chars=40,
        least=22,
    ),
    path="root/.config/rclone/rclone.conf",
    remediation=(
        "Change the password, and set a password for the configuration itself, kept elsewhere."
    ),
    references=("https://rclone.org/commands/rclone_obscure/",),
    bad=lambda random: f"[nas]\ntype = sftp\nuser = backup\npass = {text(random, 38, BASE64URL)}",
    good=lambda random: random.choice(("pass =", "user = backup", "pass = short1")),
)
def rclone_password(value: str) -> Claim | None:
    """It is hidden by a key that everybody has: rclone reveal shows it."""
    return password(value)
