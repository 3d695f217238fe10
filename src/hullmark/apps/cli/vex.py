"""VEX documents and baselines that the user names: read, and told apart by what is in them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from hullmark.apps.cli.own_files import content, spelled
from hullmark.model import PolicyError, Report
from hullmark.model.documents import MAX_DOCUMENT_BYTES
from hullmark.model.vex import Attached, Document, decoded

if TYPE_CHECKING:
    from hullmark.policy.baselines import Baseline

ATTACHED = "attached"
"""In place of a file: documents that lie beside the image."""

MAX_BASELINE_BYTES = MAX_DOCUMENT_BYTES
MAX_FILES = 10_000


class _Mark(Struct):
    """By what the three formats are told apart."""

    context: object = field(name="@context", default=None)
    document: object = None
    bill: object = field(name="bomFormat", default=None)


class Clearing(NamedTuple):
    """What the user has that clears findings, read; ``None`` stands for attached documents."""

    documents: tuple[Document | None, ...] = ()
    baseline: "Baseline | None" = None


def clearing(options: Mapping[str, object]) -> Clearing:
    """What ``--vex`` and ``--baseline`` name; ``PolicyError`` where it cannot be obeyed."""
    named = options["vex"]
    names = [str(each) for each in named] if isinstance(named, (tuple, list)) else []
    if len(names) > MAX_FILES:
        raise PolicyError("--vex", f"more than {MAX_FILES} files")
    documents = tuple(
        None if name == ATTACHED else document(content(name, MAX_DOCUMENT_BYTES), spelled(name))
        for name in names
    )
    path = str(options["baseline"] or "")
    if not path:
        return Clearing(documents=documents)
    from hullmark.policy.baselines import read  # noqa: PLC0415 - few scans have one

    return Clearing(
        documents=documents, baseline=read(content(path, MAX_BASELINE_BYTES), spelled(path))
    )


def cleared(report: Report, by: Clearing) -> Report:
    """The report after VEX, as named, and then after a baseline, if there is one.

    Attached documents are obeyed only where the user names them, in that place.
    """
    documents = list(_with_attached(by.documents, report.attached))
    if documents:
        from hullmark.policy.vex import weighed  # noqa: PLC0415 - few scans have any

        report = weighed(report, documents)
    if report.attached and None not in by.documents:
        report = replace(report, notes=(*report.notes, *_unheeded(report.attached)))
    if None in by.documents and not report.attached:
        note = f"--vex {ATTACHED}: no VEX was found beside what was scanned"
        report = replace(report, notes=(*report.notes, note))
    if by.baseline:
        from hullmark.policy.baselines import new  # noqa: PLC0415

        report = new(report, by.baseline)
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


def _with_attached(
    documents: Iterable[Document | None], attached: Sequence[Attached]
) -> Iterator[Document]:
    for each in documents:
        if each is None:
            yield from (document(one.data, one.name) for one in attached)
        else:
            yield each


def _unheeded(attached: Sequence[Attached]) -> Iterator[str]:
    for each in attached:
        yield f"{each.name}: VEX lies beside the image, unverified; --vex attached obeys it"
