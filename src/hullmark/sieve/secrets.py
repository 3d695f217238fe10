"""From places where an anchor matched to secrets: pattern, entropy, allow lists, form."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from re import compile as regex
from typing import Any

import re2  # type: ignore[import-untyped]  # it has no stubs
from msgspec import Struct

from hullmark.checks.kinds import Claim, Detector
from hullmark.model import File
from hullmark.model.finding import Kind
from hullmark.model.globs import matcher
from hullmark.model.spotted import Spotted
from hullmark.sieve.allow_lists import Held, reason
from hullmark.sieve.allowed import entropy, is_known, is_placeholder
from hullmark.sieve.options import AllowList
from hullmark.sieve.redaction import mark, redacted

MAX_SECRETS = 200
"""Of one file; whoever leaves more is told that there are more."""

AROUND_BYTES = 64
"""Beyond the longest match: what stands beside it decides whether it begins and ends there."""

BINARY_BYTES = 64
"""Around a match: a NUL byte in so many says that this is no text."""

MAX_LINE_BYTES = 4096
MAX_WORDS_CHARS = 200
"""A longer value is a key, in which any short word may stand by chance."""

COUNTED_BYTES = 1024 * 1024

ALLOW = regex(
    rb"(?:hullmark:allow[ \t]+([\w.*-]+)[ \t]+([^\r\n]*\w[^\r\n]*)|(gitleaks:allow))"
).search
"""A comment on the line of a secret, or alone on the one before: rule and reason."""

_WORD = regex(rb"\w").search


class TooMany(Exception):  # noqa: N818 - turned into a gap
    """A file holds more secrets than are listed."""


class _Match(Struct, frozen=True):
    start: int
    end: int
    value_start: int
    value: bytes
    detector: Detector
    claim: Claim


class Secrets:
    """Confirms what the sieve let through."""

    def __init__(self, detectors: Sequence[Detector], allow: Sequence[AllowList] = ()) -> None:
        self._detectors = detectors
        self._allow = allow
        self._only = {
            index: matcher(each.names) for index, each in enumerate(detectors) if each.names
        }

    def found(
        self, file: File, hits: Iterable[tuple[int, int]], *, note: str = ""
    ) -> Iterator[Spotted]:
        """Secrets of a file by hits of their anchors: where each ends, and whose it is.

        ``note`` is added to what is said of each. Raises ``TooMany`` after ``MAX_SECRETS``.
        """
        matches = self._matches(file, hits)
        exact = [(each.start, each.end) for each in matches if not each.detector.generic]
        told: set[tuple[str, bytes]] = set()
        for each in matches:
            key = each.detector.rule.id, each.value
            covered = each.detector.generic and any(
                start < each.end and each.start < end for start, end in exact
            )
            if covered or key in told:
                continue
            if len(told) >= MAX_SECRETS:
                raise TooMany
            told.add(key)
            allowed = _allowed(file, each) or (self._allow and _listed(self._allow, file, each))
            yield _spotted(file, each, note, allowed or "")

    def _matches(self, file: File, hits: Iterable[tuple[int, int]]) -> list[_Match]:
        done: dict[int, int] = {}
        found = []
        for end, index in hits:
            if done.get(index, -1) >= end:
                continue
            detector = self._detectors[index]
            only = self._only.get(index)
            if only is not None and not only(file.path):
                continue
            for match in _confirmed(file, detector, end):
                if done.get(index, -1) < match.end:
                    done[index] = match.end
                    found.append(match)
        return sorted(found, key=lambda each: each.start)


def _confirmed(file: File, detector: Detector, end: int) -> Iterator[_Match]:
    """Matches of the whole pattern around the place where its anchor ended."""
    reach = detector.max_chars + AROUND_BYTES
    low = max(0, end - reach)
    window = file.read(low, end - low + reach)
    here = end - low
    if not detector.binary and b"\0" in window[max(0, here - BINARY_BYTES) : here + BINARY_BYTES]:
        return
    for found in _compiled(detector.pattern).finditer(window):
        start, stop = found.span()
        if stop < here:
            continue
        if start >= here:
            return
        group = _group(found)
        value = found.group(group)
        claim = _claim(detector, value)
        if claim is not None:
            yield _Match(low + start, low + stop, low + found.start(group), value, detector, claim)


def _group(found: Any) -> int:  # noqa: ANN401 - re2 has no types
    """The group that is the secret: the first that matched, the whole where there is none."""
    return next((n for n, text in enumerate(found.groups(), 1) if text is not None), 0)


def _claim(detector: Detector, value: bytes) -> Claim | None:
    text = value.decode(errors="backslashreplace")
    if detector.entropy and entropy(text) < detector.entropy:
        return None
    if is_known(text) or (len(text) <= MAX_WORDS_CHARS and is_placeholder(_drawn(detector, text))):
        return None
    return detector.claim(text)


def _drawn(detector: Detector, text: str) -> str:
    """What was drawn of a value: not the letters that all of its kind begin with."""
    fixed = [len(each) for each in detector.keywords if text.startswith(each)]
    return text[max(fixed, default=0) :]


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> Any:  # noqa: ANN401 - re2 has no types
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.dot_nl = False
    return re2.compile(pattern.encode(), options)


def _spotted(file: File, match: _Match, note: str, allowed: str) -> Spotted:
    rule, claim = match.detector.rule, match.claim
    text = match.value.decode(errors="backslashreplace")
    said = "; ".join(filter(None, (redacted(text), claim.says, note)))
    line = line_at(file, match.value_start)
    return Spotted(
        rule=rule.id,
        kind=Kind.SECRET,
        severity=rule.severity if claim.severity is None else claim.severity,
        path=file.path,
        at=f"line {line}",
        says=said,
        line=line,
        mark=mark(match.value),
        layer=file.layer,
        allowed=allowed,
        span=(match.value_start, match.value_start + len(match.value)),
    )


def _allowed(file: File, match: _Match) -> str:
    """The reason that a comment gives on the lines of a match, or alone on the one before it."""
    *before, own = _lines(file, match)
    for text in (*before, own):
        found = ALLOW(text)
        if found is None or (text is not own and _WORD(text[: found.start()])):
            continue
        if found[3]:
            return "gitleaks:allow"
        named = found[1].decode()
        if named in ("*", match.detector.rule.id):
            return found[2].decode(errors="replace").strip()
    return ""


def _listed(allow: Sequence[AllowList], file: File, match: _Match) -> str:
    """The reason that an allow list gives."""
    held = Held(
        rule=match.detector.rule.id,
        value=match.value.decode(errors="replace"),
        match=file.read(match.start, match.end - match.start).decode(errors="replace"),
        line=lambda: _lines(file, match)[-1].decode(errors="replace"),
    )
    return reason(allow, file, held)


def _lines(file: File, match: _Match) -> list[bytes]:
    """The line before a match, where there is one, and the lines on which it stands, as one."""
    low = max(0, match.start - MAX_LINE_BYTES)
    *before, start = file.read(low, match.start - low).split(b"\n")[-2:]
    after = file.read(match.start, match.end - match.start + MAX_LINE_BYTES)
    first = after.find(b"\n", match.end - match.start)
    return [*before, start + after[: first if first >= 0 else None]]


def line_at(file: File, offset: int) -> int:
    """The line of a byte, counted from 1."""
    count, at = 1, 0
    while at < offset:
        size = min(COUNTED_BYTES, offset - at)
        count += file.read(at, size).count(b"\n")
        at += size
    return count
