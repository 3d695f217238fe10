"""Names of images as manifests write them: registry, repository, tag and digest.

Reference: https://kubernetes.io/docs/concepts/containers/images/
"""

from collections.abc import Iterator
from functools import lru_cache
from re import compile as regex
from typing import NamedTuple

from hullmark.checks.image_facts import reference
from hullmark.checks.kube import Container, Pod

LATEST = "latest"

_filled_in = regex(r".*(?:\$[({A-Za-z_]|\{\{|<[^<>]*>|\s)").match
"""What is put in later, or is no name at all."""

_numbered = regex(r".*[0-9]").match


class Named(NamedTuple):
    """An image's name in its parts; ``host`` is empty where the name has none."""

    host: str
    repository: str
    tag: str
    digest: str

    @property
    def is_latest(self) -> bool:
        """Whether it means whatever was pushed last, by its tag or for lack of one."""
        return not self.digest and self.tag in ("", LATEST)

    @property
    def is_moving(self) -> bool:
        """Whether its tag names a branch or channel rather than a version."""
        return not self.digest and not _numbered(self.tag)


def images(pod: Pod) -> Iterator[tuple[Container, str, Named]]:
    """Every container with its image, as written and in parts; none that is filled in later."""
    for each in pod.containers():
        text = each.body.text("image").strip()
        named = _named(text) if len(text) <= MAX_KEPT_CHARS else _parts(text)
        if named:
            yield each, text, named


def mounted(pod: Pod) -> Iterator[tuple[str, str, int]]:
    """Every image that is mounted as a volume: path in the object, as written, line."""
    for body, at in pod.volumes():
        image = body.map("image")
        text = image.text("reference").strip()
        if text and not _filled_in(text):
            yield f"{at}.image.reference", text, image.line_of("reference")


def _parts(text: str) -> Named | None:
    """``None`` for what is filled in later, and for nothing."""
    if not text or _filled_in(text):
        return None
    repository, tag, digest = reference(text)
    first, slash, rest = repository.partition("/")
    has_host = bool(slash) and ("." in first or ":" in first or first == "localhost")
    return Named(first if has_host else "", rest if has_host else repository, tag, digest)


MAX_KEPT_CHARS = 300
_named = lru_cache(maxsize=4096)(_parts)
"""Names that were taken apart before: a dozen checks ask for those of one pod."""
