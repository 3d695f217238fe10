"""What descriptions of R packages say, as others understand it.

Format: https://cran.r-project.org/doc/manuals/R-exts.html#Licensing
"""

from hullmark.model.later import regex

BIOCONDUCTOR = "https://bioconductor.org"
"""The registry beside CRAN; its packages state their topics in ``biocViews``."""

_FILE = regex(r"(?i)\+?\s*file\s+LICEN[CS]E\b").sub
_BOUND = regex(r"\((>=|==)\s*([0-9][0-9.]{0,9})\)").search
_FAMILIES = {"apache license": "Apache", "gnu general public license": "GPL"}
_NAMES = {
    "bsd_2_clause": "BSD-2-Clause",
    "bsd_3_clause": "BSD-3-Clause",
    "gpl": "GPL-1.0-or-later",
    "lgpl": "LGPL-2.0-or-later",
    "unlimited": "",
}


def statements(field: str) -> list[str]:
    """The alternatives in a ``License`` field; what names none is left out.

    So are restrictions that a file adds. ``GPL (>= 2)`` becomes ``GPL-2.0-or-later``.
    """
    alternatives = [_FILE("", part).strip() for part in field[:1000].split("|")]
    return [told for told in map(_statement, alternatives) if told]


def _statement(text: str) -> str:
    bound = _BOUND(text)
    if not bound:
        return "" if text.startswith("Part of R ") else _NAMES.get(text.lower(), text)
    family = text[: bound.start()].strip()
    family = _FAMILIES.get(family.lower(), family)
    version = bound[2] if "." in bound[2] else f"{bound[2]}.0"
    later = "-or-later" if bound[1] == ">=" and family.endswith("GPL") else ""
    return f"{family}-{version}{later}"
