"""Compose files are read as compose reads them, whatever they hold."""

import random

import pytest

from hullmark.checks.compose_facts import (
    awaited_to_end,
    copies,
    host_path,
    is_engine_socket,
    is_of_system,
    secret_of,
)
from hullmark.checks.compose_file import compose_file
from hullmark.checks.compose_merge import MAX_COPIED, filled, has_variable, plain
from hullmark.checks.compose_parts import BIND, UNKNOWN, VOLUME
from hullmark.model import File, ParseError


def compose(text, path="compose.yaml"):
    return compose_file(File(path=path, content=text.encode()))


def service(text, name="web", path="compose.yaml"):
    return next(each for each in compose(text, path).services() if each.name == name)


def of_web(body, more=""):
    return service("services:\n  web:\n    image: a:1\n" + body + more)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("${A:-one}", "one"),
        ("${A-one}/${B:-two}", "one/two"),
        ("${A:-${B:-deep}}", "deep"),
        ("${A:-}", ""),
        ("${A:?is needed}", "${A:?is needed}"),
        ("${A:+other}", "${A:+other}"),
        ("$A", "$A"),
        ("${A}", "${A}"),
        ("$${A:-kept}", "$${A:-kept}"),
        ("${A:-pa$$word}", "pa$$word"),
        ("${A:-${B}}", "${A:-${B}}"),
        ("${A:-", "${A:-"),
        ("${1:-x}", "${1:-x}"),
    ],
)
def test_defaults_of_variables_are_filled_in(text, expected):
    assert filled(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$A", True),
        ("a-${A}", True),
        ("$$A", False),
        ("$$$A", True),
        ("5$", False),
        ("$1", False),
        ("", False),
    ],
)
def test_variables_are_told_from_signs_of_dollar(text, expected):
    assert has_variable(text) is expected
    assert plain("a$$b") == "a$b"


def test_values_that_checks_read_are_filled_in():
    web = of_web("    privileged: ${P:-true}\n    user: '${U:-0}'\n    pid: $PID\n")
    assert web.flag("privileged")
    assert web.body.text("user") == "0"
    assert has_variable(web.body.text("pid"))
    assert web.body.line_of("user") == 5


@pytest.mark.parametrize(
    ("written", "address", "host", "inside", "protocol"),
    [
        ("22:22", "", (22, 22), (22, 22), "tcp"),
        ("'80'", "", None, (80, 80), "tcp"),
        ("80", "", None, (80, 80), "tcp"),
        ("8080:80/UDP", "", (8080, 8080), (80, 80), "udp"),
        ("127.0.0.1:8080:80", "127.0.0.1", (8080, 8080), (80, 80), "tcp"),
        ("127.0.0.1::80", "127.0.0.1", None, (80, 80), "tcp"),
        ("'[::1]:8080:80'", "::1", (8080, 8080), (80, 80), "tcp"),
        ("3000-3005:4000-4005", "", (3000, 3005), (4000, 4005), "tcp"),
        ("3005-3000:80", "", None, (80, 80), "tcp"),
        ("99999:80", "", None, (80, 80), "tcp"),
        ("'${IP}:80:80'", "${IP}", (80, 80), (80, 80), "tcp"),
        ("'${IP:-127.0.0.1}:80:80'", "127.0.0.1", (80, 80), (80, 80), "tcp"),
        ("'${PORT:?is needed}:80'", "", None, (80, 80), "tcp"),
        ("{target: 80, published: '81'}", "", (81, 81), (80, 80), "tcp"),
        ("{target: 80, host_ip: '[::1]', protocol: udp}", "::1", None, (80, 80), "udp"),
        ("''", "", None, None, "tcp"),
    ],
)
def test_ports_in_all_forms(written, address, host, inside, protocol):
    [port] = of_web(f"    ports:\n      - {written}\n").ports()
    assert (port.address, port.host, port.inside, port.protocol) == (
        address,
        host,
        inside,
        protocol,
    )
    assert (port.line, port.at) == (5, "ports[0]")


def test_ports_of_a_service_in_another_network_are_none():
    ports = '    ports: ["80:80"]\n'
    assert len([*of_web(ports).ports()]) == 1
    for mode in ("host", "none", "container:vpn", "service:vpn"):
        assert [*of_web(f"    network_mode: {mode}\n{ports}").ports()] == []


def test_ports_know_what_they_lead_to():
    [port] = of_web("    ports: ['8080-8082:80-82']\n").ports()
    assert port.is_everywhere
    assert port.leads_to(81)
    assert not port.leads_to(8081)
    assert port.answers_at(8081)
    assert not port.answers_at(81)


