"""Files that differ from what their package shipped."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from hullmark.model import Evidence, Finding, Gap, Rule, Severity
from hullmark.model.finding import Kind
from hullmark.model.shipped import Shipped
from hullmark.scan.facts import CONTENT, Contents

ALTERED = Rule(
    id="altered-packaged-file",
    title="Program or library differs from what its package shipped",
    kind=Kind.INTEGRITY,
    severity=Severity.HIGH,
    why="The package manager keeps a digest of each file that a package brought, and this file has "
    "another. Somebody replaced or changed it after the package was installed: a backdoored "
    "program does that, and so does a build that patches files in place.",
    remediation="Find the layer that changed it and say why it does; else install the package anew "
    "and build the image from what you trust.",
    references=("https://attack.mitre.org/techniques/T1554/",),
)


def altered(
    layers: Sequence[Contents],
    layer_of: Mapping[str, int],
    shipped: Iterable[Shipped],
    aliases: Mapping[str, str],
    labels: Sequence[str],
    *,
    told_as: Mapping[str, str],
) -> Iterator[Finding | Gap]:
    """A finding for each visible file of which no package promises the digest it has.

    Those that were not summed as their packages sum are one gap.

    ``layer_of`` are visible files and the numbers of their layers, ``aliases`` the root's links
    (``lib`` to ``usr/lib``), by which packages may name files, and ``told_as`` the names by which
    layers tell of files behind links.
    """
    promised = _promised(shipped, aliases)
    real = {name: path for path, name in told_as.items()}
    missed: list[str] = []
    for number, contents in enumerate(layers):
        measured = _measured(contents.digests)
        for name, digests in measured.items():
            path = real.get(name, name)
            known = promised.get(path)
            if known is None or layer_of.get(path) != number:
                continue
            comparable = [each for each in known if each[0] in digests]
            if not comparable:
                missed.append(path)
                continue
            if any(digests[each[0]] == each[1] for each in comparable):
                continue
            algorithm, digest, package = comparable[0]
            yield Finding(
                rule=ALTERED.id,
                kind=ALTERED.kind,
                severity=ALTERED.severity,
                subject=path,
                evidence=Evidence(
                    at=path,
                    says=f"package {package} shipped {algorithm} {digest}, the file has "
                    f"{digests[algorithm]}",
                    path=path,
                    layer=labels[number],
                ),
            )
    if missed:
        why = f"not held against what its package shipped: {len(missed)} files in all"
        yield Gap(unit=CONTENT, subject=min(missed), why=why)


def _promised(
    shipped: Iterable[Shipped], aliases: Mapping[str, str]
) -> dict[str, list[tuple[str, str, str]]]:
    """Algorithm, digest and package by path; of one diverted file several packages speak."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for each in shipped:
        for line in each.sums.split(b"\n"):
            digest, _, name = line.partition(b" ")
            path = name.decode(errors="backslashreplace")
            first, slash, rest = path.partition("/")
            if slash and first in aliases:
                path = f"{aliases[first]}/{rest}"
            found.setdefault(path, []).append((each.algorithm, digest.decode(), each.package))
    return found


def _measured(digests: bytes) -> dict[str, dict[str, str]]:
    """Digests by path and algorithm."""
    found: dict[str, dict[str, str]] = {}
    for line in digests.split(b"\0"):
        algorithm, _, rest = line.decode().partition(" ")
        digest, _, path = rest.partition(" ")
        if path:
            found.setdefault(path, {})[algorithm] = digest
    return found
