"""Kustomizations, manifests and patches as they lie in files, with lines that lead back there."""

from collections.abc import Iterator

from hullmark.checks.origins import BuildError, Origins, before_block, below, short
from hullmark.model.documents import DocumentError
from hullmark.model.later import regex
from hullmark.model.manifest import MAX_MANIFEST_BYTES, TEMPLATE, UNRENDERED
from hullmark.model.placed import Items, Map, documents, of_kubernetes
from hullmark.model.repository import without_login

NAMES = ("kustomization.yaml", "kustomization.yml", "Kustomization")
"""What a folder's kustomization may be called."""

API = "kustomize.config.k8s.io/"
KINDS = ("", "Kustomization", "Component")
MAX_KUSTOMIZATION_BYTES = 1024 * 1024
"""Ours: people write some KB, with all patches in line."""

_remote = regex(
    r"[a-z][a-z0-9+.-]*://|git@|git::|(?:www\.)?(?:github|gitlab|bitbucket)\.(?:com|org)[/:]"
    r"|[^/]+\.[a-z]+/.*(?:\?ref=|\?version=|//)|[^?]*\?(?:ref|version)="
).match
_manifest_name = regex(r".*\.(?:ya?ml|json)\Z").match


def is_remote(entry: str) -> bool:
    """Whether an entry lies elsewhere, by how it is written."""
    return _remote(entry) is not None


class Reader:
    """Reads files of one kustomization, and knows which manifests it has read."""

    def __init__(self, origins: Origins) -> None:
        self.origins = origins
        self.used: dict[str, None] = {}
        self._folders: dict[str, str] = {}

    def kustomization_of(self, folder: str) -> str:
        """The path of a folder's kustomization; empty where it has none."""
        if folder not in self._folders:
            paths = [f"{folder}/{name}" if folder else name for name in NAMES]
            self._folders[folder] = self.origins.there(paths)
        return self._folders[folder]

    def kustomization(self, path: str) -> Map | None:
        """What a kustomization says; ``None`` where the file is of something else."""
        data = self.origins.bytes_of(path)
        if len(data) > MAX_KUSTOMIZATION_BYTES:
            raise BuildError(f"{short(path)} is more than the {MAX_KUSTOMIZATION_BYTES} bytes read")
        found = list(self._values(path, data, self.origins.first(path)))
        body = found[0] if len(found) == 1 else None
        if not isinstance(body, Map):
            raise BuildError(f"{short(path)} is no kustomization")
        api = body.text("apiVersion")
        if body.text("kind") not in KINDS or (api and not api.startswith(API)):
            return None
        return body

    def target(self, folder: str, entry: str) -> tuple[str, str]:
        """What an entry names: the kustomization of a folder, or a file; one of them is empty.

        Raises ``BuildError`` where it is neither.
        """
        place = below(folder, entry)
        names = [f"{place}/{name}" if place else name for name in NAMES]
        if _manifest_name(place):
            names = [place, *names]
        else:
            names.append(place)
        found = self.origins.there([each for each in names if each])
        if not found:
            why = self.origins.why_not(place) if place else "has no kustomization"
            raise BuildError(f"{short(entry)} {why}")
        return ("", found) if found == place else (found, "")

    def manifest(self, path: str, *, is_own: bool = True) -> Iterator[Map]:
        """Every object of a file, those of lists one by one.

        A file that is not its ``own`` lies outside of the kustomization's folder, from where
        kustomize takes none unless it is told to: whoever keeps it there may use it as it is.
        """
        data = self.origins.bytes_of(path)
        if len(data) > MAX_MANIFEST_BYTES:
            raise BuildError(f"{short(path)} is more than the {MAX_MANIFEST_BYTES} bytes read")
        if is_own:
            self.used[path] = None
        for each in self._values(path, data, self.origins.first(path)):
            yield from objects_of(path, each)

    def patches(self, folder: str, path: str) -> list[object]:
        """The documents of a file of patches."""
        if is_remote(path):
            why = f"{short(without_login(path))} lies elsewhere and is not fetched"
            raise BuildError(why)
        place = below(folder, path)
        data = self.origins.bytes_of(place)
        self.used[place] = None
        return list(self._values(place, data, self.origins.first(place)))

    def inline(self, path: str, text: str, line: int) -> list[object]:
        """The documents of a text that stands in a file, whose key is in this line."""
        data = text.encode(errors="replace")
        return list(self._values(path, data, before_block(text, line)))

    def _values(self, path: str, data: bytes, first: int) -> Iterator[object]:
        try:
            yield from (
                each for each in documents(data, of_kubernetes, first=first) if each is not None
            )
        except DocumentError as error:
            why = UNRENDERED if TEMPLATE in data else str(error)
            raise BuildError(f"{short(path)}: {why}") from error


def objects_of(path: str, document: object) -> Iterator[Map]:
    """The object that a document is, or those of the list that it is."""
    if not isinstance(document, Map) or not document.text("kind"):
        raise BuildError(f"{short(path)} holds what is no object")
    listed = document.get("items")
    if document.text("kind").endswith("List") and isinstance(listed, Items):
        for each in listed:
            yield from objects_of(path, each)
    else:
        yield document
