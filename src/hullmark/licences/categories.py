"""What licences ask of those who use the work, in a few families.

Only licences whose terms leave no doubt stand here, without ``-only``, ``-or-later`` and ``+``.
"""

from collections.abc import Mapping
from functools import cache, lru_cache

PERMISSIVE = """
0BSD AFL-1.1 AFL-1.2 AFL-2.0 AFL-2.1 AFL-3.0 Apache-1.0 Apache-1.1 Apache-2.0 BlueOak-1.0.0
BSD-1-Clause BSD-2-Clause BSD-2-Clause-Patent BSD-2-Clause-Views BSD-3-Clause
BSD-3-Clause-Attribution BSD-3-Clause-Clear BSD-3-Clause-LBNL BSD-4-Clause BSD-4-Clause-UC BSL-1.0
bzip2-1.0.6 CC-BY-1.0 CC-BY-2.0 CC-BY-2.5 CC-BY-3.0 CC-BY-4.0 curl ECL-2.0 FTL HPND ICU IJG ISC
Libpng libpng-2.0 libtiff MIT MIT-0 MIT-CMU MIT-Modern-Variant MulanPSL-1.0 MulanPSL-2.0 NCSA NTP
OLDAP-2.8 OpenSSL PHP-3.0 PHP-3.01 PostgreSQL PSF-2.0 Python-2.0 SMLNJ TCL Unicode-3.0
Unicode-DFS-2015 Unicode-DFS-2016 UPL-1.0 W3C WTFPL X11 Xnet Zlib zlib-acknowledgement ZPL-2.0
ZPL-2.1 LicenseRef-Apache LicenseRef-BSD LicenseRef-ZPL
"""
PUBLIC_DOMAIN = """
blessing CC-PDDC CC0-1.0 NIST-PD PDDL-1.0 SAX-PD Unlicense LicenseRef-public-domain
"""
WEAK_COPYLEFT = """
CDDL-1.0 CDDL-1.1 CECILL-C CPL-1.0 EPL-1.0 EPL-2.0 IPL-1.0 LGPL-2.0 LGPL-2.1 LGPL-3.0 MPL-1.0
MPL-1.1 MPL-2.0 MS-RL
"""
NETWORK_COPYLEFT = "AGPL-1.0 AGPL-3.0 CPAL-1.0 EUPL-1.1 EUPL-1.2 OSL-3.0 RPL-1.1 RPL-1.5 SSPL-1.0"
STRONG_COPYLEFT = """
CC-BY-SA-1.0 CC-BY-SA-2.0 CC-BY-SA-2.5 CC-BY-SA-3.0 CC-BY-SA-4.0 CECILL-2.0 CECILL-2.1 GFDL-1.1
GFDL-1.2 GFDL-1.3 GPL-1.0 GPL-2.0 GPL-3.0 QPL-1.0 Sleepycat
"""
NON_COMMERCIAL = """
CC-BY-NC-1.0 CC-BY-NC-2.0 CC-BY-NC-2.5 CC-BY-NC-3.0 CC-BY-NC-4.0 CC-BY-NC-ND-1.0 CC-BY-NC-ND-2.0
CC-BY-NC-ND-2.5 CC-BY-NC-ND-3.0 CC-BY-NC-ND-4.0 CC-BY-NC-SA-1.0 CC-BY-NC-SA-2.0 CC-BY-NC-SA-2.5
CC-BY-NC-SA-3.0 CC-BY-NC-SA-4.0 PolyForm-Noncommercial-1.0.0
"""
SOURCE_AVAILABLE = "BUSL-1.1 Elastic-2.0 FSL-1.1-ALv2 FSL-1.1-MIT SSPL-1.0"

CATEGORIES: Mapping[str, str] = {
    "permissive": PERMISSIVE,
    "public-domain": PUBLIC_DOMAIN,
    "weak-copyleft": WEAK_COPYLEFT,
    "copyleft": f"{STRONG_COPYLEFT} {NETWORK_COPYLEFT}",
    "network-copyleft": NETWORK_COPYLEFT,
    "non-commercial": NON_COMMERCIAL,
    "source-available": SOURCE_AVAILABLE,
}
"""Licences by category; ``copyleft`` holds those of ``network-copyleft`` too."""


@lru_cache(1024)
def categories(licence: str) -> frozenset[str]:
    """The categories of an identifier, whichever later versions it allows; empty for most."""
    return _by_licence().get(stem(licence).lower(), frozenset())


def stem(licence: str) -> str:
    """An identifier without ``-only``, ``-or-later``, ``+`` and the invariants of GFDL."""
    for ending in ("+", "-only", "-or-later"):
        licence = licence.removesuffix(ending)
    if licence.startswith("GFDL-"):
        licence = licence.removesuffix("-invariants").removesuffix("-no")
    return licence


@cache
def _by_licence() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for category, listed in CATEGORIES.items():
        for licence in listed.split():
            found.setdefault(licence.lower(), set()).add(category)
    return {licence: frozenset(each) for licence, each in found.items()}
