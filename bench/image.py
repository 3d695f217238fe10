"""The benchmark's image: a real one of about 2 GB, made by the tools that people make images with.

mmdebstrap makes the root; pip, npm and Go make the applications; docker build makes the layers,
docker save the archive and skopeo the OCI layout. What a step made is kept for the next run.
"""

import json
import os
import re
import shutil
import subprocess
import tarfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import click

from bench.server import serving

ARCHIVE, OCI = "archive", "oci"

SUITE = "bookworm"

DEBIAN = """
openjdk-17-jdk-headless gcc g++ make clang postgresql perl libwww-perl libdbi-perl
python3-pip python3-requests python3-yaml python3-jinja2 python3-lxml python3-cryptography
python3-sqlalchemy python3-twisted nodejs ruby ruby-dev bundler maven ant git curl openssh-client
nginx redis-server libspring-core-java libspring-web-java libspring-context-java libspring-jdbc-java
liblog4j2-java libjackson2-databind-java libnetty-java libtomcat9-java libcommons-lang3-java junit4
runc ca-certificates
"""

PYTHON = """
numpy pandas django flask boto3 requests sqlalchemy fastapi uvicorn celery redis cryptography pillow
aiohttp httpx jinja2 click rich pydantic lxml psycopg2-binary gunicorn djangorestframework
beautifulsoup4 paramiko pyyaml black pytest tornado ansible-core openpyxl protobuf pymongo alembic
marshmallow docutils attrs structlog typer werkzeug itsdangerous tenacity tqdm pyjwt markdown
feedparser python-dateutil packaging setuptools wheel virtualenv pip-tools httptools watchfiles
websockets cachetools jsonschema msgpack orjson psutil prometheus-client sentry-sdk whitenoise
django-filter
"""

NODE = {
    "@babel/core": "^7",
    "@babel/preset-env": "^7",
    "axios": "^1",
    "eslint": "^8",
    "express": "^4",
    "jsonwebtoken": "^9",
    "lodash": "^4",
    "moment": "^2",
    "mongoose": "^8",
    "next": "^14",
    "react": "^18",
    "react-dom": "^18",
    "socket.io": "^4",
    "typescript": "^5",
    "webpack": "^5",
    "winston": "^3",
}

GO_DEBIAN = """
golang-go golang-github-spf13-cobra-dev golang-github-sirupsen-logrus-dev golang-golang-x-net-dev
golang-golang-x-text-dev golang-golang-x-crypto-dev golang-gopkg-yaml.v3-dev
golang-github-gorilla-mux-dev golang-github-google-uuid-dev golang-github-pkg-errors-dev
golang-github-prometheus-client-golang-dev
"""

# Debian's sources carry no module versions; these are the upstream ones of the packages above.
GO_MODULES = {
    "github.com/beorn7/perks": "v1.0.1",
    "github.com/cespare/xxhash/v2": "v2.1.2",
    "github.com/golang/protobuf": "v1.3.5",
    "github.com/google/uuid": "v1.3.0",
    "github.com/gorilla/mux": "v1.8.0",
    "github.com/matttproud/golang_protobuf_extensions": "v1.0.4",
    "github.com/pkg/errors": "v0.9.1",
    "github.com/prometheus/client_golang": "v1.14.0",
    "github.com/prometheus/client_model": "v0.3.0",
    "github.com/prometheus/common": "v0.39.0",
    "github.com/prometheus/procfs": "v0.8.0",
    "github.com/sirupsen/logrus": "v1.9.0",
    "github.com/spf13/cobra": "v1.6.1",
    "github.com/spf13/pflag": "v1.0.5",
    "golang.org/x/crypto": "v0.4.0",
    "golang.org/x/net": "v0.7.0",
    "golang.org/x/sys": "v0.3.0",
    "golang.org/x/text": "v0.7.0",
    "google.golang.org/protobuf": "v1.28.1",
    "gopkg.in/yaml.v3": "v3.0.1",
}

WEB = (
    "net/http",
    "github.com/gorilla/mux",
    "github.com/prometheus/client_golang/prometheus/promhttp",
    "golang.org/x/net/http2",
    "golang.org/x/text/language",
)
COMMAND = ("github.com/spf13/cobra", "github.com/sirupsen/logrus", "gopkg.in/yaml.v3")
LOCAL = "example.org/greeting"

