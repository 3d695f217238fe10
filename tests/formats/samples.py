"""Reports to render: one with a little of everything, and any that hypothesis can think of."""

from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from hullmark.model import (
    Artifact,
    ArtifactKind,
    Decision,
    Digest,
    Distribution,
    Evidence,
    Finding,
    Fix,
    Gap,
    Kind,
    Layer,
    LayerState,
    Package,
    Report,
    Rule,
    Severity,
    Verdict,
)
from hullmark.model.advice import BaseAdvice
from hullmark.model.exposure import Exposure
from hullmark.model.upgrade import Upgrade


def digest(digit: str) -> Digest:
    return Digest(f"sha256:{digit * 64}")


def layer(digit: str, **known) -> Layer:
    return Layer(
        **{
            "digest": digest(digit),
            "diff_id": digest(digit),
            "size_bytes": 74_812_345,
            "media_type": "application/vnd.oci.image.layer.v1.tar+gzip",
            "state": LayerState.EXTERNAL,
            **known,
        }
    )


RULE = Rule(
    id="layer-digest-mismatch",
    title="Layer is not what the manifest promised",
    kind=Kind.INTEGRITY,
    severity=Severity.CRITICAL,
    why="Somebody changed the bytes after they were pushed.",
    remediation="Pull the image again.",
    references=("https://example.org/layer-digest-mismatch",),
)

FULL = Report(
    tool="hullmark 0.1.0",
    sandbox="landlock, seccomp",
    artifact=Artifact(
        kind=ArtifactKind.IMAGE,
        name="registry.example/team/shop:1.2",
        digest=digest("1"),
        config=digest("2"),
        platform="linux/amd64",
        created="2026-01-02T03:04:05.678+01:00",
        layers=(
            layer("a", command="/bin/sh -c #(nop) ADD file:5a5d in / "),
            layer("b", size_bytes=812, state=LayerState.SELF),
            layer("c", state=LayerState.UNREAD, command="COPY app /app # buildkit"),
            layer("d", size_bytes=2_812_345_678, state=LayerState.MISMATCH),
        ),
    ),
    distribution=Distribution(
        id="debian",
        version="12",
        name="Debian GNU/Linux 12 (bookworm)",
        codename="bookworm",
        path="etc/os-release",
        end_of_life="2028-06-30",
    ),
    packages=(
        Package(
            type="deb",
            namespace="debian",
            name="libssl3",
            version="3.0.15-1~deb12u1",
            qualifiers={"arch": "amd64"},
            path="var/lib/dpkg/status",
            layer=digest("a"),
            licences=("Apache-2.0", "Artistic-1.0-Perl OR GPL-1.0-or-later"),
            source="openssl",
            source_version="3.0.15-1~deb12u1",
        ),
        Package(
            type="golang",
            namespace="github.com/spf13",
            name="cobra",
            version="v1.8.1",
            path="usr/bin/tool",
            layer=digest("b"),
        ),
        Package(
            type="maven",
            namespace="org.slf4j",
            name="slf4j-api",
            version="2.0.1",
            path="app/app.jar!/lib/slf4j-api.jar",
            layer=digest("b"),
            licences=("LicenseRef-slf4j-own",),
        ),
        Package(
            type="npm",
            namespace="@babel",
            name="core",
            version="7.26.0",
            path="app/node_modules/@babel/core/package.json",
            layer=digest("b"),
            licences=("MIT",),
        ),
        Package(
            type="npm",
            namespace="@babel",
            name="core",
            version="7.26.0",
            path="srv/node_modules/@babel/core/package.json",
            layer=digest("c"),
            licences=("MIT",),
        ),
        Package(
            type="pypi",
            name="flask",
            path="srv/requirements.txt",
            layer=digest("c"),
            licences=("DocumentRef-list:LicenseRef-7",),
            declared=True,
        ),
    ),
    findings=(
        Finding(
            rule="layer-digest-mismatch",
            kind=Kind.INTEGRITY,
            severity=Severity.CRITICAL,
            subject=digest("d"),
            evidence=Evidence(
                at="layer 4",
                says=f"the blob is {digest('e')}",
                layer=digest("d"),
            ),
            fix=Fix(says="pull the image again"),
        ),
        Finding(
            rule="CVE-2026-0001",
            aliases=("GHSA-aaaa-bbbb-cccc",),
            kind=Kind.VULNERABILITY,
            severity=Severity.HIGH,
            subject="pkg:npm/%40babel/core@7.26.0",
            evidence=Evidence(at="version", says="7.26.0 is affected", path="app/x.json", line=3),
            fix=Fix(says="upgrade", value="7.26.10"),
            score=7.5,
        ),
    ),
    upgrades=(Upgrade(package="@babel/core", version="7.26.0", to="7.26.10", ends=1),),
    gaps=(
        *(
            Gap(unit="npm-package", subject=f"srv/a{number}/package.json", why="not JSON")
            for number in range(5)
        ),
        Gap(unit="jar", subject="app/x.jar", why="encrypted members are not read"),
    ),
    rules={RULE.id: RULE},
    decision=Decision(
        verdict=Verdict.DENY,
        because=(f"layer-digest-mismatch {digest('d')}",),
        policy="broken integrity is never accepted",
    ),
    units={"dpkg-status": 1, "npm-package": 2},
    feeds={"osv": "2026-11-21"},
)