@pytest.mark.parametrize(
    ("written", "kind", "source", "target", "read_only"),
    [
        ("/data", VOLUME, "", "/data", False),
        ("data:/data", VOLUME, "data", "/data", False),
        ("a:/b:ro", VOLUME, "a", "/b", True),
        ("./a:/b", BIND, "./a", "/b", False),
        ("/a:/b:z,ro", BIND, "/a", "/b", True),
        ("~/a:/b", BIND, "~/a", "/b", False),
        ("C:\\a:/b:ro", BIND, "C:\\a", "/b", True),
        ("c:/a:/b", BIND, "c:/a", "/b", False),
        ("$HOME/a:/b", BIND, "$HOME/a", "/b", False),
        ("'${A}:/b'", UNKNOWN, "${A}", "/b", False),
        ("'${A:?x}/y:/b:ro'", UNKNOWN, "${A:?x}/y", "/b", True),
        ("'${A:-/etc}:/b'", BIND, "/etc", "/b", False),
        ("{type: bind, source: /a, target: /b, read_only: true}", BIND, "/a", "/b", True),
        ("{type: volume, source: a, target: /b}", VOLUME, "a", "/b", False),
        ("{type: tmpfs, target: /b}", "tmpfs", "", "/b", False),
        ("''", VOLUME, "", "", False),
    ],
)
def test_mounts_in_all_forms(written, kind, source, target, read_only):
    [mount] = of_web(f"    volumes:\n      - {written}\n").mounts()
    assert (mount.kind, mount.source, mount.target, mount.read_only) == (
        kind,
        source,
        target,
        read_only,
    )
    assert (mount.line, mount.at) == (5, "volumes[0]")


@pytest.mark.parametrize("options", ["bind", "'ro,rbind'"])
def test_a_volume_that_binds_a_path_is_that_path(options):
    text = "    volumes: [all:/host]\n"
    top = f"volumes:\n  all:\n    driver_opts: {{type: none, o: {options}, device: //etc/../}}\n"
    [mount] = of_web(text, top).mounts()
    assert (mount.kind, host_path(mount)) == (BIND, "/")
    assert not is_of_system("/")
    assert is_of_system("/etc")
    assert is_of_system("/var/lib/docker/volumes")
    assert not is_of_system("/etc/localtime")


def test_sockets_of_engines_are_known_by_either_end():
    for written in (
        "/var/run/docker.sock:/x",
        "'${SOCKET}:/var/run/docker.sock'",
        "\\\\.\\pipe\\docker_engine:\\\\.\\pipe\\docker_engine",
    ):
        [mount] = of_web(f"    volumes:\n      - {written}\n").mounts()
        assert is_engine_socket(mount), written


def test_variables_as_mapping_and_as_list():
    as_map = of_web("    environment:\n      A: b\n      C:\n      D: true\n      E: 1\n")
    as_list = of_web("    environment:\n      - A=b\n      - C\n      - D=true\n      - E=1\n")
    for web in (as_map, as_list):
        found = [(each.name, each.value) for each in web.environment()]
        assert found == [("A", "b"), ("C", None), ("D", "true"), ("E", "1")]
        assert [each.line for each in web.environment()] == [5, 6, 7, 8]


EXTENDS = """\
services:
  base:
    image: a:1
    user: root
    command: [one]
    cap_add: [SYS_ADMIN]
    environment: [A=1, B=2]
    volumes: [/etc:/x]
  web:
    extends: {service: base}
    user: "1000"
    command: [two]
    cap_add: [NET_ADMIN]
    environment: {B: 3}
    volumes: [./x:/x]
  short:
    extends: web
  far:
    extends: {file: other.yaml, service: base}
    image: a:1
  lost:
    extends: {service: nowhere}
    image: a:1
  round:
    extends: {service: other-round}
    image: a:1
  other-round:
    extends: {service: round}
"""


def test_a_service_takes_over_what_it_extends():
    for name in ("web", "short"):
        web = service(EXTENDS, name)
        assert web.body.text("image") == "a:1"
        assert web.body.text("user") == "1000"
        assert web.words("command") == ["two"]
        assert [text for text, _, _ in web.entries("cap_add")] == ["SYS_ADMIN", "NET_ADMIN"]
        assert [line for _, line, _ in web.entries("cap_add")] == [6, 13]
        assert {each.name: each.value for each in web.environment()} == {"A": "1", "B": "3"}
        assert [each.source for each in web.mounts()] == ["./x"]
        assert web.whole
    assert service(EXTENDS, "base").body.text("user") == "root"


def test_what_another_file_may_say_is_not_missing():
    for name in ("far", "lost", "round", "other-round"):
        assert not service(EXTENDS, name).whole
    text = "services: {web: {image: a}, part: {environment: {A: b}}}"
    assert service(text).whole
    assert not service(text, "part").whole
    assert not service(text, path="compose.override.yaml").whole


