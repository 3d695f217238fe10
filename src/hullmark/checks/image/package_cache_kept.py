"""Downloads and lists that package managers left in the image."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import holding, sound
from hullmark.checks.image_facts import MAX_EACH, short
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image
from hullmark.model.phrases import decimal

FOLDERS_OF_CACHES = (
    "var/cache/apt/archives/",
    "var/lib/apt/lists/",
    "var/cache/apk/",
    "etc/apk/cache/",
    "var/cache/dnf/",
    "var/cache/yum/",
    "var/cache/zypp/",
    "var/cache/libdnf5/",
    "var/cache/tdnf/",
    "var/cache/pacman/pkg/",
    "var/lib/pacman/sync/",
    "var/cache/ldconfig/",
    "var/cache/xbps/",
    "root/.cache/",
    "root/.npm/_cacache/",
    "root/.cargo/registry/",
    "root/.cargo/git/",
    "root/.m2/repository/",
    "root/.gradle/caches/",
    "root/go/pkg/mod/cache/",
    "go/pkg/mod/cache/",
    "usr/local/cargo/registry/",
    "usr/local/share/.cache/",
    "root/.nuget/packages/",
    "root/.bundle/cache/",
    "root/.composer/cache/",
    "root/.conda/pkgs/",
    "opt/conda/pkgs/",
    "root/.ivy2/",
    "root/.gem/",
    "root/.pub-cache/",
    "root/.cpan/",
    "root/.cpanm/",
    "root/.stack/",
    "root/.cabal/packages/",
    "root/.local/share/pnpm/store/",
    "root/.yarn/cache/",
    "home/node/.npm/",
    "var/cache/brew/",
    "var/cache/luarocks/",
)
ABOVE = ("var/", "root/", "home/", "go/", "opt/conda/", "etc/apk/", "usr/local/")
"""Folders that hold all of them."""

IN_HOMES = (
    ".cache",
    ".npm/_cacache",
    ".cargo/registry",
    ".m2/repository",
    ".gradle/caches",
    "go/pkg/mod/cache",
    ".composer/cache",
    ".nuget/packages",
)
LEAST_BYTES = 100_000
"""What is smaller is a lock file or an empty index."""


@image_check(
    id="package-cache-kept",
    title="Caches of package managers are in the image",
    severity=Severity.LOW,
    remediation=(
        "Clean in the same RUN, mount the cache (RUN --mount=type=cache), or copy the result from "
        "another build stage."
    ),
    references=("https://docs.docker.com/build/cache/optimize/#use-cache-mounts",),
    bad=lambda: (
        holding("var/lib/apt/lists/deb.example_Packages", size_bytes=9_000_000),
        holding("root/.cache/pip/http/0/1/2", size_bytes=9_000_000),
        holding("home/jo/.m2/repository/a/a.jar", size_bytes=200_000),
    ),
    good=lambda: (
        sound(),
        holding("var/lib/apt/lists/lock", size_bytes=0),
        holding("home/jo/.config/x", size_bytes=200_000),
    ),
)
def package_cache_kept(image: Image) -> Iterator[Evidence]:
    """No container reads them, but every node pulls and keeps them."""
    found: dict[str, list[str]] = {}
    for path in image.files:
        place = _cache_of(path) if path.startswith(ABOVE) else ""
        if place:
            found.setdefault(place, []).append(path)
    told = 0
    for place, paths in sorted(found.items()):
        size_bytes = sum(image.files[path] for path in paths)
        if size_bytes >= LEAST_BYTES and told < MAX_EACH:
            told += 1
            yield Evidence(
                at=place,
                says=f"{decimal(size_bytes)} in {len(paths)} files below {short(place)}",
                path=place,
                layer=image.layer_of.get(paths[0], ""),
            )


def _cache_of(path: str) -> str:
    """The cache that a file lies in; empty if in none."""
    if path.startswith(FOLDERS_OF_CACHES):
        return next(each for each in FOLDERS_OF_CACHES if path.startswith(each)).rstrip("/")
    if path.startswith("home/"):
        _, name, *rest = path.split("/", 2)
        for each in IN_HOMES:
            if rest and rest[0].startswith(f"{each}/"):
                return f"home/{name}/{each}"
    return ""
