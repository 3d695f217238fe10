"""MinIO: the root user that everybody knows."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.passwords import drawn
from hullmark.model import Severity
from hullmark.model.rule import Confidence


@secret(
    id="minio-default-password",
    title="MinIO with its default password",
    severity=Severity.HIGH,
    confidence=Confidence.CERTAIN,
    pattern=(
        r"\b(?:MINIO_ROOT_PASSWORD|MINIO_SECRET_KEY)[\"\']?[ \t]{0,4}[:=][ \t]{0,4}[\"\']"
        r"?(minioadmin|minio123|minio|password|miniostorage)\b"
    ),
    anchor=(
        r"\b(?:MINIO_ROOT_PASSWORD|MINIO_SECRET_KEY)[\"\']?[ \t]{0,4}[:=][ \t]{0,4}[\"\']"
        r"?(minioadmin|minio123|minio|password|miniostorage)\b"
    ),
    max_chars=70,
    keywords=("MINIO_",),
    names=("*.env", ".env", "*.sh", "*.yml", "*.yaml", "minio", "Dockerfile*", ".bash_history"),
    path="etc/default/minio.env",
    remediation="Set a password of its own from a mounted file.",
    references=(
        "https://min.io/docs/minio/linux/reference/minio-server/settings/root-credentials.html",
    ),
    bad=lambda random: random.choice(
        (
            "MINIO_ROOT_PASSWORD=minioadmin",
            'MINIO_ROOT_PASSWORD: "minio123"',
            "MINIO_SECRET_KEY=minioadmin",
        )
    ),
    good=lambda random: random.choice(
        (
            "MINIO_ROOT_USER=minioadmin",
            f"MINIO_ROOT_PASSWORD={drawn(random)}",
            "MINIO_ROOT_PASSWORD=${ROOT}",
            "MINIO_ROOT_PASSWORD_FILE=/run/secrets/minio",
        )
    ),
)
def minio_default_password(_: str) -> Claim | None:
    """Anybody who reaches the store reads, writes and deletes every bucket."""
    return NOTHING_MORE
