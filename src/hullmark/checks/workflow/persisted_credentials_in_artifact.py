"""Tokens that leave in an artifact."""

from collections.abc import Iterator

from hullmark.checks.declare_config import workflow_check
from hullmark.checks.mending import by
from hullmark.checks.workflow_examples import hub_steps
from hullmark.checks.workflow_file import GITHUB, Step, Workflow
from hullmark.checks.workflow_mends import keeps_no_credentials
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

UPLOAD = "uses: actions/upload-artifact@{version}\nwith:\n  path: {path}"
HIDDEN = UPLOAD.format(version="v4", path=".") + "\n  include-hidden-files: true"
SAFE = "uses: actions/checkout@v3\nwith:\n  persist-credentials: false"
WHOLE = frozenset((".", "./", "*", "**", "${{ github.workspace }}", "${{github.workspace}}"))


@workflow_check(
    GITHUB,
    id="persisted-credentials-in-artifact",
    title="Artifact holds the token of the checkout",
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    bad=(
        hub_steps("uses: actions/checkout@v3", UPLOAD.format(version="v3", path=".")),
        hub_steps("uses: actions/checkout@v4", HIDDEN),
    ),
    good=(
        hub_steps(SAFE, UPLOAD.format(version="v3", path=".")),
        hub_steps("uses: actions/checkout@v4", UPLOAD.format(version="v4", path=".")),
        hub_steps("uses: actions/checkout@v3", UPLOAD.format(version="v3", path="dist")),
    ),
    remediation=(
        "Set persist-credentials to false in the checkout, and upload the folder that is needed."
    ),
    references=(
        "https://github.com/actions/checkout#usage",
        "https://github.com/actions/upload-artifact#uploading-hidden-files",
    ),
    mend=by(
        keeps_no_credentials,
        says="keep no token in the checkout",
        breaks="leaves scripts of the job without it that push or fetch",
    ),
)
def persisted_credentials_in_artifact(workflow: Workflow) -> Iterator[Evidence]:
    """The checkout writes the token into .git/config, and the artifact holds the whole folder.

    Whoever downloads it while the job runs pushes to the repository.
    """
    for job in workflow.jobs:
        kept = False
        for step in job.steps():
            if step.action == "actions/checkout":
                kept = not step.version.startswith("v6") and (
                    step.inputs.flag("persist-credentials") is not False
                    and step.inputs.text("persist-credentials") != "false"
                )
            elif kept and step.action == "actions/upload-artifact" and _takes_all(step):
                yield workflow.tell(
                    f"{step.at}.with.path",
                    "it uploads the whole checkout, with .git/config",
                    step.inputs.line_of("path"),
                )


def _takes_all(step: Step) -> bool:
    """Whether it uploads the folder with what is hidden in it; versions before 4 always do."""
    paths = {each.strip() for each in step.inputs.text("path").split("\n")}
    early = step.version[:2] in ("v1", "v2", "v3")
    return bool(paths & WHOLE) and (early or step.inputs.flag("include-hidden-files") is True)
