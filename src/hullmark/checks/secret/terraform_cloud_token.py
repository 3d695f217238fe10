"""HCP Terraform token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"{text(random, 14)}.atlasv1.{text(random, 67)}"


def _other(random: Random) -> str:
    return random.choice(
        (
            f"{text(random, 14)}.atlasv1.{text(random, 20)}",
            f"{text(random, 14)}.atlasv2.{text(random, 67)}",
            "xxxxxx.atlasv1.zzzzzzzzzzzzz",
            "${TFE_TOKEN}",
        )
    )


@secret(
    id="terraform-cloud-token",
    title="HCP Terraform token",
    severity=Severity.CRITICAL,
    pattern=r"\b([0-9A-Za-z]{14}\.atlasv1\.[0-9A-Za-z_-]{60,70})",
    anchor=r"\.atlasv1\.[0-9A-Za-z_-]{60}",
    max_chars=95,
    keywords=(".atlasv1.",),
    remediation=f"{REVOKE}: HCP Terraform, User settings, Tokens.",
    references=(
        "https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens",
    ),
    bad=lambda random: assigned(random, "terraform", _token(random)),
    good=lambda random: assigned(random, "terraform", _other(random)),
)
def terraform_cloud_token(_: str) -> Claim | None:
    """It acts as a user, a team or an organisation in HCP Terraform.

    Whoever holds it reads states, which hold passwords, and starts runs.
    """
    return NOTHING_MORE
