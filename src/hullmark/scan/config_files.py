"""Configuration as code: files that decide how containers are built and run.

Each kind of file is one parser, which reads a file once and has every check of that kind judge it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import ModuleType

from msgspec import Struct

from hullmark.checks.apparmor_file import apparmor_file
from hullmark.checks.build_file import Build, build_file
from hullmark.checks.build_scripts import scripts
from hullmark.checks.declare_config import BUNDLE, POD, REFERENCE
from hullmark.checks.kinds import ConfigCheck, ImageCheck
from hullmark.checks.kube import Bundle, Object, manifests
from hullmark.checks.named_images import SYSTEMS as NAMING
from hullmark.checks.named_images import References, references
from hullmark.checks.rooms import CONFIG, REFERENCES
from hullmark.checks.script_file import script_file
from hullmark.checks.seccomp_file import seccomp_file
from hullmark.checks.workflow_file import workflow_file
from hullmark.model import Evidence, File, ParseError
from hullmark.model.gathered import Gathered
from hullmark.model.registries import Trusted
from hullmark.model.spotted import Spotted
from hullmark.model.spotted import Subjects as Judged
from hullmark.scan.annotations import has_annotations
from hullmark.scan.build_checks import (
    INLINE,
    image_checks,
    inline_checks,
    judged,
    of_compose,
    of_image,
    script_checks,
)
from hullmark.scan.claiming import Applying, Claim, Claimed, Told, claimed
from hullmark.scan.commands import unread
from hullmark.scan.gathering import gathered, making
from hullmark.scan.lines import Lines
from hullmark.scan.own_units import of_system
from hullmark.sieve.options import NOTHING, Looking
from hullmark.unit import Parser, discover

VERSION = 6
"""Raised when the same file may be judged otherwise by the same checks."""

Subjects = Iterator[tuple[tuple[str, ...], object]]
"""What is judged, each with the kinds by which checks ask for it."""


Said = tuple[ConfigCheck | ImageCheck, object, list[Evidence]]
"""What a check says of a subject."""


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
        read=of_compose,
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


class Judging:
    """One kind of file, with all checks of it."""

    def __init__(self, system: System, looking: Looking) -> None:
        self._system = system
        self.looking = looking
        self._by_kind: dict[str, list[ConfigCheck]] = {}
        own = of_system(looking.units, system.id)
        inline = inline_checks(system.id, looking.units)
        for check in (*discover(system.room, ConfigCheck).values(), *own, *inline):
            for kind in check.kinds or ("",):
                self._by_kind.setdefault(kind, []).append(check)
        self._of_build = image_checks(system.id)
        self._of_scripts = script_checks(system.id, looking.units)
        self._trusted = Trusted(looking.registries)
        is_naming = looking.registries and system.id in NAMING
        of_references = discover(CONFIG[REFERENCES], ConfigCheck) if is_naming else {}
        self._of_references = [*of_references.values()]
        self._applying: dict[tuple[str, ...], Applying] = {}

    def parse(self, file: File) -> Iterator[Spotted | Judged | Gathered]:
        """What the checks say of a file; ``ParseError`` at the end for what was not judged.

        What checks across files read of it is left to be judged with all others.
        """
        counts = Counter[str]()
        failed: list[str] = []
        bundles: list[Gathered] = []
        for _, _, _, spotted in self._claims(file, counts, failed, bundles):
            yield spotted
        yield from bundles
        if self._system.id == "kubernetes":
            yield from making(file)
        if counts:
            yield Judged(path=file.path, counts=dict(counts))
        if failed:
            more = f", and {len(failed) - 1} more" if len(failed) > 1 else ""
            raise ParseError(file.path, f"{failed[0]}{more}")

    def claims(self, file: File, counts: Counter[str], failed: list[str]) -> Iterator[Claimed]:
        """What the checks say; ``counts`` gets what was judged, ``failed`` what was not."""
        for check, subject, evidence, spotted in self._claims(file, counts, failed):
            yield Claimed(check=check, subject=subject, evidence=evidence, spotted=spotted)

    def _claims(
        self,
        file: File,
        counts: Counter[str],
        failed: list[str],
        bundles: list[Gathered] | None = None,
    ) -> Iterator[Claim]:
        """The same; ``bundles`` gets what is to be judged with other files.

        Without it that is judged alone.
        """
        lines = Lines(file)
        for kinds, subject in self._read(file, failed):
            if bundles is not None and isinstance(subject, Bundle):
                self._count(kinds, counts)
                bundles += _gathered(lines, subject, failed)
                continue
            told = Told(annotated=has_annotations(subject))
            for check, found in self.says(kinds, subject, counts, failed):
                yield from claimed(check, found, lines, subject, told)
            if isinstance(subject, Build):
                for by, of, found in self.of_build(subject, failed):
                    yield from claimed(by, found, lines, of, told)
            failed += unread(subject)

    def _count(self, kinds: tuple[str, ...], counts: Counter[str]) -> None:
        system = "dockerfile" if INLINE in kinds else self._system.id
        for kind in kinds:
            counts[f"{system}/{kind}"] += 1
        counts[system] += 1

    def says(
        self, kinds: tuple[str, ...], subject: object, counts: Counter[str], failed: list[str]
    ) -> Iterator[tuple[ConfigCheck, list[Evidence]]]:
        """What each check says of one subject, where it says something; ``counts`` as above."""
        self._count(kinds, counts)
        for check in self._asked(kinds, subject):
            found = judged(check.judge, subject, check.rule, failed)
            if found:
                yield check, found
        named = tuple(references(subject)) if self._of_references else ()
        if named:
            counts[f"{self._system.id}/{REFERENCE}"] += 1
            for check in self._of_references:
                of_all = References(named, self._trusted)
                found = judged(check.judge, of_all, check.rule, failed)
                if found:
                    yield check, found

    def of_build(self, build: Build, failed: list[str]) -> Iterator[Said]:
        """What checks of images and of scripts say of a build and of what it writes out."""
        for check, found in of_image(self._of_build, build, failed):
            yield check, build, found
        for script in scripts(build):
            for each in self._of_scripts:
                yield each, script, judged(each.judge, script, each.rule, failed)

    def of_inline(self, build: Build, counts: Counter[str], failed: list[str]) -> Iterator[Said]:
        """What all checks say of a Dockerfile within a file of compose."""
        for check, found in self.says((INLINE,), build, counts, failed):
            yield check, build, found
        yield from self.of_build(build, failed)

    def _read(self, file: File, failed: list[str]) -> Subjects:
        try:
            yield from self._system.read(file, self.looking)
        except ParseError as error:
            failed.insert(0, error.why)

    def _asked(self, kinds: tuple[str, ...], subject: object) -> Sequence[ConfigCheck]:
        """The checks that may have something to say of a subject, by its kinds and its keys."""
        applying = self._applying.get(kinds)
        if applying is None:
            applying = self._applying[kinds] = Applying(_applying(self._by_kind, kinds))
        return applying.with_keys(subject.keys if isinstance(subject, Object) else None)


def _gathered(lines: Lines, bundle: Bundle, failed: list[str]) -> Iterator[Gathered]:
    """What a file adds to checks across files; all of it, or nothing."""
    file = lines.file
    try:
        yield gathered(file.path, bundle.objects, lines.comments(), layer=file.layer)
    except ParseError as error:
        failed.append(error.why)


def _applying(by_kind: Mapping[str, list[ConfigCheck]], kinds: Iterable[str]) -> list[ConfigCheck]:
    """Checks that ask for one of these kinds, each once."""
    of_any = () if {BUNDLE, INLINE} & {*kinds} else ("",)
    found = {id(each): each for kind in (*of_any, *kinds) for each in by_kind.get(kind, ())}
    return [*found.values()]
