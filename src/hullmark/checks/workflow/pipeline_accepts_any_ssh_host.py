"""Hosts that are trusted unseen."""

from collections.abc import Iterator

from hullmark.checks.declare_config import workflow_check
from hullmark.checks.ssh_options import any_host
from hullmark.checks.workflow_examples import hub, lab
from hullmark.checks.workflow_file import GITHUB, GITLAB, Workflow
from hullmark.model import Evidence, Severity


@workflow_check(
    GITHUB,
    GITLAB,
    id="pipeline-accepts-any-ssh-host",
    title="Pipeline accepts any SSH host key",
    severity=Severity.MEDIUM,
    bad=(
        hub("ssh -o StrictHostKeyChecking=no deploy@example.com docker compose up -d"),
        lab("echo 'Host * StrictHostKeyChecking no' >> ~/.ssh/config"),
    ),
    good=(hub('echo "$KNOWN_HOSTS" >> ~/.ssh/known_hosts\nssh deploy@example.com uptime'),),
    remediation="Keep the host's key in a variable, and write it to known_hosts.",
    references=(
        "https://man.openbsd.org/ssh_config#StrictHostKeyChecking",
        "https://docs.gitlab.com/ci/jobs/ssh_keys/#verifying-the-ssh-host-keys",
    ),
)
def pipeline_accepts_any_ssh_host(workflow: Workflow) -> Iterator[Evidence]:
    """Anybody on the way can be the host, and gets the commands, files and passwords."""
    yield from workflow.every(any_host)
