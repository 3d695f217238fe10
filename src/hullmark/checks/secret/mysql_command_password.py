"""Shell: passwords given to clients of MySQL."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password, stand_in
from hullmark.model import Severity


@secret(
    id="mysql-command-password",
    title="Password on the command line of mysql",
    severity=Severity.HIGH,
    **following(
        (
            r"\b(?:mysql|mysqldump|mysqladmin|mariadb|mariadb-dump|mysqlimport|mysqlshow)[ \t]"
            r"(?:-{1,2}[A-Za-z-]{1,20}(?:[= ]?[^\s-][^\s]{0,60})?[ \t]{1,4}){0,5}"
            "(?:-p|--password=)"
        ),
        "mysql",
        "mariadb",
        chars=450,
        least=6,
    ),
    path="root/.bash_history",
    remediation="Change it, and hand it over by an option file.",
    references=("https://dev.mysql.com/doc/refman/8.4/en/password-security-user.html",),
    bad=lambda random: random.choice(
        (
            f"mysql -u root -p{drawn(random)} main",
            f"mysqldump -h db --password={drawn(random)} main",
        )
    ),
    good=lambda random: random.choice(
        (
            "mysql -u root -p main",
            "mysql -u root -p$PASSWORD main",
            f"mysqldump --password={stand_in(random)} main",
        )
    ),
)
def mysql_command_password(value: str) -> Claim | None:
    """Whoever reads it works on the database with the rights of that user."""
    return None if value.isalpha() else password(value)
