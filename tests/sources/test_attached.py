"""VEX that lies beside an image, in a layout and in a registry."""

import base64
import json
from contextlib import contextmanager

import pytest
from msgspec.structs import replace

from hullmark.apps.cli.target import source_of
from hullmark.disk.scratch import unnamed
from hullmark.model import SourceError
from hullmark.oci import attached, exchange
from hullmark.unit import Access, Ask
from tests.images.build import OCI, Documents, index, tagged, write_layout
from tests.images.hub import hub

VEX = {
    "@context": "https://openvex.dev/ns/v0.2.0",
    "statements": [{"vulnerability": {"name": "CVE-1"}, "status": "fixed"}],
}
NOBODY = Access()
OTHER = f"sha256:{'9' * 64}"


@pytest.fixture(autouse=True)
def alone(monkeypatch, tmp_path):
    """Nobody's credentials, and no patience."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("DOCKER_CONFIG", "REGISTRY_AUTH_FILE", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(exchange, "FIRST_WAIT_S", 0.01)


@pytest.fixture
def image():
    return Documents([[("srv/readme", "hello")]])


def envelope(digest, predicate=VEX, kind="https://openvex.dev/ns/v0.2.0"):
    statement = {
        "_type": "https://in-toto.io/Statement/v0.1",
        "predicateType": kind,
        "subject": [{"name": "x", "digest": {"sha256": digest.removeprefix("sha256:")}}],
        "predicate": predicate,
    }
    payload = base64.b64encode(json.dumps(statement).encode()).decode()
    return {"payloadType": "application/vnd.in-toto+json", "payload": payload, "signatures": []}


def manifest(image, document, media_type, **more):
    """A manifest of one document; its descriptor."""
    kind = f"{OCI}.manifest.v1+json"
    value = {
        "schemaVersion": 2,
        "mediaType": kind,
        "config": image.document({}, "application/vnd.oci.empty.v1+json"),
        "layers": [image.document(document, media_type)],
        **more,
    }
    return image.document(value, kind)


def cosigned(image, digest, document=None):
    """An attestation as cosign keeps it: under a tag made of the digest."""
    made = manifest(image, document or envelope(digest), "application/vnd.dsse.envelope.v1+json")
    return {**made, **tagged(f"{digest.replace(':', '-')}.att")}


def referring(image, digest, document=VEX, kind="application/openvex+json"):
    """A document that refers to the image, as OCI 1.1 has it."""
    made = manifest(image, document, kind, artifactType=kind, subject={"digest": digest, "size": 1})
    return {**made, "artifactType": kind}


@contextmanager
def opened(target, tmp_path, access=NOBODY):
    source, rest = source_of(str(target))
    ask = Ask(
        target=rest,
        unpack=lambda fd, _: fd,
        scratch=lambda: unnamed(str(tmp_path)),
        access=access,
    )
    with source.open(ask) as found:
        yield found


def found_in(tmp_path, image, top, *others):
    folder = write_layout(tmp_path / "layout", image.blobs, {**top, **tagged("1")}, *others)
    with opened(f"oci:{folder}:1", tmp_path) as found:
        return found.attached, found.gaps


def products(one):
    return [each["products"] for each in json.loads(one.data)["statements"]]


def test_an_attestation_of_cosign_is_found_and_its_subject_is_the_product(tmp_path, image):
    top = image.manifest()
    (only,), gaps = found_in(tmp_path, image, top, cosigned(image, top["digest"]))
    assert products(only) == [[{"hashes": {"sha-256": top["digest"][7:]}}]]
    assert "layout@sha256:" in only.name
    assert not gaps


@pytest.mark.parametrize(
    "document",
    [
        VEX,
        "envelope",
        {"dsseEnvelope": "envelope"},
    ],
)
def test_what_refers_to_the_image_is_found(tmp_path, image, document):
    top = image.manifest()
    digest = top["digest"]
    if document == "envelope":
        document = envelope(digest, {"Data": VEX}, "text/vex")
    elif "dsseEnvelope" in document:
        document = {"dsseEnvelope": envelope(digest)}
    made = referring(image, digest, document, "application/vnd.in-toto+json")
    found, gaps = found_in(tmp_path, image, top, made)
    assert len(found) == 1
    assert not gaps


def test_what_is_about_an_index_of_the_image_is_about_the_image(tmp_path, image):
    top = image.manifest(platform={"os": "linux", "architecture": "amd64"})
    whole = image.index(top)
    folder = write_layout(
        tmp_path / "layout",
        image.blobs,
        {**whole, **tagged("1")},
        cosigned(image, whole["digest"]),
    )
    for digest, data in image.blobs.items():
        (folder / "blobs" / digest.replace(":", "/")).write_bytes(data)
    source, _ = source_of(f"oci:{folder}")
    ask = Ask(
        target=f"{folder}:1",
        platform="linux/amd64",
        unpack=lambda fd, _: fd,
        scratch=lambda: -1,
    )
    with source.open(ask) as found:
        assert len(found.attached) == 1
        assert (found.artifact.digest, found.artifact.index) == (top["digest"], whole["digest"])


def test_what_lies_beside_an_image_is_no_other_image(tmp_path, image):
    top = image.manifest()
    digest = top["digest"]
    beside = (referring(image, digest), cosigned(image, digest))
    folder = write_layout(tmp_path / "layout", image.blobs, {**top, **tagged("1")}, *beside)
    with opened(f"oci:{folder}", tmp_path) as found:
        assert found.artifact.digest == digest
        assert len(found.attached) == 2


def test_what_is_about_another_image_or_no_vex_is_not_taken(tmp_path, image):
    top = image.manifest()
    digest = top["digest"]
    found, gaps = found_in(
        tmp_path,
        image,
        top,
        cosigned(image, OTHER),
        cosigned(image, digest, envelope(OTHER)),
        cosigned(image, digest, envelope(digest, kind="https://slsa.dev/provenance/v1")),
        referring(image, OTHER),
    )
    assert not found
    assert not gaps


def test_what_cannot_be_read_is_a_gap(tmp_path, image):
    top = image.manifest()
    broken = cosigned(image, top["digest"], {"payloadType": "x", "payload": "?"})
    missing = {**referring(image, top["digest"]), "digest": OTHER}
    found, gaps = found_in(tmp_path, image, top, broken, missing)
    assert not found
    assert [each.unit for each in gaps] == ["vex", "vex"]
    assert "is no attestation" in gaps[0].why
    assert "is missing" in gaps[1].why


def test_so_many_bytes_are_read_and_no_more(tmp_path, image, monkeypatch):
    monkeypatch.setattr(attached, "MAX_ATTACHED_BYTES", 10)
    top = image.manifest()
    found, gaps = found_in(tmp_path, image, top, referring(image, top["digest"]))
    assert not found
    assert "beyond the 10 bytes" in gaps[0].why


def test_there_is_a_bound(tmp_path, image, monkeypatch):
    monkeypatch.setattr(attached, "MAX_CANDIDATES", 1)
    top = image.manifest()
    two = [{**VEX, "@id": str(number)} for number in range(2)]
    made = [referring(image, top["digest"], each) for each in two]
    found, gaps = found_in(tmp_path, image, top, *made)
    assert len(found) == 1
    assert "more than 1 documents" in gaps[0].why


def test_a_registry_is_asked_where_the_user_wants_it(tmp_path, image):
    top = image.manifest()
    digest = top["digest"]
    att = cosigned(image, digest)
    other = referring(image, digest, {**VEX, "@id": "2"})
    with hub(image, top) as there:
        there.tags[f"{digest.replace(':', '-')}.att"] = att["digest"]

        def first(request):
            if "/referrers/" not in request.path:
                return False
            return request.answer(200, json.dumps(index(other)).encode())

        there.first = first
        with opened(there.target, tmp_path, there.access) as found:
            assert not found.attached
        assert not any("referrers" in path for path, _ in there.asked)
        with opened(there.target, tmp_path, replace(there.access, attached=True)) as found:
            assert len(found.attached) == 2
            assert not found.gaps


def test_a_registry_without_referrers_has_a_tag_for_them(tmp_path, image):
    top = image.manifest()
    listed = image.index(referring(image, top["digest"]))
    with hub(image, top) as there:
        there.tags[top["digest"].replace(":", "-")] = listed["digest"]
        there.first = lambda request: "/referrers/" in request.path and request.answer(404)
        with opened(there.target, tmp_path, replace(there.access, attached=True)) as found:
            assert len(found.attached) == 1


def test_the_index_that_a_tag_names_is_known(tmp_path, image):
    top = image.manifest(platform={"os": "linux", "architecture": "amd64"})
    whole = image.index(top)
    with hub(image, whole) as there, opened(there.target, tmp_path, there.access) as found:
        assert (found.artifact.digest, found.artifact.index) == (top["digest"], whole["digest"])
    with hub(image, top) as there, opened(there.target, tmp_path, there.access) as found:
        assert (found.artifact.digest, found.artifact.index) == (top["digest"], "")


def test_more_pages_of_referrers_are_an_error(tmp_path, image):
    with hub(image) as there:
        there.first = lambda request: (
            "/referrers/" in request.path
            and request.answer(200, b'{"manifests": []}', link="</next>")
        )
        wanted = replace(there.access, attached=True)
        with (
            pytest.raises(SourceError, match="more than one page"),
            opened(there.target, tmp_path, wanted),
        ):
            raise AssertionError
