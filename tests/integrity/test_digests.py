"""Digests measured without looking inside, and lists of them."""

import json

import pytest

from hullmark.apps.cli.target import source_of
from hullmark.integrity import Verifier
from hullmark.integrity.record import Record, expected, recorded, write
from hullmark.model import LayerState, PolicyError, SourceError, StoreError, VerifyError
from tests.images.build import FORMS, Documents, make_image, pack, sha256, tar, write_layout

LAYERS = ([("a", "one" * 10_000)], [("b", "two")], [("a", "one" * 10_000)])


@pytest.fixture(scope="module")
def verifier():
    with Verifier() as made:
        yield made


@pytest.fixture
def measure(verifier, tmp_path):
    """Measure a target; settings by keyword."""

    def run(target, **settings):
        source, rest = source_of(str(target))
        return verifier.measure(source, rest, folder=str(tmp_path / "cache"), **settings)

    return run


@pytest.mark.parametrize("compression", ["none", "gzip", "zstd"])
@pytest.mark.parametrize("form", FORMS)
def test_every_layer_of_every_form_is_measured(form, compression, measure, tmp_path):
    checked = measure(make_image(tmp_path, LAYERS, form=form, compression=compression))
    checked.hold()
    tars = [tar(layer) for layer in LAYERS]
    assert [layer.diff_id for layer in checked.layers] == [sha256(data) for data in tars]
    stored = tars if form == "docker-old" else [pack(data, compression) for data in tars]
    assert [layer.digest for layer in checked.layers] == [sha256(data) for data in stored]
    assert [layer.size_bytes for layer in checked.layers] == [len(data) for data in stored]
    assert {layer.state for layer in checked.layers} == {LayerState.SELF}


@pytest.mark.parametrize("jobs", [1, 2, 4])
def test_any_number_of_jobs_measures_the_same(jobs, measure, tmp_path):
    path = make_image(tmp_path, [*LAYERS] * 4, compression="gzip")
    assert measure(path, jobs=jobs) == measure(path, jobs=1)


