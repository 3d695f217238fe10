"""Images that files of all kinds name, each with how to tell where that is."""

from collections.abc import Callable, Iterator
from functools import partial

from msgspec import Struct

from hullmark.checks.build_file import Build
from hullmark.checks.build_sources import bases, is_known, numbered, taken_from
from hullmark.checks.compose_file import Compose, Service
from hullmark.checks.compose_parts import pairs
from hullmark.checks.image_facts import reference
from hullmark.checks.kube import Object
from hullmark.checks.kube_images import images, mounted
from hullmark.checks.workflow_file import Workflow
from hullmark.checks.workflow_uses import all_images
from hullmark.model import Evidence
from hullmark.model.placed import Map
from hullmark.model.registries import Trusted

SYSTEMS = ("dockerfile", "compose", "kubernetes", "workflow")
"""Kinds of file that name images."""

_IMAGE = "docker-image://"
"""Before an image that a build takes files from."""


class NamedImage(Struct, frozen=True):
    """One image: its repository as it is written, and evidence of its place for what is said."""

    repository: str
    tell: Callable[[str], Evidence]


class References(Struct, frozen=True):
    """The images that one subject names, and what the user trusts."""

    images: tuple[NamedImage, ...]
    trusted: Trusted


def references(subject: object) -> Iterator[NamedImage]:
    """Every image whose name is known: what variables fill in later, nobody can judge."""
    for repository, tell in _named(subject):
        if is_known(repository):
            yield NamedImage(repository, tell)


def _named(subject: object) -> Iterator[tuple[str, Callable[[str], Evidence]]]:
    match subject:
        case Build():
            yield from _of_build(subject)
        case Compose():
            for service in subject.services():
                yield from _of_service(service)
        case Object(pod=pod) if pod is not None:
            for each, text, _ in images(pod):
                at, line = f"{each.at}.image", each.body.line_of("image")
                yield reference(text)[0], _telling(subject, at, line)
            for at, text, line in mounted(pod):
                yield reference(text)[0], _telling(subject, at, line)
        case Workflow():
            for image in all_images(subject):
                yield reference(image.name)[0], _telling(subject, image.at, image.line)


def _telling(subject: Object | Workflow, at: str, line: int) -> Callable[[str], Evidence]:
    return lambda says: subject.tell(at, says, line)


def _of_service(service: Service) -> Iterator[tuple[str, Callable[[str], Evidence]]]:
    """The image that a service runs, those that it mounts, and those that its build takes from."""
    if not service.is_built:
        yield service.image[0], partial(service.tell, "image")
    mounts = service.body.items_of("volumes")
    for index, each in enumerate(mounts):
        if isinstance(each, Map) and each.text("type") == "image":
            tell = partial(service.tell, f"volumes[{index}]", line=each.line_of("source"))
            yield reference(each.text("source"))[0], tell
    for pair in pairs(service.build, "additional_contexts"):
        if pair.value and pair.value.startswith(_IMAGE):
            tell = partial(service.tell, f"build.{pair.at}", line=pair.line)
            yield reference(pair.value.removeprefix(_IMAGE))[0], tell


def _of_build(build: Build) -> Iterator[tuple[str, Callable[[str], Evidence]]]:
    syntax = reference(build.directives.get("syntax", ""))[0]
    if syntax:
        yield syntax, lambda says: Evidence(at="# syntax", says=says, line=1)
    for stage, repository, *_ in bases(build):
        yield repository, stage.start.tell
    stages = numbered(build)
    for _, each, name in taken_from(build):
        if name.lower() not in stages:
            yield reference(name)[0], each.tell
