"""Records of one's own in OSV's form.

Schema: https://ossf.github.io/osv-schema/
"""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta, Raw

from hullmark.model import File
from hullmark.model.advisory import Advisory
from hullmark.model.osv import read
from hullmark.model.publication import decoded
from hullmark.unit import feed

MAX_RECORDS = 500_000
"""In one document."""

Records = Annotated[list[Raw], Meta(max_length=MAX_RECORDS)]


@feed(
    id="osv",
    example=File(
        path="ours/acme.json",
        content=b"""[{"id": "ACME-2026-1", "modified": "2026-03-01T08:00:00Z",
          "summary": "the shop's basket takes negative numbers",
          "affected": [{"package": {"ecosystem": "npm", "name": "@acme/basket"},
            "ranges": [{"type": "SEMVER",
              "events": [{"introduced": "0"}, {"fixed": "2.1.0"}]}]}]}]""",
    ),
    expect=("ACME-2026-1 npm @acme/basket",),
)
def osv(file: File) -> Iterator[Advisory]:
    """A record, or a list of records, in each document.

    They load beside all others. A record with the id of a public one is taken for the same: the
    one that was modified last counts. Records that are withdrawn say nothing.
    """
    data = file.content if isinstance(file.content, bytes) else file.data
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        yield read(data, file.path)
        return
    for number, each in enumerate(decoded(file, Records)):
        yield read(bytes(each), f"{file.path}: record {number}")
