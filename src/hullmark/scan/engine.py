"""Open a target, read it in jailed workers, and put together the report."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib import import_module
from typing import Self

import msgspec
from msgspec import Struct

from hullmark.advisories import STALE_DAYS, Matched
from hullmark.advisories import UNIT as VULNERABILITIES
from hullmark.advisories.malicious import TYPES, only_malicious
from hullmark.charts import ChartOptions
from hullmark.intake import greeting, opened
from hullmark.intake.hashing import Hashes, hashing_zygote
from hullmark.model import Artifact, ArtifactKind, Finding, Gap, Package, PolicyError, Report, Rule
from hullmark.model.config_edits import ConfigAnswer, ConfigAsk
from hullmark.model.finding import by_weight
from hullmark.model.go_symbols import GoSymbols
from hullmark.oci.base import KnownLayers, recognised
from hullmark.oci.verify import RULES, Expected, Measured, examine
from hullmark.sandbox import Limits, Zygote
from hullmark.sandbox.pool import cpus
from hullmark.sandbox.zygote import Work
from hullmark.scan.cache import Cache
from hullmark.scan.content import of_image, of_tree
from hullmark.scan.dispatch import Dispatch
from hullmark.scan.finish import Inventory
from hullmark.scan.images import Images
from hullmark.scan.jobs import Hello
from hullmark.scan.malice import is_found_again, with_lookalikes
from hullmark.scan.mend_jobs import mended
from hullmark.scan.running import running_kernel
from hullmark.scan.skip import Skip
from hullmark.scan.spots import NOTHING_SEEN, Judged, told_before, with_own
from hullmark.scan.trees import Trees
from hullmark.sieve.options import NOTHING, Looking
from hullmark.unit import Access, OpenImage, OpenReport, OpenTree, Parser, Source

WORKER_LIMITS = Limits(memory_bytes=1024**3, file_bytes=64 * 1024**3, cpu_s=3600)
"""Address space for 64 MiB of held chunks, a file of the same size and its parsed form."""

NO_ADVISORIES = "no advisories are on hand: hullmark advisories update"


class Settings(Struct, frozen=True, kw_only=True):
    """How to scan. ``folder`` is where caches live; ``declared`` overrides the source's habit.

    ``expected`` are digests that somebody outside the target vouches for; ``known_layers`` is the
    folder of images by whose layers bases are recognised. ``advisories`` is the file of what is
    known of vulnerabilities and malicious packages, empty when nobody asks for them; they are stale
    after ``stale_days``. ``vulnerabilities`` and ``malware`` say what of packages is asked,
    ``charts`` how those of Helm are rendered.
    """

    folder: str
    use_cache: bool = True
    jobs: int = 0
    platform: str = ""
    declared: bool | None = None
    skip_dirs: tuple[str, ...] = ()
    skip_files: tuple[str, ...] = ()
    expected: Expected | None = None
    access: Access = Access()
    known_layers: str = ""
    advisories: str = ""
    stale_days: int = STALE_DAYS
    vulnerabilities: bool = True
    malware: bool = False
    charts: ChartOptions = ChartOptions()
    tool: str = ""


class Scanner:
    """Scans targets one after the other with one zygote; create it before any thread runs.

    ``only`` are ids of the parsers that are needed, where that is known beforehand; ``looking``
    is what is looked for in the content of files.
    """

    def __init__(
        self,
        parsers: Mapping[str, Parser] | None = None,
        *,
        only: Sequence[str] | None = None,
        looking: Looking = NOTHING,
    ) -> None:
        self.looking = looking
        self._hashing = hashing_zygote()
        self._zygote = Zygote(lambda: _load(parsers, only, looking), WORKER_LIMITS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zygote.close()
        self._hashing.close()

    def scan(
        self,
        source: Source,
        target: str,
        settings: Settings,
        progress: Callable[[int, int], None] = lambda _bytes, _total: None,
    ) -> Report:
        """The report of one target.

        ``progress`` gets, from threads, the bytes just hashed and those in all.
        Raises ``SourceError`` when the target cannot be read and ``StoreError`` when the
        folder for temporary files cannot be made.
        """
        if settings.advisories and os.path.exists(settings.advisories):
            import_module("hullmark.advisories.match")  # while the zygote imports parsers
        skip = Skip(settings.skip_dirs, settings.skip_files)
        found = opened(
            self._zygote,
            source,
            target,
            folder=settings.folder,
            platform=settings.platform,
            leaves_out=skip.hides_folder,
            access=settings.access,
        )
        with found as artifact:
            if isinstance(artifact, OpenImage):
                report = self._image(artifact, settings, skip, progress)
                return msgspec.structs.replace(report, attached=artifact.attached)
            if isinstance(artifact, OpenReport):
                return _again(artifact.report, settings)
            return self._tree(artifact, settings, skip, source.parsers)

    def mended(self, asks: Sequence[ConfigAsk]) -> list[ConfigAnswer]:
        """Files of configuration, mended by jailed workers; needs ``looking.mend``."""
        return mended(self._zygote, asks)

    def _image(
        self,
        image: OpenImage,
        settings: Settings,
        skip: Skip,
        progress: Callable[[int, int], None],
    ) -> Report:
        jobs = settings.jobs or cpus()
        readable = list({blob for blob in image.blobs if blob.fd >= 0 and not image.fetch})
        hashes = Hashes(self._hashing, readable, jobs, progress)
        held, hello = self._greeting()
        declared = bool(settings.declared)
        claims = [each for each in hello.claims if declared or not each.declared]
        cache = None
        if settings.use_cache and not self.looking.clamd:  # which is asked about all bytes
            cache = Cache(settings.folder, claims, declared=declared, looks=hello.looks)
        images = Images(
            self._zygote,
            Dispatch(claims),
            cache=cache,
            folder=settings.folder,
            jobs=jobs,
            declared=declared,
            looking=self.looking,
        )
        reads, inventory, gaps = images.read(image, hashes, skip, progress)
        measured = [
            Measured(blob=blob, digest=read.digest, diff_id=read.diff_id)
            for blob, read in zip(image.blobs, reads, strict=True)
        ]
        found, findings = examine(measured, image.artifact.config, settings.expected)
        if cache:
            cache.prune()
        base = image.artifact.base
        if settings.known_layers:
            store = KnownLayers(settings.known_layers)
            known = store.find([each.diff_id for each in found])
            base = recognised(base, known, len(found), store.newer(known) if known else "")
        artifact = msgspec.structs.replace(image.artifact, layers=found, base=base)
        image = msgspec.structs.replace(image, artifact=artifact)
        from hullmark.scan.hiding import named  # noqa: PLC0415 - for images

        content, hidden = NOTHING_SEEN, named(image.config)
        if self.looking.files:
            content, missed, hidden = of_image(
                self._zygote,
                image,
                images,
                reads,
                inventory,
                looking=self.looking,
                skip=skip,
            )
            gaps = [*gaps, *missed]
        return _report(
            artifact=hidden.artifact(image.artifact),
            inventory=inventory,
            findings=[*image.findings, *findings],
            content=with_own(content, hello.own),
            gaps=[*image.gaps, *gaps, *inventory.gaps(), *_weakness(held)],
            units={each.id: each.version for each in claims},
            sandbox=held,
            settings=settings,
        )

    def _tree(
        self, tree: OpenTree, settings: Settings, skip: Skip, only: Sequence[str] | None
    ) -> Report:
        held, hello = self._greeting()
        declared = tree.declared if settings.declared is None else settings.declared
        claims = [each for each in hello.claims if declared or not each.declared]
        if only is not None:
            claims = [each for each in claims if each.id in only]
            settings = msgspec.structs.replace(
                settings, advisories=settings.advisories if only else ""
            )
        jobs = settings.jobs or cpus()
        trees = Trees(
            self._zygote,
            Dispatch(claims),
            jobs=jobs,
            skip=skip,
            looking=self.looking,
            charts=settings.charts,
        )
        inventory, gaps = trees.read(tree)
        content, missed = NOTHING_SEEN, list[Gap]()
        if self.looking.files:
            content, missed = of_tree(self._zygote, tree, trees, inventory, gaps)
        return _report(
            artifact=tree.artifact,
            inventory=inventory,
            findings=[],
            content=with_own(content, hello.own),
            gaps=[*gaps, *missed, *inventory.gaps(), *_weakness(held)],
            units={each.id: each.version for each in claims},
            sandbox=held,
            settings=settings,
        )

    def _greeting(self) -> tuple[str, Hello]:
        held, hello = greeting(self._zygote)
        told = msgspec.msgpack.decode(hello, type=Hello)
        if told.refused:
            raise PolicyError(*told.refused)
        return held, told


def _load(
    parsers: Mapping[str, Parser] | None, only: Sequence[str] | None, looking: Looking
) -> tuple[bytes, Work]:
    """Import what workers need, in the zygote: this process never parses."""
    from hullmark.scan.worker import load  # noqa: PLC0415 - parsers and codecs take 100 ms

    return load(parsers, only, looking)


class _Told:
    """The inventory of a stored report."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self.distribution = report.distribution
        self.resources = report.resources
        self.suppressed = report.suppressed
        self.go_symbols: Mapping[str, GoSymbols] = {}

    def packages(self) -> tuple[Package, ...]:
        """As they were found then."""
        return self._report.packages

    def owners(self, _: Iterable[str]) -> frozenset[tuple[str, str]]:
        """Nobody: a report does not tell which package owns a file."""
        return frozenset()


