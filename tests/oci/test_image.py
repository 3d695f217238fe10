"""From an index or a list of saved images to one image, and what does not agree on the way."""

import json
from contextlib import contextmanager

import pytest

from hullmark.apps.cli.target import source_of
from hullmark.model import LayerState, SourceError
from hullmark.oci import image as image_module
from hullmark.oci.image import host_platform
from hullmark.unit import Ask
from tests.images.build import (
    OCI,
    Documents,
    docker_new,
    docker_old,
    index,
    layout_files,
    make_image,
    saved_as,
    sha256,
    tagged,
    tar,
    write_layout,
)

FOREIGN = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"
LAYERS = ([("a", "one")], [("b", "two")])


@contextmanager
def opened(target, platform=""):
    source, rest = source_of(str(target))
    with source.open(
        Ask(target=rest, platform=platform, unpack=lambda fd, _: fd, scratch=lambda: -1)
    ) as image:
        yield image


def facts(target, platform=""):
    """What opening a target shows: the artifact, its blobs and the rules that found fault."""
    with opened(target, platform) as image:
        return image.artifact, image.blobs, [finding.rule for finding in image.findings]


def refused(target, platform=""):
    """Why a target is not opened."""
    with pytest.raises(SourceError) as error, opened(target, platform):
        pass
    return error.value.why


def on(os, architecture, variant=""):
    """What a descriptor says of the platform."""
    known = {"os": os, "architecture": architecture, "variant": variant}
    return {"platform": {key: value for key, value in known.items() if value}}


PLATFORMS = ("linux/amd64", "linux/arm/v6", "linux/arm/v7", "linux/arm64/v8", "linux/s390x")


def many(folder, *, nested=False, platforms=PLATFORMS, named=True):
    """A layout of one image for several platforms; its manifests' digests by platform."""
    blobs, manifests = {}, []
    for platform in platforms:
        image = Documents([[("platform", platform)]], platform=platform)
        where = on(*platform.split("/")) if named else {}
        manifests.append(image.manifest(**where))
        blobs |= image.blobs
    digests = {
        platform: each["digest"] for platform, each in zip(platforms, manifests, strict=True)
    }
    if nested:
        top = Documents([])
        manifests = [top.index(*manifests, **tagged("v1"))]
        digests["index"] = manifests[0]["digest"]
        blobs |= top.blobs
    return write_layout(folder / "layout", blobs, *manifests), digests


@pytest.mark.parametrize("nested", [False, True])
def test_the_platform_that_is_asked_for_is_chosen(nested, tmp_path):
    layout, digests = many(tmp_path, nested=nested)
    cases = {
        "": str(host_platform()),
        **{platform: platform for platform in PLATFORMS},
        "linux/arm": "linux/arm/v6",
        "linux/arm64": "linux/arm64/v8",
        "linux/amd64/v3": "linux/amd64",
    }
    for asked, chosen in cases.items():
        artifact = facts(layout, asked)[0]
        expected = next(each for each in PLATFORMS if each.startswith(chosen))
        assert (artifact.digest, artifact.platform) == (digests[expected], expected)


def test_a_platform_that_is_not_there_is_refused_and_those_that_are_there_are_named(tmp_path):
    layout, _ = many(tmp_path)
    for asked in ("linux/riscv64", "linux/arm/v5", "windows/amd64", "linux/amd64x"):
        assert (
            refused(layout, asked) == f"has no image for {asked}, but for: {', '.join(PLATFORMS)}"
        )


def test_images_whose_index_names_no_platform_are_told_apart_by_their_configuration(tmp_path):
    layout, digests = many(tmp_path, named=False)
    for platform in PLATFORMS:
        assert facts(layout, platform)[0].digest == digests[platform]
    assert "but for: linux/amd64, linux/arm/v6" in refused(layout, "linux/riscv64")


@pytest.mark.parametrize("write", [docker_old, docker_new])
def test_an_archive_of_another_platform_is_no_answer(write, tmp_path):
    path = tmp_path / "image.tar"
    path.write_bytes(tar(write(Documents(LAYERS, platform="linux/arm64/v8"), "us/app:1")))
    assert facts(path)[0].platform == "linux/arm64/v8"
    assert facts(path, "linux/arm64")[0].platform == "linux/arm64/v8"
    assert refused(path, "linux/amd64") == "has no image for linux/amd64, but for: linux/arm64/v8"


