"""Settings of the Docker daemon: daemon.json."""

from hullmark.model import File

DAEMON_JSON = ("etc/docker/daemon.json", "**/.config/docker/daemon.json")
MANUAL = "https://docs.docker.com/reference/cli/dockerd/#daemon-configuration-file"


def daemon_settings(file: File) -> dict[str, object]:
    """The settings by name; ``ParseError`` when the file is no JSON."""
    return file.json(dict[str, object])


def texts(value: object) -> list[str]:
    """The texts of a list; nothing of anything else."""
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
