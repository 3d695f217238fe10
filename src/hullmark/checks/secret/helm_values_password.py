"""Helm: passwords among the values of charts."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password, stand_in
from hullmark.model import Severity


@secret(
    id="helm-values-password",
    title="Password in Helm values",
    severity=Severity.MEDIUM,
    names=("values*.yaml", "values*.yml", "*values.yaml", "*-values.yaml"),
    **following(r"\b(?:[a-z][A-Za-z]{0,30})?[pP]assword:[ \t]{1,4}", "assword:", chars=60),
    path="charts/app/values.yaml",
    remediation="Change it, and name an existing Secret in the values.",
    references=("https://helm.sh/docs/chart_best_practices/values/",),
    bad=lambda random: random.choice(
        (f"  rootPassword: {drawn(random)}", f"  password: {drawn(random)}")
    ),
    good=lambda random: random.choice(
        (
            f"  rootPassword: {stand_in(random)}",
            "  existingSecret: db",
            '  password: ""',
            "  passwordKey: password",
        )
    ),
)
def helm_values_password(value: str) -> Claim | None:
    """Whoever reads the chart, or the release that the cluster keeps, logs in with it."""
    return password(value)
