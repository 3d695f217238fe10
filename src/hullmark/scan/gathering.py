"""What files give to checks across files, made where they are read."""

from collections.abc import Iterator, Sequence

from hullmark.checks.kube import Object
from hullmark.checks.kube_packed import Allowances, TooLargeError, packed
from hullmark.model import File, ParseError
from hullmark.model.gathered import Gathered
from hullmark.model.manifest import MAX_MANIFEST_BYTES

NOT_HELD = "not held against objects of other files"


_KUSTOMIZATIONS = ("kustomization.yaml", "kustomization.yml")
_MAKING = (b"Generator", b"helmCharts", b"abels:", b"://", b"github.com")
"""What a kustomization adds to objects, and what it gets from elsewhere."""


def making(file: File) -> Iterator[Gathered]:
    """A note that a file makes objects, or changes labels, of which nothing more is known."""
    if file.name in _KUSTOMIZATIONS:
        data = file.read(0, MAX_MANIFEST_BYTES)
        if any(each in data for each in _MAKING):
            yield Gathered(path=file.path, count=0, packed=b"", layer=file.layer)


def gathered(
    path: str,
    objects: Sequence[Object],
    allowances: Allowances,
    *,
    layer: str = "",
    rendered: bool = False,
) -> Gathered:
    """Objects for checks across files, and by line what comments of their file accept.

    ``rendered`` objects are all that a tool makes of a folder, ``path`` a file in it: where the
    objects of several files are rendered together, call this once for each file with those objects
    whose lines are of that file. Raises ``ParseError`` for more than is kept of one file.
    """
    try:
        found = packed(objects, allowances)
    except (TooLargeError, ValueError, RecursionError) as error:
        raise ParseError(path, f"{NOT_HELD}: {error}"[:200]) from error
    return Gathered(path=path, count=len(objects), packed=found, layer=layer, rendered=rendered)
