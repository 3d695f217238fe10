"""Licences recognised by the sentences of their texts, and of the notices that apply them."""

from collections.abc import Iterator
from re import findall, finditer

from hullmark.licences.names import DEBIAN, PUBLIC_DOMAIN
from hullmark.licences.spelling import identify

MAX_TEXT_CHARS = 1024 * 1024
"""Several times the longest copyright files of Debian; the rest is not looked at."""

_GNU = (
    r"gnu (?:(general|affero general|lesser general|lesser|library general|library) public"
    r" licen[cs]e[^.]{0,120}?\bversion ([123](?:\.[013])?)(?![0-9.]*[0-9])"
    r"(?=.{0,60}?(any later version|or later)|))"
    r"|version ([123](?:\.[013])?)(?: only)? of the gnu (general|affero general|lesser general"
    r"|lesser|library general|library) public licen[cs]e"
    r"(?=.{0,60}?(any later version|or later)|)"
)
_SHELF = r"/usr/share/common-licenses/([A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*)"
_VERSIONED = (
    r"(apache|mozilla public|eclipse public|sil open font|boost software) licen[cs]e[ ,(-]{0,3}"
    r"(?:version |v)?([12]\.[01])\b"
)
_VERSIONED_IDS = {
    "apache": "Apache-",
    "mozilla public": "MPL-",
    "eclipse public": "EPL-",
    "sil open font": "OFL-",
    "boost software": "BSL-",
}
_SENTENCES = (
    (
        "MIT",
        ("hereby granted, free of charge, to any person obtaining a copy", "permission notice"),
    ),
    (
        "ISC",
        ("permission to use, copy, modify, and/or distribute this software", "permission notice"),
    ),
    (
        "ISC",
        ("permission to use, copy, modify, and distribute this software for any", "isc license"),
    ),
    (
        "Zlib",
        (
            "provided 'as-is', without any express or implied warranty",
            "the origin of this software must not be misrepresented",
        ),
    ),
    ("Unlicense", ("this is free and unencumbered software released into the public domain",)),
    (PUBLIC_DOMAIN, ("is in the public domain",)),
    (PUBLIC_DOMAIN, ("placed in the public domain",)),
    (PUBLIC_DOMAIN, ("released into the public domain", "author")),
)
"""A licence, and lower-case wordings that stand together only where it is meant."""


def recognise(text: str) -> tuple[str, ...]:
    """The licences whose wordings stand in a text, each once, in no order of importance."""
    text = text[:MAX_TEXT_CHARS]
    flat = " ".join(text.lower().replace("``", "'").replace("''", "'").replace('"', "'").split())
    found = dict.fromkeys(_gnu(flat))
    found |= dict.fromkeys(_plain(flat))
    families = {licence.partition("-")[0] for licence in found}
    for name in findall(_SHELF, text):
        licence = _shelved(name, flat)
        if licence and licence.partition("-")[0] not in families:
            found[licence] = None
    return tuple(found)


def _gnu(flat: str) -> Iterator[str]:
    for match in finditer(_GNU, flat):
        name, version, later, version_first, name_last, later_last = match.groups()
        family = name or name_last
        short = {"general": "GPL", "affero general": "AGPL"}.get(family, "LGPL")
        number = version or version_first
        suffix = "or-later" if later or later_last else "only"
        if licence := identify(f"{short}-{number}-{suffix}"):
            yield licence


def _plain(flat: str) -> Iterator[str]:
    for name, version in findall(_VERSIONED, flat):
        if licence := identify(_VERSIONED_IDS[name] + version):
            yield licence
    if "redistributions of source code must retain" in flat:
        yield _bsd(flat)
    for licence, sentences in _SENTENCES:
        if all(sentence in flat for sentence in sentences):
            yield licence


def _bsd(flat: str) -> str:
    if "redistributions in binary form" not in flat:
        return "BSD-1-Clause"
    if "all advertising materials mentioning" in flat:
        return "BSD-4-Clause"
    endorse = "endorse or promote products derived from" in flat
    return "BSD-3-Clause" if endorse else "BSD-2-Clause"


def _shelved(name: str, flat: str) -> str:
    """The licence of a file in common-licenses, whose name tells no "or later"."""
    if name == "BSD":
        return "BSD-3-Clause"
    licence = identify(name, DEBIAN)
    if licence.endswith("-only") and ("later version" in flat or "or later" in flat):
        return licence.removesuffix("-only") + "-or-later"
    return licence
