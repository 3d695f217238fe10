"""Chart.yaml: a Helm chart, and the charts that it asks for.

Format: https://helm.sh/docs/topics/charts/#the-chartyaml-file. Helm 2 kept what a chart asks for in
requirements.yaml. The licence is an annotation of
https://artifacthub.io/docs/topics/annotations/helm/
"""

from collections.abc import Iterator, Mapping
from re import compile as regex

from msgspec import Struct

from hullmark.licences import spdx
from hullmark.model import File, Package, ParseError
from hullmark.model.helm import chart
from hullmark.unit import parser

LICENCE = "artifacthub.io/license"

_exact = regex(r"v?[0-9]+\.[0-9]+\.[0-9]+(?:[-+][0-9A-Za-z.+-]+)?\Z").match


class Dependency(Struct, frozen=True):
    """One chart asked for; its version may be a range."""

    name: str
    version: str = ""
    repository: str | None = None


class Chart(Struct, frozen=True):
    """The fields that are read."""

    name: str = ""
    version: str = ""
    annotations: Mapping[str, object] | None = None
    dependencies: tuple[Dependency, ...] | None = None


@parser(
    id="helm-chart",
    names=("Chart.yaml", "requirements.yaml"),
    declared=True,
    example=File(
        path="srv/chart/Chart.yaml",
        content=b"apiVersion: v2\nname: weir\nversion: 0.3.0\n"
        b"annotations: {artifacthub.io/license: Apache-2.0}\ndependencies:\n"
        b"- {name: redis, version: 18.6.1, repository: 'https://charts.example/stable'}\n"
        b"- {name: common, version: ^2.0.0, repository: 'oci://registry.example/charts'}\n",
    ),
    expect=(
        "pkg:helm/weir@0.3.0",
        "pkg:helm/redis@18.6.1?repository_url=https://charts.example/stable",
        "pkg:helm/common?repository_url=oci://registry.example/charts",
    ),
)
def helm_chart(file: File) -> Iterator[Package]:
    """Yield the chart itself with its licence, and what it asks for, which it requires.

    A version is told where exactly one is asked for; which one a range came to stands in the lock.
    A requirements.yaml of another tool yields nothing.
    """
    whole = file.name == "Chart.yaml"
    if not whole and b"dependencies:" not in file.data:
        return
    read = file.yaml(Chart)
    asked = [
        chart(
            each.name,
            each.version if _exact(each.version) else "",
            each.repository or "",
            file.path,
        )
        for each in read.dependencies or ()
    ]
    if whole and read.name:
        stated = (read.annotations or {}).get(LICENCE)
        licence = spdx(stated) if isinstance(stated, str) else ""
        yield Package(
            type="helm",
            name=read.name,
            version=read.version,
            path=file.path,
            licences=(licence,) if licence else (),
            requires=tuple(package.purl for package in asked),
        )
    yield from asked
    if whole and not read.name:
        raise ParseError(file.path, "a chart without a name")
