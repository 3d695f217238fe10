"""Ubuntu's vulnerabilities and notices, as Canonical publishes them in OSV's form.

Format: https://ossf.github.io/osv-schema/ and
https://documentation.ubuntu.com/security/security-updates/osv/
"""

from collections.abc import Iterable

from msgspec.structs import replace

from hullmark.model import File, osv
from hullmark.model.advisory import Advisory
from hullmark.unit import feed

_PRIORITY = "Ubuntu"
"""Type of the severity that is Canonical's own word."""

_EXAMPLE = b"""{"schema_version": "1.7.0", "id": "UBUNTU-CVE-2026-1000",
 "modified": "2026-02-03T04:05:06Z", "published": "2026-01-02T03:04:05Z",
 "upstream": ["CVE-2026-1000"],
 "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"},
  {"type": "Ubuntu", "score": "low"}],
 "affected": [
  {"package": {"ecosystem": "Ubuntu:24.04:LTS", "name": "oak"},
   "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.2-3ubuntu1"}]}],
   "ecosystem_specific": {"binaries": [{"binary_name": "liboak1",
    "binary_version": "1.2-3ubuntu1"}]}},
  {"package": {"ecosystem": "Ubuntu:Pro:24.04:LTS", "name": "oak"},
   "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"},
    {"fixed": "1.2-2ubuntu1+esm1"}]}]}]}
"""


@feed(
    id="ubuntu-osv",
    addresses=("https://security-metadata.canonical.com/osv/osv-all.tar.xz",),
    example=File(path="osv/cve/2026/UBUNTU-CVE-2026-1000.json", content=_EXAMPLE),
    expect=(
        "UBUNTU-CVE-2026-1000 Ubuntu:24.04:LTS oak",
        "UBUNTU-CVE-2026-1000 Ubuntu:Pro:24.04:LTS oak",
    ),
)
def ubuntu_osv(file: File) -> Iterable[Advisory]:
    """The record of a vulnerability (``UBUNTU-CVE-...``) or a notice (``USN-...``).

    Names are those of source packages. Canonical's priority goes before scores of CVSS. Records
    on ``Ubuntu:Pro`` are kept and judge those packages alone whose version shows that they came
    from there (``+esm1``); all others are judged by what everybody gets. FIPS and realtime
    packages of Pro are judged as the others of their release. OSV.dev has the same
    records, under the same ids.
    """
    advisory = osv.read(file.read(0, osv.MAX_RECORD_BYTES + 1), file.path)
    words = (pair for pair in advisory.severities if pair[0] == _PRIORITY)
    if advisory.affected:
        yield replace(advisory, severities=tuple(dict.fromkeys((*words, *advisory.severities))))
