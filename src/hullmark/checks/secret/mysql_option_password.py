"""MySQL: passwords in option files."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, password, stand_in
from hullmark.model import Severity


@secret(
    id="mysql-option-password",
    title="Password in a MySQL option file",
    severity=Severity.HIGH,
    pattern=(
        r"(?:^|\n)[ \t]{0,8}(?:loose[_-])?(?:master-)?password[ \t]{0,8}=[ \t]{0,8}[\"']"
        r"?([^\s\"'#]{4,128})"
    ),
    anchor=(
        r"\n[ \t]{0,8}(?:loose[_-])?(?:master-)?password[ \t]{0,8}=[ \t]{0,8}[\"']"
        r"?[^\s\"'#]{4}|^password[ \t]{0,8}="
    ),
    max_chars=180,
    keywords=("password",),
    names=("*my.cnf", "*.my.cnf", "debian.cnf", "**/mysql/**/*.cnf", "**/.mysql/*", "my.ini"),
    path="root/.my.cnf",
    remediation="Change the user's password, and mount the file when the container runs.",
    references=("https://dev.mysql.com/doc/refman/8.4/en/option-files.html",),
    bad=lambda random: (
        f"[client]\nuser = app\npassword = {random.choice(('', chr(34)))}{drawn(random)}"
    ),
    good=lambda random: random.choice(
        (
            "[client]\nuser = app\n# password = your_password",
            "[client]\npassword =",
            f"[client]\npassword = {stand_in(random)}",
        )
    ),
)
def mysql_option_password(value: str) -> Claim | None:
    """Whoever reads it works on the database with the rights of that user."""
    return password(value)
