"""GitHub's advisories, as the repository github/advisory-database holds them.

Format: https://ossf.github.io/osv-schema/, and the severity in ``database_specific``
"""

from collections.abc import Iterable

from hullmark.model import File, osv
from hullmark.model.advisory import Advisory
from hullmark.unit import feed

_EXAMPLE = b"""{"schema_version": "1.4.0", "id": "GHSA-2222-3333-4444",
 "modified": "2026-02-03T04:05:06Z", "published": "2026-01-02T03:04:05Z",
 "aliases": ["CVE-2026-1000"], "summary": "Oak falls over",
 "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"}],
 "affected": [{"package": {"ecosystem": "npm", "name": "oak"},
  "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2.0.1"}]}]}],
 "references": [{"type": "WEB", "url": "https://forest.example/oak"}],
 "database_specific": {"cwe_ids": ["CWE-400"], "severity": "HIGH", "github_reviewed": true}}
"""


@feed(
    id="ghsa",
    addresses=("https://github.com/github/advisory-database/archive/refs/heads/main.zip",),
    example=File(
        path="advisories/github-reviewed/2026/02/GHSA-2222-3333-4444/GHSA-2222-3333-4444.json",
        content=_EXAMPLE,
    ),
    expect=("GHSA-2222-3333-4444 npm oak",),
)
def ghsa(file: File) -> Iterable[Advisory]:
    """The advisory, which is an OSV record, where it is on any package.

    Those that GitHub did not review (``advisories/unreviewed``) name no package and are passed
    over. Where an advisory knows no fix, all later versions count, whatever it calls the
    last known to be affected. OSV.dev has the reviewed ones too, under the same ids.
    """
    advisory = osv.read(file.read(0, osv.MAX_RECORD_BYTES + 1), file.path)
    if advisory.affected:
        yield advisory
