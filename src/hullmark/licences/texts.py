"""Licences recognised by the sentences of their texts, and of the notices that apply them."""

from collections.abc import Iterator
from re import findall

from hullmark.licences.names import DEBIAN, PUBLIC_DOMAIN
from hullmark.licences.spelling import identify

MAX_TEXT_CHARS = 1024 * 1024
"""Several times the longest copyright files of Debian; the rest is not looked at."""

_FAMILY = "(general|affero general|lesser general|lesser|library general|library)"
_LATER = "(?=.{0,60}?(any later version|or later)|)"
_GNU_THEN_VERSION = (
    rf"gnu {_FAMILY} public licen[cs]e[^.]{{0,120}}?\bversion ([123](?:\.[013])?)(?![0-9.]*[0-9])"
    rf"{_LATER}"
)
_VERSION_THEN_GNU = (
    rf"version ([123](?:\.[013])?)(?: only)? of the gnu {_FAMILY} public licen[cs]e{_LATER}"
)
_SHELF = r"/usr/share/common-licenses/([A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*)"
_VERSION = r" licen[cs]e[ ,(-]{0,3}(?:version |v)?([12]\.[01])\b"
_VERSIONED = {
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
    (
        "HPND-sell-variant",
        (
            "permission to use, copy, modify, distribute, and sell this software and its",
            "for any purpose is hereby granted without fee",
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
    found = findall(_GNU_THEN_VERSION, flat)
    found += [(name, number, later) for number, name, later in findall(_VERSION_THEN_GNU, flat)]
    for name, number, later in found:
        family = {"general": "GPL", "affero general": "AGPL"}.get(name, "LGPL")
        if licence := identify(f"{family}-{number}-{'or-later' if later else 'only'}"):
            yield licence


def _plain(flat: str) -> Iterator[str]:
    for name, prefix in _VERSIONED.items():
        for number in findall(name + _VERSION, flat):
            if licence := identify(prefix + number):
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
