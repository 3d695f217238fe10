"""safetensors files: the weights of a model, with what its header says of it.

Format: https://github.com/huggingface/safetensors#format - the length of the header, then a JSON
object whose ``__metadata__`` maps text to text. The keys of image models are those of
https://github.com/Stability-AI/ModelSpec.
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from hullmark.licences import spdx
from hullmark.model import File, Package, ParseError
from hullmark.model.hugging_face import model, shard
from hullmark.unit import parser

MAX_HEADER_BYTES = 16 * 1024 * 1024
"""Ours: some 100 bytes a tensor, of which models have thousands; the format allows 100 MB."""

USUAL_STEMS = frozenset(
    ("model", "pytorch_model", "adapter_model", "diffusion_pytorch_model", "consolidated")
)
"""Names that any model is given: a folder above tells which one it is."""

_HEADER = (
    b'{"__metadata__": {"format": "pt", "modelspec.title": "Weir",'
    b' "modelspec.license": "CC-BY-4.0"}, "a": {"dtype": "F32", "shape": [0],'
    b' "data_offsets": [0, 0]}}'
)


class Header(Struct, frozen=True):
    """The part of the header that is read."""

    metadata: Mapping[str, str] = field(name="__metadata__", default_factory=dict)


@parser(
    id="safetensors-model",
    names=("*.safetensors",),
    example=File(
        path="models/weir/model.safetensors",
        content=len(_HEADER).to_bytes(8, "little") + _HEADER,
    ),
    expect=("pkg:generic/Weir",),
)
def safetensors_model(file: File) -> Iterator[Package]:
    """Yield the model by its title, else by the name of its file or its folder.

    One in a cache of the Hugging Face hub is named as there, with its commit. Licences are those
    of the header; model cards are not read. Of a model in parts the first part alone is read.
    """
    stem, part = shard(file.name.removesuffix(".safetensors"))
    if part != 1:
        return
    length = int.from_bytes(file.read(0, 8), "little")
    if file.size < 8 or length > file.size - 8:  # noqa: PLR2004 - the length itself
        raise ParseError(file.path, "not a safetensors file, or cut short")
    if length > MAX_HEADER_BYTES:
        why = f"a header of {length} bytes is more than the {MAX_HEADER_BYTES} that are read"
        raise ParseError(file.path, why)
    header = File(path=file.path, content=file.read(8, length)).json(Header)
    said = header.metadata
    licence = spdx(said.get("modelspec.license", "") or said.get("license", ""))
    named = (part for part in (stem, *file.path.split("/")[-2::-1]) if part not in USUAL_STEMS)
    yield model(
        file.path,
        said.get("modelspec.title", "").strip() or next(named, stem),
        said.get("modelspec.version", "").strip(),
        licences=(licence,) if licence else (),
    )
