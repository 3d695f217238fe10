"""Terraform: secrets among the values of variables."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password, stand_in
from hullmark.model import Severity


@secret(
    id="terraform-variable-secret",
    title="Secret in Terraform variables",
    severity=Severity.HIGH,
    names=("*.tfvars", "*.tfvars.json"),
    **following(
        (
            r"\n?[ \t]{0,8}[a-z0-9_]{0,40}"
            r"(?:password|secret|token|api_key|access_key|private_key|passphrase)[ \t]{0,40}"
            r"=[ \t]{0,8}\""
        ),
        "password",
        "secret",
        "token",
        "_key",
        "passphrase",
        chars=160,
    ),
    path="srv/infra/prod.tfvars",
    remediation="Change it, and hand variables over by the environment or a secret store.",
    references=("https://developer.hashicorp.com/terraform/language/values/variables",),
    bad=lambda random: f'db_password = "{drawn(random)}"',
    good=lambda random: random.choice(
        (
            f'db_password = "{stand_in(random)}"',
            "db_password = var.password",
            'db_user = "app"',
            'db_password = ""',
        )
    ),
)
def terraform_variable_secret(value: str) -> Claim | None:
    """Whoever reads it has what Terraform sets up with it."""
    return password(value)
