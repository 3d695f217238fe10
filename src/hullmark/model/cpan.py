"""Distributions of Perl modules, as the paths of their archives on CPAN name them.

Formats: https://www.cpan.org/modules/04pause.html and
https://metacpan.org/pod/CPAN::Meta::Spec#license
"""

from re import compile as regex

from msgspec import Struct

_ENDINGS = (".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".zip")
_VERSIONED = regex(r"(.{1,200})-(v?[0-9][0-9A-Za-z._]{0,60}(?:-(?:TRIAL|RC)[0-9]{0,3})?)\Z").match

LICENCES = {
    "agpl_3": "AGPL-3.0-only",
    "apache_1_1": "Apache-1.1",
    "apache_2_0": "Apache-2.0",
    "artistic_1": "Artistic-1.0",
    "artistic_2": "Artistic-2.0",
    "bsd": "BSD-3-Clause",
    "freebsd": "BSD-2-Clause",
    "gfdl_1_2": "GFDL-1.2-only",
    "gfdl_1_3": "GFDL-1.3-only",
    "gpl_1": "GPL-1.0-only",
    "gpl_2": "GPL-2.0-only",
    "gpl_3": "GPL-3.0-only",
    "lgpl_2_1": "LGPL-2.1-only",
    "lgpl_3_0": "LGPL-3.0-only",
    "mit": "MIT",
    "mozilla_1_0": "MPL-1.0",
    "mozilla_1_1": "MPL-1.1",
    "open_source": "",
    "openssl": "OpenSSL",
    "perl_5": "Artistic-1.0-Perl OR GPL-1.0-or-later",
    "qpl_1_0": "QPL-1.0",
    "restricted": "",
    "ssleay": "OpenSSL",
    "sun": "SISSL",
    "unknown": "",
    "unrestricted": "",
    "zlib": "Zlib",
}
"""What each of the specification's names stands for; empty where that is no licence."""


class Distribution(Struct, frozen=True):
    """One release: who published it, its name and its version, which may be empty."""

    author: str
    name: str
    version: str


def from_pathname(pathname: str) -> Distribution | None:
    """What ``E/EX/EXAMPLE/Some-Module-1.0.tar.gz`` says; ``None`` where it has no such form.

    An archive may lie in a folder below its author's.
    """
    parts = pathname.removeprefix("authors/id/").split("/")
    if len(parts) < len(("E", "EX", "EXAMPLE", "Some-Module-1.0.tar.gz")):
        return None
    stem = next((parts[-1].removesuffix(end) for end in _ENDINGS if parts[-1].endswith(end)), "")
    if not stem or not parts[2]:
        return None
    versioned = _VERSIONED(stem)
    name, version = versioned.groups() if versioned else (stem, "")
    return Distribution(author=parts[2].upper(), name=name, version=version)
