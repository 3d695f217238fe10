"""Lock files of npm, Yarn and pnpm, those of npm written by npm itself where it is installed."""

from base64 import b64encode
from contextlib import contextmanager
from hashlib import sha1, sha512
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from json import dumps, loads
from os import environ
from shutil import which
from subprocess import run
from tarfile import TarInfo
from tarfile import open as open_tar
from threading import Thread
from urllib.parse import unquote

import pytest

from hullmark.model import File, ParseError
from hullmark.parsers.npm_package_lock import npm_package_lock
from hullmark.parsers.pnpm_lock import MAX_DOCUMENTS, pnpm_lock
from hullmark.parsers.yarn_lock import MAX_CLASSIC_BYTES, yarn_lock

RELEASES = (
    {"name": "demo", "version": "1.0.0", "license": "MIT", "dependencies": {"@oak/leaf": "^1.0.0"}},
    {"name": "@oak/leaf", "version": "1.2.3", "license": "ISC"},
    {"name": "@oak/leaf", "version": "2.0.0", "license": "ISC"},
    {"name": "tool", "version": "3.0.0", "peerDependencies": {"demo": "*"}},
)
PROJECT = {
    "name": "app",
    "version": "1.0.0",
    "private": True,
    "workspaces": ["parts/*"],
    "dependencies": {"demo": "^1.0.0", "green": "npm:@oak/leaf@2.0.0"},
    "devDependencies": {"tool": "3.0.0"},
}
OLD, NEW, DEMO, TOOL = LOCKED = [
    "%40oak/leaf@1.2.3",
    "%40oak/leaf@2.0.0",
    "demo@1.0.0",
    "tool@3.0.0",
]


def parsed(unit, content, path=""):
    content = content if isinstance(content, bytes) else content.encode()
    packages = list(unit.parse(File(path=path or unit.example.path, content=content)))
    assert all(package.declared for package in packages)
    return packages


def purls(unit, content, path=""):
    return [package.purl.removeprefix("pkg:npm/") for package in parsed(unit, content, path)]


def relations(unit, content):
    """Of each package whether it is direct and for development, and what it requires."""
    return {
        package.purl.removeprefix("pkg:npm/"): (
            package.direct,
            package.development,
            [each.removeprefix("pkg:npm/") for each in package.requires],
        )
        for package in parsed(unit, content)
    }


