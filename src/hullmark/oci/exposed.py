"""What an image's configuration says of how it runs.

Spec: https://github.com/opencontainers/image-spec/blob/main/config.md#properties
"""

from collections.abc import Iterator
from itertools import islice

from hullmark.model.exposure import Exposure
from hullmark.oci.documents import Config

MAX_WORDS = 64
"""Of entry point and command; one that starts a shell has some three."""

MAX_PORTS = 1000
MAX_WORD_CHARS = 4096

_ROOT = ("", "0", "root")


def exposure(config: Config) -> Exposure | None:
    """How the image runs; ``None`` where its configuration does not say. It is cut at bounds."""
    settings = config.config
    if settings is None:
        return None
    words = [*_texts(settings.entrypoint), *_texts(settings.cmd)]
    user = settings.user if isinstance(settings.user, str) else ""
    ports = settings.exposed_ports if isinstance(settings.exposed_ports, dict) else {}
    volumes = settings.volumes if isinstance(settings.volumes, dict) else {}
    return Exposure(
        root=user.partition(":")[0].strip() in _ROOT,
        user=user[:MAX_WORD_CHARS],
        ports=tuple(sorted(_texts(list(ports)))),
        volumes=tuple(sorted(_texts(list(volumes)))),
        entry=tuple(words[:MAX_WORDS]),
        folder=next(_texts([settings.working_dir]), ""),
    )


def _texts(value: object) -> Iterator[str]:
    """The texts of a list; nothing of anything else."""
    for each in islice(value, MAX_PORTS) if isinstance(value, list) else ():
        if isinstance(each, str):
            yield each[:MAX_WORD_CHARS]
