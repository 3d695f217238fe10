"""WordPress: keys and salts of cookies."""

from hullmark.checks.declare import secret
from hullmark.checks.drawing import text
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import following, random_value
from hullmark.model import Severity


@secret(
    id="wordpress-salt",
    title="WordPress authentication key",
    severity=Severity.HIGH,
    names=("wp-config*.php", "wp-salt*.php", "salts.php", "*.env"),
    **following(
        (
            r"[\"\']"
            "(?:AUTH_KEY|SECURE_AUTH_KEY|LOGGED_IN_KEY|NONCE_KEY|AUTH_SALT|SECURE_AUTH_SALT|L"
            r"OGGED_IN_SALT|NONCE_SALT)[\"\']\s?,\s{0,12}[\"\']"
        ),
        "_KEY",
        "_SALT",
        chars=60,
        least=24,
    ),
    path="var/www/html/wp-config.php",
    remediation=(
        "Fetch others from the salt service, which ends all sessions, and hand them over "
        "when the container runs."
    ),
    references=("https://developer.wordpress.org/advanced-administration/security/logging-in/",),
    bad=lambda random: f"define( 'AUTH_KEY', '{text(random, 64)}' );",
    good=lambda random: random.choice(
        (
            "define( 'AUTH_KEY', 'put your unique phrase here' );",
            "define('AUTH_KEY', getenv('AUTH_KEY'));",
            "define( 'AUTH_KEY', '' );",
            "define( 'AUTH_KEY', constant( 'AUTH' ) );",
        )
    ),
)
def wordpress_salt(value: str) -> Claim | None:
    """Whoever holds it signs cookies, so stays logged in as anybody."""
    return random_value(value)