def _again(stored: Report, settings: Settings) -> Report:
    """A stored report, held against what is known today."""
    report = _report(
        artifact=stored.artifact,
        inventory=_Told(stored),
        findings=[
            each
            for each in stored.findings
            if not is_found_again(
                each, by_names=settings.malware, by_advisories=bool(settings.advisories)
            )
        ],
        content=told_before(stored),
        gaps=list(stored.gaps),
        units=stored.units,
        sandbox=stored.sandbox,
        settings=settings,
    )
    return msgspec.structs.replace(
        report, notes=stored.notes, scanners=stored.scanners, basis=stored.basis
    )


def _report(
    *,
    artifact: Artifact,
    inventory: Inventory | _Told,
    findings: list[Finding],
    content: Judged = NOTHING_SEEN,
    gaps: list[Gap],
    units: Mapping[str, int],
    sandbox: str,
    settings: Settings,
) -> Report:
    """Everything in one order, with the vulnerabilities of what was found."""
    packages = inventory.packages()
    if artifact.kind is ArtifactKind.HOST and isinstance(inventory, Inventory):
        kernel = running_kernel(packages, os.uname().release)
        packages = tuple(sorted((*packages, *kernel), key=_package_order)) if kernel else packages
    known = _vulnerabilities(packages, inventory, artifact, settings)
    if settings.malware:
        known = with_lookalikes(known, packages)
    ordered = tuple(by_weight([*findings, *content.findings, *known.findings]))
    gaps = [*gaps, *known.gaps]
    missed = tuple(sorted(set(gaps), key=lambda gap: (gap.unit, gap.subject, gap.why, gap.layer)))
    return Report(
        artifact=artifact,
        distribution=inventory.distribution,
        packages=packages,
        resources=tuple(inventory.resources),
        findings=ordered,
        gaps=missed,
        suppressed=(*known.suppressed, *content.suppressed),
        rules={**known.rules, **content.rules, **_rules(ordered)},
        feeds={**known.feeds, **content.feeds},
        units=units,
        sandbox=sandbox,
        tool=settings.tool,
        subjects=content.subjects,
    )


