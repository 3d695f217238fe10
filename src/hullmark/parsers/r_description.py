"""DESCRIPTION of an installed R package.

Format: https://cran.r-project.org/doc/manuals/R-exts.html#The-DESCRIPTION-file; ``Built`` is
added on installation.
"""

from collections.abc import Iterator

from hullmark.licences import spdx
from hullmark.model import File, Package, ParseError
from hullmark.model.r_package import BIOCONDUCTOR, statements
from hullmark.unit import parser

MAX_DESCRIPTION_BYTES = 1024 * 1024
"""Fifty times the largest on CRAN."""


@parser(
    id="r-description",
    names=("DESCRIPTION",),
    example=File(
        path="usr/local/lib/R/site-library/tool/DESCRIPTION",
        content=b"""\
Package: tool
Version: 1.0-4
Title: Tools of
    All Kinds
License: GPL (>= 2) | file LICENSE
Built: R 4.2.2; ; 2022-12-09 11:32:41 UTC; unix
""",
    ),
    expect=("pkg:cran/tool@1.0-4",),
)
def r_description(file: File) -> Iterator[Package]:
    """Yield the package; not one that is source code, and nothing for other files of that name.

    The packages that are part of R bear its version.
    """
    if file.size > MAX_DESCRIPTION_BYTES:
        why = f"{file.size} bytes are more than the {MAX_DESCRIPTION_BYTES} of a description"
        raise ParseError(file.path, why)
    fields = _fields(file.text())
    if "Package" not in fields or "Built" not in fields:
        return
    if not fields["Package"] or not fields.get("Version"):
        raise ParseError(file.path, "an installed package has no name or version")
    licences = " OR ".join(filter(None, map(spdx, statements(fields.get("License", "")))))
    yield Package(
        type="cran",
        name=fields["Package"],
        version=fields["Version"],
        qualifiers={"repository_url": BIOCONDUCTOR} if "biocViews" in fields else {},
        licences=(licences,) if licences else (),
        path=file.path,
    )


def _fields(text: str) -> dict[str, str]:
    """Fields by name; lines that begin with space continue the one before."""
    fields: dict[str, list[str]] = {}
    value: list[str] = []
    for line in text.splitlines():
        if line[:1] in (" ", "\t"):
            value.append(line.strip())
        else:
            name, _, first = line.partition(":")
            value = fields[name] = [first.strip()]
    return {name: " ".join(lines).strip() for name, lines in fields.items()}
