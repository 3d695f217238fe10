"""Jenkins: secrets sealed by a key beside them."""

from hullmark.checks.declare import secret
from hullmark.checks.drawing import BASE64, text
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import following
from hullmark.model import Severity


@secret(
    id="jenkins-sealed-secret",
    title="Secret sealed by Jenkins",
    severity=Severity.MEDIUM,
    **following(r"\{AQAAABAAAA", "{AQAAABAAAA", chars=20, least=20),
    path="var/jenkins_home/credentials.xml",
    remediation="Change what it holds, and keep the home of Jenkins out of images.",
    references=("https://www.jenkins.io/doc/developer/security/secrets/",),
    bad=lambda random: f"<password>{{AQAAABAAAA{text(random, 54, BASE64)}==}}</password>",
    good=lambda random: random.choice(
        (
            "<password>{AQAAABAAAA}</password>",
            f"<id>{text(random, 36)}</id>",
            "<password></password>",
        )
    ),
)
def jenkins_sealed_secret(_: str) -> Claim | None:
    """Whoever also has secrets/master.key and hudson.util.Secret opens it."""
    return Claim(says="sealed")
