"""Kubernetes manifests: the images of their containers.

Format: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Container -
any object may hold a pod's specification, at any depth.
"""

from collections.abc import Iterable, Iterator

from hullmark.model import File, Package, ParseError
from hullmark.model.container_image import image
from hullmark.model.manifest import MAX_MANIFEST_BYTES, TEMPLATE, UNRENDERED, Piece, pieces
from hullmark.model.placed import Items, Map
from hullmark.unit import parser

CONTAINERS = ("initContainers", "containers", "ephemeralContainers")

_SIGNS = (b"apiVersion:", b"kind:", b"image:", b"ontainers:")
_SCHEMA = b"\nkind: CustomResourceDefinition"


@parser(
    id="kubernetes-images",
    version=3,
    names=("*.yaml", "*.yml"),
    declared=True,
    example=File(
        path="deploy/web.yaml",
        content=b"apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n"
        b"  template:\n    spec:\n      initContainers:\n"
        b"      - {name: wait, image: registry.example/tools/wait:2.0}\n"
        b"      containers:\n      - {name: web, image: nginx}\n",
    ),
    expect=(
        "pkg:docker/tools/wait@2.0?repository_url=registry.example",
        "pkg:docker/nginx@latest",
    ),
)
def kubernetes_images(file: File) -> Iterator[Package]:
    """Yield the images of all containers of all objects, each once.

    Other YAML files yield nothing. A document that is no YAML costs itself alone; a template with
    containers is an error, since their images are known once it is rendered.
    """
    data = file.read(0, MAX_MANIFEST_BYTES)
    if not all(sign in data for sign in _SIGNS):
        return
    if file.size > MAX_MANIFEST_BYTES:
        raise ParseError(file.path, f"more than the {MAX_MANIFEST_BYTES} bytes that are read")
    strange = ""
    seen: set[str] = set()
    for piece in pieces(data):
        if not all(sign in piece.data for sign in _SIGNS) or _SCHEMA in piece.data:
            continue
        unrendered = UNRENDERED if TEMPLATE in piece.data else ""
        if piece.error:
            strange = strange or unrendered or piece.error
            continue
        for name in _names(piece):
            package = image(name, file.path) if name not in seen else None
            if package:
                yield package
            elif name not in seen:
                strange = strange or unrendered or f"no image's name: {name[:100]!r}"
            seen.add(name)
    if strange:
        raise ParseError(file.path, strange)


def _names(piece: Piece) -> Iterator[str]:
    """Every image that a container of this document names, in order."""
    stack = [each for each in piece.values[::-1] if type(each) in _HOLDERS]
    while stack:
        value = stack.pop()
        inside: Iterable[object] = ()
        if type(value) is Items:
            inside = value
        elif type(value) is Map:
            for key in CONTAINERS:
                found = value.get(key)
                for each in found if type(found) is Items else ():
                    name = each.get("image") if type(each) is Map else None
                    if name:
                        yield name if isinstance(name, str) else "{}"
            inside = value.values()
        stack += [each for each in inside if type(each) in _HOLDERS][::-1]


_HOLDERS = frozenset((Map, Items))
