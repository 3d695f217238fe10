"""A configuration as checks see it, with everything in it that is no text left out.

Spec: https://github.com/opencontainers/image-spec/blob/main/config.md#properties and, for health
checks and triggers, https://github.com/moby/docker-image-spec/blob/main/spec.md
"""

from collections.abc import Mapping

from hullmark.model.image import ImageConfig, Step
from hullmark.oci.documents import Config


def image_config(config: Config) -> ImageConfig:
    """What a configuration says; its document is bounded already."""
    settings = config.config
    history = tuple(
        Step(
            command=each.created_by,
            created=_text(each.created),
            comment=_text(each.comment),
            empty=each.empty_layer,
        )
        for each in config.history or ()
    )
    if settings is None:
        return ImageConfig(
            architecture=config.architecture,
            os=config.os,
            created=config.created or "",
            history=history,
        )
    return ImageConfig(
        user=_text(settings.user),
        env=_texts(settings.env),
        entrypoint=_texts(settings.entrypoint),
        cmd=_texts(settings.cmd),
        ports=_keys(settings.exposed_ports),
        volumes=_keys(settings.volumes),
        labels={
            key: each for key, each in (settings.labels or {}).items() if isinstance(each, str)
        },
        healthcheck=_test(settings.healthcheck),
        onbuild=_texts(settings.on_build),
        folder=_text(settings.working_dir),
        architecture=config.architecture,
        os=config.os,
        created=config.created or "",
        history=history,
    )


def _test(healthcheck: object) -> tuple[str, ...]:
    return _texts(healthcheck.get("Test")) if isinstance(healthcheck, Mapping) else ()


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    return tuple(each for each in listed if isinstance(each, str))


def _keys(value: object) -> tuple[str, ...]:
    """Names of a set, which Go writes as an object of empty objects."""
    return tuple(sorted(str(each) for each in value)) if isinstance(value, Mapping) else ()
