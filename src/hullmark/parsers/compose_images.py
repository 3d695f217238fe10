"""Compose files: the images of their services.

Format: https://github.com/compose-spec/compose-spec/blob/main/spec.md, and version 1 of
docker-compose, in which services stand at the top.
"""

from collections.abc import Iterator, Mapping

from hullmark.model import File, Package, ParseError, dig
from hullmark.model.container_image import expanded, image
from hullmark.unit import parser


@parser(
    id="compose-images",
    names=(
        *("compose.yaml", "compose.*.yaml", "docker-compose*.yaml", "podman-compose*.yaml"),
        *("compose.yml", "compose.*.yml", "docker-compose*.yml", "podman-compose*.yml"),
    ),
    beside=(".env",),
    declared=True,
    example=File(
        path="srv/compose.yaml",
        content=b"services:\n  web:\n    image: nginx:${NGINX:-1.27}\n"
        b"  cache:\n    image: redis:$REDIS\n  app:\n    build: .\n"
        b"  db:\n    image: registry.example:5000/data/postgres@sha256:" + b"1f" * 32 + b"\n",
        beside={".env": File(path="srv/.env", content=b"REDIS=7.4\n")},
    ),
    expect=(
        "pkg:docker/nginx@1.27",
        "pkg:docker/redis@7.4",
        f"pkg:docker/data/postgres@sha256:{'1f' * 32}?repository_url=registry.example:5000",
    ),
)
def compose_images(file: File) -> Iterator[Package]:
    """Yield the image of every service that is not built from a folder, each once.

    Variables are replaced by what ``.env`` beside the file says, or by their defaults; a name with
    one that has neither is an error.
    """
    values = _values(file.near(".env"))
    document = file.yaml(dict[str, object])
    services = document.get("services", document)
    if not isinstance(services, Mapping):
        raise ParseError(file.path, "services are no mapping")
    found = (dig(each, "image") for each in services.values() if dig(each, "build") is None)
    strange = ""
    for name in dict.fromkeys(each for each in found if isinstance(each, str)):
        package = image(expanded(name, values), file.path)
        if package:
            yield package
        else:
            strange = strange or name
    if strange:
        raise ParseError(file.path, f"no image's name: {strange[:100]!r}")


def _values(file: File | None) -> dict[str, str]:
    """Variables of an ``.env`` file: lines ``NAME=value``, the value perhaps in quotes."""
    pairs = (line.partition("=") for line in (file.text() if file else "").splitlines())
    return {
        name.strip().removeprefix("export ").strip(): value.strip().strip("\"'")
        for name, given, value in pairs
        if given and not name.lstrip().startswith("#")
    }