def test_the_only_image_is_read_whatever_its_platform(tmp_path):
    layout, digests = many(tmp_path, platforms=("linux/s390x",))
    assert facts(layout)[0].digest == digests["linux/s390x"]


def test_attestations_are_no_images(tmp_path):
    image = Documents(LAYERS)
    manifest = image.manifest(**on("linux", "amd64"))
    note = {"vnd.docker.reference.type": "attestation-manifest"}
    other = Documents([[("statement", "in-toto")]])
    attestation = other.manifest(**on("unknown", "unknown"), annotations=note)
    top = Documents([])
    listed = top.index(manifest, attestation)
    layout = write_layout(tmp_path / "l", image.blobs | other.blobs | top.blobs, listed)
    assert facts(layout)[0].digest == manifest["digest"]
    assert "unknown" not in refused(layout, "linux/riscv64")


def test_indexes_nested_too_deeply_are_refused(tmp_path):
    image = Documents(LAYERS)
    manifest = image.manifest()
    for depth in range(1, 8):
        manifest = image.index(manifest)
        layout = write_layout(tmp_path / str(depth), image.blobs, manifest)
        if depth <= image_module.MAX_INDEX_DEPTH:
            assert not facts(layout)[2]
        else:
            assert refused(layout) == "indexes nested deeper than 4"


def test_an_index_that_holds_itself_comes_to_an_end(tmp_path):
    image = Documents(LAYERS)
    own = image.index(image.manifest())
    image.blobs[own["digest"]] = json.dumps(index(*[own] * 1000)).encode()
    assert "has no image for" in refused(write_layout(tmp_path / "l", image.blobs, own))


def test_an_index_of_too_many_is_refused_before_they_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(image_module, "MAX_MANIFESTS", 1000)
    image = Documents(LAYERS)
    nested = [image.index(*[image.manifest()] * number) for number in range(300, 310)]
    layout = write_layout(tmp_path / "l", image.blobs, image.index(*nested))
    assert refused(layout) == "lists more than 1000 manifests"


def test_many_images_for_unnamed_platforms_are_not_read_one_by_one(tmp_path):
    image = Documents(LAYERS)
    manifests = [{**image.manifest(), "digest": f"sha256:{number:064}"} for number in range(101)]
    layout = write_layout(tmp_path / "l", image.blobs, image.index(*manifests))
    assert "more than 100 images for unnamed platforms" in refused(layout)


def two(folder):
    """A layout of two images under tags, one of them named as containerd does."""
    first, second = Documents([LAYERS[0]]), Documents([LAYERS[1]])
    name = {"annotations": {"io.containerd.image.name": "registry.example/us/app:2"}}
    manifests = first.manifest(**tagged("v1")), second.manifest(**name)
    layout = write_layout(folder / "layout", first.blobs | second.blobs, *manifests)
    return layout, [each["digest"] for each in manifests]


def test_a_tag_chooses_among_images(tmp_path):
    layout, digests = two(tmp_path)
    assert facts(f"oci:{layout}:v1")[0].digest == digests[0]
    assert facts(f"{layout}:v1")[0].digest == digests[0]
    with opened(f"oci:{layout}:v1") as image:
        assert image.artifact.name == f"oci:{layout}:v1"
    both = "registry.example/us/app:2, v1"
    assert refused(f"oci:{layout}") == f"holds 2 images ({both}): name one, as PATH:TAG"
    assert refused(f"oci:{layout}:v3") == f"holds no image 'v3', but: {both}"


def test_a_digest_chooses_and_vouches_for_all_below_it(tmp_path):
    layout, digests = two(tmp_path)
    for digest in digests:
        artifact, blobs, wrong = facts(f"oci:{layout}@{digest}")
        assert artifact.digest == digest
        assert all(blob.external for blob in blobs)
        assert not wrong
    assert not any(blob.external for blob in facts(f"oci:{layout}:v1")[1])
    absent = "sha256:" + "0" * 64
    assert refused(f"oci:{layout}@{absent}") == f"holds no manifest {absent}"


def test_a_digest_may_be_of_an_index_or_of_a_manifest_in_it(tmp_path):
    layout, digests = many(tmp_path, nested=True)
    for platform in PLATFORMS:
        for name in (platform, "index"):
            artifact, blobs, wrong = facts(f"oci:{layout}@{digests[name]}", platform)
            assert artifact.digest == digests[platform]
            assert all(blob.external for blob in blobs)
            assert not wrong