def _package_order(package: Package) -> tuple[str, str]:
    return package.purl, package.path


def _vulnerabilities(
    packages: tuple[Package, ...],
    inventory: Inventory | _Told,
    artifact: Artifact,
    settings: Settings,
) -> Matched:
    """What is known of these packages, where somebody asked; without data that is a gap."""
    if not settings.vulnerabilities:
        packages = tuple(each for each in packages if each.type in TYPES)
    if not settings.advisories or not (settings.vulnerabilities or packages):
        return Matched()
    from hullmark.advisories.lifecycle import END_OF_LIFE_SOFTWARE, past_their_end  # noqa: PLC0415

    now = datetime.now(tz=UTC)
    today = now.date().isoformat() if settings.vulnerabilities else ""
    ended = tuple(past_their_end(packages, today)) if today else ()
    rules = {rule.id: rule for rule in (END_OF_LIFE_SOFTWARE,) if ended}
    if not os.path.exists(settings.advisories):
        gap = Gap(unit=VULNERABILITIES, subject="advisories", why=NO_ADVISORIES)
        return Matched(findings=ended, rules=rules, gaps=(gap,))
    # Orders of versions, scores and the store are for those alone who have advisories.
    from hullmark.advisories.match import matched  # noqa: PLC0415
    from hullmark.advisories.risk import Exposed  # noqa: PLC0415
    from hullmark.store.advisory_file import Advisories  # noqa: PLC0415

    owners = inventory.owners(artifact.exposure.files) if artifact.exposure else ()
    with Advisories.open(settings.advisories) as known:
        found = matched(
            packages,
            inventory.distribution,
            known,
            now=now,
            stale_days=settings.stale_days,
            exposed=Exposed(artifact.exposure, owners),
            programs=inventory.go_symbols,
            proofs=_proofs(inventory),
            running_kernel=_running(artifact, inventory),
        )
    if not settings.vulnerabilities:
        return only_malicious(found)
    return msgspec.structs.replace(
        found, findings=(*found.findings, *ended), rules={**found.rules, **rules}
    )


def _proofs(inventory: Inventory | _Told) -> Mapping[tuple[str, str, str], str]:
    """What a stored report told of functions that programs do not hold."""
    from hullmark.advisories.symbols import identity  # noqa: PLC0415 - as above

    aside = inventory.suppressed if isinstance(inventory, _Told) else ()
    return {identity(each.finding): each.by.reason for each in aside}


def _running(artifact: Artifact, inventory: Inventory | _Told) -> str | None:
    """The kernel that runs where the packages are: none in an image; not known of other places."""
    if artifact.kind is ArtifactKind.HOST and isinstance(inventory, Inventory):
        return os.uname().release
    return "" if artifact.kind is ArtifactKind.IMAGE else None


def _rules(findings: Iterable[Finding]) -> dict[str, Rule]:
    named = {finding.rule for finding in findings}
    return {rule.id: rule for rule in RULES if rule.id in named}


def _weakness(held: str) -> Iterator[Gap]:
    """A jail that this kernel could not lock fully is told, not passed over."""
    _, without, missing = held.partition("; without ")
    if without:
        yield Gap(unit="sandbox", subject="worker", why=f"this kernel has no {missing}")
