"""Locks and manifests written by hand after their specifications, where no tool makes them here."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from bench.workshop import Make, Workshop, write

COMMIT = "4c2a6b1f0c9d97b3888a4aecf77e811145cadf6e"

GRADLE = """\
# This is a Gradle generated file for dependency locking.
# Manual edits can break the build and are not advised.
# This file is expected to be part of source control.
org.tree:leaf:1.0.0=compileClasspath,runtimeClasspath
org.tree:oak-core:2.1.0-rc1=compileClasspath
org.tree:check:3.0=testCompileClasspath
empty=annotationProcessor
"""

SBT = {
    "lockVersion": 1,
    "timestamp": "2026-01-01T00:00:00Z",
    "configurations": ["compile", "test"],
    "dependencies": [
        {
            "org": "org.tree",
            "name": name,
            "version": version,
            "artifacts": [],
            "configurations": [of],
        }
        for name, version, of in (("leaf_2.13", "1.0.0", "compile"), ("check_2.13", "3.0", "test"))
    ],
}

WORKFLOW = f"""\
name: check
on: push
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - name: pinned
        uses: example/tools/lint/deep@{COMMIT} # v2.1.0
      - uses: ./.github/actions/local
      - uses: docker://ghcr.io/example/tool:1
      - run: make
  call:
    uses: example/flows/.github/workflows/release.yml@main
"""

NUGET_LOCK = {
    "version": 1,
    "dependencies": {
        "net8.0": {
            "Oak.Tree": {
                "type": "Direct",
                "requested": "[2.1.0, )",
                "resolved": "2.1.0",
                "contentHash": "AA==",
                "dependencies": {"Leaf": "1.0.0"},
            },
            "Leaf": {"type": "Transitive", "resolved": "1.0.0", "contentHash": "AA=="},
            "own.part": {"type": "Project"},
        },
    },
}

CSPROJ = """\
<Project Sdk="Microsoft.NET.Sdk">
  <ItemGroup>
    <PackageReference Include="Oak.Tree" Version="2.1.0" />
    <PackageReference Include="Ranged" Version="[1.0,2.0)" />
  </ItemGroup>
</Project>
"""

PACKAGES_CONFIG = """\
<?xml version="1.0" encoding="utf-8"?>
<packages>
  <package id="Oak.Tree" version="2.1.0" targetFramework="net48" />
  <package id="Check" version="3.0.0" targetFramework="net48" developmentDependency="true" />
</packages>
"""

DEPS = {
    "runtimeTarget": {"name": ".NETCoreApp,Version=v8.0"},
    "targets": {
        ".NETCoreApp,Version=v8.0": {
            "own-app/1.0.0": {
                "dependencies": {"Oak.Tree": "2.1.0"},
                "runtime": {"own-app.dll": {}},
            },
            "Oak.Tree/2.1.0": {
                "dependencies": {"Leaf": "1.0.0"},
                "runtime": {"lib/net8.0/Oak.Tree.dll": {"assemblyVersion": "2.1.0.0"}},
            },
            "Leaf/1.0.0": {"runtime": {"lib/net8.0/Leaf.dll": {"assemblyVersion": "1.0.0.0"}}},
        }
    },
    "libraries": {
        "own-app/1.0.0": {"type": "project", "serviceable": False, "sha512": ""},
        "Oak.Tree/2.1.0": {"type": "package", "serviceable": True, "sha512": "sha512-AA=="},
        "Leaf/1.0.0": {"type": "package", "serviceable": True, "sha512": "sha512-AA=="},
    },
}

PODFILE = """\
PODS:
  - Leaf (1.0.0)
  - Oak/Core (2.1.0):
    - Leaf (~> 1.0)
  - Oak (2.1.0):
    - Oak/Core (= 2.1.0)

DEPENDENCIES:
  - Oak (~> 2.0)

SPEC REPOS:
  trunk:
    - Leaf
    - Oak

SPEC CHECKSUMS:
  Leaf: 0000000000000000000000000000000000000000
  Oak: 0000000000000000000000000000000000000000

PODFILE CHECKSUM: 0000000000000000000000000000000000000000

COCOAPODS: 1.15.2
"""

PUB = """\
packages:
  leaf:
    dependency: transitive
    description:
      name: leaf
      sha256: "00"
      url: "https://pub.dev"
    source: hosted
    version: "1.0.0"
  oak:
    dependency: "direct main"
    description:
      name: oak
      sha256: "00"
      url: "https://pub.dev"
    source: hosted
    version: "2.1.0+1"
  check:
    dependency: "direct dev"
    description:
      name: check
      sha256: "00"
      url: "https://pub.dev"
    source: hosted
    version: "3.0.0-rc.1"
sdks:
  dart: ">=3.0.0 <4.0.0"
