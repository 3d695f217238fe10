"""Secrets that leave the organisation."""

from collections.abc import Iterator

from hullmark.checks.declare_config import workflow_check
from hullmark.checks.image_facts import short
from hullmark.checks.workflow_file import GITHUB, Workflow
from hullmark.model import Evidence, Severity

_BAD = """\
on: push
permissions: {}
jobs:
  build:
    uses: example/flows/.github/workflows/build.yml@v1
    secrets: inherit
"""
_GOOD = """\
on: push
jobs:
  build:
    uses: ./.github/workflows/build.yml
    secrets: inherit
"""
_GOOD_1 = """\
on: push
jobs:
  build:
    uses: example/flows/.github/workflows/build.yml@v1
    secrets: {TOKEN: '${{ secrets.TOKEN }}'}
"""


@workflow_check(
    GITHUB,
    id="secrets-handed-to-other-owner",
    title="Workflow hands all secrets to another's workflow",
    severity=Severity.MEDIUM,
    bad=(_BAD,),
    good=(_GOOD, _GOOD_1),
    remediation="List the secrets that it needs one by one.",
    references=(
        "https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idsecretsinherit",
    ),
)
def secrets_handed_to_other_owner(workflow: Workflow) -> Iterator[Evidence]:
    """Whoever may change that workflow reads every secret, also those that are for other jobs."""
    for job in workflow.jobs:
        called = job.body.text("uses")
        if job.body.text("secrets") == "inherit" and called and not called.startswith("./"):
            yield workflow.tell(
                f"{job.at}.secrets",
                f"{short(called)} gets every secret",
                job.body.line_of("secrets"),
            )
