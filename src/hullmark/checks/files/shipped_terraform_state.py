"""State of Terraform and OpenTofu."""

from collections.abc import Iterator

import msgspec

from hullmark.checks.declare import file_check
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind


class _State(msgspec.Struct):
    """https://developer.hashicorp.com/terraform/language/state."""

    resources: list[msgspec.Raw] = []
    modules: list[msgspec.Raw] = []
    version: int = 0


def _bad() -> tuple[File, ...]:
    return (
        text("app/terraform.tfstate", '{"version": 4, "resources": [{"type": "tls_private_key"}]}'),
        text("app/terraform.tfstate.backup", '{"version": 3, "modules": [{"path": ["root"]}]}'),
    )


def _good() -> tuple[File, ...]:
    return (text("app/terraform.tfstate", '{"version": 4, "resources": []}'),)


@file_check(
    id="shipped-terraform-state",
    title="The image holds the state of Terraform",
    kind=Kind.SECRET,
    severity=Severity.MEDIUM,
    names=("*.tfstate", "terraform.tfstate.backup"),
    bad=_bad,
    good=_good,
    remediation="Keep state in a backend that encrypts it, and replace the secrets that it held.",
    references=("https://developer.hashicorp.com/terraform/language/state/sensitive-data",),
)
def shipped_terraform_state(file: File) -> Iterator[Evidence]:
    """State keeps every attribute of every resource as it is, passwords and keys among them.

    It is a map of your infrastructure, too.
    """
    state = file.json(_State)
    count = len(state.resources) + len(state.modules)
    if state.version and count:
        yield Evidence(at="", says=f"state of {count} resource{'s' * (count > 1)}")
