"""GitHub Actions: what workflows and composite actions run.

Formats: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax and
https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from hullmark.model import File, Package, ParseError, dig
from hullmark.model.container_image import image
from hullmark.unit import parser

_DOCKER = "docker://"


class Step(Struct, frozen=True):
    """One step; one without ``uses`` runs a command."""

    uses: str | None = None


class Job(Struct, frozen=True):
    """One job of a workflow: it has steps, or ``uses`` another workflow."""

    uses: str | None = None
    steps: tuple[Step, ...] | None = None
    container: object = None
    services: Mapping[str, object] | None = None


class Runs(Struct, frozen=True):
    """What an action does."""

    steps: tuple[Step, ...] | None = None
    image: str | None = None


class Document(Struct, frozen=True):
    """A workflow has jobs, an action has runs."""

    jobs: Mapping[str, Job | None] | None = None
    runs: Runs | None = None


@parser(
    id="github-actions",
    names=(
        "**/.github/workflows/*.yml",
        "**/.github/workflows/*.yaml",
        "action.yml",
        "action.yaml",
    ),
    declared=True,
    example=File(
        path=".github/workflows/check.yml",
        content=b"on: push\njobs:\n  check:\n    runs-on: ubuntu-latest\n"
        b"    container: debian:12\n    steps:\n"
        b"    - uses: actions/checkout@v4\n    - run: make\n"
        b"    - uses: example/tools/lint@" + b"5ca1ab1e" * 5 + b" # v2.1.0\n"
        b"  release:\n    uses: example/flows/.github/workflows/release.yml@main\n",
    ),
    expect=(
        "pkg:docker/debian@12",
        "pkg:github/actions/checkout@v4",
        f"pkg:github/example/tools@{'5ca1ab1e' * 5}#lint",
        "pkg:github/example/flows@main#.github/workflows/release.yml",
    ),
)
def github_actions(file: File) -> Iterator[Package]:
    """Yield actions, workflows and images that are used, each once, with the version as written.

    What a workflow uses is marked as needed to build or test. What lies in the repository itself
    is left out; an image that an expression names is an error.
    """
    document = file.yaml(Document)
    strange = ""
    workflow = document.jobs is not None
    for use in dict.fromkeys(_uses(document)):
        if not use.startswith(("./", "../")):
            package = _package(file.path, use, workflow=workflow)
            if package:
                yield package
            else:
                strange = strange or use
    if strange:
        raise ParseError(file.path, f"uses what is neither action nor image: {strange[:100]!r}")


def _uses(document: Document) -> Iterator[str]:
    """Everything used, in order; images with their prefix."""
    for job in (document.jobs or {}).values():
        if job:
            yield from filter(None, (job.uses,))
            for each in (job.container, *(job.services or {}).values()):
                name = each if isinstance(each, str) else dig(each, "image")
                if isinstance(name, str) and name:
                    yield f"{_DOCKER}{name}"
            yield from _steps(job.steps)
    if document.runs:
        yield from _steps(document.runs.steps)
        if (document.runs.image or "").startswith(_DOCKER):
            yield document.runs.image or ""


def _steps(steps: tuple[Step, ...] | None) -> Iterator[str]:
    for step in steps or ():
        if step.uses:
            yield step.uses


def _package(path: str, use: str, *, workflow: bool) -> Package | None:
    """An image, or ``owner/repository[/folder]@version``; ``None`` for what is neither."""
    if use.startswith(_DOCKER):
        return image(use.removeprefix(_DOCKER), path, development=workflow)
    place, _, version = use.partition("@")
    owner, _, rest = place.partition("/")
    repository, _, folder = rest.partition("/")
    if not (owner and repository and version) or "$" in use:
        return None
    return Package(
        type="github",
        namespace=owner,
        name=repository,
        version=version,
        subpath=folder,
        path=path,
        declared=True,
        direct=True,
        development=workflow,
    )
