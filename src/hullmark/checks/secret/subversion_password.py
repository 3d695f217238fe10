"""Subversion: cached passwords."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, password, stand_in
from hullmark.model import Severity


@secret(
    id="subversion-password",
    title="Password in Subversion's cache",
    severity=Severity.HIGH,
    pattern=r"K 8\npassword\nV [0-9]{1,3}\n([^\r\n]{4,128})\n",
    anchor=r"K 8\npassword\nV [0-9]{1,3}\n",
    max_chars=180,
    keywords=("K 8\npassword\nV ",),
    path="root/.subversion/auth/svn.simple/0f1e2d3c",
    remediation="Change the password, and check out with --no-auth-cache.",
    references=("https://svnbook.red-bean.com/en/1.7/svn.serverconfig.netmodel.html",),
    bad=lambda random: (
        f"K 8\npasstype\nV 6\nsimple\nK 8\npassword\nV 16\n{drawn(random)}\nK 8\nusername\n"
        "V 2\nci\nEND\n"
    ),
    good=lambda random: random.choice(
        (
            "K 8\npasstype\nV 6\nsimple\nK 8\nusername\nV 2\nci\nEND\n",
            f"K 8\npassword\nV 8\n{stand_in(random)}\nEND\n",
        )
    ),
)
def subversion_password(value: str) -> Claim | None:
    """Whoever reads it checks out and commits as this user."""
    return password(value)
