"""How Dockerfiles are judged by checks of three kinds, those within files of compose too.

Reference of ``dockerfile_inline``: https://docs.docker.com/reference/compose-file/build/#dockerfile_inline
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from msgspec.structs import replace

import hullmark.checks.image
from hullmark.checks.build_file import Build, build_file
from hullmark.checks.built_image import Places, as_image, every, instructions
from hullmark.checks.compose_file import Compose, compose_file
from hullmark.checks.kinds import ConfigCheck, ImageCheck
from hullmark.checks.rooms import CONFIG
from hullmark.model import Evidence, File, ParseError, Rule
from hullmark.model.placed import Block, line_in_file
from hullmark.scan.own_units import of_system
from hullmark.scan.reading import Slow
from hullmark.sieve.options import Looking
from hullmark.unit import discover

INLINE = "inline-build"
"""The kind by which checks of Dockerfiles ask for those of a file of compose."""

BUILDING = ("dockerfile", "compose")
"""Systems whose files hold Dockerfiles."""

KEY = "dockerfile_inline"
LEFT = "it stands in a file of compose, where Dockerfiles are not changed"

AnyCheck = TypeVar("AnyCheck", ConfigCheck, ImageCheck)


def of_compose(file: File, _: Looking) -> Iterator[tuple[tuple[str, ...], object]]:
    """A file of compose, then each Dockerfile in it; ``ParseError`` for those that are none."""
    failed: list[str] = []
    yield from as_far_as_built(file, failed)
    if failed:
        more = f", and {len(failed) - 1} more" if len(failed) > 1 else ""
        raise ParseError(file.path, f"{failed[0]}{more}")


def as_far_as_built(
    file: File, failed: list[str]
) -> Iterator[tuple[tuple[str, ...], Compose | Build]]:
    """The same; ``failed`` gets why Dockerfiles are none."""
    compose = compose_file(file)
    if compose is None:
        return
    yield (), compose
    for build, _origin in builds_of(compose, failed):
        yield (INLINE,), build


def builds_of(compose: Compose, failed: list[str]) -> Iterator[tuple[Build, int]]:
    """Each Dockerfile in a file of compose, and what its lines lack to lead to their file.

    Its lines are those of the file; of one that is folded all are the first. What compose reads as
    a dollar is one. ``failed`` gets what was none. What services share is told once.
    """
    seen: set[tuple[int, str]] = set()
    for service in compose.services():
        body = service.build
        text = body.get(KEY)
        if not isinstance(text, str) or not text.strip():
            continue
        first = text.line if isinstance(text, Block) else body.line_of(KEY)
        if (first, text) in seen:
            continue
        seen.add((first, text))
        is_counted = isinstance(text, Block) and not text.folded
        file = File(path=KEY, content=text.replace("$$", "$").encode(errors="replace"))
        try:
            build = build_file(file, line_in_file(first), is_counted=is_counted)
        except ParseError as error:
            failed.append(f"services.{service.name}.build.{KEY}: {error.why}")
            continue
        if build is not None:
            yield build, first - line_in_file(first)


def inline_checks(system: str, units: tuple[str, ...]) -> Iterator[ConfigCheck]:
    """The checks of Dockerfiles as a file of compose asks for them; none for other systems."""
    if system == "compose":
        for check in _checks("dockerfile", units):
            yield replace(check, kinds=(INLINE,), mend=None, left=LEFT)


def script_checks(system: str, units: tuple[str, ...]) -> list[ConfigCheck]:
    """Checks of scripts, for what Dockerfiles write out."""
    found = _checks("script", units) if system in BUILDING else ()
    return [*found] if system != "compose" else [_unchanged(each) for each in found]


def _checks(system: str, units: tuple[str, ...]) -> Iterator[ConfigCheck]:
    """Ours of files of this kind, and those of the user's own in ``units``."""
    yield from discover(CONFIG[system], ConfigCheck).values()
    yield from of_system(units, system)


def image_checks(system: str) -> dict[str, ImageCheck]:
    """Checks of images whose fault the build shows already."""
    found = discover(hullmark.checks.image, ImageCheck) if system in BUILDING else {}
    shown = {id: check for id, check in found.items() if check.of_build}
    return {id: _unchanged(each) for id, each in shown.items()} if system == "compose" else shown


def _unchanged(check: AnyCheck) -> AnyCheck:
    """The same check, of what is not changed."""
    return replace(check, mend=None, left=LEFT)


def of_image(
    checks: Mapping[str, ImageCheck], build: Build, failed: list[str]
) -> Iterator[tuple[ImageCheck, list[Evidence]]]:
    """What checks of images say of the image that a build would make, with lines."""
    final, stages = list(instructions(build)), every(build)
    system = "windows" if build.is_windows else "linux"
    begins = [each.line for each in build.stages]
    images = {
        of_stages: (Places(build, listed), as_image(listed, system, begins))
        for of_stages, listed in ((False, final), (True, stages))
    }
    for check in checks.values():
        places, image = images[check.of_stages]
        found = judged(check.judge, image, check.rule, failed)
        yield (
            check,
            [Evidence(at=each.at, says=each.says, line=places.line_of(each.at)) for each in found],
        )


def judged(
    judge: Callable[[Any], Iterable[Evidence]], subject: object, rule: Rule, failed: list[str]
) -> list[Evidence]:
    """What a check says before it fails, if it does: one that does must not cost the others."""
    found: list[Evidence] = []
    try:
        found.extend(judge(subject))  # what comes before a failure is kept
    except (Slow, MemoryError):
        raise
    except ParseError as error:
        failed.append(f"{error.why} (check {rule.id})")
    except Exception as error:  # noqa: BLE001 - told as the file's gap, when all have judged
        failed.append(f"{type(error).__name__}: {error}"[:200] + f" (check {rule.id})")
    return found
