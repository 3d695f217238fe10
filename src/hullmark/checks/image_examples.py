"""Images for the examples of checks: one that is sound, and such as differ from it."""

from msgspec.structs import replace

from hullmark.model.exposure import Exposure
from hullmark.model.image import Image, ImageConfig, ImageLayer, Step
from hullmark.model.spotted import Entry

EXAMPLE_LAYER = "sha256:" + "ab" * 32
_SOUND = ImageConfig(
    user="10001:10001",
    env=("PATH=/usr/local/bin:/usr/bin:/bin",),
    entrypoint=("/app/server",),
    ports=("8080/tcp",),
    labels={
        f"org.opencontainers.image.{name}": name
        for name in ("source", "revision", "version", "created", "licenses", "title")
    },
    healthcheck=("CMD", "/app/server", "--check"),
    folder="/app",
    architecture="amd64",
    os="linux",
    created="2026-10-01T00:00:00Z",
)


def sound(**changes: object) -> Image:
    """An image that no check finds fault with, with changes of its configuration."""
    return Image(
        name="registry.example/team/app:1.4.2",
        config=replace(_SOUND, **changes),
        layers=(ImageLayer(diff_id=EXAMPLE_LAYER, size_bytes=1_000_000, files=1),),
        files={"app/server": 1_000_000},
        layer_of={"app/server": EXAMPLE_LAYER},
        exposure=Exposure(root=False, ports=("8080/tcp",), entry=("/app/server",), folder="/app"),
        today="2026-11-01",
    )


def built(*commands: str) -> Image:
    """A sound image whose history has these steps; the first made its layer."""
    steps = tuple(Step(command=each, empty=index > 0) for index, each in enumerate(commands))
    return sound(history=steps)


def holding(*paths: str, size_bytes: int = 1000) -> Image:
    """A sound image that holds these files too."""
    image = sound()
    files = {**image.files, **dict.fromkeys(paths, size_bytes)}
    return replace(image, files=files, layer_of=dict.fromkeys(files, EXAMPLE_LAYER))


def marked(path: str, mode: int, *, kind: str = "file", **changes: object) -> Image:
    """A sound image that holds a file, folder or device of this mode; ``changes`` are of it."""
    image = holding(path) if kind == "file" else sound()
    entry = Entry(path=path, kind=kind, mode=mode, uid=0, gid=0)
    return replace(image, entries=(entry,), **changes)
