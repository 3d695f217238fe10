"""Licence texts beside the metadata of packages, for those whose metadata names no licence.

Where they lie: https://packaging.python.org/en/latest/specifications/ (dist-info), the folders that
npm, RubyGems and Composer install packages into.
"""

from collections.abc import Iterator
from functools import lru_cache

from hullmark.licences import recognise
from hullmark.model import File, Licensed
from hullmark.unit import parser

FOLDER = "folder"
"""Stands as the type of what is licensed: all packages whose own folder it is."""

MAX_TEXT_BYTES = 64 * 1024
"""The longest of well-known licences, with its appendices, has 35 KB."""

NAMES = tuple(
    f"{stem}{ending}"
    for stem in ("LICENSE", "LICENCE", "COPYING", "License", "license", "LICENSE-MIT", "UNLICENSE")
    for ending in ("", ".txt", ".md", ".rst")
)
_HOMES = ("/node_modules/", ".dist-info/", ".egg-info/", "/gems/", "/vendor/")


@parser(
    id="licence-text",
    names=NAMES,
    example=File(
        path="srv/node_modules/left/LICENSE",
        content=b"Permission is hereby granted, free of charge, to any person obtaining a copy of "
        b"this software and associated documentation files, to deal in the Software without "
        b"restriction. The above copyright notice and this permission notice shall be included in "
        b"all copies or substantial portions of the Software.",
    ),
    expect=("licensed folder/srv/node_modules/left MIT",),
)
def licence_text(file: File) -> Iterator[Licensed]:
    """Yield the licences recognised in a text, for the folder of the package it lies in.

    Only folders into which package managers install are looked at. A text in which no
    well-known licence is recognised yields nothing.
    """
    folder = file.path.rpartition("/")[0].removesuffix("/licenses")
    if not any(home in f"/{folder}/" for home in _HOMES):
        return
    lines = file.read(0, MAX_TEXT_BYTES).split(b"\n")
    text = b"\n".join([line for line in lines if line.lstrip()[:9].lower() != b"copyright"])
    if found := _recognised(text):
        yield Licensed(type=FOLDER, package=folder, licences=found)


@lru_cache(1024)
def _recognised(text: bytes) -> tuple[str, ...]:
    """Most packages have one of a few texts, and differ in whose it is."""
    return recognise(text.decode(errors="replace"))