def test_long_chains_of_services_end():
    links = "".join(f"  s{n}:\n    extends: s{n + 1}\n" for n in range(3000))
    found = [*compose(f"services:\n{links}  s3000:\n    image: a\n").services()]
    assert len(found) == 3001


def test_services_cannot_extend_a_huge_one_again_and_again():
    names = ", ".join(f"V{n}: 1" for n in range(5000))
    users = "".join(
        f"  s{n}: {{extends: base, environment: {{A: b}}}}\n" for n in range(MAX_COPIED // 5000 + 1)
    )
    with pytest.raises(ParseError, match="extend"):
        compose(f"services:\n  base:\n    environment: {{{names}}}\n{users}")


def test_merge_keys_and_extensions():
    text = """\
x-base: &base
  privileged: true
x-other:
  services: {no: {}}
services:
  web:
    <<: *base
    image: a
  x-ignored: text
"""
    assert [each.name for each in compose(text).services()] == ["web"]
    assert service(text).flag("privileged")
    assert service(text).tell("privileged", "is").line == 2


def test_documents_are_laid_over_each_other():
    text = "services: {web: {image: a, user: root}}\n---\nservices: {web: {user: me}, b: {}}\n"
    assert service(text).body.text("user") == "me"
    assert service(text).body.text("image") == "a"
    assert [each.name for each in compose(text).services()] == ["web", "b"]
    with pytest.raises(ParseError):
        compose("services: {}\n---\nservices: [\n")


def test_images_are_taken_apart():
    web = service("services: {web: {image: 'registry.example:5000/a/Web:1.2'}}")
    assert web.image == ("registry.example:5000/a/Web", "1.2", "")
    assert web.image_name == "web"
    assert not web.is_built
    built = service("services: {web: {build: ./x}}")
    assert built.is_built
    assert built.build.text("context") == "./x"


def test_services_that_run_once_and_copies():
    found = compose(
        "services:\n"
        "  web: {scale: 2, depends_on: {a: {condition: service_completed_successfully}}}\n"
        "  b: {deploy: {replicas: 3, mode: replicated}, depends_on: [web]}\n"
    )
    assert awaited_to_end(found) == {"a"}
    assert [copies(each) for each in found.services()] == [2, 3]
    assert found.is_stack


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (["redis-server", "--requirepass", "hunter2"], "--requirepass"),
        (["run", "--db.password=hunter2"], "--db.password"),
        (["env", "API_TOKEN=k3y-0f", "run"], "API_TOKEN"),
        (["mysqladmin", "ping", "-phunter2"], "-p"),
        (["mysqladmin", "ping", "-p$PASSWORD"], ""),
        (["run", "--password", "--verbose"], ""),
        (["run", "--password-file=/run/secrets/x"], ""),
        (["run", "--token", "${TOKEN}"], ""),
        (["mkdir", "-parents"], ""),
        ([], ""),
    ],
)
def test_secrets_among_words(words, option):
    assert secret_of(words) == option


def test_what_is_no_compose_file_is_none():
    assert compose("") is None
    assert compose("a: b") is None
    assert compose("- services") is None
    assert [*compose("services: null").services()] == []


def test_a_file_that_only_includes_others_is_one():
    found = compose("include: [oci://docker.io/x/y:latest]")
    assert found.body.texts("include") == ["oci://docker.io/x/y:latest"]
    assert [*found.services()] == []


def test_services_at_the_top_are_told():
    with pytest.raises(ParseError, match="Compose 1"):
        compose("web: {image: nginx, privileged: true}")


def test_rubbish_is_taken_for_what_it_is():
    drawing = random.Random("compose")
    values = ("null", "[]", "{}", "1", "true", "[[1]]", "{a: {b: 1}}", "'$'", "'${'", "':'", "-1")
    keys = ("ports", "volumes", "environment", "extends", "build", "deploy", "command", "image")
    for _ in range(300):
        body = "".join(f"    {key}: {drawing.choice(values)}\n" for key in keys)
        web = service(f"services:\n  web:\n{body}")
        [*web.ports(), *web.mounts(), *web.environment(), *web.entries("ports")]
        assert web.words("command") is not None
        assert web.image
        assert web.build is not None
        assert copies(web) == 1


def test_hostile_texts_end_soon():
    for text in ("${" * 100_000, "${A:-" * 100_000, "$" * 200_001, ":" * 200_000, '"' * 200_001):
        web = service(f"services:\n  web:\n    ports: ['{text}']\n    command: 'a {text}'\n")
        assert len([*web.ports()]) == 1
        assert web.words("command")


def test_deep_sharing_ends():
    chain = "".join(f"x-{n}: &a{n} {{b: *a{n - 1}}}\n" for n in range(1, 500))
    text = f"x-0: &a0 '${{A:-b}}'\n{chain}services: {{web: {{image: a, x-deep: *a499}}}}\n"
    assert service(text).body.text("image") == "a"
