"""MySQL and MariaDB: addresses of databases."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import password
from hullmark.checks.urls import address, carrying, harmless
from hullmark.model import Severity


@secret(
    id="mysql-url",
    title="MySQL address with a password",
    severity=Severity.HIGH,
    **carrying("mysqlx?2?", "mariadb", r"(?:mysql|mariadb)\+[a-z0-9]{3,16}"),
    path="app/.env",
    remediation=(
        "Change the user's password (ALTER USER ... IDENTIFIED BY), and hand the address "
        "over when the container runs."
    ),
    references=(
        "https://dev.mysql.com/doc/refman/8.4/en/connecting-using-uri-or-key-value-pairs.html",
    ),
    bad=lambda random: address(
        random, random.choice(("mysql", "mysql+pymysql", "mariadb", "mysql2"))
    ),
    good=lambda random: harmless(
        random, random.choice(("mysql", "mysql+pymysql", "mariadb", "mysql2"))
    ),
)
def mysql_url(value: str) -> Claim | None:
    """Whoever reads it works on the database with the rights of that user."""
    return password(value)
