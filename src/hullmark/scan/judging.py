"""Checks of whole images, run in a jailed worker: what they read came from the image."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from hullmark.checks.kinds import ImageCheck
from hullmark.model import Evidence, File
from hullmark.model.image import Image
from hullmark.model.spotted import Spotted
from hullmark.scan.facts import Contents
from hullmark.scan.jobs import ImageJob
from hullmark.scan.reading import Reading
from hullmark.scan.rights import little_endian, numbers_of

CONFIGURATION = "image configuration"
"""The subject of what a configuration says."""

MAX_EACH = 200
"""What one check tells of an image; checks themselves tell of fifty files and count the rest."""

MAX_COUNTED = 100_000
"""Of what is beyond that."""

UNREAD = "not every layer was read: what is missing may be in those"

NEEDS_ALL = frozenset(("missing-entrypoint", "unexecutable-entrypoint", "unneeded-packages"))
"""Checks that tell of what is not there: of an image that was read in part they tell nothing."""


def packed(image: Image, kinds: Iterable[str], *, complete: bool) -> ImageJob:
    """The job of judging an image by the checks of these kinds; paths go as one text.

    ``complete`` is whether every layer was read.
    """
    labels = {each.diff_id: number for number, each in enumerate(image.layers)}
    numbers = array("Q", (labels.get(image.layer_of.get(path, ""), 0) for path in image.files))
    return ImageJob(
        image=replace(image, files={}, layer_of={}),
        files="\0".join(image.files).encode(errors="replace"),
        sizes=little_endian(array("Q", image.files.values())),
        layers=little_endian(numbers),
        kinds=tuple(kinds),
        complete=complete,
    )


def unpacked(job: ImageJob) -> Image:
    """What ``packed`` packed."""
    names = job.files.decode(errors="replace").split("\0") if job.sizes else []
    labels = [each.diff_id for each in job.image.layers]
    return replace(
        job.image,
        files=dict(zip(names, numbers_of(job.sizes), strict=True)),
        layer_of={
            name: labels[number] for name, number in zip(names, numbers_of(job.layers), strict=True)
        },
    )


def judge(job: ImageJob, checks: Mapping[str, ImageCheck], reading: Reading) -> Contents:
    """What the checks say, each under a clock; one that fails is a gap under its id."""
    image = unpacked(job)
    nothing = File(path=CONFIGURATION, content=b"")
    for number, (id, check) in enumerate(checks.items()):
        if check.rule.kind not in job.kinds:
            continue
        if id in NEEDS_ALL and not job.complete:
            reading.gap(id, CONFIGURATION, UNREAD)
            continue
        told = _Told(check, image)
        reading.look(id, nothing, number, told.spotted)
        if told.beyond:
            more = f"at least {told.beyond}" if told.beyond == MAX_COUNTED else str(told.beyond)
            why = f"{more} more than the {MAX_EACH} that are told"
            reading.gap(id, CONFIGURATION, why)
    return Contents(parsed=reading.parsed(), gaps=reading.gaps)


class _Told:
    """What one check says of an image, up to a bound, and how much more there is."""

    def __init__(self, check: ImageCheck, image: Image) -> None:
        self._check = check
        self._image = image
        self.beyond = 0

    def spotted(self) -> Iterator[Spotted]:
        """All that is told, each with a place of its own."""
        places: Counter[tuple[str, str]] = Counter()
        for number, each in enumerate(self._check.judge(self._image)):
            if number >= MAX_EACH:
                self.beyond += 1
                if self.beyond == MAX_COUNTED:
                    return
                continue
            at = each.at or self._check.rule.id
            places[each.path, at] += 1
            count = places[each.path, at]
            yield self._spot(each, at if count == 1 else f"{at} ({count})")

    def _spot(self, each: Evidence, at: str) -> Spotted:
        rule = self._check.rule
        return Spotted(
            rule=rule.id,
            kind=rule.kind,
            severity=rule.severity,
            path=each.path,
            at=at,
            says=each.says,
            line=each.line,
            layer=each.layer or self._image.layer_of.get(each.path, ""),
        )
