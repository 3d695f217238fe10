"""os-release: what an operating system calls itself.

Format: https://www.freedesktop.org/software/systemd/man/latest/os-release.html
"""

from collections.abc import Iterator
from re import fullmatch, sub

from hullmark.model import Distribution, File, ParseError
from hullmark.model.lifecycle import end_of_life
from hullmark.unit import parser

MAX_BYTES = 64 * 1024
"""A hundred times what distributions write."""


@parser(
    id="os-release",
    names=("etc/os-release", "usr/lib/os-release"),
    example=File(
        path="etc/os-release",
        content=b'# us\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n'
        b"VERSION_ID='12'\nVERSION_CODENAME=bookworm\n",
    ),
    expect=("distribution debian 12",),
)
def os_release(file: File) -> Iterator[Distribution]:
    """Yield the distribution that the file names; without an ``ID`` it is ``linux``.

    The end of life is the one we know of the release, else what ``SUPPORT_END`` says.
    """
    if file.size > MAX_BYTES:
        raise ParseError(file.path, f"{file.size} bytes are more than {MAX_BYTES}")
    said = _assignments(file.text())
    if not said.keys() & {"ID", "NAME", "PRETTY_NAME"}:
        raise ParseError(file.path, "no assignment names an operating system")
    id = said.get("ID", "").lower() or "linux"
    version = said.get("VERSION_ID", "")
    release = "centos-stream" if said.get("NAME") == "CentOS Stream" else id
    yield Distribution(
        id=id,
        version=version,
        name=said.get("PRETTY_NAME") or said.get("NAME", ""),
        like=tuple(said.get("ID_LIKE", "").lower().split()),
        codename=said.get("VERSION_CODENAME") or _codename(said.get("VERSION", "")),
        path=file.path,
        end_of_life=end_of_life(release, version) or _date(said.get("SUPPORT_END", "")),
    )


def _assignments(text: str) -> dict[str, str]:
    said: dict[str, str] = {}
    for line in text.splitlines():
        name, found, value = line.strip().partition("=")
        if found and not name.startswith("#"):
            said[name] = _unquoted(value)
    return said


def _unquoted(value: str) -> str:
    """A value as the shell reads it; concatenations are not part of the format."""
    quote = value[:1]
    if len(value) > 1 and quote in {"'", '"'} and value.endswith(quote):
        inner = value[1:-1]
        return inner if quote == "'" else sub(r'\\(["$`\\])', r"\1", inner)
    return sub(r"\\(.)", r"\1", value)


def _codename(version: str) -> str:
    """The word in brackets, where releases put it before there was ``VERSION_CODENAME``."""
    _, found, rest = version.partition("(")
    word, closed, _ = rest.partition(")")
    return word.lower() if found and closed and word.isalpha() else ""


def _date(text: str) -> str:
    return text if fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else ""