def tarball(manifest):
    """What ``npm pack`` makes of a package that has a manifest alone."""
    data, packed = dumps(manifest).encode(), BytesIO()
    member = TarInfo("package/package.json")
    member.size = len(data)
    with open_tar(fileobj=packed, mode="w:gz") as archive:
        archive.addfile(member, BytesIO(data))
    return packed.getvalue()


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        name, _, version = unquote(self.path).strip("/").removesuffix(".tgz").partition("/-/")
        files = self.server.files
        if version:
            body = files[name, version.rpartition("-")[2]]
        else:
            own = [each for each in RELEASES if each["name"] == name]
            body = dumps(
                {
                    "name": name,
                    "dist-tags": {"latest": own[-1]["version"]} if own else {},
                    "versions": {each["version"]: self.release(each) for each in own},
                }
            ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def release(self, manifest):
        name, version = manifest["name"], manifest["version"]
        data = self.server.files[name, version]
        file = f"{name}/-/{name.rpartition('/')[2]}-{version}.tgz"
        dist = {
            "tarball": f"http://127.0.0.1:{self.server.server_port}/{file}",
            "shasum": sha1(data).hexdigest(),
            "integrity": f"sha512-{b64encode(sha512(data).digest()).decode()}",
        }
        return {**manifest, "dist": dist}

    def log_message(self, *_):
        pass


@contextmanager
def serving():
    """A registry of this machine's own, with four releases."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    server.files = {(each["name"], each["version"]): tarball(each) for each in RELEASES}
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def registry():
    with serving() as address:
        yield address


def projected(folder):
    """A project with a workspace, in this folder."""
    (folder / "package.json").write_text(dumps(PROJECT))
    (folder / "parts/part").mkdir(parents=True)
    (folder / "parts/part/package.json").write_text('{"name": "part", "version": "0.1.0"}')
    return folder


@pytest.fixture
def project(tmp_path):
    return projected(tmp_path)


def tool(name, *arguments, cwd, **settings):
    """Run a tool in peace from the settings and caches of whoever runs the tests."""
    if which(name) is None:
        pytest.skip(f"needs {name}")
    own = {key: value for key, value in environ.items() if not key.lower().startswith("npm_")}
    home = {"HOME": str(cwd), "npm_config_cache": str(cwd / "cache"), "CI": ""}
    return run(
        [name, *arguments],
        cwd=cwd,
        env={**own, **home, **settings},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def yarn(wanted, cwd):
    """The command of a Yarn of this kind; later ones may be installed as ``yarn-berry``."""
    for name in ("yarn", "yarn-berry"):
        if which(name):
            version = tool(name, "--version", cwd=cwd).stdout.strip()
            if (version.partition(".")[0] == "1") == (wanted == "1"):
                return name
    return pytest.skip(f"needs yarn {wanted}")


@pytest.mark.parametrize("version", ["1", "2", "3"])
def test_every_version_of_a_lock_written_by_npm_is_read(project, registry, version):
    done = tool(
        "npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--registry", registry,
        "--lockfile-version", version, cwd=project,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    lock = (project / "package-lock.json").read_bytes()
    assert loads(lock)["lockfileVersion"] == int(version)
    assert sorted(purls(npm_package_lock, lock)) == LOCKED
    licences = {package.name: package.licences for package in parsed(npm_package_lock, lock)}
    assert licences["leaf"] == (() if version == "1" else ("ISC",))
    told = version != "1"
    assert relations(npm_package_lock, lock) == {
        OLD: (False if told else None, False, []),
        NEW: (True if told else None, False, []),
        DEMO: (True if told else None, False, [OLD]),
        TOOL: (True if told else None, True, [DEMO] if told else []),
    }


def test_a_shrinkwrap_written_by_npm_is_read(project, registry):
    quiet = ("--no-audit", "--no-fund", "--registry", registry)
    assert not tool("npm", "install", "--ignore-scripts", *quiet, cwd=project).returncode
    done = tool("npm", "shrinkwrap", cwd=project)
    assert done.returncode == 0, done.stderr
    lock = (project / "npm-shrinkwrap.json").read_bytes()
    assert sorted(purls(npm_package_lock, lock, "npm-shrinkwrap.json")) == LOCKED


def test_a_lock_written_by_yarn_1_is_read(project, registry):
    done = tool(yarn("1", project), "install", "--registry", registry, cwd=project)
    assert done.returncode == 0, done.stderr
    assert relations(yarn_lock, (project / "yarn.lock").read_bytes()) == {
        OLD: (None, False, []),
        NEW: (None, False, []),
        DEMO: (None, False, [OLD]),
        TOOL: (None, False, []),
    }


def test_a_lock_written_by_a_later_yarn_is_read(project, registry):
    berry = yarn("2 or later", project)
    (project / "yarn.lock").write_text("")
    settings = {
        "YARN_NPM_REGISTRY_SERVER": registry,
        "YARN_UNSAFE_HTTP_WHITELIST": "127.0.0.1",
        "YARN_ENABLE_IMMUTABLE_INSTALLS": "0",
        "YARN_ENABLE_TELEMETRY": "0",
        "YARN_NPM_MINIMAL_AGE_GATE": "0",
    }
    done = tool(berry, "install", cwd=project, **settings)
    assert done.returncode == 0, done.stdout
    assert relations(yarn_lock, (project / "yarn.lock").read_bytes()) == {
        OLD: (False, False, []),
        NEW: (True, False, []),
        DEMO: (True, False, [OLD]),
        TOOL: (True, False, []),
    }


def test_a_lock_written_by_pnpm_is_read(project, registry):
    (project / "pnpm-workspace.yaml").write_text("packages: ['parts/*']\n")
    done = tool(
        "pnpm", "install", "--ignore-scripts", "--lockfile-only", "--registry", registry,
        "--store-dir", str(project / "store"), cwd=project,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert relations(pnpm_lock, (project / "pnpm-lock.yaml").read_bytes()) == {
        OLD: (False, False, []),
        NEW: (True, False, []),
        DEMO: (True, False, [OLD]),
        TOOL: (True, True, [DEMO]),
    }


def test_what_is_nearest_is_what_npm_requires():
    packages = {
        "": {"dependencies": {"a": "*", "part": "*"}, "devDependencies": {"d": "*"}},
        "parts/part": {"name": "part", "version": "0.1.0", "dependencies": {"b": "^2"}},
        "node_modules/part": {"resolved": "parts/part", "link": True},
        "parts/part/node_modules/b": {"version": "2.0.0"},
        "node_modules/a": {"version": "1.0.0", "dependencies": {"b": "^3", "@oak/c": "*"}},
        "node_modules/a/node_modules/b": {"version": "3.0.0", "dependencies": {"@oak/c": "*"}},
        "node_modules/a/node_modules/@oak/c": {"version": "2.0.0", "dependencies": []},
        "node_modules/b": {"version": "1.0.0", "optionalDependencies": {"gone": "*"}},
        "node_modules/@oak/c": {"version": "1.0.0", "dependencies": {"b": "*"}},
        "node_modules/d": {"version": "1.0.0", "dev": True, "dependencies": {"part": "*"}},
    }
    assert relations(npm_package_lock, dumps({"lockfileVersion": 3, "packages": packages})) == {
        "b@2.0.0": (True, False, []),
        "a@1.0.0": (True, False, ["b@3.0.0", "%40oak/c@2.0.0"]),
        "b@3.0.0": (False, False, ["%40oak/c@2.0.0"]),
        "%40oak/c@2.0.0": (False, False, []),
        "b@1.0.0": (False, False, []),
        "%40oak/c@1.0.0": (False, False, ["b@1.0.0"]),
        "d@1.0.0": (True, True, []),
    }
    nested = {
        "a": {
            "version": "1.0.0",
            "requires": {"b": "^3", "c": "*"},
            "dependencies": {"b": {"version": "3.0.0", "requires": {"c": "*"}}},
        },
        "b": {"version": "1.0.0", "dev": True, "requires": False},
        "c": {"version": "1.0.0", "requires": {"b": "*"}},
    }
    assert relations(npm_package_lock, dumps({"requires": True, "dependencies": nested})) == {
        "a@1.0.0": (None, False, ["b@3.0.0", "c@1.0.0"]),
        "b@1.0.0": (None, True, []),
        "c@1.0.0": (None, False, ["b@1.0.0"]),
        "b@3.0.0": (None, False, ["c@1.0.0"]),
    }


def test_a_release_in_several_folders_is_for_development_only_if_it_is_in_all():
    packages = {
        "node_modules/a": {"version": "1.0.0", "dev": True, "dependencies": {"b": "*"}},
        "node_modules/b": {"version": "1.0.0"},
        "node_modules/c/node_modules/a": {"version": "1.0.0", "dependencies": {"b": "*"}},
        "node_modules/c/node_modules/b": {"version": "2.0.0"},
    }
    assert relations(npm_package_lock, dumps({"packages": packages})) == {
        "a@1.0.0": (False, False, ["b@1.0.0", "b@2.0.0"]),
        "b@1.0.0": (False, False, []),
        "b@2.0.0": (False, False, []),
    }


def test_npm_1_says_where_a_package_is_from_in_place_of_its_version():
    places = {
        "a": "1.0.0",
        "b": "npm:@oak/tree@2.0.0",
        "c": "https://registry.example/c/-/c-3.0.0-rc.1.tgz#00",
        "@oak/d-1": "https://registry.example/@oak/d-1/-/d-1-4.0.0.tgz",
        "e": "git+ssh://git@code.example/e.git#00",
        "f": "github:oak/f#00",
        "g": "https://code.example/g.tgz",
        "h": "file:h.tgz",
        "i": "file:parts/i",
    }
    lock = {"lockfileVersion": 1, "dependencies": {k: {"version": v} for k, v in places.items()}}
    assert purls(npm_package_lock, dumps(lock)) == [
        "a@1.0.0", "%40oak/tree@2.0.0", "c@3.0.0-rc.1", "%40oak/d-1@4.0.0", "e", "f", "g", "h",
    ]  # fmt: skip


def test_nested_dependencies_are_told_once_for_each_version():
    def nest(version, **below):
        return {"version": version, "bundled": True, "requires": True, "dependencies": below}

    lock = {
        "dependencies": {"a": nest("1.0.0", b=nest("1.0.0", c=nest("1.0.0"))), "b": nest("2.0.0")}
    }
    lock["dependencies"]["d"] = nest("1.0.0", c=nest("1.0.0"))
    assert purls(npm_package_lock, dumps(lock), "npm-shrinkwrap.json") == [
        "a@1.0.0", "b@2.0.0", "d@1.0.0", "b@1.0.0", "c@1.0.0",
    ]  # fmt: skip


def test_folders_outside_node_modules_and_links_are_the_projects_own():
    packages = {
        "": {"name": "app", "version": "1.0.0"},
        "parts/part": {"version": "0.1.0"},
        "node_modules/part": {"resolved": "parts/part", "link": True, "version": "0.1.0"},
        "parts/part/node_modules/a": {"version": "1.0.0", "license": ["MIT"]},
        "node_modules/b": {"name": "@oak/b", "version": "1.0.0", "inBundle": True},
        "node_modules/b/node_modules/@oak/c": {"version": "1.0.0"},
        "node_modules/d": {"optional": True},
    }
    lock = dumps({"lockfileVersion": 2, "packages": packages, "dependencies": {"x": {}}})
    assert purls(npm_package_lock, lock) == ["a@1.0.0", "%40oak/b@1.0.0", "%40oak/c@1.0.0"]


@pytest.mark.parametrize("unit", [npm_package_lock, yarn_lock, pnpm_lock], ids=lambda unit: unit.id)
def test_a_lock_that_a_package_brought_along_locks_nothing(unit):
    name = unit.example.name
    assert purls(unit, b"\0", f"srv/node_modules/demo/{name}") == []
    assert purls(unit, b"\0", f"node_modules/{name}") == []
    with pytest.raises(ParseError):
        purls(unit, b"\0", f"srv/my_node_modules/{name}")


def test_a_shrinkwrap_that_a_package_brought_along_is_obeyed():
    path = "node_modules/demo/npm-shrinkwrap.json"
    lock = {"dependencies": {"a": {"version": "1.0.0"}}}
    assert purls(npm_package_lock, dumps(lock), path) == ["a@1.0.0"]


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("demo@^1.0.0", "demo"),
        ('"demo@>=1.0.0 <2, weird"', "demo"),
        ("demo@^1.0.0, demo@^1.1.0", "demo"),
        ('"@oak/leaf@^1.0.0", "@oak/leaf@~1"', "%40oak/leaf"),
        ('"green@npm:@oak/leaf@^1.0.0"', "%40oak/leaf"),
        ('"green@npm:leaf"', "leaf"),
        ('"green@npm:@oak/leaf"', "%40oak/leaf"),
        ('"demo@git+ssh://git@code.example/demo.git#v1"', "demo"),
        ('"demo@https://code.example/demo.tgz"', "demo"),
        ('"demo@file:./demo.tgz"', "demo"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_yarn_1_names_a_package_in_what_was_asked_for(wanted, name, end):
    lock = end.join([
        "# yarn lockfile v1", "", "", f"{wanted}:", '  version "1.2.3"',
        '  resolved "https://registry.example/x.tgz#00"', "  dependencies:", '    version "^9.0.0"',
        "",
    ])  # fmt: skip
    assert purls(yarn_lock, lock) == [f"{name}@1.2.3"]


def test_yarn_2_names_a_package_in_what_it_became():
    entries = {
        "@oak/leaf@npm:1.2.3": "1.2.3",
        "demo@npm:1.0.0::__archiveUrl=https%3A%2F%2Fregistry.example%2Fdemo.tgz": "1.0.0",
        "mended@patch:mended@npm%3A2.0.0#./mended.patch::version=2.0.0&hash=00": "2.0.0",
        "mended@npm:2.0.0": "2.0.0",
        "forked@https://code.example/forked.git#commit=00": "3.0.0",
        "packed@file:./packed.tgz::locator=app%40workspace%3A.": "4.0.0",
        "app@workspace:.": "0.0.0-use.local",
        "linked@link:./linked::locator=app%40workspace%3A.": "0.0.0-use.local",
        "ported@portal:./ported::locator=app%40workspace%3A.": "0.0.0-use.local",
    }
    lock = "__metadata:\n  version: 8\n  cacheKey: 10c0\n\n" + "".join(
        f'"asked@npm:{number}":\n  version: {version}\n  resolution: "{resolution}"\n'
        f"  dependencies:\n    version: ^9.0.0\n  linkType: hard\n\n"
        for number, (resolution, version) in enumerate(entries.items())
    )
    assert purls(yarn_lock, lock) == [
        "%40oak/leaf@1.2.3", "demo@1.0.0", "mended@2.0.0", "forked@3.0.0", "packed@4.0.0",
    ]  # fmt: skip


def test_yarn_1_tells_what_a_package_requires():
    lock = """\
a@^1:
  version "1.0.0"
  dependencies:
    "@oak/c" "^1 || ^2"
    green "npm:b@latest"
    version "^9"
  optionalDependencies:
    b latest
    gone "*"

b@latest, "green@npm:b@latest":
  version "2.0.0"

"@oak/c@^1 || ^2":
  version "1.2.0"
"""
    assert relations(yarn_lock, lock) == {
        "a@1.0.0": (None, False, ["%40oak/c@1.2.0", "b@2.0.0"]),
        "b@2.0.0": (None, False, []),
        "%40oak/c@1.2.0": (None, False, []),
    }


@pytest.mark.parametrize("protocol", ["", "npm:"])
def test_yarn_2_tells_who_asks_for_whom(protocol):
    lock = f"""\
__metadata: {{version: 4}}
"a@npm:^1, a@npm:^1.1":
  {{version: 1.1.0, resolution: "a@npm:1.1.0", dependencies: {{b: "{protocol}^2"}}}}
"b@npm:^2":
  {{version: 2.0.0, resolution: "b@npm:2.0.0"}}
"b@patch:b@npm%3A^2#./b.patch":
  {{version: 2.0.0, resolution: "b@patch:b@npm%3A2.0.0#./b.patch::version=2.0.0&hash=0"}}
"app@workspace:.":
  version: 0.0.0-use.local
  resolution: "app@workspace:."
  dependencies: {{a: "{protocol}^1.1", part: "workspace:*"}}
"part@workspace:*, part@workspace:part":
  {{version: 0.0.0-use.local, resolution: "part@workspace:part"}}
"""
    assert relations(yarn_lock, lock) == {
        "a@1.1.0": (True, False, ["b@2.0.0"]),
        "b@2.0.0": (False, False, []),
    }


@pytest.mark.parametrize(
    ("lock", "good"),
    [
        ('<<<<<<< main\ndemo@1:\n  version "1.0.0"\n', "demo@1.0.0"),
        ('demo@1:\n  version "1.0.0"\nbroken@1:\n  resolved "x"\n', "demo@1.0.0"),
        ('"https://code.example/x.git":\n  version "1"\ndemo@1:\n  version "1.0.0"', "demo@1.0.0"),
        (
            "__metadata: {}\na:\n  version: 1.0.0\nb:\n  version: 1.0.0\n  resolution: demo@npm:1",
            "demo@1.0.0",
        ),
    ],
)  # fmt: skip
def test_an_entry_of_yarn_that_cannot_be_read_is_an_error_after_all_others(lock, good):
    facts = yarn_lock.parse(File(path="yarn.lock", content=lock.encode()))
    assert next(iter(facts)).purl == f"pkg:npm/{good}"
    with pytest.raises(ParseError, match="no package and version in entry"):
        list(facts)


@pytest.mark.parametrize(
    ("version", "key", "entry", "found"),
    [
        ("5.4", "/demo/1.0.0", "dev: false", "demo@1.0.0"),
        ("5.1", "/@oak/leaf/1.2.3", "dev: false", "%40oak/leaf@1.2.3"),
        ("5.3", "/demo/1.0.0_react@17.0.2+x@1.0.0", "dev: false", "demo@1.0.0"),
        ("5.3", "/demo/1.0.0_@oak+leaf@1.0.0", "dev: false", "demo@1.0.0"),
        ("5.3", "/demo/1.0.0-rc.1_abcdef", "dev: false", "demo@1.0.0-rc.1"),
        ("3", "/demo/1.0.0/react@17.0.2", "dev: false", "demo@1.0.0"),
        ("5.0", "registry.example/@oak/leaf/1.2.3", "dev: false", "%40oak/leaf@1.2.3"),
        ("5.3", "code.example/oak/demo/0f1e", "{name: demo, version: 1.0.0}", "demo@1.0.0"),
        ("5.3", "file:demo.tgz", "{name: demo, version: 1.0.0}", "demo@1.0.0"),
        ("'6.0'", "/demo@1.0.0", "dev: false", "demo@1.0.0"),
        ("'6.1'", "/@oak/leaf@1.2.3(@oak/x@1.0.0)(y@2.0.0(z@1.0.0))", "", "%40oak/leaf@1.2.3"),
        ("'6.0'", "code.example/oak/demo/0f1e", "{name: demo, version: 1.0.0}", "demo@1.0.0"),
        ("'9.0'", "demo@1.0.0", "", "demo@1.0.0"),
        ("'9.0'", "@oak/leaf@1.2.3", "", "%40oak/leaf@1.2.3"),
        ("'9.0'", "demo@https://code.example/x/0f1e", "version: 1.0.0", "demo@1.0.0"),
        ("'9.0'", "demo@git+https://git@code.example/x.git#0f1e", "", "demo"),
        ("'9.0'", "demo@file:demo.tgz", "version: 1.0.0", "demo@1.0.0"),
        ("'9.0'", "demo@file:demo", "{resolution: {directory: demo}}", None),
        ("'6.0'", "file:demo", "{name: demo, resolution: {directory: demo}}", None),
    ],
)
def test_every_spelling_of_pnpm_is_read(version, key, entry, found):
    body = f"\n    {entry}\n" if entry else " {}\n"
    lock = f"lockfileVersion: {version}\n\npackages:\n\n  '{key}':{body}"
    assert purls(pnpm_lock, lock) == ([found] if found else [])


@pytest.mark.parametrize(
    "lock",
    [
        """\
lockfileVersion: 5.4
importers:
  .:
    specifiers: {a: ^1.0.0, green: 'npm:@oak/c@1'}
    dependencies: {a: 1.0.0_b@1.0.0, green: /@oak/c/1.0.0}
  part: {specifiers: {d: '*'}, devDependencies: {d: 1.0.0, other: 'link:../other'}}
packages:
  /a/1.0.0_b@1.0.0: {dependencies: {b: 1.0.0}, optionalDependencies: {'@oak/c': 1.0.0}}
  /b/1.0.0: {dev: false}
  /@oak/c/1.0.0: {dev: false}
  /d/1.0.0: {dev: true, dependencies: {b: 1.0.0, e: 1.0.0}}
  /e/1.0.0: {dev: true}
""",
        """\
lockfileVersion: '6.0'
dependencies:
  a: {specifier: ^1.0.0, version: 1.0.0(b@1.0.0)}
  green: {specifier: 'npm:@oak/c@1', version: /@oak/c@1.0.0}
devDependencies:
  d: {specifier: '*', version: 1.0.0}
  other: {specifier: 'workspace:*', version: link:../other}
packages:
  /a@1.0.0(b@1.0.0): {dependencies: {b: 1.0.0}, optionalDependencies: {'@oak/c': 1.0.0}}
  /b@1.0.0: {dev: false}
  /@oak/c@1.0.0: {dev: false}
  /d@1.0.0: {dev: true, dependencies: {b: 1.0.0, e: 1.0.0}}
  /e@1.0.0: {dev: true}
""",
        """\
lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      a: {specifier: ^1.0.0, version: 1.0.0(b@1.0.0)}
      green: {specifier: 'npm:@oak/c@1', version: '@oak/c@1.0.0'}
  part:
    devDependencies:
      d: {specifier: '*', version: 1.0.0}
      other: {specifier: 'workspace:*', version: link:../other}
  empty: {}
packages:
  a@1.0.0: {}
  b@1.0.0: {}
  '@oak/c@1.0.0': {}
  d@1.0.0: {}
  e@1.0.0: {}
snapshots:
  a@1.0.0(b@1.0.0): {dependencies: {b: 1.0.0}, optionalDependencies: {'@oak/c': 1.0.0}}
  b@1.0.0: {}
  '@oak/c@1.0.0': {}
  d@1.0.0: {dependencies: {b: 1.0.0, e: 1.0.0}}
  e@1.0.0: {}
""",
    ],
)
def test_every_version_of_pnpm_tells_who_asks_for_whom(lock):
    assert relations(pnpm_lock, lock) == {
        "a@1.0.0": (True, False, ["b@1.0.0", "%40oak/c@1.0.0"]),
        "b@1.0.0": (False, False, []),
        "%40oak/c@1.0.0": (True, False, []),
        "d@1.0.0": (True, True, ["b@1.0.0", "e@1.0.0"]),
        "e@1.0.0": (False, True, []),
    }


def test_all_documents_of_a_pnpm_lock_are_read():
    def lock(key):
        return f"lockfileVersion: '9.0'\npackages:\n  {key}: {{}}\nsnapshots: {{}}\n"

    for text in (
        f"---\n{lock('a@1.0.0')}---\n{lock('b@1.0.0')}",
        f"{lock('a@1.0.0')}\n---\n{lock('b@1.0.0')}",
    ):
        assert purls(pnpm_lock, text) == ["a@1.0.0", "b@1.0.0"]
        assert purls(pnpm_lock, text.replace("\n", "\r\n")) == ["a@1.0.0", "b@1.0.0"]
    with pytest.raises(ParseError, match="documents"):
        purls(pnpm_lock, f"---\n{lock('a@1.0.0')}" * (MAX_DOCUMENTS + 1))


def test_a_pnpm_lock_of_nothing_is_one():
    assert purls(pnpm_lock, "lockfileVersion: '9.0'\n") == []


def test_an_entry_of_pnpm_without_a_name_is_an_error_after_all_others():
    text = b"lockfileVersion: '9.0'\npackages:\n  nameless: {}\n  demo@1.0.0: {}\n"
    facts = pnpm_lock.parse(File(path="pnpm-lock.yaml", content=text))
    assert next(iter(facts)).purl == "pkg:npm/demo@1.0.0"
    with pytest.raises(ParseError, match="no package name in 'nameless'"):
        list(facts)


def test_a_huge_lock_of_yarn_1_is_refused():
    with pytest.raises(ParseError, match="more than"):
        purls(yarn_lock, b"#\n" * (MAX_CLASSIC_BYTES // 2 + 1))


@pytest.mark.parametrize("unit", [npm_package_lock, yarn_lock, pnpm_lock], ids=lambda unit: unit.id)
@pytest.mark.parametrize(
    "content",
    [
        b"\0",
        b"<<<<<<< main\n",
        b"{}",
        b"[]",
        b"null",
        b"\xff",
        b'{"packages": []}',
        b'{"packages": {"node_modules/a": {"version": 1}}}',
        b'{"dependencies": {"a": 1}}',
        b'{"dependencies": ' + b'{"a": {"dependencies": ' * 9999,
        b"lockfileVersion: []\n",
        b"lockfileVersion: '9.0'\npackages: [a]\n",
        b"lockfileVersion: '9.0'\npackages: {a: b}\n",
        b"__metadata:\n  version: 8\na: [b]\n",
        b"__metadata:\n- a\n",
        b"__metadata:\n  a: " + b"[" * 9999,
    ],
)
def test_a_lock_that_is_none_is_an_error(unit, content):
    with pytest.raises(ParseError):
        purls(unit, content)
