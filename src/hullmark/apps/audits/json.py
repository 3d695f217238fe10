"""hullmark.audit/1: an audit as versioned JSON.

Format: schemas/audit-1.schema.json (JSON Schema 2020-12) beside this package.
"""

from collections.abc import Iterator

import msgspec

from hullmark.model.audit import Audit
from hullmark.policy.audit import document


def render(audit: Audit) -> Iterator[bytes]:
    """The document, indented: people read it beside the other forms."""
    yield msgspec.json.format(msgspec.json.encode(document(audit)), indent=1)
    yield b"\n"