DOCKERFILE = """\
FROM hullmark-bench-root
COPY python /opt/api/lib/python3.11/site-packages
COPY node /srv/web
COPY go /usr/local/bin
RUN mkdir -p /srv/java/lib /srv/java/WEB-INF/lib && cd /usr/share/java \\
 && find . -maxdepth 1 -type f -regextype egrep \\
    -regex '\\./(commons|guava|guice|http|jackson|log4j|maven3|netty|slf4j|spring3|wagon).*' \\
    -exec cp -t /srv/java/lib {} + \\
 && find . -maxdepth 1 -type f -regextype egrep \\
    -regex '\\./(gson|jansi|plexus|tomcat9).*' -exec cp -t /srv/java/WEB-INF/lib {} + \\
 && cd /srv/java && jar --create --file shop.war WEB-INF && rm -r WEB-INF
RUN dpkg --purge redis-server redis-tools \\
 && rm -rf /usr/share/doc/git /usr/share/java/junit4* /srv/web/node_modules/moment \\
    /opt/api/lib/python3.11/site-packages/tqdm /opt/api/lib/python3.11/site-packages/tqdm-*
WORKDIR /srv/web
CMD ["node", "server.js"]
"""

# The packages that hold each command, for the error that says what is missing.
NEEDED = {
    "docker": "docker.io",
    "dockerd": "docker.io",
    "mmdebstrap": "mmdebstrap",
    "npm": "npm",
    "pip": "python3-pip",
    "skopeo": "skopeo",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """One Go binary: what it imports and how it is built."""

    name: str
    imports: tuple[str, ...]
    flags: tuple[str, ...] = ()
    modules: bool = True


PROGRAMS = (
    Program(name="hello", imports=("fmt",)),
    Program(name="serve", imports=("net/http", "encoding/json")),
    Program(name="greet", imports=(LOCAL,)),
    Program(name="gateway", imports=WEB),
    Program(name="gateway-stripped", imports=WEB, flags=("-ldflags=-s -w",)),
    Program(name="operator", imports=(*COMMAND, *WEB, "golang.org/x/crypto/bcrypt")),
    Program(name="operator-trimmed", imports=(*COMMAND, *WEB), flags=("-trimpath",)),
    Program(name="control", imports=(*COMMAND, "github.com/google/uuid", "github.com/pkg/errors")),
    Program(name="control-gopath", imports=COMMAND, modules=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One layer: its blob in the OCI layout and what is in it."""

    blob: Path
    media_type: str
    compressed_bytes: int
    uncompressed_bytes: int
    files: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """Both forms of the one image."""

    archive: Path
    layout: Path
    layers: tuple[Layer, ...]

    @property
    def blobs(self) -> tuple[Path, ...]:
        """Every blob of the layout, the largest first."""
        found = (self.layout / "blobs" / "sha256").iterdir()
        return tuple(sorted(found, key=lambda blob: blob.stat().st_size, reverse=True))


def bench_directory() -> Path:
    """Return where the image is kept."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(os.environ.get("HULLMARK_BENCH_DIR") or cache / "hullmark-bench").absolute()


def make_image(home: Path) -> Image:
    """Return the image kept in ``home``, after making what it lacks."""
    home.mkdir(parents=True, exist_ok=True)
    archive = kept(home / "image.tar", lambda part: build(home, part))
    layout = kept(home / "layout", lambda part: convert(archive, part))
    facts = kept(home / "layers.json", lambda part: part.write_text(json.dumps(measure(layout))))
    layers = tuple(layer(layout, fact) for fact in json.loads(facts.read_text()))
    return Image(archive=archive, layout=layout, layers=layers)


def kept(path: Path, make: Callable[[Path], object]) -> Path:
    """Return ``path``; when it isn't there, let ``make`` fill a name beside it first."""
    if not path.exists():
        click.echo(f"making {path.name}", err=True)
        part = path.with_name(f"{path.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        part.unlink(missing_ok=True)
        make(part)
        part.rename(path)
    return path


def build(home: Path, archive: Path) -> None:
    """Build the layers one on another and save them as an archive."""
    for command in NEEDED:
        located(command)
    root = kept(home / "root.tar", make_root)
    context = home / "context"
    context.mkdir(exist_ok=True)
    kept(context / "python", make_python)
    kept(context / "node", make_node)
    kept(context / "go", lambda part: make_go(home, part))
    (context / "Dockerfile").write_text(DOCKERFILE)
    with daemon(home) as environment:
        run("docker", "import", root, "hullmark-bench-root", environment=environment)
        run("docker", "build", "-t", "hullmark-bench", context, environment=environment)
        run("docker", "save", "-o", archive, "hullmark-bench", environment=environment)
        run("docker", "rmi", "hullmark-bench", "hullmark-bench-root", environment=environment)


def make_root(tar: Path) -> None:
    """Make the Debian root, its recommended packages left out."""
    bootstrap(tar, "minbase", DEBIAN.split(), "--format=tar")


def bootstrap(target: Path, variant: str, packages: Sequence[str], *options: str) -> None:
    """Run mmdebstrap, which takes the mirror from its own default."""
    names = ",".join(packages)
    plain = "--aptopt=APT::Install-Recommends false"
    run("mmdebstrap", f"--variant={variant}", plain, f"--include={names}", *options, SUITE, target)


def make_python(directory: Path) -> None:
    """Install the Python application's distributions."""
    options = ("--quiet", "--no-compile", "--only-binary", ":all:", "--target")
    run("pip", "install", *options, directory, *PYTHON.split())


def make_node(directory: Path) -> None:
    """Install the Node application's packages, running none of their scripts."""
    directory.mkdir()
    manifest = {"name": "web", "version": "1.0.0", "private": True, "dependencies": NODE}
    (directory / "package.json").write_text(json.dumps(manifest, indent=2))
    (directory / "server.js").write_text("require('express')().listen(8080)\n")
    run("npm", "install", "--ignore-scripts", "--omit=optional", cwd=directory)


def make_go(home: Path, directory: Path) -> None:
    """Build the Go programs with Debian's compiler and Debian's sources of their modules."""
    directory.mkdir()
    root = kept(
        home / "go-root", lambda part: bootstrap(part, "extract", GO_DEBIAN.split(), "--format=dir")
    )
    sources = home / "go-sources"
    shutil.rmtree(sources, ignore_errors=True)
    compiler = next(root.glob("usr/lib/go-*/bin/go"))
    environment = {
        "CGO_ENABLED": "0",
        "GOCACHE": str(home / "go-cache"),
        "GOFLAGS": "-buildvcs=false",
        "GOPATH": f"{sources}:{root / 'usr/share/gocode'}",
        "GOPROXY": "off",
        "GOROOT": str(compiler.parent.parent),
    }
    for program in PROGRAMS:
        source = write_program(sources / "src" / "example.org" / program.name, program)
        packages = imported(compiler, source, environment)
        if program.modules:
            write_modules(source, program, packages, root / "usr/share/gocode/src")
        mode = {"GO111MODULE": "on" if program.modules else "off"}
        output = f"-o={directory / program.name}"
        run(compiler, "build", *program.flags, output, cwd=source, environment=environment | mode)


def write_program(source: Path, program: Program) -> Path:
    """Write a program that only imports, and the local module that some import."""
    imports = "\n".join(f'import _ "{name}"' for name in program.imports)
    write(source / "main.go", f"package main\n\n{imports}\n\nfunc main() {{}}\n")
    write(source.parent / "greeting" / "greeting.go", "package greeting\n\nconst Text = `hello`\n")
    write(source.parent / "greeting" / "go.mod", f"module {LOCAL}\n\ngo 1.19\n")
    return source


def write(path: Path, text: str) -> None:
    """Write a file and the directories over it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def imported(compiler: Path, source: Path, environment: Mapping[str, str]) -> list[str]:
    """List the packages that a program needs from Debian's sources."""
    arguments = ("list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", ".")
    off = {**environment, "GO111MODULE": "off"}
    listed = run(compiler, *arguments, cwd=source, environment=off).splitlines()
    return [name for name in listed if not name.startswith("example.org/")]


def write_modules(source: Path, program: Program, packages: Sequence[str], gocode: Path) -> None:
    """Write go.mod and, over Debian's sources, the vendor directory that stands for a download."""
    used = {module: names for module in GO_MODULES if (names := within(module, packages))}
    required = [f"require {module} {GO_MODULES[module]}" for module in used]
    if LOCAL in program.imports:
        required += [f"require {LOCAL} v0.1.0", f"replace {LOCAL} => ../greeting"]
    name = f"module example.org/{program.name}"
    write(source / "go.mod", "\n".join([name, "go 1.19", *required, ""]))
    if used:
        write(source / "vendor" / "modules.txt", "".join(map(vendored, used, used.values())))
    for module in used:
        link = source / "vendor" / module
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(gocode / directory(module))


def within(module: str, packages: Sequence[str]) -> list[str]:
    """Return a module's packages by the names that modules know them by."""
    at = directory(module)
    mine = (name for name in packages if f"{name}/".startswith(f"{at}/"))
    return [module + name.removeprefix(at) for name in mine]


def directory(module: str) -> str:
    """Return where a module is without modules, which know no major version in a path."""
    return re.sub(r"/v\d+$", "", module)


def vendored(module: str, packages: Sequence[str]) -> str:
    """Write a module's part of ``vendor/modules.txt``."""
    lines = [f"# {module} {GO_MODULES[module]}", "## explicit; go 1.19", *packages]
    return "".join(f"{line}\n" for line in lines)


@contextmanager
def daemon(home: Path) -> Iterator[dict[str, str]]:
    """Yield the environment that reaches a Docker daemon: the running one, or one of our own."""
    classic = {"DOCKER_BUILDKIT": "0"}
    if answers(classic):
        yield classic
        return
    private = home / "docker"
    private.mkdir(exist_ok=True)
    environment = classic | {"DOCKER_HOST": f"unix://{private / 'socket'}"}
    with serving(daemon_command(private), partial(answers, environment), private / "log"):
        yield environment
    shutil.rmtree(private)


def daemon_command(private: Path) -> list[str]:
    """Return the command of a daemon that touches no network and nothing outside ``private``."""
    return [
        located("dockerd"),
        f"--data-root={private / 'data'}",
        f"--exec-root={private / 'exec'}",
        f"--pidfile={private / 'pid'}",
        f"--host=unix://{private / 'socket'}",
        "--iptables=false",
        "--bridge=none",
    ]


def answers(environment: Mapping[str, str]) -> bool:
    """Say whether a daemon answers."""
    command = [located("docker"), "version"]
    asked = subprocess.run(command, env=os.environ | environment, capture_output=True, check=False)
    return asked.returncode == 0


def convert(archive: Path, layout: Path) -> None:
    """Copy the archive into an OCI layout, whose layers skopeo compresses with gzip."""
    run("skopeo", "copy", f"docker-archive:{archive}", f"oci:{layout}:latest")


def measure(layout: Path) -> list[dict[str, Any]]:
    """List the layers' digests, media types, sizes and numbers of files."""
    blobs = layout / "blobs" / "sha256"
    index = json.loads((layout / "index.json").read_text())
    manifest = json.loads((blobs / hexadecimal(index["manifests"][0])).read_text())
    return [layer_facts(blobs, entry) for entry in manifest["layers"]]


def layer_facts(blobs: Path, entry: Mapping[str, Any]) -> dict[str, Any]:
    """Count one layer's files, which have to come from a gzip blob."""
    blob = blobs / hexadecimal(entry)
    with tarfile.open(blob, "r:gz") as tar:
        files = sum(member.isfile() for member in tar)
        size = tar.offset
    return {"digest": entry["digest"], "type": entry["mediaType"], "bytes": size, "files": files}


def hexadecimal(entry: Mapping[str, Any]) -> str:
    """Return a descriptor's digest without its algorithm."""
    return str(entry["digest"]).removeprefix("sha256:")


def layer(layout: Path, fact: Mapping[str, Any]) -> Layer:
    """Turn a layer's kept facts into a Layer."""
    blob = layout / "blobs" / "sha256" / hexadecimal(fact)
    return Layer(
        blob=blob,
        media_type=fact["type"],
        compressed_bytes=blob.stat().st_size,
        uncompressed_bytes=fact["bytes"],
        files=fact["files"],
    )


def located(command: str) -> str:
    """Return where a command is, or say which Debian package has it."""
    if found := shutil.which(command):
        return found
    message = (
        f"{command} is not installed: on Debian, apt-get install {NEEDED.get(command, command)}"
    )
    raise click.ClickException(message)


def run(
    command: str | Path,
    *arguments: str | Path,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> str:
    """Run a command to its end and return what it printed."""
    called = [located(str(command)), *map(str, arguments)]
    variables = os.environ | (environment or {})
    done = subprocess.run(
        called,
        cwd=cwd,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        message = f"{command} failed with {done.returncode}:\n{done.stdout[-4000:]}"
        raise click.ClickException(message)
    return done.stdout
