"""Short texts for people, made of what a report holds."""

from collections.abc import Sequence
from re import compile as regex

_DIGEST = regex(r"\b(sha256:[0-9a-f]{12})[0-9a-f]{52}\b").sub
_SHELLS = ("/bin/sh -c #(nop)", "/bin/sh -c", "RUN /bin/sh -c")
_COLLECTIONS = frozenset(
    (
        "conda-meta",
        "dist-packages",
        "gems",
        "node_modules",
        "site-library",
        "site-packages",
        "specifications",
        "status.d",
    )
)
"""Folders that hold one folder or file for each package."""


def visible(text: str) -> str:
    r"""Text without power over a terminal: what is not printable stands as ``\xNN``."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )


def one_line(text: str) -> str:
    """The same text with spaces for the ends of its lines."""
    return text.replace("\n", " ")


def place_of(path: str) -> str:
    """The file that tells of many packages, or the folder that holds one entry for each."""
    outer, archive, _ = path.partition("!/")
    if archive:
        return outer
    parts = path.split("/")
    for at, part in enumerate(parts):
        if part in _COLLECTIONS:
            return "/".join(parts[: at + 1])
    return path


def first(items: Sequence[tuple[str, int]], limit: int) -> str:
    """The first few texts, and how many more there are."""
    shown = [f"{text} ({count})" if count > 1 else text for text, count in items[:limit]]
    more = len(items) - limit
    return ", ".join(shown) + (f", and {more} more" if more > 0 else "")


def step(command: str) -> str:
    """A build step on one short line, without the shell that ran it."""
    for shell in _SHELLS:
        command = command.removeprefix(shell)
    return " ".join(command.removesuffix("# buildkit").split())


def counts(*amounts: tuple[int, str]) -> str:
    """Amounts of several kinds, those that there are."""
    return ", ".join(f"{count} {what}" for count, what in amounts if count) or "none"


def shortened(text: str, width: int) -> str:
    """At most so many characters."""
    return text if len(text) <= width else f"{text[: width - 1]}…"


def dotted(*texts: str) -> str:
    """Those that are not empty, side by side."""
    return " · ".join(filter(None, texts))


def brief(text: str) -> str:
    """The text with its digests shortened."""
    return _DIGEST(r"\1…", text)


def decimal(size_bytes: float) -> str:
    """Decimal units, as registries show sizes."""
    for unit in ("B", "kB", "MB"):
        if size_bytes < 1000:  # noqa: PLR2004 - the step of decimal units
            return f"{size_bytes:.0f} B" if unit == "B" else f"{size_bytes:.1f} {unit}"
        size_bytes /= 1000
    return f"{size_bytes:.1f} GB"
