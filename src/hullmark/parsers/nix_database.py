"""Nix's database: what is in the store, and what refers to what.

Format: libstore/schema.sql of Nix, versions 10 and later, in SQLite's file format.
"""

from base64 import b85decode
from collections.abc import Iterator
from zlib import decompress

from hullmark.model import File, Package, ParseError
from hullmark.model.nix import stored
from hullmark.model.relations import related
from hullmark.model.sqlite import rows
from hullmark.unit import parser

MAX_BYTES = 256 * 1024 * 1024
"""Ten times that of a machine with 50,000 paths; it is held in memory twice."""

MAX_REFERENCES = 2_000_000
"""Some twenty for each of 100,000 paths."""

_LOG = "db.sqlite-wal"
_EXAMPLE = (
    b"c-rk#!D<^Z5Y<Ss-7WN1<6DqVjUj8-HYEw6G)XbJ<j|y{SF>KpUXisn(aQEF7vp0fUy$GFp&!v-C_N=m=%v~XWL;>%"
    b"b#KNGMk8tTG!M<_<H@l!g7qUk^bBhwi~!I+W9ShDlmlC%b8A2g;syM$#5)8>@EP5~#$v1)kW!^whM6#4FBGSuAE!p&"
    b"pLPz;I_&J=@VLX$9k!`OUuZ2flgfyJ^(rz<jlyt?Wg($_@rT%jmP1cpv2$^i-!Vt2)n3tJWv>iKDlU@vGPF<C^+qPj"
    b"*4;FDx0#NGYbaH!RhYfYw0`nJ$v=1|i1Qi#O?SS}HYI=3HmAtSvtedLV%SK@%aNE<&V`m^dp?cU+PGLbs{T!6o~hf+"
    b"=fpnnv#d7O2>OcP7G7GnO4ue8#i*fV(uhr@MI(6atKP8htKD`oe8UH=q_r)Rz#BCEiQ)s_4Wj709tUGg(R8{vvFBb3"
    b"?l$W!x9#?%TAavpVx8-;28t&Ckk`xUOXqx^)*ns~e1RM5*7*Ofi(!eLBX7wRmToz`Lnh8rjg$R<_>SNwJXp8JN~1ss"
    b"045X@aI6u>dHnz1()!<9x5f&iL?Nv{DN=9%V@e&z`2|0xDxU"
)
"""A database of two outputs of one package, the second of which needs the first, and a script."""


@parser(
    id="nix-database",
    names=("nix/var/nix/db/db.sqlite",),
    beside=(_LOG,),
    example=File(path="nix/var/nix/db/db.sqlite", content=decompress(b85decode(_EXAMPLE))),
    expect=(
        "pkg:nix/zed@1.2-3?outputhash=h0cnbmfcn93xm5dg2x27ixhag1cwndga",
        "pkg:nix/zed@1.2-3?output=bin&outputhash=h0cnbmfcn93xm5dg2x27ixhag1cwndgb",
    ),
)
def nix_database(file: File) -> Iterator[Package]:
    """Yield each path of the store whose name has a version: each output of a package on its own.

    Derivations and sources are no packages. Transactions that are still in the write-ahead log
    count.
    """
    places: dict[object, int] = {}
    entries: list[Package | None] = []
    for id, path, deriver in rows(file, _LOG, "ValidPaths", "id, path, deriver", MAX_BYTES):
        places[id] = len(entries)
        package = stored(str(path), str(deriver or ""), told_by=file.path, layer=file.layer)
        entries.append(package)
    needs: list[list[int]] = [[] for _ in entries]
    pairs = rows(file, _LOG, "Refs", "referrer, reference", MAX_BYTES)
    why = ""
    try:
        for count, (referrer, reference) in enumerate(pairs):
            if count >= MAX_REFERENCES:
                raise ParseError(file.path, f"more than {MAX_REFERENCES} references")  # noqa: TRY301
            if referrer in places and reference in places:
                needs[places[referrer]].append(places[reference])
    except ParseError as error:
        why = error.why
    yield from related(entries, needs)
    if why:
        raise ParseError(file.path, why)
