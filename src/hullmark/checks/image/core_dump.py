"""Memory of processes that crashed."""

from collections.abc import Iterator
from re import compile as regex

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import holding, sound
from hullmark.checks.image_facts import each_of, short
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image
from hullmark.model.phrases import decimal
from hullmark.model.rule import Confidence

_named = regex(
    r"(?:.*/)?(?:core(?:\.\d{1,10})?|vgcore\.\d{1,10}|.*\.core|.*\.hprof|hs_err_pid\d{1,10}\.(?:log|mdmp))\Z"
).match

LEAST_BYTES = 4096
"""A dump holds a page of memory at least."""


@image_check(
    id="core-dump",
    title="Core dump in the image",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    remediation="Remove it in the step that made it, and find out what crashed.",
    references=("https://man7.org/linux/man-pages/man5/core.5.html",),
    bad=lambda: (
        holding("app/core.1234", size_bytes=100_000),
        holding("srv/java_pid1.hprof", size_bytes=100_000),
    ),
    good=lambda: (
        sound(),
        holding("usr/lib/node_modules/x/core", "etc/core.conf", "app/core/x.py"),
        holding("app/core.12", size_bytes=10),
    ),
)
def core_dump(image: Image) -> Iterator[Evidence]:
    """It holds what the process held in memory: passwords, keys, and the data of users."""
    found = [
        path
        for path, size in image.files.items()
        if size >= LEAST_BYTES
        and ("core" in path or "hs_err" in path or path.endswith(".hprof"))
        and path not in image.owners
        and "node_modules/" not in path
        and _named(path)
        and not path.endswith("/core")
    ]
    yield from each_of(
        image,
        found,
        lambda path: f"{short(path)} of {decimal(image.files[path])} looks like a core dump",
        "core dumps",
    )