@pytest.mark.parametrize("what", ["manifest", "config"])
def test_a_missing_document_leaves_nothing_to_read(what, tmp_path):
    image = Documents(LAYERS)
    manifest = image.manifest()
    digest = manifest["digest"] if what == "manifest" else sha256(json.dumps(image.config).encode())
    del image.blobs[digest]
    assert refused(write_layout(tmp_path / "l", image.blobs, manifest)) == f"lacks blob {digest}"


def test_a_missing_layer_is_told_of_and_the_others_are_read(tmp_path):
    image = Documents(LAYERS)
    digest = image.layers[0]["digest"]
    del image.blobs[digest]
    _, blobs, wrong = facts(write_layout(tmp_path / "l", image.blobs, image.manifest()))
    assert [blob.problem for blob in blobs] == [f"blob {digest} is missing", ""]
    assert [blob.fd >= 0 for blob in blobs] == [False, True]
    assert not wrong


def test_layers_by_other_digests_are_not_looked_up(tmp_path):
    for digest in ("sha512:" + "0" * 128, "sha256:" + "G" * 64, "md5:0", "../../etc/passwd", ""):
        image = Documents(LAYERS)
        image.layers[0]["digest"] = digest
        blobs = facts(
            write_layout(tmp_path / sha256(digest.encode()), image.blobs, image.manifest())
        )[1]
        assert blobs[0].problem == f"digest {digest!r} is not SHA-256"


def test_documents_by_other_digests_are_refused(tmp_path):
    image = Documents(LAYERS)
    manifest = image.manifest()
    manifest["digest"] = "sha256:../../../index.json"
    assert "is not SHA-256" in refused(write_layout(tmp_path / "l", image.blobs, manifest))


def test_a_changed_document_is_found_once(tmp_path):
    image = Documents(LAYERS)
    manifest = image.manifest()
    changed = image.blobs[manifest["digest"]].replace(b'"schemaVersion": 2', b'"schemaVersion": 3')
    image.blobs[manifest["digest"]] = changed
    layout = write_layout(tmp_path / "l", image.blobs, manifest)
    with opened(layout) as found:
        [finding] = found.findings
    assert finding.rule == "manifest-digest-mismatch"
    assert finding.subject == manifest["digest"]
    assert (
        finding.evidence.says
        == f"{manifest['digest']} is promised, the document is {sha256(changed)}"
    )
    assert facts(layout, "linux/amd64")[2] == ["manifest-digest-mismatch"]


def test_a_document_of_another_size_than_promised_is_found(tmp_path):
    image = Documents(LAYERS)
    manifest = image.manifest()
    manifest["size"] += 1
    layout = write_layout(tmp_path / "l", image.blobs, manifest)
    assert facts(layout)[2] == ["manifest-digest-mismatch"]


def test_a_changed_index_is_found_once(tmp_path):
    image = Documents(LAYERS)
    listed = image.index(image.manifest(**on("linux", "amd64")))
    image.blobs[listed["digest"]] += b" "
    layout = write_layout(tmp_path / "l", image.blobs, listed)
    assert facts(layout)[2] == ["manifest-digest-mismatch"]
    assert facts(f"oci:{layout}@{listed['digest']}")[2] == ["manifest-digest-mismatch"]


DISAGREE = {
    "fewer diffIDs": lambda config: config["rootfs"]["diff_ids"].pop(),
    "more diffIDs": lambda config: config["rootfs"]["diff_ids"].append("sha256:" + "0" * 64),
    "no diffIDs": lambda config: config.pop("rootfs"),
    "shorter history": lambda config: config["history"].pop(),
    "longer history": lambda config: config["history"].append({"created_by": "more"}),
}


@pytest.mark.parametrize("change", DISAGREE.values(), ids=DISAGREE.keys())
@pytest.mark.parametrize("form", ["layout", "docker-old"])
def test_documents_that_disagree_about_the_layers_are_found(change, form, tmp_path):
    image = Documents(LAYERS)
    change(image.config)
    target = tmp_path / "target"
    if form == "layout":
        write_layout(target, image.blobs, image.manifest())
    else:
        target.write_bytes(tar(docker_old(image)))
    assert "manifest-config-disagree" in facts(target)[2]


@pytest.mark.parametrize("history", [None, [], "absent"])
def test_an_image_without_history_agrees_with_itself(history, tmp_path):
    image = Documents(LAYERS)
    image.config["history"] = history
    if history == "absent":
        del image.config["history"]
    _, blobs, wrong = facts(write_layout(tmp_path / "l", image.blobs, image.manifest()))
    assert not wrong
    assert [blob.command for blob in blobs] == ["", ""]


