"""Configuration as code: files that decide how containers are built and run.

Each kind of file is one parser, which reads a file once and has every check of that kind judge it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import ModuleType
from typing import Any

from msgspec import Struct

import hullmark.checks.image
from hullmark.checks.apparmor_file import apparmor_file
from hullmark.checks.build_file import Build, build_file
from hullmark.checks.build_scripts import scripts
from hullmark.checks.built_image import Places, as_image, every, instructions
from hullmark.checks.compose_file import compose_file
from hullmark.checks.declare_config import BUNDLE, POD, REFERENCE
from hullmark.checks.kinds import ConfigCheck, ImageCheck
from hullmark.checks.kube import Bundle, Object, manifests
from hullmark.checks.named_images import SYSTEMS as NAMING
from hullmark.checks.named_images import References, references
from hullmark.checks.rooms import CONFIG, REFERENCES
from hullmark.checks.script_file import script_file
from hullmark.checks.seccomp_file import seccomp_file
from hullmark.checks.workflow_file import workflow_file
from hullmark.model import Evidence, File, ParseError, Rule
from hullmark.model.gathered import Gathered
from hullmark.model.registries import Trusted
from hullmark.model.repository import without_login
from hullmark.model.spotted import Spotted
from hullmark.model.spotted import Subjects as Judged
from hullmark.scan.annotations import annotated, has_annotations
from hullmark.scan.commands import unread
from hullmark.scan.gathering import gathered, making
from hullmark.scan.lines import Lines
from hullmark.scan.own_units import of_system
from hullmark.scan.reading import Slow
from hullmark.sieve.options import NOTHING, Looking
from hullmark.unit import Parser, discover

VERSION = 4
"""Raised when the same file may be judged otherwise by the same checks."""

Subjects = Iterator[tuple[tuple[str, ...], object]]
"""What is judged, each with the kinds by which checks ask for it."""


class System(Struct, frozen=True, kw_only=True):
    """One kind of file, and how it is read."""

    id: str
    names: tuple[str, ...]
    about: str
    room: ModuleType
    read: Callable[[File, Looking], Subjects]


def _of_kubernetes(file: File, looking: Looking) -> Subjects:
    found: list[Object] = []
    failed: ParseError | None = None
    try:
        for each in manifests(file, looking.kubernetes):
            found.append(each)
            yield (each.kind, POD) if each.pod else (each.kind,), each
    except ParseError as error:
        failed = error
    if found:
        yield (BUNDLE,), Bundle(found)
    if failed:
        raise failed


def _of_workflow(file: File, _: Looking) -> Subjects:
    workflow = workflow_file(file)
    if workflow is not None:
        yield (workflow.system,), workflow


def _whole(subject: object) -> Subjects:
    """A file that is one subject, or none."""
    if subject is not None:
        yield (), subject


SYSTEMS = (
    System(
        id="dockerfile",
        names=(
            *("Dockerfile", "Containerfile", "Dockerfile.*", "Containerfile.*", "Dockerfile-*"),
            *("dockerfile", "containerfile", "dockerfile.*"),
            *("*.dockerfile", "*.Dockerfile", "*.containerfile", "*.Containerfile"),
        ),
        about="Dockerfiles and Containerfiles.",
        room=CONFIG["dockerfile"],
        read=lambda file, _: _whole(build_file(file)),
    ),
    System(
        id="compose",
        names=(
            *("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"),
            *("compose.*.yaml", "compose.*.yml", "docker-compose*.yaml", "docker-compose*.yml"),
            *("docker-stack*.yaml", "docker-stack*.yml"),
        ),
        about="Files of docker compose, and stacks of Swarm.",
        room=CONFIG["compose"],
        read=lambda file, _: _whole(compose_file(file)),
    ),
    System(
        id="kubernetes",
        names=("*.yaml", "*.yml", "*.json"),
        about="Manifests of Kubernetes.",
        room=CONFIG["kubernetes"],
        read=_of_kubernetes,
    ),
    System(
        id="workflow",
        names=(
            *("**/.github/workflows/*.yml", "**/.github/workflows/*.yaml"),
            *(".gitlab-ci.yml", ".gitlab-ci.yaml", "*.gitlab-ci.yml"),
        ),
        about="Workflows of GitHub Actions, pipelines of GitLab CI.",
        room=CONFIG["workflow"],
        read=_of_workflow,
    ),
    System(
        id="script",
        names=("*.sh", "*.bash", "entrypoint", "docker-entrypoint"),
        about="Shell scripts.",
        room=CONFIG["script"],
        read=lambda file, _: _whole(script_file(file)),
    ),
    System(
        id="seccomp",
        names=("*.json",),
        about="Seccomp profiles, known by what they hold.",
        room=CONFIG["seccomp"],
        read=lambda file, _: _whole(seccomp_file(file)),
    ),
    System(
        id="apparmor",
        names=("*.apparmor", "**/apparmor/*", "**/apparmor.d/*"),
        about="AppArmor profiles.",
        room=CONFIG["apparmor"],
        read=lambda file, _: _whole(apparmor_file(file)),
    ),
)


def config_parsers(looking: Looking = NOTHING) -> dict[str, Parser]:
    """A parser for each kind of file, with all of its checks, for what the user says of it."""
    return {each.id: _parser(each, looking) for each in SYSTEMS}


def judging_of(parser: Parser) -> "Judging":
    """The checks that one of these parsers has."""
    owner = getattr(parser.parse, "__self__", None)
    if not isinstance(owner, Judging):
        raise TypeError(f"{parser.id} has no checks")
    return owner


def _parser(system: System, looking: Looking) -> Parser:
    return Parser(
        id=system.id,
        names=system.names,
        magic=(),
        beside=(),
        declared=True,
        version=VERSION,
        about=system.about,
        example=File(path=system.names[0], content=b""),
        expect=(),
        parse=Judging(system, looking).parse,
    )


class Claimed(Struct, frozen=True, kw_only=True):
    """What one check says of one subject of a file."""

    check: ConfigCheck | ImageCheck
    subject: object
    evidence: Evidence
    spotted: Spotted


class Judging:
    """One kind of file, with all checks of it."""

    def __init__(self, system: System, looking: Looking) -> None:
        self._system = system
        self.looking = looking
        self._by_kind: dict[str, list[ConfigCheck]] = {}
        own = of_system(looking.units, system.id)
        for check in (*discover(system.room, ConfigCheck).values(), *own):
            for kind in check.kinds or ("",):
                self._by_kind.setdefault(kind, []).append(check)
        is_build = system.id == "dockerfile"
        self._of_build = _of_builds() if is_build else {}
        of_scripts = discover(CONFIG["script"], ConfigCheck) if is_build else {}
        self._of_scripts = [*of_scripts.values()]
        self._trusted = Trusted(looking.registries)
        is_naming = looking.registries and system.id in NAMING
        of_references = discover(CONFIG[REFERENCES], ConfigCheck) if is_naming else {}
        self._of_references = [*of_references.values()]
        self._applying: dict[tuple[str, ...], list[ConfigCheck]] = {}

    def parse(self, file: File) -> Iterator[Spotted | Judged | Gathered]:
        """What the checks say of a file; ``ParseError`` at the end for what was not judged.

        What checks across files read of it is left to be judged with all others.
        """
        counts = Counter[str]()
        failed: list[str] = []
        bundles: list[Gathered] = []
        for each in self.claims(file, counts, failed, bundles):
            yield each.spotted
        yield from bundles
        if self._system.id == "kubernetes":
            yield from making(file)
        if counts:
            yield Judged(path=file.path, counts=dict(counts))
        if failed:
            more = f", and {len(failed) - 1} more" if len(failed) > 1 else ""
            raise ParseError(file.path, f"{failed[0]}{more}")

    def claims(
        self,
        file: File,
        counts: Counter[str],
        failed: list[str],
        bundles: list[Gathered] | None = None,
    ) -> Iterator[Claimed]:
        """What the checks say; ``counts`` gets what was judged, ``failed`` what was not.

        ``bundles`` gets what is to be judged with other files; without it that is judged alone.
        """
        lines = Lines(file)
        for kinds, subject in self._read(file, failed):
            if bundles is not None and isinstance(subject, Bundle):
                self._count(kinds, counts)
                bundles += _gathered(lines, subject, failed)
                continue
            told = _Told(annotated=has_annotations(subject))
            for check, found in self.says(kinds, subject, counts, failed):
                yield from _claimed(check, found, lines, subject, told)
            if isinstance(subject, Build):
                yield from _of_image(self._of_build, subject, lines, told, failed)
                yield from self._of_written(subject, lines, told, failed)
            failed += unread(subject)

    def _count(self, kinds: tuple[str, ...], counts: Counter[str]) -> None:
        for kind in kinds:
            counts[f"{self._system.id}/{kind}"] += 1
        counts[self._system.id] += 1

    def says(
        self, kinds: tuple[str, ...], subject: object, counts: Counter[str], failed: list[str]
    ) -> Iterator[tuple[ConfigCheck, list[Evidence]]]:
        """What each check says of one subject, where it says something; ``counts`` as above."""
        self._count(kinds, counts)
        for check in self._asked(kinds, subject):
            found = _judged(check.judge, subject, check.rule, failed)
            if found:
                yield check, found
        named = tuple(references(subject)) if self._of_references else ()
        if named:
            counts[f"{self._system.id}/{REFERENCE}"] += 1
            for check in self._of_references:
                of_all = References(named, self._trusted)
                found = _judged(check.judge, of_all, check.rule, failed)
                if found:
                    yield check, found

    def _of_written(
        self, build: Build, lines: Lines, told: "_Told", failed: list[str]
    ) -> Iterator[Claimed]:
        """What checks of scripts say of those that a build writes out."""
        for script in scripts(build):
            for check in self._of_scripts:
                found = _judged(check.judge, script, check.rule, failed)
                yield from _claimed(check, found, lines, script, told)

    def _read(self, file: File, failed: list[str]) -> Subjects:
        try:
            yield from self._system.read(file, self.looking)
        except ParseError as error:
            failed.insert(0, error.why)

    def _asked(self, kinds: tuple[str, ...], subject: object) -> list[ConfigCheck]:
        """The checks that may have something to say of a subject, by its kinds and its keys."""
        checks = self._applying.get(kinds)
        if checks is None:
            checks = self._applying[kinds] = _applying(self._by_kind, kinds)
        keys = subject.keys if isinstance(subject, Object) else None
        if keys is None:
            return checks
        return [each for each in checks if not (each.needs and keys.isdisjoint(each.needs))]


def _gathered(lines: Lines, bundle: Bundle, failed: list[str]) -> Iterator[Gathered]:
    """What a file adds to checks across files; all of it, or nothing."""
    file = lines.file
    try:
        yield gathered(file.path, bundle.objects, lines.comments(), layer=file.layer)
    except ParseError as error:
        failed.append(error.why)


def _applying(by_kind: Mapping[str, list[ConfigCheck]], kinds: Iterable[str]) -> list[ConfigCheck]:
    """Checks that ask for one of these kinds, each once."""
    of_any = () if BUNDLE in kinds else ("",)
    found = {id(each): each for kind in (*of_any, *kinds) for each in by_kind.get(kind, ())}
    return [*found.values()]


def _of_builds() -> dict[str, ImageCheck]:
    """Checks of images whose fault the build shows already."""
    found = discover(hullmark.checks.image, ImageCheck)
    return {id: check for id, check in found.items() if check.of_build}


def _of_image(
    checks: Mapping[str, ImageCheck],
    build: Build,
    lines: Lines,
    told: "_Told",
    failed: list[str],
) -> Iterator[Claimed]:
    """What checks of images say of the image that a build would make."""
    final, stages = list(instructions(build)), every(build)
    system = "windows" if build.is_windows else "linux"
    images = {
        of_stages: (Places(build, listed), as_image(listed, system))
        for of_stages, listed in ((False, final), (True, stages))
    }
    for check in checks.values():
        places, image = images[check.of_stages]
        placed = (
            Evidence(at=each.at, says=each.says, line=places.line_of(each.at))
            for each in _judged(check.judge, image, check.rule, failed)
        )
        yield from _claimed(check, placed, lines, build, told)


def _judged(
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


def _claimed(
    check: ConfigCheck | ImageCheck,
    found: Iterable[Evidence],
    lines: Lines,
    subject: object,
    told: "_Told",
) -> Iterator[Claimed]:
    """One rule's claims as facts, each of one place once."""
    rule = check.rule
    for each in found:
        key = rule.id, each.at
        if key in told.keys:
            continue
        told.keys.add(key)
        spotted = Spotted(
            rule=rule.id,
            kind=rule.kind,
            severity=rule.severity,
            path=lines.file.path,
            layer=lines.file.layer,
            at=lines.place(key),
            says=without_login(each.says),
            line=each.line,
            allowed=(lines.accepted and lines.allowed_at(rule.id, each))
            or (told.annotated and annotated(rule.id, subject))
            or "",
        )
        yield Claimed(check=check, subject=subject, evidence=each, spotted=spotted)


class _Told:
    """Rules and places that were told of one subject; ``annotated`` if it may accept some."""

    __slots__ = ("annotated", "keys")

    def __init__(self, *, annotated: bool) -> None:
        self.annotated = annotated
        self.keys: set[tuple[str, str]] = set()
