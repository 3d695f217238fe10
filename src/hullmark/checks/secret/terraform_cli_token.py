"""Terraform: tokens in the configuration of its command line."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password
from hullmark.model import Severity


@secret(
    id="terraform-cli-token",
    title="Token of Terraform's command line",
    severity=Severity.HIGH,
    names=(".terraformrc", "terraform.rc", "*.tfrc", "credentials.tfrc.json"),
    **following(
        r"\btoken[\"']?[ \t]{0,8}[:=][ \t]{0,8}\"",
        "token",
        chars=40,
        least=10,
    ),
    path="root/.terraformrc",
    remediation="Revoke it where it was issued, and set TF_TOKEN_ variables when Terraform runs.",
    references=("https://developer.hashicorp.com/terraform/cli/config/config-file#credentials",),
    bad=lambda random: random.choice(
        (
            f'credentials "tf.internal" {{\n  token = "{drawn(random, 40)}"\n}}',
            f'"tf.internal": {{"token": "{drawn(random, 40)}"}}',
        )
    ),
    good=lambda random: random.choice(
        (
            'credentials "tf.internal" {\n  token = "<token>"\n}',
            'plugin_cache_dir = "/var/cache/terraform"',
            '  token = "${TOKEN}"',
        )
    ),
)
def terraform_cli_token(value: str) -> Claim | None:
    """Whoever reads it plans and applies as its owner, and reads the secrets in the state."""
    return password(value)