def test_commands_are_those_of_the_history_that_made_layers(tmp_path):
    image = Documents(LAYERS)
    image.config["history"] = [
        {"created_by": "ENV a", "empty_layer": True},
        {"created_by": "COPY a"},
        {"comment": "no command"},
        {"created_by": "CMD", "empty_layer": True},
    ]
    _, blobs, wrong = facts(write_layout(tmp_path / "l", image.blobs, image.manifest()))
    assert [blob.command for blob in blobs] == ["COPY a", ""]
    assert not wrong


@pytest.mark.parametrize("nothing", [None, []])
def test_an_image_may_have_no_layers(nothing, tmp_path):
    """Go writes an empty list of these as null."""
    image = Documents([])
    image.config |= {"rootfs": {"type": "layers", "diff_ids": nothing}, "history": nothing}
    image.layers = nothing
    artifact, blobs, wrong = facts(write_layout(tmp_path / "l", image.blobs, image.manifest()))
    assert (artifact.platform, blobs, wrong) == ("linux/amd64", (), [])


def test_more_layers_than_any_runtime_takes_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(image_module, "MAX_LAYERS", 1)
    image = Documents(LAYERS)
    assert refused(write_layout(tmp_path / "l", image.blobs, image.manifest())) == (
        "2 layers are more than 1"
    )


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"[]",
        b"{",
        b'{"layers": []}',
        b'{"config": {}, "layers": []}',
        b'{"config": {"digest": 1, "size": 1}, "layers": []}',
        b'{"config": {"digest": "x", "size": "1"}, "layers": {}}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_what_is_no_manifest_is_refused(manifest, tmp_path):
    image = Documents(LAYERS)
    descriptor = image.add(manifest, f"{OCI}.manifest.v1+json")
    why = refused(write_layout(tmp_path / "l", image.blobs, descriptor))
    assert why.startswith("not the JSON of an image: ")


def test_a_manifest_larger_than_registries_take_is_not_read(tmp_path):
    image = Documents(LAYERS)
    descriptor = image.add(b" " * (4 * 1024 * 1024 + 1), f"{OCI}.manifest.v1+json")
    why = refused(write_layout(tmp_path / "l", image.blobs, descriptor))
    assert why == "a manifest of 4194305 bytes is not read"


# docker save's list of images


def saved(path, members):
    path.write_bytes(tar(members))
    return path


def several(path):
    """An archive of two images in docker's old form."""
    first = list(docker_old(Documents([LAYERS[0]]), "us/app:1", "us/app:latest"))
    second = list(docker_old(Documents([LAYERS[1]]), "us/other:1"))
    lists = [json.loads(members.pop()[1])[0] for members in (first, second)]
    return saved(path, [*first, *second, ("manifest.json", json.dumps(lists))])


def test_a_name_or_tag_chooses_among_saved_images(tmp_path):
    path = several(tmp_path / "images.tar")
    for reference in ("us/app:1", "us/app:latest", "latest"):
        with opened(f"archive:{path}:{reference}") as image:
            assert image.artifact.name == f"archive:{path}:{reference}"
    names = "us/app:1, us/app:latest, us/other:1"
    said = f"holds 2 images ({names}): name one, as PATH:TAG"
    assert refused(path) == refused(f"archive:{path}:1") == said
    assert refused(f"archive:{path}:us/none:1") == "holds no image 'us/none:1'"


def test_a_saved_image_has_its_configuration_for_a_digest(tmp_path):
    image = Documents(LAYERS)
    artifact, blobs, wrong = facts(saved(tmp_path / "i.tar", docker_old(image)))
    config = sha256(json.dumps(image.config).encode())
    assert (artifact.digest, artifact.config, wrong) == (config, config, [])
    assert [blob.diff_id for blob in blobs] == [sha256(data) for data in image.tars]
    assert [blob.size for blob in blobs] == [len(data) for data in image.tars]
    assert [blob.digest for blob in blobs] == ["", ""]


def test_a_saved_layer_that_is_a_link_is_followed(tmp_path):
    image = Documents([LAYERS[0], LAYERS[1], LAYERS[0]])
    _, blobs, _ = facts(saved(tmp_path / "i.tar", docker_old(image)))
    assert blobs[0].offset == blobs[2].offset != blobs[1].offset
    assert not any(blob.problem for blob in blobs)


