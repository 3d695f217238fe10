"""Lists of one entry a line, and files in the form of ``/etc/hosts``.

Format of the latter: https://man7.org/linux/man-pages/man5/hosts.5.html
"""

from collections.abc import Iterator
from ipaddress import ip_network

from hullmark.intel import intel_format
from hullmark.model import FeedError, File
from hullmark.model.indicator import (
    ODD_URLS,
    Entry,
    Indicator,
    IndicatorKind,
    LeftOut,
    address,
    domain,
    plain,
    recognised,
    says,
)

MAX_LINE_CHARS = 4096
START_BYTES = 4096
COMMENTS = ("#", ";", "//", "!")
NOWHERE = frozenset(("0.0.0.0", "127.0.0.1", "::", "::1"))  # noqa: S104 - nothing listens on it
"""Where files of hosts send the names that they block."""

OWN = "names of the machine itself"
NETWORKS = "networks"
MAX_SHOWN_CHARS = 100


def _is_text(file: File) -> bool:
    start = file.read(0, START_BYTES).removeprefix(b"\xef\xbb\xbf").lstrip()
    return b"\0" not in start and not start.startswith((b"{", b"["))


@intel_format(
    id="plain",
    recognises=_is_text,
    example=File(
        path="oak.txt",
        content=b"""# Seen in the forest
44d88612fea8a8f36de82e1278abb02f
hxxps://bark.oak-loader[.]net/stage2   # loader
0.0.0.0 collect.oak-loader.net localhost
203.0.113.0/24
""",
    ),
    expect=(
        "md5 44d88612fea8a8f36de82e1278abb02f",
        "url https://bark.oak-loader.net/stage2",
        "domain collect.oak-loader.net",
        "left out line 4: names of the machine itself",
        "left out line 5: networks",
    ),
)
def plain_list(file: File) -> Iterator[Entry]:
    """A digest, address or host on every line; its length and form say which it is.

    What stands behind ``#`` is told of the entry, and a line that begins with ``#``, ``;``,
    ``//`` or ``!`` is passed over. Entries may be written so that nobody follows them by chance
    (``hxxp``, ``[.]``). Of lines of ``/etc/hosts`` the names are taken.
    """
    text = file.text().removeprefix("\ufeff")
    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip()  # noqa: PLW2901 - of the line nothing else is wanted
        if line and not line.startswith(COMMENTS):
            yield from _entries(line, f"line {number}", file.path)


def _entries(line: str, at: str, path: str) -> Iterator[Entry]:
    if len(line) > MAX_LINE_CHARS:
        raise FeedError(f"{path} {at}", f"more than {MAX_LINE_CHARS} characters")
    said, _, comment = line.partition(" #")
    first, *names = said.split()
    if names:
        yield from _hosts(first, names, at, path)
        return
    found = recognised(first)
    if found:
        yield Indicator(kind=found[0], value=found[1], says=says(comment))
    elif _is_network(first):
        yield LeftOut(at=at, why=NETWORKS)
    elif "://" in plain(first):
        yield LeftOut(at=at, why=ODD_URLS)
    else:
        why = f"is no digest, address or host: {first[:MAX_SHOWN_CHARS]!r}"
        raise FeedError(f"{path} {at}", why)


def _hosts(first: str, names: list[str], at: str, path: str) -> Iterator[Entry]:
    if address(first) not in NOWHERE:
        why = f"is more than one entry: {first[:MAX_SHOWN_CHARS]!r} and what follows it"
        raise FeedError(f"{path} {at}", why)
    for each in names:
        name = domain(each)
        if name and "." in name:
            yield Indicator(kind=IndicatorKind.DOMAIN, value=name)
        elif name or address(each):
            yield LeftOut(at=at, why=OWN)
        else:
            raise FeedError(f"{path} {at}", f"is no host: {each[:MAX_SHOWN_CHARS]!r}")


def _is_network(text: str) -> bool:
    try:
        ip_network(plain(text), strict=False)
    except ValueError:
        return False
    return True
