"""Django, Flask and their kin: SECRET_KEY."""

from hullmark.checks.declare import secret
from hullmark.checks.drawing import text
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, random_value, stand_in
from hullmark.model import Severity


@secret(
    id="app-secret-key",
    title="Secret key of a web application",
    severity=Severity.HIGH,
    generic=True,
    **following(
        (
            r"\b(?:DJANGO_|FLASK_|APP_|SESSION_|COOKIE_|JWT_|NEXTAUTH_|AUTH_)?SECRET(?:_KEY)"
            r"?[\"\'\]]{0,2}[ \t]{0,4}[:=][ \t]{0,4}"
        ),
        "SECRET",
        chars=50,
        least=16,
    ),
    path="app/settings.py",
    remediation="Set another, which ends all sessions, and hand it over when the container runs.",
    references=("https://docs.djangoproject.com/en/stable/ref/settings/#secret-key",),
    bad=lambda random: random.choice(
        (
            f"SECRET_KEY = '{drawn(random, 50)}'",
            f"app.config['SECRET_KEY'] = '{drawn(random, 32)}'",
            f"JWT_SECRET={drawn(random, 40)}",
        )
    ),
    good=lambda random: random.choice(
        (
            "SECRET_KEY = os.environ['KEY']",
            "SECRET_KEY = get_random_secret_key()",
            f"SECRET_KEY={stand_in(random)}",
            "SECRET_KEY = 'dev'",
            f"SECRET_KEY = 'django-insecure-{text(random, 50)}'",
        )
    ),
)
def app_secret_key(value: str) -> Claim | None:
    """Whoever holds it signs sessions and links to reset passwords, so logs in as anybody."""
    return None if value.startswith("django-insecure-") else random_value(value)
