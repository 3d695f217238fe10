"""Which layers of an image come from its base, and who says so."""

import json
import os
from hashlib import sha256 as hashed

import msgspec
import pytest

from hullmark.model import BaseImage, StoreError
from hullmark.oci.base import KnownLayers, chain_ids, recognised, stated
from hullmark.oci.documents import Config

A, B, C = (f"sha256:{letter * 64}" for letter in "abc")

LAYER = {"created_by": "/bin/sh -c #(nop) ADD file:1 in / "}
OLD_CMD = {"created_by": '/bin/sh -c #(nop)  CMD ["bash"]', "empty_layer": True}
CMD = {"created_by": 'CMD ["python3"]', "empty_layer": True}
ENTRYPOINT = {"created_by": 'ENTRYPOINT ["/app"]', "empty_layer": True}
ENV = {"created_by": "ENV A=1", "empty_layer": True}
RUN = {"created_by": "RUN /bin/sh -c make # buildkit"}


def config(*history, labels=None):
    document = {"history": history, "config": {"Labels": labels}}
    return msgspec.json.decode(json.dumps(document), type=Config)


@pytest.mark.parametrize(
    ("history", "layers", "base"),
    [
        ((LAYER, OLD_CMD, RUN, CMD), 2, 1),
        ((LAYER, OLD_CMD, ENV, RUN, RUN, CMD, RUN), 4, 3),
        ((LAYER, OLD_CMD, RUN, ENTRYPOINT, RUN, ENTRYPOINT, CMD), 3, 2),
        ((LAYER, OLD_CMD, ENV, CMD), 1, 0),
        ((LAYER, RUN, CMD), 2, 0),
        ((LAYER, OLD_CMD, RUN), 3, 0),
        ((), 2, 0),
    ],
    ids=["one", "several", "entry point", "itself", "no command", "history lies", "no history"],
)
def test_the_base_ends_with_the_last_command_below_a_layer(history, layers, base):
    expected = BaseImage(layers=base, told_by="history") if base else None
    assert stated(config(*history), layers) == expected


def test_labels_name_the_base():
    labels = {
        "org.opencontainers.image.base.name": "docker.example/debian:12",
        "org.opencontainers.image.base.digest": A,
        "other": None,
    }
    assert stated(config(LAYER, OLD_CMD, RUN, labels=labels), 2) == BaseImage(
        name="docker.example/debian:12", digest=A, layers=1, told_by="labels"
    )
    assert stated(config(labels={"org.opencontainers.image.base.name": 7}), 1) is None


def test_a_chain_id_is_made_as_the_specification_says():
    second = f"sha256:{hashed(f'{A} {B}'.encode()).hexdigest()}"
    assert list(chain_ids([A, B])) == [A, second]
    assert list(chain_ids([A, "", B])) == [A], "what was not measured ends the chain"


def test_the_known_image_with_the_most_layers_is_the_base(tmp_path):
    store = KnownLayers(str(tmp_path / "known"))
    assert list(store) == []
    store.learn("debian:12", [A])
    store.learn("python:3", [A, B], digest=C, platform="linux/amd64")
    assert getattr(store.find([A, C]), "name", "") == "debian:12"
    found = store.find([A, B, C])
    assert found is not None
    assert (found.name, found.layers, found.digest) == ("python:3", 2, C)
    assert store.find([B, A]) is None
    assert [each.name for each in store] == ["debian:12", "python:3"]
    assert (store.forget("debian:12"), store.forget("debian:12")) == (1, 0)
    with pytest.raises(StoreError, match="no layers"):
        store.learn("scratch", [])


def test_an_image_is_not_its_own_base_and_measuring_goes_before_labels(tmp_path):
    store = KnownLayers(str(tmp_path))
    known = store.learn("debian:12", [A])
    said = BaseImage(name="other", layers=2, told_by="labels")
    assert recognised(said, known, 1) == said
    assert recognised(said, None, 2) == said
    assert recognised(said, known, 2) == BaseImage(
        name="debian:12", layers=1, told_by="known layers"
    )


def learned(folder, *names):
    """A store of images that share no layer, learned in this order."""
    store = KnownLayers(str(folder))
    for number, name in enumerate(names):
        store.learn(name, [f"sha256:{number:064}"], platform="linux/amd64")
    return store


@pytest.mark.parametrize(
    ("others", "newer"),
    [
        ([], ""),
        (["python:3.11-slim"], "python:3.11-slim"),
        (["python:3.12-slim", "python:3.9-slim"], "python:3.12-slim"),
        (["python:3.14-slim", "python:3.12-slim", "python:3.11-slim"], "python:3.14-slim"),
        (["python:3.12", "python:3.12-alpine", "debian:13", "python"], ""),
        (["python:3.12.1-slim"], ""),
        (["registry.example:5000/python:3.12-slim"], ""),
    ],
)
def test_a_newer_image_has_higher_numbers_or_was_learned_later(tmp_path, others, newer):
    store = learned(tmp_path, "python:3.11-slim", *others)
    known = store.find(["sha256:" + "0" * 64])
    assert known is not None
    assert store.newer(known) == newer


def test_the_image_learned_last_has_no_newer_one(tmp_path):
    store = learned(tmp_path, "python:3.11-slim", "python:3.11-slim")
    [known] = [each for each in store if each.chain.endswith("1")]
    assert store.newer(known) == ""


def test_an_image_of_another_platform_is_not_newer(tmp_path):
    store = learned(tmp_path, "python:3.11")
    store.learn("python:3.12", [A], platform="linux/arm64")
    [known] = [each for each in store if each.name == "python:3.11"]
    assert store.newer(known) == ""


def test_a_record_that_is_none_is_named_and_what_is_no_file_is_passed_over(tmp_path):
    store = KnownLayers(str(tmp_path))
    store.learn("debian:12", [A])
    [path] = tmp_path.iterdir()
    path.write_text("{}")
    with pytest.raises(StoreError, match=path.name):
        store.find([A])
    path.unlink()
    os.mkfifo(path)
    assert store.find([A]) is None


def test_a_record_that_cannot_be_dropped_is_named(tmp_path, monkeypatch):
    store = KnownLayers(str(tmp_path))
    store.learn("debian:12", [A])

    def refuse(_path):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "unlink", refuse)
    with pytest.raises(StoreError, match="cannot be dropped: Operation not permitted"):
        store.forget("debian:12")
