"""A list of digests that somebody vouches for: written once, compared with later.

Form: JSON, ``{"schema": "hullmark.digests/1", "image": ..., "config": ..., "layers": [{"diff_id",
"digest", "size_bytes"}]}``, base layer first.
"""

import msgspec
from msgspec import Struct

from hullmark.disk.whole import whole
from hullmark.integrity.digests import Checked
from hullmark.model import Digest, PolicyError, StoreError
from hullmark.oci.verify import Expected, is_digest

SCHEMA = "hullmark.digests/1"
MAX_BYTES = 16 * 1024 * 1024


class RecordedLayer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One layer as it was measured."""

    diff_id: Digest
    digest: str = ""
    size_bytes: int = 0


class Record(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One image as it was measured."""

    schema: str
    image: str
    config: str
    layers: list[RecordedLayer]
    tool: str = ""


def recorded(checked: Checked, tool: str) -> Record:
    """What was measured, as a list to keep."""
    return Record(
        schema=SCHEMA,
        image=checked.artifact.digest,
        config=checked.artifact.config,
        layers=[
            RecordedLayer(diff_id=each.diff_id, digest=each.digest, size_bytes=each.size_bytes)
            for each in checked.layers
        ],
        tool=tool,
    )


def write(path: str, record: Record) -> None:
    """Write a list; ``StoreError`` when that cannot be done."""
    text = msgspec.json.format(msgspec.json.encode(record), indent=2)
    try:
        with whole(path) as file:
            file.write(text + b"\n")
    except OSError as error:
        raise StoreError(path, f"cannot be written: {error.strerror}") from error


def expected(path: str) -> Expected:
    """Read a list; ``PolicyError`` when it is none."""
    try:
        with open(path, "rb") as file:
            record = msgspec.json.decode(file.read(MAX_BYTES), type=Record)
    except OSError as error:
        raise PolicyError(path, f"cannot be read: {error.strerror}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise PolicyError(path, f"not a list of digests: {error}") from error
    wrong = [each.diff_id for each in record.layers if not is_digest(each.diff_id)]
    if record.schema != SCHEMA or wrong:
        raise PolicyError(path, f"not a list of digests of form {SCHEMA}")
    return Expected(config=record.config, layers=tuple(each.diff_id for each in record.layers))