def test_a_saved_layer_that_is_missing_is_told_of(tmp_path):
    members = list(docker_old(Documents(LAYERS)))
    name = next(name for name, _ in members if name.endswith("layer.tar"))
    path = saved(tmp_path / "i.tar", [each for each in members if each[0] != name])
    assert [blob.problem for blob in facts(path)[1]] == [f"the archive lacks {name!r}", ""]


def test_a_saved_image_without_its_configuration_is_refused(tmp_path):
    members = [each for each in docker_old(Documents(LAYERS)) if len(each[0]) != 69]
    assert refused(saved(tmp_path / "i.tar", members)).startswith("lacks its configuration '")


@pytest.mark.parametrize("write", [docker_old, docker_new])
def test_a_saved_configuration_that_is_not_what_its_name_says_is_found(write, tmp_path):
    image = Documents(LAYERS)
    config = json.dumps(image.config).encode()
    digest = sha256(config)[7:]
    members = [
        (name, config.replace(b"/bin/true", b"/bin/evil") if digest in name else what)
        for name, what in write(image)
    ]
    with opened(saved(tmp_path / "i.tar", members)) as found:
        assert [finding.rule for finding in found.findings] == ["manifest-digest-mismatch"]


def test_the_new_form_is_read_as_the_layout_that_it_is(tmp_path):
    image = Documents(LAYERS, "gzip")
    path = saved(tmp_path / "i.tar", docker_new(image, "us/app:1"))
    artifact, blobs, wrong = facts(path)
    assert artifact.digest != artifact.config
    assert [blob.digest for blob in blobs] == [each["digest"] for each in image.layers]
    assert not wrong


def test_a_layout_without_an_index_is_refused(tmp_path):
    image = Documents(LAYERS)
    members = [each for each in layout_files(image.blobs) if each[0] != "index.json"]
    path = saved(tmp_path / "i.tar", members)
    assert refused(path) == "has neither index.json nor manifest.json"
    (tmp_path / "oci-layout").write_text("{}")
    assert refused(tmp_path) == "has no index.json"


def test_the_new_form_is_chosen_from_by_name_as_the_old_one_is(tmp_path):
    first, second = Documents([LAYERS[0]]), Documents([LAYERS[1]])
    manifests = [
        {**image.manifest(), **saved_as(name)}
        for image, name in ((first, "us/app:latest"), (second, "us/other:latest"))
    ]
    layout = write_layout(tmp_path / "l", first.blobs | second.blobs, *manifests)
    for name, manifest in zip(("us/app:latest", "us/other:latest"), manifests, strict=True):
        for reference in (name, f"docker.io/{name}", name[3:]):
            assert facts(f"oci:{layout}:{reference}")[0].digest == manifest["digest"]
    assert "holds 2 images" in refused(f"oci:{layout}:latest"), "a tag of both is a tag of neither"
    assert "holds 2 images" in refused(f"oci:{layout}")


def test_two_names_of_the_same_image_are_no_choice(tmp_path):
    image = Documents(LAYERS)
    manifest = image.manifest()
    both = [{**manifest, **saved_as(name)} for name in ("us/app:1", "us/app:2")]
    layout = write_layout(tmp_path / "l", image.blobs, *both)
    for target in (f"oci:{layout}", f"oci:{layout}:1", f"oci:{layout}:us/app:2"):
        assert facts(target)[0].digest == manifest["digest"]


@pytest.mark.parametrize("elsewhere", [{"urls": ["https://example.org/x"]}, {"mediaType": FOREIGN}])
def test_a_layer_that_is_kept_elsewhere_is_a_gap_and_no_fault(elsewhere, scan, tmp_path):
    layout = make_image(tmp_path, [[("a", "b")], [("c", "d")]])
    blobs = layout / "blobs/sha256"
    listed = json.loads((layout / "index.json").read_text())
    manifest = json.loads((blobs / listed["manifests"][0]["digest"][7:]).read_text())
    (blobs / manifest["layers"][0]["digest"][7:]).unlink()
    manifest["layers"][0] |= elsewhere
    data = json.dumps(manifest).encode()
    listed["manifests"][0] |= {"digest": sha256(data), "size": len(data)}
    (blobs / sha256(data)[7:]).write_bytes(data)
    (layout / "index.json").write_text(json.dumps(listed))
    report = scan(f"oci:{layout}")
    assert [layer.state for layer in report.artifact.layers] == [LayerState.UNREAD, LayerState.SELF]
    assert report.findings == ()
    assert [gap.subject for gap in report.gaps] == [manifest["layers"][0]["digest"]]
