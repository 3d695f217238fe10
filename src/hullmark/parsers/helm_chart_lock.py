"""Chart.lock and requirements.lock: the charts that a Helm chart was resolved to.

Format: https://helm.sh/docs/helm/helm_dependency/ - requirements.lock is that of Helm 2.
"""

from collections.abc import Iterator

from msgspec import Struct

from hullmark.model import File, Package
from hullmark.model.helm import chart
from hullmark.unit import parser


class Locked(Struct, frozen=True):
    """One chart; one that lies in the project has no repository, or one that begins ``file://``."""

    name: str
    version: str
    repository: str | None = None


class Lock(Struct, frozen=True):
    """The part of the file that is read."""

    dependencies: tuple[Locked, ...] = ()


@parser(
    id="helm-chart-lock",
    names=("Chart.lock", "requirements.lock"),
    declared=True,
    example=File(
        path="srv/chart/Chart.lock",
        content=b"dependencies:\n- name: redis\n  repository: https://charts.example/stable\n"
        b"  version: 18.6.1\ndigest: sha256:5ca1ab1e\ngenerated: '2026-01-01T00:00:00Z'\n",
    ),
    expect=("pkg:helm/redis@18.6.1?repository_url=https://charts.example/stable",),
)
def helm_chart_lock(file: File) -> Iterator[Package]:
    """Yield every chart with its exact version; all are direct, since charts below lock their own.

    A requirements.lock of another tool yields nothing.
    """
    if file.name == "requirements.lock" and b"dependencies:" not in file.data:
        return
    for each in file.yaml(Lock).dependencies:
        yield chart(each.name, each.version, each.repository or "", file.path)
