"""Workflows of GitHub Actions and pipelines of GitLab CI as checks see them.

References: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax,
https://docs.gitlab.com/ci/yaml/
"""

from msgspec import Struct

from hullmark.model import Evidence, File, ParseError
from hullmark.model.documents import DocumentError
from hullmark.model.placed import Map, documents

GITHUB, GITLAB = "github", "gitlab"

MAX_WORKFLOW_BYTES = 4 * 1024 * 1024
"""Ours: real ones have some KB."""


class Workflow(Struct, frozen=True):
    """A whole file, of the system ``github`` or ``gitlab``."""

    system: str
    body: Map

    def tell(self, at: str, says: str, line: int) -> Evidence:
        """What is wrong at a path of the file (``jobs.build.steps[0].uses``)."""
        return Evidence(at=at, says=says, line=line)


def workflow_file(file: File) -> Workflow | None:
    """A workflow; ``None`` for YAML that is none. Raises ``ParseError``."""
    if file.size > MAX_WORKFLOW_BYTES:
        raise ParseError(file.path, f"more than the {MAX_WORKFLOW_BYTES} bytes that are read")
    try:
        body = next(documents(file.data), None)
    except DocumentError as error:
        raise ParseError(file.path, str(error)) from error
    if not isinstance(body, Map):
        return None
    if "/.github/workflows/" in f"/{file.path}":
        return Workflow(GITHUB, body) if "jobs" in body else None
    return Workflow(GITLAB, body)