"""

HASH = "0" * 64
LEAF = '{:leaf, "~> 1.0", [hex: :leaf, repo: "hexpm", optional: false]}'
MIX = f"""\
%{{
  "leaf": {{:hex, :leaf, "1.0.0", "{HASH}", [:mix], [], "hexpm", "{HASH}"}},
  "oak_tree": {{:hex, :oak_tree, "2.1.0-rc.1", "{HASH}", [:mix], [{LEAF}], "hexpm", "{HASH}"}},
}}
"""

REBAR = f"""\
{{"1.2.0",
[{{<<"leaf">>,{{pkg,<<"leaf">>,<<"1.0.0">>}},1}},
 {{<<"oak">>,{{pkg,<<"oak">>,<<"2.1.0">>}},0}}]}}.
[
{{pkg_hash,[
 {{<<"leaf">>, <<"{HASH}">>}},
 {{<<"oak">>, <<"{HASH}">>}}]}}
].
"""

STACK = """\
packages:
- completed:
    hackage: oak-tree-2.1.0@sha256:0000,1000
    pantry-tree: {sha256: "00", size: 100}
  original:
    hackage: oak-tree-2.1.0
snapshots: []
"""

FREEZE = """\
active-repositories: hackage.haskell.org:merge
constraints: any.leaf ==1.0.0,
             any.oak-tree ==2.1.0,
             oak-tree +fast
"""

CONDA_ENVIRONMENT = """\
name: own-app
channels: [conda-forge]
dependencies:
  - oak=2.1.0=h0123_0
  - leaf==1.0.0
  - pip
  - pip:
    - check==3.0
"""

CONDA_META = {
    "name": "oak",
    "version": "2.1.0",
    "build": "h0123_0",
    "build_number": 0,
    "channel": "conda-forge",
    "subdir": "linux-64",
    "license": "MIT",
    "files": ["lib/oak.so"],
    "fn": "oak-2.1.0-h0123_0.conda",
}

CHART = """\
apiVersion: v2
name: own-chart
version: 0.3.0
dependencies:
  - name: redis
    version: 18.6.1
    repository: https://charts.example/stable
"""

PIP_REQUIREMENTS = """\
# what is asked for
oak-tree==2.1.0 ; python_version >= "3.8"
Leaf_Green[extra]==1.0.0 \\
    --hash=sha256:0000000000000000000000000000000000000000000000000000000000000000
open>=1.0
check==3.*
-e git+https://code.example/tree/elm.git@v1.0#egg=elm
--extra-index-url https://index.example/simple
"""


def swift_pins(version: int) -> Mapping[str, object]:
    """Return a lock of Swift at one version of its format."""
    state = {"revision": COMMIT, "version": "2.1.0"}
    url = "https://code.example/tree/oak.git"
    if version == 1:
        pin = {"package": "oak", "repositoryURL": url, "state": state | {"branch": None}}
        return {"object": {"pins": [pin]}, "version": 1}
    pin = {"identity": "oak", "kind": "remoteSourceControl", "location": url, "state": state}
    return {"pins": [pin], "version": version}


def texts(files: Mapping[str, str | Mapping[str, object]], _shop: Workshop, folder: Path) -> None:
    """Write some files."""
    for path, content in files.items():
        write(folder / path, content)


TEXTS: Mapping[str, Mapping[str, str | Mapping[str, object]]] = {
    "gradle": {"gradle.lockfile": GRADLE, "part/buildscript-gradle.lockfile": GRADLE},
    "sbt": {"build.sbt.lock": SBT},
    "github": {".github/workflows/check.yml": WORKFLOW},
    "nuget lock": {"packages.lock.json": NUGET_LOCK},
    "nuget project": {"own.csproj": CSPROJ, "old/packages.config": PACKAGES_CONFIG},
    "dotnet deps": {"own-app.deps.json": DEPS},
    "cocoapods": {"Podfile.lock": PODFILE},
    **{f"swift {n}": {"Package.resolved": swift_pins(n)} for n in (1, 2, 3)},
    "pub": {"pubspec.lock": PUB},
    "mix": {"mix.lock": MIX},
    "rebar": {"rebar.lock": REBAR},
    "stack": {"stack.yaml.lock": STACK},
    "cabal": {"cabal.project.freeze": FREEZE},
    "conda environment": {"environment.yml": CONDA_ENVIRONMENT},
    "conda": {"opt/conda/conda-meta/oak-2.1.0-h0123_0.json": CONDA_META},
    "helm": {"Chart.yaml": CHART},
    "requirements": {"requirements.txt": PIP_REQUIREMENTS},
}

CASES: Mapping[str, Make] = {name: partial(texts, files) for name, files in TEXTS.items()}
