"""WordPress: the password of its database."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password
from hullmark.model import Severity


@secret(
    id="wordpress-database-password",
    title="WordPress database password",
    severity=Severity.HIGH,
    **following(r"[\"\']DB_PASSWORD[\"\']\s?,\s{0,8}", "DB_PASSWORD", chars=40),
    path="var/www/html/wp-config.php",
    remediation="Change it, and hand it over when the container runs.",
    references=("https://developer.wordpress.org/advanced-administration/wordpress/wp-config/",),
    bad=lambda random: f"define( 'DB_PASSWORD', '{drawn(random)}' );",
    good=lambda random: random.choice(
        (
            "define( 'DB_PASSWORD', 'password_here' );",
            "define('DB_PASSWORD', getenv_docker('WORDPRESS_DB_PASSWORD', 'x'));",
            "define( 'DB_PASSWORD', '' );",
            "define( 'DB_USER', 'app' );",
        )
    ),
)
def wordpress_database_password(value: str) -> Claim | None:
    """Whoever reads it works on the database of the site, so logs in to it as anybody."""
    return password(value)
