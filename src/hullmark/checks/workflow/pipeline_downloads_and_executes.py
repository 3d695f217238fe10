"""Pipelines that run downloads as they come."""

from collections.abc import Iterator

from msgspec.structs import replace

from hullmark.checks.declare_config import workflow_check
from hullmark.checks.download_flow import Downloads
from hullmark.checks.workflow_examples import hub, hub_steps, lab
from hullmark.checks.workflow_file import GITHUB, GITLAB, Workflow
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_SHARED = """\
@.gitlab-ci.yml
.check: &check
- sha256sum -c sums
a: {script: [curl -o i.sh https://example.com/i.sh, *check, sh i.sh]}
b: {script: [curl -o j.sh https://example.com/j.sh, *check, sh j.sh]}
"""
_SHARED_BEFORE = """\
@.gitlab-ci.yml
.before: &before
- curl -o i.sh https://example.com/i.sh
a: {before_script: *before, script: [make]}
b: {before_script: *before, script: [sh i.sh]}
"""


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
        lab("curl -o i.sh https://example.com/i.sh", "sh i.sh"),
        _SHARED_BEFORE,
        hub_steps(
            "run: curl -o tool/i.sh https://example.com/i.sh",
            "{run: ./i.sh, working-directory: tool}",
        ),
    ),
    good=(
        hub("curl -fsSLo i.sh https://example.com/i.sh\necho '00  i.sh' | sha256sum -c\nsh i.sh"),
        lab("curl -s https://example.com/x | jq .a"),
        hub("curl -o i.sh https://example.com/i.sh\ncosign verify-blob i.sh\nsh i.sh"),
        _SHARED,
        hub_steps(
            "run: curl -o i.sh https://example.com/i.sh",
            "run: sha256sum -c sums",
            "run: sh i.sh",
        ),
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
    downloads, before = Downloads(), ("", "")
    for run in workflow.all_runs:
        if run.job != before[0]:
            downloads = Downloads()
        if (run.job, run.shell) != before:
            downloads.next_shell(run.folder)
        before = run.job, run.shell
        own = {*map(id, run.script.commands)}
        for at, line in run.lines():
            found = [*downloads.executed(line.commands)]
            for each in () if run.again else found:
                told = line.tell("", each.says, each.command if id(each.command) in own else None)
                yield replace(told, at=f"{at} {each.what}")
