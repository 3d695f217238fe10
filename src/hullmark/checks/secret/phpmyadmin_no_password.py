"""phpMyAdmin: log-ins without a password."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity
from hullmark.model.rule import Confidence


@secret(
    id="phpmyadmin-no-password",
    title="phpMyAdmin that lets users in without a password",
    severity=Severity.HIGH,
    confidence=Confidence.CERTAIN,
    pattern=(
        r"(?:^|\n)[ \t]{0,8}\$cfg\[[\"\']Servers[\"\']\]\[\$i\]\[[\"\']"
        r"AllowNoPassword[\"\']\]\s{0,4}=\s{0,4}(true|TRUE)\s?;"
    ),
    anchor=r"\[[\"\']AllowNoPassword[\"\']\]\s{0,4}=\s{0,4}(?:true|TRUE)\s?;",
    max_chars=90,
    keywords=("AllowNoPassword",),
    names=("config.inc.php", "config*.php"),
    path="var/www/html/config.inc.php",
    remediation="Set it to false, and give every database user a password.",
    references=("https://docs.phpmyadmin.net/en/latest/config.html#cfg_Servers_AllowNoPassword",),
    bad=lambda random: random.choice(
        (
            "$cfg['Servers'][$i]['AllowNoPassword'] = true;",
            "$cfg['Servers'][$i]['AllowNoPassword'] = TRUE;",
        )
    ),
    good=lambda random: random.choice(
        (
            "$cfg['Servers'][$i]['AllowNoPassword'] = false;",
            "// $cfg['Servers'][$i]['AllowNoPassword'] = true;",
        )
    ),
)
def phpmyadmin_no_password(_: str) -> Claim | None:
    """Anybody who reaches it works on the database as a user that has no password."""
    return NOTHING_MORE