BARE = Report(artifact=Artifact(kind=ArtifactKind.TREE, name="srv"))


def many(count: int) -> Report:
    """A report with so many packages, of five ecosystems in turn."""
    shapes: list[dict[str, Any]] = [
        {"type": "deb", "namespace": "debian", "qualifiers": {"arch": "amd64"}, "source": "src"},
        {"type": "npm", "namespace": "@babel", "licences": ("MIT",)},
        {"type": "pypi", "licences": ("MIT OR Apache-2.0", "BSD-3-Clause")},
        {"type": "maven", "namespace": "org.apache"},
        {"type": "golang", "namespace": "github.com/acme"},
    ]
    packages = (
        Package(
            name=f"name{number}",
            version=f"1.{number % 90}+b{number % 4}",
            path=f"usr/lib/node_modules/name{number}/package.json",
            layer=digest("ab"[number % 2]),
            **shapes[number % 5],
        )
        for number in range(count)
    )
    layers = (layer("a"), layer("b"))
    image = Artifact(kind=ArtifactKind.IMAGE, name="many", digest=digest("1"), layers=layers)
    return Report(artifact=image, packages=tuple(packages))


texts = st.text(max_size=12) | st.sampled_from(["\x1b[2J", "[red]", "\u202e", "\n", "a\tb", "名前"])
digests = st.sampled_from([digest("a"), digest("b"), Digest("")])
layers = st.builds(
    Layer,
    digest=digests,
    diff_id=digests,
    size_bytes=st.integers(0, 10**13),
    media_type=texts,
    state=st.sampled_from(LayerState),
    command=texts,
)
artifacts = st.builds(
    Artifact,
    kind=st.sampled_from(ArtifactKind),
    name=texts,
    digest=digests,
    config=digests,
    platform=texts,
    created=texts | st.datetimes().map(lambda moment: f"{moment.isoformat()}Z"),
    layers=st.lists(layers, max_size=3).map(tuple),
    exposure=st.none()
    | st.builds(
        Exposure,
        root=st.booleans(),
        ports=st.lists(texts, max_size=2).map(tuple),
        entry=st.lists(texts, max_size=2).map(tuple),
        folder=texts,
    ),
)
distributions = st.builds(
    Distribution,
    id=texts,
    version=texts,
    name=texts,
    like=st.lists(texts, max_size=2).map(tuple),
    end_of_life=st.sampled_from(["", "2028-06-30"]),
)
packages = st.builds(
    Package,
    type=st.sampled_from(["deb", "npm", "pypi", "maven", "golang"]),
    name=texts.filter(str.strip),
    version=texts,
    namespace=texts,
    path=texts,
    layer=digests,
    licences=st.lists(
        st.sampled_from(["MIT", "MIT OR Apache-2.0", "LicenseRef-a", "LicenseRef-b.c-d"]),
        max_size=3,
    ).map(tuple),
    source=texts,
    declared=st.booleans(),
    direct=st.none() | st.booleans(),
    development=st.booleans(),
    requires=st.lists(st.sampled_from(["pkg:npm/a@1", "pkg:deb/b"]), max_size=2).map(tuple),
)
evidences = st.builds(
    Evidence, at=texts, says=texts, path=texts, line=st.integers(0, 9), layer=digests
)
findings = st.builds(
    Finding,
    rule=texts | st.just(RULE.id),
    kind=st.sampled_from(Kind),
    severity=st.sampled_from(Severity),
    subject=texts,
    evidence=evidences,
    aliases=st.lists(texts, max_size=2).map(tuple),
    fix=st.none() | st.builds(Fix, says=texts, value=texts),
    score=st.none() | st.floats(0, 10),
)
decisions = st.builds(
    Decision,
    verdict=st.sampled_from(Verdict),
    because=st.lists(texts, max_size=12).map(tuple),
    policy=texts,
)
reports = st.builds(
    Report,
    artifact=artifacts,
    distribution=st.none() | distributions,
    packages=st.lists(packages, max_size=6).map(lambda many: (*many, *many[:2])),
    findings=st.lists(findings, max_size=3).map(tuple),
    gaps=st.lists(
        st.builds(Gap, unit=texts, subject=texts, why=texts, layer=digests), max_size=4
    ).map(tuple),
    rules=st.just({RULE.id: RULE}),
    decision=st.none() | decisions,
    units=st.dictionaries(texts, st.integers(0, 9), max_size=2),
    feeds=st.dictionaries(texts, texts, max_size=2),
    upgrades=st.lists(
        st.builds(
            Upgrade,
            package=texts,
            version=texts,
            to=texts,
            ends=st.integers(1, 9),
            leaves=st.lists(texts, max_size=2).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
    advice=st.lists(
        st.builds(
            BaseAdvice,
            base=texts,
            newer=texts,
            vulnerabilities=st.integers(1, 9),
            brought=st.integers(1, 9),
            fixable=st.integers(0, 9),
        ),
        max_size=1,
    ).map(tuple),
    sandbox=texts,
    tool=st.sampled_from(["", "hullmark 0.1.0", "hullmark"]),
)


LOCKED = Report(
    artifact=Artifact(kind=ArtifactKind.TREE, name="dir:srv"),
    packages=(
        Package(
            type="pypi",
            name="flask",
            version="3.1",
            path="uv.lock",
            declared=True,
            direct=True,
            development=True,
            requires=("pkg:pypi/werkzeug@3.0", "pkg:pypi/absent@1"),
        ),
        Package(
            type="pypi",
            name="werkzeug",
            version="3.0",
            path="uv.lock",
            declared=True,
            direct=False,
        ),
    ),
)
"""Packages of a lock that tells who asked for what."""

_TWICE = Package(type="npm", name="a", version="1", path="l", requires=("pkg:npm/a@1",))
ALIKE = Report(artifact=LOCKED.artifact, packages=(_TWICE, _TWICE))
"""Two packages of one name and place, the last of which requires itself."""

FLAW = Rule(
    id="CVE-2026-0002",
    title="Heap overflow in libssl",
    kind=Kind.VULNERABILITY,
    severity=Severity.HIGH,
    why="A heap overflow lets a peer run code (DSA-1).",
    remediation="Upgrade the package to a version that is not affected.",
    references=("https://example.org/a b?c=d#e", "javascript:alert(1)", "https://example.org/x"),
)


def flaw(package: Package, **known) -> Finding:
    return Finding(
        **{
            "rule": FLAW.id,
            "kind": Kind.VULNERABILITY,
            "severity": Severity.HIGH,
            "subject": package.purl,
            "evidence": Evidence(
                at=package.path,
                says=f"{package.full_name} {package.version} is affected, fixed in 4",
                path=package.path,
                layer=package.layer,
            ),
            "aliases": ("DSA-1-1", "GHSA-aaaa-bbbb-cccc"),
            "fix": Fix(says=f"upgrade {package.full_name} to 4", value="4"),
            "score": 81.2,
            **known,
        }
    )


VULNERABLE = replace(
    FULL,
    findings=(
        FULL.findings[0],
        *(flaw(package) for package in FULL.packages[:5] if package.type != "maven"),
        flaw(
            FULL.packages[2],
            rule="GHSA-xxxx-yyyy-zzzz",
            severity=Severity.MEDIUM,
            aliases=(),
            fix=None,
            score=None,
        ),
    ),
    rules={RULE.id: RULE, FLAW.id: FLAW},
    feeds={"Debian:12": "2026-11-21T00:00:00Z"},
)
"""Vulnerabilities: one of four packages, another without a fix; and another kind of finding."""

ATTACK = (
    "\x1b]0;owned\x07\x9b2J\r\n::error::x%0A##[error]x,y:z\u202e\ufffe]]>--><!--</script>"
    "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&lt;[a](https://evil.example){0}`$@x"
)
"""What whoever made an image may write, against every format at once."""


def attacked(text: str = ATTACK) -> Report:
    """A report in which every text is the attack."""
    sha = Digest(f"sha256:{text}")
    package = Package(
        type="npm", name=text.replace("\ud800", ""), path=text, layer=sha, source=text
    )
    rule = Rule(
        id=text,
        title=text,
        kind=Kind.VULNERABILITY,
        severity=Severity.LOW,
        why=text,
        remediation=text,
        references=(text, f"https://example.org/{text}", f"javascript:{text}"),
    )
    evidence = Evidence(at=text, says=text, path=text, line=3, layer=sha)
    finding = Finding(
        rule=text,
        kind=Kind.VULNERABILITY,
        severity=Severity.LOW,
        subject=package.purl,
        evidence=evidence,
        aliases=(text,),
        fix=Fix(says=text, value=text),
        score=12.0,
    )
    return Report(
        artifact=Artifact(
            kind=ArtifactKind.IMAGE,
            name=text,
            digest=sha,
            platform=text,
            created=text,
            layers=(layer("a", command=text, diff_id=sha),),
        ),
        distribution=Distribution(id=text, version=text, name=text),
        packages=(package,),
        findings=(finding, replace(finding, kind=Kind.SECRET, subject=text)),
        gaps=(Gap(unit=text, subject=text, why=text),),
        rules={text: rule},
        decision=Decision(verdict=Verdict.DENY, because=(text,), policy=text),
        units={text: 1},
        feeds={text: text},
        sandbox=text,
        tool=text,
    )
