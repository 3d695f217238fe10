"""The files that commands write: those that fetch by their options, all others by redirection."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from hullmark.checks.shell import Command


class _Form(Struct, frozen=True):
    """Options of a program that fetches.

    ``file`` and ``folder`` are followed by those, ``named`` writes to the last part of the address,
    ``short`` are letters that take a word. ``always`` says that it writes to a file by itself.
    """

    file: tuple[str, ...]
    folder: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    short: str = ""
    always: bool = False


_POWERSHELL = _Form(("-outfile", "-o"))
_FORMS: Mapping[str, _Form] = {
    "curl": _Form(
        ("-o", "--output"),
        ("--output-dir",),
        ("-O", "--remote-name", "--remote-name-all"),
        "AbcCdDeEFhHKmoPQrtTuUwxXyYz",
    ),
    "wget": _Form(
        ("-O", "--output-document"),
        ("-P", "--directory-prefix"),
        short="aABDeGIilOoPQRtTUwX",
        always=True,
    ),
    "aria2c": _Form(("-o", "--out"), ("-d", "--dir"), short="dilojxskmtTMUuS", always=True),
    "fetch": _Form(("-o", "--output"), short="BSTNiwhcfo", always=True),
    "http": _Form(("-o", "--output"), short="oaAps"),
    "iwr": _POWERSHELL,
    "irm": _POWERSHELL,
    "invoke-webrequest": _POWERSHELL,
    "invoke-restmethod": _POWERSHELL,
}
_NOTHING = ("--spider", "--head", "-I", "--checksum")
"""Options by which nothing is written, or only what was checked."""

_NO_FILES = frozenset(("-", "/dev/null", "/dev/stdout", "/dev/stderr", "/dev/stdin", "/dev/tty"))
_WRITING = (">", ">>", ">|", "1>", "1>>", "&>", "&>>")


def fetched(command: Command) -> Iterator[str]:
    """The files that a command which fetches writes, as they are named in it."""
    form = _FORMS.get(command.program.lower())
    if form is None or any(word.partition("=")[0] in _NOTHING for word in command.words):
        return
    options = list(_options(command.words, form))
    folder = next((value for name, value in options if name in form.folder), "")
    files = [value for name, value in options if name in form.file]
    if not files and (form.always or any(name in form.named for name, _ in options)):
        for name, value in options:
            files += () if name else _last_part(value)
    for each in files:
        if each and each not in _NO_FILES:
            yield f"{folder}/{each}" if folder and each[:1] not in ("/", "$") else each
    yield from redirected(command)


def address_names(words: Sequence[str]) -> Iterator[str]:
    """What addresses among these words end in, and the repository of which they ask an archive."""
    for word in words:
        if "://" in word:
            yield from _last_part(word)
            repository, archive, _ = word.partition("/archive/")
            if archive:
                yield repository.rpartition("/")[2]


def redirected(command: Command) -> Iterator[str]:
    """The files that the output of a command is redirected to."""
    for word, after in pairwise((*command.words, "")):
        sign = word[: len(word) - len(word.lstrip("&1>|"))]
        if sign in _WRITING:
            target = word[len(sign) :] or after
            if target[:1] not in ("&", "(", "") and target not in _NO_FILES:
                yield target


def _options(words: Sequence[str], form: _Form) -> Iterator[tuple[str, str]]:
    """Options that matter with their values, and words that are none with an empty name."""
    left = iter(words)
    takers = (*form.file, *form.folder)
    for word in left:
        name, equals, value = word.partition("=")
        if form is _POWERSHELL and word[:1] == "-":
            if word.lower() in takers:
                yield "-o", next(left, "")
        elif word[:2] == "--":
            yield name, value if equals or name not in takers else next(left, "")
        elif word[:1] == "-" and word != "-":
            yield from _short(word, left, form)
        elif word[:1] in ("<", ">") or word in _WRITING or word[:2] in ("1>", "2>", "&>"):
            if word[-1:] in ("<", ">"):
                next(left, "")
        else:
            yield "", word


def _short(word: str, left: Iterator[str], form: _Form) -> Iterator[tuple[str, str]]:
    """Options of one letter that stand together, the last of them with its value."""
    for at, letter in enumerate(word[1:], 2):
        if letter in form.short:
            yield f"-{letter}", word[at:] or next(left, "")
            return
        yield f"-{letter}", ""


def _last_part(address: str) -> Iterator[str]:
    """The file that an address is written to where no other is named."""
    _, scheme, rest = address.rpartition("://")
    if not scheme and "/" not in rest:
        return
    path = rest.partition("?")[0].partition("#")[0]
    _, slash, name = path.rpartition("/")
    yield name if slash and name else "index.html"
