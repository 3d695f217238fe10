"""Asks a jailed worker to hold the manifests of a whole tree, or image, together."""

from collections.abc import Iterable, Sequence

import msgspec

from hullmark.model import Gap
from hullmark.model.gathered import Gathered
from hullmark.sandbox.zygote import Crash, Job, Zygote
from hullmark.scan.facts import Contents, Parsed
from hullmark.scan.jobs import BundleJob

KUBERNETES = "kubernetes"
"""The unit that reads manifests, and under which it is told what was not held together."""

MANIFESTS = "all manifests together"
"""The subject of gaps of what was not held together."""

MAX_OBJECTS = 100_000
MAX_BYTES = 32 * 1024 * 1024
"""Ours, of all files together: they become some 600 MiB in the worker, of the GiB that it has."""


def gathered_in(parsed: Iterable[Parsed]) -> list[Gathered]:
    """What files give to checks across files."""
    return [fact for each in parsed for fact in each.facts if type(fact) is Gathered]


def related(zygote: Zygote, found: Sequence[Gathered], gaps: Iterable[Gap]) -> Contents:
    """What checks across files say; beyond the bounds, or of a crash, that is a gap.

    Files that ``gaps`` tell of as manifests that were not read, and those that make objects of
    others, are known to be missing.
    """
    return Relating(zygote, found, gaps).answer()


class Relating:
    """The same, begun on creation and waited for later."""

    def __init__(self, zygote: Zygote, found: Sequence[Gathered], gaps: Iterable[Gap]) -> None:
        self._job: Job | None = None
        self._told = Contents()
        held = [each for each in found if each.count]
        if not held:
            return
        objects = sum(each.count for each in held)
        size = sum(len(each.packed) for each in held)
        if objects > MAX_OBJECTS or size > MAX_BYTES:
            why = (
                f"{objects} objects, {size} bytes: more than the {MAX_OBJECTS} objects and "
                f"{MAX_BYTES} bytes that are held together"
            )
            self._told = _gap(why)
            return
        unread = [each.subject for each in gaps if each.unit == KUBERNETES]
        unread += [each.path for each in found if not each.count]
        job = BundleJob(gathered=sorted(held, key=lambda each: each.path), unread=unread)
        try:
            self._job = zygote.start(msgspec.msgpack.encode(job), [])
        except Crash as error:
            self._told = _gap(str(error))

    def answer(self) -> Contents:
        """What the checks say; call it once."""
        if not self._job:
            return self._told
        try:
            return msgspec.msgpack.decode(self._job.result(), type=Contents)
        except (Crash, msgspec.DecodeError) as error:
            return _gap(str(error))


def _gap(why: str) -> Contents:
    return Contents(gaps=[Gap(unit=KUBERNETES, subject=MANIFESTS, why=why)])
