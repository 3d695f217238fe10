"""Pipelines that other projects may change."""

from collections.abc import Iterator

from hullmark.checks.declare_config import workflow_check
from hullmark.checks.image_facts import short
from hullmark.checks.workflow_file import GITLAB, Workflow
from hullmark.checks.workflow_uses import includes, is_branch
from hullmark.model import Evidence, Severity
from hullmark.model.placed import Map

_GOOD = """\
@.gitlab-ci.yml
include:
- project: group/ci
  ref: v1.4.2
  file: /build.yml
- component: gitlab.com/components/sast/sast@1.0.0
- local: a.yml
"""


@workflow_check(
    GITLAB,
    id="included-pipeline-not-pinned",
    title="Included pipeline follows a branch",
    severity=Severity.LOW,
    bad=(
        "@.gitlab-ci.yml\ninclude:\n- project: group/ci\n  file: /build.yml\n",
        "@.gitlab-ci.yml\ninclude:\n  component: gitlab.com/components/sast/sast@~latest\n",
        "@.gitlab-ci.yml\ninclude:\n- {project: group/ci, file: a.yml, ref: main}\n",
    ),
    good=(_GOOD,),
    remediation="Name a commit or a protected tag: ref: of a project, @1.2.3 of a component.",
    references=(
        "https://docs.gitlab.com/ci/yaml/#includeproject",
        "https://docs.gitlab.com/ci/components/#component-versions",
    ),
)
def included_pipeline_not_pinned(workflow: Workflow) -> Iterator[Evidence]:
    """Every push to that branch changes this pipeline, which runs with the variables of its own."""
    for at, entry, line in includes(workflow):
        if not isinstance(entry, Map):
            continue
        name, ref = entry.text("project"), entry.text("ref")
        component, _, version = entry.text("component").partition("@")
        if name and (not ref or is_branch(ref)):
            said = f"the branch {ref}" if ref else "its usual branch"
            yield workflow.tell(at, f"{short(name)} is included from {said}", line)
        elif component and (version == "~latest" or is_branch(version)):
            yield workflow.tell(at, f"{short(component)} is included as {version}", line)
