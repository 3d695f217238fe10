"""What pipelines take from elsewhere: actions, images, other pipelines."""

from collections.abc import Iterator
from re import compile as regex

from msgspec import Struct

from hullmark.checks.docker_commands import Started, options_of
from hullmark.checks.workflow_file import GITHUB, Image, Workflow
from hullmark.model.placed import Map

OWN = frozenset(("actions", "github"))
"""Owners of actions that are GitHub itself."""

BRANCHES = frozenset(
    ("main", "master", "develop", "development", "dev", "trunk", "head", "next", "edge", "stable")
)
"""Names of branches, in lower case; a version may be called otherwise only."""

_commit = regex(r"[0-9a-fA-F]{40}(?:[0-9a-fA-F]{24})?\Z").match


class Used(Struct, frozen=True, kw_only=True):
    """An action, or a workflow of another repository, that is used."""

    at: str
    name: str
    version: str
    line: int

    @property
    def owner(self) -> str:
        """Whose it is, in lower case."""
        return self.name.partition("/")[0].lower()


def uses(workflow: Workflow) -> Iterator[Used]:
    """Every action and called workflow of another repository."""
    owners = [(job.at, job.body) for job in workflow.jobs]
    owners += [(step.at, step.body) for step in workflow.steps]
    for at, body in owners:
        name, _, version = body.text("uses").partition("@")
        if name and not name.startswith((".", "docker://")):
            yield Used(at=f"{at}.uses", name=name, version=version, line=body.line_of("uses"))


def is_commit(version: str) -> bool:
    """Whether a version is a whole commit."""
    return _commit(version) is not None


def is_branch(version: str) -> bool:
    """Whether a version is the name of a branch."""
    lower = version.lower()
    return lower in BRANCHES or lower.startswith("refs/heads/")


def all_images(workflow: Workflow) -> Iterator[Image]:
    """Images that jobs run in or beside, and those of steps (``uses: docker://``)."""
    yield from workflow.images
    for step in workflow.steps:
        if step.uses.startswith("docker://"):
            name = step.uses.removeprefix("docker://")
            line = step.body.line_of("uses")
            yield Image(at=f"{step.at}.uses", name=name, line=line, body=step.body)


def job_containers(workflow: Workflow) -> Iterator[tuple[str, Started, int]]:
    """The options that GitHub starts containers of jobs with: path, options and line."""
    if workflow.system != GITHUB:
        return
    for image in workflow.images:
        body, owner = image.body, image.at.rpartition(".")[0]
        if body.text("options"):
            found = options_of(body.text("options").split())
            yield f"{owner}.options", found, body.line_of("options")
        volumes = tuple(("-v", each) for each in body.texts("volumes"))
        if volumes:
            found = Started(options=volumes, image=image.name)
            yield f"{owner}.volumes", found, body.line_of("volumes")


def includes(workflow: Workflow) -> Iterator[tuple[str, Map | str, int]]:
    """What a pipeline of GitLab includes: path, entry and line."""
    given = workflow.body.get("include")
    if isinstance(given, Map | str):
        yield "include", given, workflow.body.line_of("include")
    items = workflow.body.items_of("include")
    for index, each in enumerate(items):
        if isinstance(each, Map | str):
            yield f"include[{index}]", each, items.line_of(index)
