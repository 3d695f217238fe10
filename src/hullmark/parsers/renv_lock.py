"""renv.lock: the exact packages of an R project.

Format: https://rstudio.github.io/renv/articles/lockfile.html; since renv 1.1 each record holds
the fields of the package's DESCRIPTION.
"""

from collections.abc import Iterator

from msgspec import Struct, field

from hullmark.licences import spdx
from hullmark.model import File, Package
from hullmark.model.by_name import related
from hullmark.model.r_package import BIOCONDUCTOR, statements
from hullmark.unit import parser

_HOSTS = {
    "api.github.com": "https://github.com",
    "api.bitbucket.org/2.0": "https://bitbucket.org",
}
"""Where code lies that these serve by programming interface."""

Names = tuple[str, ...] | str
"""Names, with bounds in parentheses."""


class Record(Struct, frozen=True, rename="pascal"):
    """One package; ``requirements`` was written before the fields of DESCRIPTION were."""

    package: str
    version: str = ""
    source: str = ""
    license: str = ""
    depends: Names = ()
    imports: Names = ()
    linking_to: Names = ()
    requirements: Names = ()
    remote_host: str = ""
    remote_username: str = ""
    remote_repo: str = ""
    remote_sha: str = ""
    remote_url: str = ""


class Lock(Struct, frozen=True):
    """The part of the file that is read."""

    packages: dict[str, Record] = field(name="Packages")


@parser(
    id="renv-lock",
    names=("renv.lock",),
    declared=True,
    example=File(
        path="srv/renv.lock",
        content=b"""{"R": {"Version": "4.4.1"}, "Packages": {
  "glue": {"Package": "glue", "Version": "1.7.0", "Source": "Repository", "Repository": "CRAN",
    "License": "MIT + file LICENSE", "Depends": ["R (>= 3.6)"]},
  "tool": {"Package": "tool", "Version": "0.2.0", "Source": "GitHub", "License": "GPL-3",
    "Imports": ["glue (>= 1.6.2)", "stats"], "RemoteHost": "api.github.com",
    "RemoteUsername": "example", "RemoteRepo": "tool", "RemoteSha": "4c2a6b1f0c9d"}
}}""",
    ),
    expect=(
        "pkg:cran/glue@1.7.0",
        "pkg:cran/tool@0.2.0?vcs_url=git%2Bhttps://github.com/example/tool%404c2a6b1f0c9d",
    ),
)
def renv_lock(file: File) -> Iterator[Package]:
    """Yield every package; what comes from a repository of code bears its ``vcs_url``.

    The lock does not tell which packages the project itself asks for.
    """
    records = file.json(Lock).packages.values()
    packages = {record.package: _package(file, record) for record in records}
    yield from related(packages, {record.package: _needs(record) for record in records})


def _needs(record: Record) -> Iterator[str]:
    for names in (record.depends, record.imports, record.linking_to, record.requirements):
        for name in names.split(",") if isinstance(names, str) else names:
            yield name.partition("(")[0].strip()


def _package(file: File, record: Record) -> Package:
    licences = " OR ".join(filter(None, map(spdx, statements(record.license))))
    return Package(
        type="cran",
        name=record.package,
        version=record.version,
        qualifiers=_origin(record),
        licences=(licences,) if licences else (),
        path=file.path,
        declared=True,
    )


def _origin(record: Record) -> dict[str, str]:
    if record.source == "Bioconductor":
        return {"repository_url": BIOCONDUCTOR}
    if record.source in ("", "Repository", "CRAN", "URL", "Local", "unknown"):
        return {}
    url = record.remote_url
    if not url and record.remote_host and record.remote_repo:
        host = _HOSTS.get(record.remote_host) or f"https://{record.remote_host}"
        url = f"{host}/{record.remote_username}/{record.remote_repo}"
    commit = f"@{record.remote_sha}" if record.remote_sha else ""
    return {"vcs_url": f"git+{url}{commit}"} if url else {}