@pytest.mark.parametrize("compression", ["none", "gzip", "zstd"])
def test_one_changed_byte_anywhere_is_found(compression, measure, tmp_path):
    image = Documents(LAYERS[:1], compression)
    manifest = image.manifest()
    digest = image.layers[0]["digest"]
    whole = image.blobs[digest]
    for at in (0, 9, len(whole) // 2, len(whole) - 1):
        image.blobs[digest] = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        checked = measure(write_layout(tmp_path / str(at), image.blobs, manifest))
        assert [layer.state for layer in checked.layers] == [LayerState.MISMATCH]
        with pytest.raises(VerifyError, match=f"manifest promises {digest}, the blob is sha256:"):
            checked.hold()


def test_another_layer_under_a_good_blob_digest_is_found_by_its_diff_id(measure, tmp_path):
    """The manifest fits the blob, but the configuration speaks of another tar."""
    image = Documents(LAYERS, "gzip")
    image.config["rootfs"]["diff_ids"][1] = sha256(b"another")
    checked = measure(write_layout(tmp_path / "l", image.blobs, image.manifest()))
    with pytest.raises(VerifyError, match="configuration promises diffID"):
        checked.hold()
    assert [layer.state.name for layer in checked.layers] == ["SELF", "MISMATCH", "SELF"]


@pytest.mark.parametrize("compression", ["gzip", "zstd"])
def test_a_layer_that_does_not_inflate_is_not_verified(compression, measure, tmp_path):
    image = Documents(LAYERS[:1], compression)
    image.layers[0] = image.add(pack(image.tars[0], compression)[:-3], "layer")
    checked = measure(write_layout(tmp_path / "l", image.blobs, image.manifest()))
    assert [layer.state for layer in checked.layers] == [LayerState.UNREAD]
    with pytest.raises(VerifyError, match=r"could not be verified: .*early"):
        checked.hold()


def test_a_missing_blob_is_not_verified(measure, tmp_path):
    image = Documents(LAYERS[:2])
    digest = image.layers[1]["digest"]
    del image.blobs[digest]
    checked = measure(write_layout(tmp_path / "l", image.blobs, image.manifest()))
    with pytest.raises(VerifyError, match=f"blob {digest} is missing"):
        checked.hold()


def test_a_changed_configuration_is_found(measure, tmp_path):
    image = Documents(LAYERS)
    manifest = image.manifest()
    config = sha256(json.dumps(image.config).encode())
    image.blobs[config] = image.blobs[config].replace(b"/bin/true", b"/bin/evil")
    with pytest.raises(VerifyError, match="the document is sha256:"):
        measure(write_layout(tmp_path / "l", image.blobs, manifest)).hold()


def test_only_images_have_digests(measure, tmp_path):
    with pytest.raises(SourceError, match="only images have digests to verify"):
        measure(f"dir:{tmp_path}")


# Lists


def listed(checked, folder):
    path = folder / "digests.json"
    write(str(path), recorded(checked, "test"))
    return path


def test_a_recorded_list_is_met_by_the_same_image_in_any_form(measure, tmp_path):
    first = measure(make_image(tmp_path, LAYERS, form="docker-old"))
    known = expected(str(listed(first, tmp_path)))
    for compression in ("none", "gzip"):
        saved = make_image(tmp_path, LAYERS, form="docker-old", name=f"again-{compression}")
        checked = measure(saved, expected=known)
        checked.hold()
        assert {layer.state for layer in checked.layers} == {LayerState.EXTERNAL}


@pytest.mark.parametrize(
    ("layers", "says"),
    [
        (LAYERS[:2], "3 layers are expected, the image has 2"),
        ([*LAYERS, LAYERS[0]], "3 layers are expected, the image has 4"),
        ([LAYERS[1], LAYERS[0], LAYERS[2]], "is expected, the layer is"),
    ],
)
def test_another_image_than_recorded_is_found(layers, says, measure, tmp_path):
    known = expected(str(listed(measure(make_image(tmp_path, LAYERS)), tmp_path)))
    checked = measure(make_image(tmp_path, layers, name="other"), expected=known)
    assert any(says in finding.evidence.says for finding in checked.findings)
    assert any("configuration" in finding.evidence.says for finding in checked.findings)
    with pytest.raises(VerifyError):
        checked.hold()


def test_a_list_reads_as_it_was_written(measure, tmp_path):
    checked = measure(make_image(tmp_path, LAYERS, compression="gzip"))
    path = listed(checked, tmp_path)
    text = json.loads(path.read_text())
    assert text["schema"] == "hullmark.digests/1"
    assert [layer["digest"] for layer in text["layers"]] == [each.digest for each in checked.layers]
    assert expected(str(path)).layers == tuple(each.diff_id for each in checked.layers)
    assert set(text) == set(Record.__struct_fields__)


GOOD = {"schema": "hullmark.digests/1", "image": "", "config": "", "layers": []}


@pytest.mark.parametrize(
    "change",
    [
        {"schema": "hullmark.digests/2"},
        {"layers": [{"diff_id": "sha256:abc"}]},
        {"layers": [{"diff_id": ""}]},
        {"layers": [{}]},
        {"layers": None},
        {"unknown": 1},
        {"config": 3},
    ],
)
def test_what_is_no_list_is_refused(change, tmp_path):
    path = tmp_path / "list"
    path.write_text(json.dumps(GOOD))
    assert expected(str(path)).layers == ()
    path.write_text(json.dumps(GOOD | change))
    with pytest.raises(PolicyError, match="not a list of digests"):
        expected(str(path))


def test_a_list_that_cannot_be_read_or_written_says_so(measure, tmp_path):
    for content in (b"", b"\xff", b"[]", b"{"):
        (tmp_path / "list").write_bytes(content)
        with pytest.raises(PolicyError, match="not a list of digests"):
            expected(str(tmp_path / "list"))
    with pytest.raises(PolicyError, match="cannot be read: No such file"):
        expected(str(tmp_path / "absent"))
    checked = measure(make_image(tmp_path, LAYERS))
    with pytest.raises(StoreError, match="cannot be written: No such file"):
        write(str(tmp_path / "absent/list"), recorded(checked, "test"))
