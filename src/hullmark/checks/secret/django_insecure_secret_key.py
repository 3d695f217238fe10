"""Django: the SECRET_KEY of startproject."""

from hullmark.checks.declare import secret
from hullmark.checks.drawing import text
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, random_value
from hullmark.model import Severity


@secret(
    id="django-insecure-secret-key",
    title="Django secret key that startproject made",
    severity=Severity.MEDIUM,
    **following(
        r"\bSECRET_KEY[\"\'\]]{0,2}[ \t]{0,4}[:=][ \t]{0,4}[\"\']?django-insecure-",
        "django-insecure-",
        chars=60,
        least=20,
    ),
    path="app/settings.py",
    remediation=(
        "Set another from the environment of the run; Django marks this one so that it is "
        "not used in production."
    ),
    references=("https://docs.djangoproject.com/en/stable/howto/deployment/checklist/#secret-key",),
    bad=lambda random: f"SECRET_KEY = 'django-insecure-{drawn(random, 50)}'",
    good=lambda random: random.choice(
        (
            "SECRET_KEY = 'django-insecure-'",
            f"SECRET_KEY = 'django-insecure-changeme-{text(random, 20)}'",
            "SECRET_KEY = os.environ['KEY']",
        )
    ),
)
def django_insecure_secret_key(value: str) -> Claim | None:
    """Whoever has the source signs sessions and links to reset passwords, so logs in as anybody."""
    return random_value(value)
