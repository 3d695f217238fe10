"""Pipelines that run downloads as they come."""

from collections.abc import Iterator

from hullmark.checks.declare_config import workflow_check
from hullmark.checks.download_flow import Downloads
from hullmark.checks.workflow_examples import hub, lab
from hullmark.checks.workflow_file import GITHUB, GITLAB, Workflow
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence


@workflow_check(
    GITHUB,
    GITLAB,
    id="pipeline-downloads-and-executes",
    title="Pipeline executes a download unseen",
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    bad=(
        hub("curl -fsSL https://example.com/install.sh | sh -s -- -b /usr/local/bin"),
        lab("wget -qO- https://example.com/i | bash"),
        hub("curl -Os https://example.com/linux/uploader\nchmod +x uploader\n./uploader -t x"),
    ),
    good=(
        hub("curl -fsSLo i.sh https://example.com/i.sh\necho '00  i.sh' | sha256sum -c\nsh i.sh"),
        lab("curl -s https://example.com/x | jq .a"),
        hub("curl -o i.sh https://example.com/i.sh\ncosign verify-blob i.sh\nsh i.sh"),
    ),
    remediation=(
        "Download to a file, check its digest or signature against one in the pipeline, "
        "then run it."
    ),
    references=(
        "https://docs.docker.com/build/building/best-practices/#add-or-copy",
        "https://docs.github.com/actions/reference/security/secure-use",
    ),
)
def pipeline_downloads_and_executes(workflow: Workflow) -> Iterator[Evidence]:
    """Whoever holds the server reads the secrets of the job and changes what it publishes."""
    for run in workflow.runs:
        downloads = Downloads()
        for at, line in run.lines():
            for each in dict.fromkeys(downloads.executed(line.commands)):
                yield workflow.tell(f"{at} {each}", f"what {each} is executed", line.number)
