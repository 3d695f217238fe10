"""Pipelines from elsewhere."""

from collections.abc import Iterator

from hullmark.checks.declare_config import workflow_check
from hullmark.checks.image_facts import short
from hullmark.checks.workflow_file import GITLAB, Workflow
from hullmark.checks.workflow_uses import includes
from hullmark.model import Evidence, Severity
from hullmark.model.placed import Map
from hullmark.model.repository import without_login

_GOOD = """\
@.gitlab-ci.yml
include:
- remote: https://example.com/ci.yml
  integrity: sha256-L3/GAoKaw0Arw6hDCKeKQlV1QPEgHYxGBHsH4zG1IY8=
"""
_GOOD_1 = """\
@.gitlab-ci.yml
include:
- local: /ci/build.yml
- template: Jobs/Build.gitlab-ci.yml
"""


@workflow_check(
    GITLAB,
    id="remote-include-without-integrity",
    title="Included pipeline is not verified",
    severity=Severity.MEDIUM,
    bad=(
        "@.gitlab-ci.yml\ninclude:\n- remote: https://example.com/ci.yml\n",
        "@.gitlab-ci.yml\ninclude: 'https://example.com/ci.yml'\n",
    ),
    good=(_GOOD, _GOOD_1),
    remediation=(
        "Add integrity: with the SHA-256 of the file, or include it from a project at a commit."
    ),
    references=("https://docs.gitlab.com/ci/yaml/#includeintegrity",),
)
def remote_include_without_integrity(workflow: Workflow) -> Iterator[Evidence]:
    """Whoever holds the server adds jobs to the pipeline, and they see its variables."""
    for at, entry, line in includes(workflow):
        address = entry if isinstance(entry, str) else entry.text("remote")
        known = isinstance(entry, Map) and entry.text("integrity")
        if address.startswith(("https://", "http://")) and not known:
            yield workflow.tell(
                at, f"{short(without_login(address))} is included without integrity", line
            )
