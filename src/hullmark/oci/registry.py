"""An image in a registry: its documents, checked by digest, and where its blobs are.

Spec: https://github.com/opencontainers/distribution-spec/blob/main/spec.md
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import msgspec
from msgspec import Struct

from hullmark.model import Gap, SourceError
from hullmark.oci.authorization import Authorization
from hullmark.oci.credentials import credentials
from hullmark.oci.documents import MAX_DOCUMENT_BYTES, Descriptor, decode
from hullmark.oci.exchange import Exchange, Patience
from hullmark.oci.reference import HUB, Reference, is_loopback
from hullmark.oci.transport import NotTLSError, Response, Transport, split
from hullmark.oci.verify import digest_of, is_digest
from hullmark.unit import Access

HUB_SERVER = "registry-1.docker.io"
INDEXES = (
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
)
MANIFESTS = (
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json",
)
ACCEPT = {"Accept": ", ".join(MANIFESTS + INDEXES)}


class AbsentError(SourceError):
    """There is no such image here."""


class Document(Struct, frozen=True, rename="camel"):
    """What tells one kind of document from another."""

    schema_version: int = 0
    media_type: str = ""
    manifests: list[msgspec.Raw] | None = None
    layers: list[msgspec.Raw] | None = None


class Registry:
    """One repository of one registry, in which a reference was found."""

    def __init__(self, exchange: Exchange, repository: str) -> None:
        self._exchange = exchange
        self._repository = repository
        self.name = f"{exchange.base}/{repository}"
        self.patience = exchange.patience

    def manifest(self, wanted: str) -> tuple[Descriptor, bytes]:
        """A manifest or index by tag or digest, compared with every digest that was promised.

        ``AbsentError`` when there is none, ``SourceError`` for a kind that nobody should read.
        """
        path = f"/v2/{self._repository}/manifests/{wanted}"
        response, data = self._exchange.document(path, ACCEPT, MAX_DOCUMENT_BYTES)
        if response.status != 200:  # noqa: PLR2004 - OK
            raise AbsentError(self.name, f"has no image {wanted!r}")
        media_type = self._media_type(response, data)
        told = response.headers.get("docker-content-digest", "")
        digest = digest_of(data)
        for promised in (wanted, told):
            if is_digest(promised) and promised != digest:
                says = f"{promised} is promised, the document is {digest}"
                raise SourceError(self.name, says)
        return Descriptor(digest=digest, size=len(data), media_type=media_type), data

    def document(self, descriptor: Descriptor) -> bytes:
        """A configuration or nested manifest, which must be what its descriptor says."""
        if not is_digest(descriptor.digest):
            raise SourceError(self.name, f"digest {descriptor.digest!r} is not SHA-256")
        if descriptor.size > MAX_DOCUMENT_BYTES:
            said = f"a document of {descriptor.size} bytes is not read"
            raise SourceError(self.name, said)
        if descriptor.media_type in MANIFESTS + INDEXES:
            found, data = self.manifest(descriptor.digest)
            if found.media_type != descriptor.media_type:
                said = f"{descriptor.media_type} is promised, it is {found.media_type!r}"
                raise SourceError(f"{self.name}@{descriptor.digest}", said)
        else:
            path = f"/v2/{self._repository}/blobs/{descriptor.digest}"
            response, data = self._exchange.document(path, {}, MAX_DOCUMENT_BYTES)
            if response.status != 200:  # noqa: PLR2004 - OK
                raise SourceError(self.name, f"lacks blob {descriptor.digest}")
        if digest_of(data) != descriptor.digest or len(data) != descriptor.size:
            said = f"{descriptor.size} bytes of this digest are promised, it has {len(data)} others"
            raise SourceError(f"{self.name}@{descriptor.digest}", said)
        return data

    def tagged(self, tag: str) -> bytes | None:
        """A manifest or index by tag; ``None`` when there is none."""
        try:
            return self.manifest(tag)[1]
        except AbsentError:
            return None

    def referrers(self, digest: str) -> bytes | None:
        """The index of what refers to a manifest; ``None`` where the registry keeps none.

        ``SourceError`` when it is on more than one page, of which nobody knows how many there are.
        """
        path = f"/v2/{self._repository}/referrers/{digest}"
        accept = {"Accept": INDEXES[0]}
        response, data = self._exchange.document(path, accept, MAX_DOCUMENT_BYTES)
        if response.status != 200:  # noqa: PLR2004 - OK
            return None
        if response.headers.get("link"):
            raise SourceError(self.name, f"has more than one page of what refers to {digest}")
        return data

    @contextmanager
    def blob(self, digest: str, start: int = 0) -> Iterator[Response]:
        """An open blob from byte ``start`` on, or from 0 if its status is 200; tried for once."""
        path = f"/v2/{self._repository}/blobs/{digest}"
        headers = {"Range": f"bytes={start}-"} if start else {}
        with self._exchange.get(path, headers, patient=True) as response:
            if response.status == 404:  # noqa: PLR2004 - Not Found
                raise SourceError(self.name, f"lacks blob {digest}")
            yield response

    def _media_type(self, response: Response, data: bytes) -> str:
        """What a document is, if it says so once: two readings of one document are an attack.

        https://github.com/advisories/GHSA-mc8v-mgrf-8f4m
        """
        said = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if said == "text/html":
            raise SourceError(self.name, "answers a web page: there is no registry")
        document = decode(data, Document, self.name)
        if document.schema_version == 1 or "distribution.manifest.v1" in said:
            raise SourceError(self.name, "has a manifest of schema 1, which is not read any more")
        if (document.layers is None) == (document.manifests is None):
            raise SourceError(self.name, "has a document that is no manifest and no index, or both")
        expected = MANIFESTS if document.manifests is None else INDEXES
        media_type = document.media_type or (said if said in expected else expected[0])
        if media_type not in expected:
            raise SourceError(self.name, f"has a document of type {media_type!r} that is another")
        return media_type


def connect(
    wanted: Reference,
    access: Access,
    environ: Mapping[str, str],
    transport: Transport,
) -> tuple[Registry, Descriptor, tuple[Gap, ...]]:
    """The first of the registry's mirrors, or else the registry itself, that has the image.

    A mirror may lack an image; one that fails or gives something else is a gap. ``SourceError``
    of the registry itself, when none has the image.
    """
    *mirrors, last = _candidates(wanted, access)
    gaps: list[Gap] = []
    for each in mirrors:
        try:
            return *each.connect(wanted, environ, transport), tuple(gaps)
        except AbsentError:
            continue
        except SourceError as error:
            subject, why = f"{each.host}/{each.repository}", f"the mirror was passed over: {error}"
            gaps.append(Gap(unit="registry", subject=subject, why=why))
    return *last.connect(wanted, environ, transport), tuple(gaps)


class _Candidate(Struct, frozen=True, kw_only=True):
    """Who may have an image: where to ask, in order, and for what."""

    bases: tuple[str, ...]
    repository: str
    host: str

    def connect(
        self,
        wanted: Reference,
        environ: Mapping[str, str],
        transport: Transport,
    ) -> tuple[Registry, Descriptor]:
        """The repository and the image's descriptor, by the first address that is spoken."""
        named = self.host == wanted.host
        known = credentials(self.host, self.repository, environ, named=named)
        for base in self.bases:
            authorization = Authorization(transport, base, self.repository, known)
            exchange = Exchange(transport, base, authorization, Patience())
            registry = Registry(exchange, self.repository)
            try:
                return registry, registry.manifest(wanted.wanted)[0]
            except NotTLSError:
                if base == self.bases[-1]:
                    raise
        raise SourceError(self.host, "has no address")


def _candidates(wanted: Reference, access: Access) -> Iterator[_Candidate]:
    """Mirrors in the user's order, and then the registry itself."""
    for pair in access.mirrors:
        host, equals, mirror = pair.partition("=")
        there, _, prefix = mirror.removeprefix("https://").strip("/").partition("/")
        if not equals or not there or there == "http:":
            said = "is no mirror: HOST=MIRROR is, with --plain-http MIRROR where it has no TLS"
            raise SourceError(repr(pair), said)
        if host == wanted.host:
            repository = f"{prefix}/{wanted.repository}" if prefix else wanted.repository
            yield _Candidate(bases=_bases(there, access), repository=repository, host=there)
    server = HUB_SERVER if wanted.host == HUB else wanted.host
    yield _Candidate(bases=_bases(server, access), repository=wanted.repository, host=wanted.host)


def _bases(host: str, access: Access) -> tuple[str, ...]:
    """Over TLS unless the user said otherwise; on this machine also without, as docker does."""
    if host in access.plain_http:
        return (f"http://{host}",)
    if is_loopback(split(f"https://{host}").hostname or ""):
        return f"https://{host}", f"http://{host}"
    return (f"https://{host}",)
