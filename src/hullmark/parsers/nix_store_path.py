"""Programs and libraries in Nix's store: the packages that the names of their folders tell of.

Store paths: https://nix.dev/manual/nix/stable/store/store-path. Images that Nix builds hold no
database of the store unless they are asked to.
"""

from collections.abc import Iterator
from re import compile as regex

from hullmark.model import File, Package
from hullmark.model.nix import stored
from hullmark.unit import parser

_FOLDER = regex(r"((?:.*/)?nix/store/[^/]+)/").match


@parser(
    id="nix-store-path",
    magic=(b"\x7fELF",),
    example=File(
        path="nix/store/h0cnbmfcn93xm5dg2x27ixhag1cwndga-zed-1.2-3-bin/bin/zed",
        content=b"\x7fELF",
    ),
    expect=("pkg:nix/zed@1.2-3?output=bin&outputhash=h0cnbmfcn93xm5dg2x27ixhag1cwndga",),
)
def nix_store_path(file: File) -> Iterator[Package]:
    """Yield the package in whose folder of the store a program or library lies.

    Folders that hold neither, such as those of scripts and data, are not seen, nor are names
    without a version. Where the store's database is at hand, what it tells goes before this.
    """
    if folder := _FOLDER(file.path):
        path = folder[1]
        if package := stored(path, "", told_by=path, layer=file.layer):
            yield package
