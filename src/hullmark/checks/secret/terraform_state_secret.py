"""Terraform: secrets that its state keeps."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password
from hullmark.model import Severity


@secret(
    id="terraform-state-secret",
    title="Secret in Terraform state",
    severity=Severity.HIGH,
    names=("*.tfstate", "*.tfstate.backup", "terraform.tfstate.*"),
    **following(
        (
            "(?:password|secret|secret_key|secret_string|token|key_pem|access_key|connection_"
            r"string)\": \""
        ),
        '": "',
        chars=60,
        least=6,
    ),
    path="srv/infra/terraform.tfstate",
    remediation=(
        "Change them, keep state in a backend that encrypts it, and leave it out of images."
    ),
    references=("https://developer.hashicorp.com/terraform/language/state/sensitive-data",),
    bad=lambda random: f'            "password": "{drawn(random)}",',
    good=lambda random: random.choice(
        (
            '            "password": null,',
            '            "password": "",',
            '            "username": "app",',
        )
    ),
)
def terraform_state_secret(value: str) -> Claim | None:
    """State keeps attributes in the clear: whoever reads it has the passwords of what it made."""
    return password(value)
