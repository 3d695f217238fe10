"""The kinds of check, and the rule that each holds."""

from collections.abc import Callable, Iterable
from random import Random
from typing import Any

from msgspec import Struct

from hullmark.checks.mending import Mending
from hullmark.model import Evidence, File, Rule, Severity
from hullmark.model.image import Image

Draw = Callable[[Random], str]
"""A generator of examples: the same state of the generator gives the same text."""


class Claim(Struct, frozen=True, kw_only=True):
    """What one value turned out to be: ``says`` is what its form proves beyond its pattern.

    ``severity`` replaces that of the rule where the value makes it matter more or less.
    """

    says: str = ""
    severity: Severity | None = None


NOTHING_MORE = Claim()
"""The pattern is all there is to know."""


class Detector(Struct, frozen=True, kw_only=True):
    """A secret by its form.

    ``pattern`` is RE2 over bytes; its group is the secret, the whole match where it has none. Every
    match is at most ``max_chars`` bytes long, and holds one of ``keywords`` in this very case.
    ``anchor`` is the expression that all bytes are searched for, by Hyperscan: it ends inside
    every match of ``pattern``, matches once per secret, and says as little as keeps it rare.
    ``names`` limit it to files (globs as parsers have them); ``binary`` means that it is looked
    for between bytes that are no text too. The secret has ``entropy`` bits a character at least.

    ``claim`` answers what the secret's form proves, or ``None`` when it is none. ``bad`` draws
    lines of a file that hold one, ``good`` lines that look alike and hold none, and ``path`` is
    the file that they are drawn for.
    """

    rule: Rule
    pattern: str
    anchor: str
    max_chars: int
    keywords: tuple[str, ...]
    names: tuple[str, ...]
    entropy: float
    binary: bool
    generic: bool
    bad: Draw
    good: Draw
    path: str
    claim: Callable[[str], Claim | None]


class Signature(Struct, frozen=True, kw_only=True):
    """Malware by a YARA rule of the same name as the unit, with ``_`` for ``-``.

    The condition starts with ``any of ($anchor*)``; strings of these names are plain text of
    at least 4 characters, and what all bytes are searched for: a file without one is not
    scanned by YARA. ``bad`` are samples that it fires on, ``good`` those that only look like it.
    """

    rule: Rule
    yara: str
    bad: Callable[[], tuple[File, ...]]
    good: Callable[[], tuple[File, ...]]


class FileCheck(Struct, frozen=True, kw_only=True):
    """A fault of one file, by its content or its mode.

    ``names``, ``magic`` and ``beside`` are those of parsers. ``of_nobody`` means that files
    which a distribution package owns are left to it.
    """

    rule: Rule
    names: tuple[str, ...]
    magic: tuple[bytes, ...]
    beside: tuple[str, ...]
    of_nobody: bool
    version: int
    bad: Callable[[], tuple[File, ...]]
    good: Callable[[], tuple[File, ...]]
    look: Callable[[File], Iterable[Evidence]]


class ImageCheck(Struct, frozen=True, kw_only=True):
    """A fault of a whole image: its configuration, its layers, or what they hold together.

    ``of_build`` says that the stages which the image is made of show it in a Dockerfile, and
    ``of_stages`` that those do which are left behind, too. ``mend`` and ``left`` are those of
    ``ConfigCheck``, for the Dockerfile.
    """

    rule: Rule
    bad: Callable[[], tuple[Image, ...]]
    good: Callable[[], tuple[Image, ...]]
    judge: Callable[[Image], Iterable[Evidence]]
    of_build: bool = False
    of_stages: bool = False
    mend: Mending | None = None
    left: str = ""


class ConfigCheck(Struct, frozen=True, kw_only=True):
    """A fault of a file that decides how containers are built or run.

    ``kinds`` limit it to objects (``Deployment``; ``Pod`` is everything that makes pods), empty
    where a file is one subject. ``bad`` and ``good`` are whole files; it fires on each of the
    first, and on none of the second. Where it ``needs`` keys, it has nothing to say of an object
    that has none of them at any depth, and is not asked. ``mend`` is what ends the fault; ``left``
    is why nobody but people can, in one clause, empty where the remediation says it. ``system`` is
    the kind of file, as it is declared; a room may hold it, too.
    """

    rule: Rule
    kinds: tuple[str, ...]
    needs: tuple[str, ...]
    bad: Callable[[], tuple[File, ...]]
    good: Callable[[], tuple[File, ...]]
    judge: Callable[[Any], Iterable[Evidence]]
    mend: Mending | None = None
    left: str = ""
    system: str = ""
