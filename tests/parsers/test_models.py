"""Models as their own libraries write them."""

from json import dumps
from os.path import dirname, realpath
from shutil import which
from subprocess import run

import pytest

from hullmark.model import File, ParseError
from hullmark.parsers import gguf_model as gguf
from hullmark.parsers import safetensors_model as safetensors

DUMP = which("gguf-dump")
needs_libraries = pytest.mark.skipif(DUMP is None, reason="needs gguf-dump, and safetensors by it")
COMMIT = "5ca1ab1e" * 5


@pytest.fixture
def written(tmp_path):
    """What a script writes to ``model``, run where the libraries are."""

    def written(script):
        run([f"{dirname(realpath(DUMP))}/python", "-c", script], cwd=tmp_path, check=True)
        return (tmp_path / "model").read_bytes()

    return written


def parsed(unit, content, path):
    return list(unit.parse(File(path=path, content=content)))


GGUF = """
import gguf, numpy
writer = gguf.GGUFWriter("model", "llama", endianess=gguf.GGUFEndian.{order})
writer.add_name("Weir 7B Chat")
writer.add_version("v0.3")
writer.add_license("apache-2.0")
writer.add_block_count(2)
writer.add_rope_freq_base(1e4)
writer.add_token_list([f"token {{number}}" for number in range(90_000)])
writer.add_string("general.description", "comes late")
writer.add_tensor("a", numpy.zeros(8, dtype=numpy.float32))
writer.write_header_to_file()
writer.write_kv_data_to_file()
writer.write_tensors_to_file()
writer.close()
"""


@needs_libraries
@pytest.mark.parametrize("order", ["LITTLE", "BIG"])
def test_a_model_of_the_gguf_library_is_read(written, order):
    content = written(GGUF.format(order=order))
    assert len(content) > gguf.MAX_HEADER_BYTES
    (found,) = parsed(gguf.gguf_model, content, "models/weir.gguf")
    assert found.purl == "pkg:generic/Weir%207B%20Chat@v0.3"
    assert found.licences == ("Apache-2.0",)


@needs_libraries
def test_weights_of_the_safetensors_library_are_read(written):
    script = """
import numpy
from safetensors.numpy import save_file
said = {"format": "np", "modelspec.title": "Weir", "modelspec.license": "MIT"}
save_file({"a": numpy.zeros(8)}, "model", metadata=said)
"""
    (found,) = parsed(safetensors.safetensors_model, written(script), "a/model.safetensors")
    assert (found.purl, found.licences) == ("pkg:generic/Weir", ("MIT",))


def packed(number, version=3, word=8):
    """A writer of GGUF after its specification, for versions that no library writes any more."""

    def text(value):
        return len(value).to_bytes(word, "little") + value

    def made(*pairs, count=None):
        head = b"GGUF" + version.to_bytes(4, "little") + bytes(word)
        head += (len(pairs) if count is None else count).to_bytes(word, "little")
        return head + b"".join(text(key) + value for key, value in pairs)

    return text if number else made


@pytest.mark.parametrize(("version", "word"), [(1, 4), (2, 8), (3, 8)])
def test_every_version_is_read_with_every_type_of_value(version, word):
    text, made = packed(1, version, word), packed(0, version, word)
    fixed = [(b"a", kind.to_bytes(4, "little") + bytes(size)) for kind, size in gguf._SIZES.items()]
    two = (2).to_bytes(word, "little")
    numbers = b"\x09\0\0\0\x04\0\0\0" + two + bytes(8)
    texts = b"\x09\0\0\0\x08\0\0\0" + two + text(b"b") + text(b"c")
    name = (b"general.name", b"\x08\0\0\0" + text(b"Weir"))
    content = made(*fixed, (b"n", numbers), (b"t", texts), name)
    assert parsed(gguf.gguf_model, content, "a.gguf")[0].name == "Weir"


def test_a_model_of_the_hub_is_named_as_there():
    address = b"https://huggingface.co/example/Weir-7B/tree/main"
    content = packed(0)((b"general.repo_url", b"\x08\0\0\0" + packed(1)(address)))
    (found,) = parsed(gguf.gguf_model, content, "weir.gguf")
    assert found.purl == "pkg:huggingface/example/Weir-7B"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"GGUF", "not a GGUF"),
        (b"PK\3\4" + bytes(90), "not a GGUF"),
        (packed(0)(count=1), "cut short"),
        (packed(0)((b"a", b"\x08\0\0\0\xff\xff")), "cut short"),
        (packed(0)((b"a", b"\x09\0\0\0\x04\0\0\0" + b"\xff" * 8)), "cut short"),
        (packed(0)((b"a", b"\x09\0\0\0\x09\0\0\0" + b"\1" * 8)), "number 9"),
        (packed(0)((b"a", b"\xff\0\0\0")), "number 255"),
    ],
)
def test_a_damaged_gguf_file_is_an_error(content, why):
    with pytest.raises(ParseError, match=why):
        parsed(gguf.gguf_model, content, "a.gguf")


def header(said, **tensors):
    text = dumps({"__metadata__": said, **tensors}).encode()
    return len(text).to_bytes(8, "little") + text


@pytest.mark.parametrize(
    ("path", "purl"),
    [
        (
            f"root/.cache/hub/models--example--Weir-7B/snapshots/{COMMIT}/model.safetensors",
            f"pkg:huggingface/example/Weir-7B@{COMMIT}",
        ),
        (f"models--weir/snapshots/{COMMIT}/a/b.safetensors", f"pkg:huggingface/weir@{COMMIT}"),
        ("srv/weir-7b/model.safetensors", "pkg:generic/weir-7b"),
        ("srv/weir-7b/model/pytorch_model.safetensors", "pkg:generic/weir-7b"),
        ("srv/weir-7b/model-00001-of-00003.safetensors", "pkg:generic/weir-7b"),
        ("srv/loras/weir_v2.safetensors", "pkg:generic/weir_v2"),
        ("model.safetensors", "pkg:generic/model"),
    ],
)
def test_a_model_that_does_not_name_itself_is_named_by_where_it_lies(path, purl):
    (found,) = parsed(safetensors.safetensors_model, header({"format": "pt"}), path)
    assert found.purl == purl


def test_of_a_model_in_parts_the_first_is_read():
    assert parsed(safetensors.safetensors_model, b"", "model-00002-of-00003.safetensors") == []
    assert parsed(gguf.gguf_model, b"", "weir-00002-of-00003.gguf") == []


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not a safetensors"),
        (b"\xff" * 8 + b"{}", "not a safetensors"),
        (b"\2" + bytes(7) + b"[]", "JSON"),
        (header({"a": 1}), "JSON"),
        (header({})[:-1], "cut short"),
    ],
)
def test_damaged_weights_are_an_error(content, why):
    with pytest.raises(ParseError, match=why):
        parsed(safetensors.safetensors_model, content, "a.safetensors")


def test_a_header_is_bounded():
    size = safetensors.MAX_HEADER_BYTES + 1
    with pytest.raises(ParseError, match="more than"):
        parsed(safetensors.safetensors_model, size.to_bytes(8, "little") + bytes(size), "a")
