"""Mail: passwords that programs send with."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password, stand_in
from hullmark.model import Severity


@secret(
    id="smtp-password",
    title="Mail server password",
    severity=Severity.HIGH,
    **following(
        (
            r"\b(?:SMTP_PASS(?:WORD)"
            "?|EMAIL_HOST_PASSWORD|MAIL_PASSWORD|MAILER_PASSWORD|smtp_password|smtp_pass|smtp"
            r"_auth_password|spring\.mail\.password|AuthPass)[\"']?[ \t]{0,8}[:=>]{1,2}[ \t]"
            "{0,8}"
        ),
        "SMTP_PASS",
        "EMAIL_HOST_PASSWORD",
        "MAIL_PASSWORD",
        "MAILER_PASSWORD",
        "smtp_pass",
        "smtp_auth_password",
        "spring.mail.password",
        "AuthPass",
        chars=60,
    ),
    path="app/.env",
    remediation="Change it, and hand it over when the container runs.",
    references=("https://docs.djangoproject.com/en/stable/ref/settings/#email-host-password",),
    bad=lambda random: random.choice(
        (
            f"SMTP_PASSWORD={drawn(random)}",
            f"EMAIL_HOST_PASSWORD = '{drawn(random)}'",
            f"AuthPass={drawn(random)}",
        )
    ),
    good=lambda random: random.choice(
        (
            f"SMTP_PASSWORD={stand_in(random)}",
            "SMTP_HOST=mail.internal",
            "EMAIL_HOST_PASSWORD = os.environ['MAIL']",
            "SMTP_PASSWORD=",
        )
    ),
)
def smtp_password(value: str) -> Claim | None:
    """Whoever reads it sends mail in your name, which your domain vouches for."""
    return password(value)
