"""VEX documents and baselines that the user names: read, and told apart by what is in them."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from hullmark.model import PolicyError, Report
from hullmark.model.documents import MAX_DOCUMENT_BYTES
from hullmark.model.vex import Attached, Document, decoded

ATTACHED = "attached"
"""In place of a file: documents that lie beside the image."""

MAX_BASELINE_BYTES = MAX_DOCUMENT_BYTES
MAX_FILES = 10_000


class _Mark(Struct):
    """By what the three formats are told apart."""

    context: object = field(name="@context", default=None)
    document: object = None
    bill: object = field(name="bomFormat", default=None)


def judged(report: Report, named: Sequence[str], baseline: str) -> Report:
    """The report after VEX, as named, and then after a baseline, if there is one.

    Attached documents are obeyed only where ``attached`` is among those named, in its place.
    """
    if len(named) > MAX_FILES:
        raise PolicyError("--vex", f"more than {MAX_FILES} files")
    documents = [each for name in named for each in _documents(name, report.attached)]
    if documents:
        from hullmark.policy.vex import weighed  # noqa: PLC0415 - few scans have any

        report = weighed(report, documents)
    if report.attached and ATTACHED not in named:
        report = replace(report, notes=(*report.notes, *_unheeded(report.attached)))
    if baseline:
        from hullmark.policy import baselines  # noqa: PLC0415

        known = baselines.read(_bytes(baseline, MAX_BASELINE_BYTES), baseline)
        report = baselines.new(report, known)
    return report


def document(data: bytes, place: str) -> Document:
    """One document of any of the formats; ``PolicyError`` for what is none of them."""
    mark = decoded(data, _Mark, place)
    if mark.bill is not None:
        from hullmark.model.vex_cyclonedx import read as read_cyclonedx  # noqa: PLC0415

        return read_cyclonedx(data, place)
    if mark.context is not None:
        from hullmark.model.vex_openvex import read as read_openvex  # noqa: PLC0415

        return read_openvex(data, place)
    if mark.document is not None:
        from hullmark.model.vex_csaf import read as read_csaf  # noqa: PLC0415

        return read_csaf(data, place)
    raise PolicyError(place, "is neither OpenVEX nor CSAF nor CycloneDX")


def _documents(name: str, attached: Iterable[Attached]) -> Iterator[Document]:
    if name != ATTACHED:
        yield document(_bytes(name, MAX_DOCUMENT_BYTES), name)
        return
    for each in attached:
        yield document(each.data, each.name)


def _unheeded(attached: Sequence[Attached]) -> Iterator[str]:
    for each in attached:
        yield f"{each.name}: VEX lies beside the image, unverified; --vex attached obeys it"


def _bytes(path: str, limit: int) -> bytes:
    try:
        with open(path, "rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise PolicyError(path, f"cannot be read: {error.strerror}") from error
    if len(data) > limit:
        raise PolicyError(path, f"more than the {limit} bytes that are read")
    return data
