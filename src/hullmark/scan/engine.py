"""Open a target, read it in jailed workers, and put together the report."""

import os
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Self

import msgspec

from hullmark.intake import greeting, opened
from hullmark.intake.hashing import Hashes, hashing_zygote
from hullmark.model import Gap, PolicyError, Report
from hullmark.model.config_edits import ConfigAnswer, ConfigAsk
from hullmark.oci.base import KnownLayers, recognised
from hullmark.oci.verify import Measured, examine
from hullmark.sandbox import OF_PARSERS, Zygote
from hullmark.sandbox.early import Early
from hullmark.sandbox.pool import cpus
from hullmark.sandbox.zygote import Work
from hullmark.scan.cache import Cache
from hullmark.scan.content import of_image, of_tree
from hullmark.scan.dispatch import Dispatch
from hullmark.scan.images import Images
from hullmark.scan.jobs import Brief, Hello, packed
from hullmark.scan.mend_jobs import mended
from hullmark.scan.reporting import again, report_of, weakness
from hullmark.scan.settings import Settings
from hullmark.scan.skip import Skip
from hullmark.scan.spots import NOTHING_SEEN
from hullmark.scan.trees import Trees
from hullmark.sieve.options import NOTHING, Looking
from hullmark.unit import OpenImage, OpenReport, OpenTree, Parser, Source


class Scanner:
    """Scans targets one after the other with one zygote; create it before any thread runs.

    ``only`` are ids of the parsers that are needed, where that is known beforehand; ``looking``
    is what is looked for in the content of files. ``early`` is a zygote that was forked before,
    for this scanner alone.
    """

    def __init__(
        self,
        parsers: Mapping[str, Parser] | None = None,
        *,
        only: Sequence[str] | None = None,
        looking: Looking = NOTHING,
        early: Early | None = None,
    ) -> None:
        self.looking = looking
        if early:
            brief = Brief(list(only) if only is not None else None, looking)
            self._zygote = early.told(packed(brief))
        else:
            self._zygote = Zygote(lambda: _load(parsers, only, looking), OF_PARSERS)
        self._hashing = hashing_zygote()

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
                return again(artifact.report, settings)
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
                rules=hello.rules,
                looking=self.looking,
                skip=skip,
            )
            gaps = [*gaps, *missed]
        return report_of(
            artifact=hidden.artifact(image.artifact),
            inventory=inventory,
            findings=[*image.findings, *findings],
            content=content,
            gaps=[*image.gaps, *gaps, *inventory.gaps(), *weakness(held)],
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
            content, missed = of_tree(tree, trees, inventory, hello.rules)
        return report_of(
            artifact=tree.artifact,
            inventory=inventory,
            findings=[],
            content=content,
            gaps=[*gaps, *missed, *inventory.gaps(), *weakness(held)],
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
