"""Rails: secret_key_base."""

from hullmark.checks.declare import secret
from hullmark.checks.drawing import HEX, text
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import following, random_value
from hullmark.model import Severity


@secret(
    id="rails-secret-key-base",
    title="Rails secret_key_base",
    severity=Severity.HIGH,
    **following(
        r"(?:secret_key_base|SECRET_KEY_BASE)[\"\']?[ \t]{0,8}(?:=>|[:=])[ \t]{0,8}",
        "secret_key_base",
        "SECRET_KEY_BASE",
        chars=40,
        least=30,
    ),
    path="app/config/secrets.yml",
    remediation="Set another, which ends all sessions, and hand it over when the container runs.",
    references=("https://guides.rubyonrails.org/security.html#session-storage",),
    bad=lambda random: f"secret_key_base: {text(random, 128, HEX)}",
    good=lambda random: random.choice(
        (
            'secret_key_base: <%= ENV["SECRET_KEY_BASE"] %>',
            f"SECRET_KEY_BASE={text(random, 20)}",
            "SECRET_KEY_BASE=dummy_for_assets_precompile",
            "SECRET_KEY_BASE=1",
        )
    ),
)
def rails_secret_key_base(value: str) -> Claim | None:
    """Whoever holds it signs session cookies, so logs in as anybody; older Rails runs code so."""
    return random_value(value)
