"""Images that build files and manifests name."""

import pytest
from packageurl import PackageURL

from hullmark.model import File, ParseError
from hullmark.model.container_image import MAX_NAME_CHARS, expanded, image
from hullmark.parsers import compose_images as compose
from hullmark.parsers import dockerfile_images as dockerfile
from hullmark.parsers import kubernetes_images as kubernetes

DIGEST = f"sha256:{'5c' * 32}"


def found(unit, text, **beside):
    siblings = {f".{name}": File(path=f".{name}", content=data) for name, data in beside.items()}
    return list(unit.parse(File(path="a/b", content=text.encode(), beside=siblings)))


def names(unit, text, **beside):
    return [fact.purl.removeprefix("pkg:docker/") for fact in found(unit, text, **beside)]


@pytest.mark.parametrize(
    ("name", "purl"),
    [
        ("nginx", "nginx@latest"),
        ("nginx:1.27-alpine", "nginx@1.27-alpine"),
        ("library/nginx:1", "nginx@1"),
        ("docker.io/library/nginx:1", "nginx@1"),
        ("index.docker.io/team/app:1", "team/app@1"),
        ("team/app", "team/app@latest"),
        (f"nginx@{DIGEST}", f"nginx@{DIGEST}"),
        (f"nginx:1@{DIGEST}", f"nginx@{DIGEST}?tag=1"),
        ("ghcr.io/a/b/c:v1", "a/b/c@v1?repository_url=ghcr.io"),
        ("localhost/app", "app@latest?repository_url=localhost"),
        ("localhost:5000/app:2", "app@2?repository_url=localhost:5000"),
        ("quay.io/library/app", "library/app@latest?repository_url=quay.io"),
    ],
)
def test_an_images_name_is_a_purl(name, purl):
    package = image(name, "a")
    assert package.purl == f"pkg:docker/{purl}"
    assert PackageURL.from_string(package.purl).name == package.name


@pytest.mark.parametrize(
    "name", ["", "UPPER", "a b", "a:", "a@", "a@sha256:12", "$A", "a/", "/a", "a:b:c", "ä"]
)
def test_what_no_runtime_would_pull_is_no_image(name):
    assert image(name, "a") is None
    assert image("a" * (MAX_NAME_CHARS + 1), "a") is None


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("a:$V", "a:1"),
        ("a:${V}-x", "a:1-x"),
        ("a:${N:-2}", "a:2"),
        ("a:${N-2}", "a:2"),
        ("a:${E:-2}", "a:2"),
        ("a:${E-2}", "a:"),
        ("a${V:+:x}", "a:x"),
        ("a${N:+:x}", "a"),
        ("${N:-${M:-b}:${V}}", "b:1"),
        ("a:${V:?must be set}", "a:1"),
        ("a:${N:?must be set}", "a:${N:?must be set}"),
        ("a:$N", "a:$N"),
    ],
)
def test_variables_are_replaced_by_values_and_defaults(text, full):
    assert expanded(text, {"V": "1", "E": ""}) == full


def test_variables_that_grow_come_to_an_end():
    assert len(expanded("${A}" * 200, {"A": "${A}${A}"})) <= 2 * MAX_NAME_CHARS
    assert len(expanded("$A" * 400, {"A": "a" * 1_000_000})) <= 2 * MAX_NAME_CHARS


def test_a_long_chain_of_stages_costs_no_more_than_its_length():
    text = "FROM a AS s0\n" + "".join(f"FROM s{n} AS s{n + 1}\n" for n in range(30_000))
    assert names(dockerfile.dockerfile_images, text) == ["a@latest"]


def test_a_build_starts_from_its_bases():
    text = """
# syntax=docker/dockerfile:1
ARG TAG=12
ARG BASE="debian:${TAG}"
from --platform=$BUILDPLATFORM golang:1.24 as Build
RUN echo a \\
    # FROM inside:1

    FROM inside:2
FROM ${BASE} AS base
FROM base
COPY --from=build /a /b
COPY --chown=1 --from=ghcr.io/example/uv:0.5 /uv /bin/
COPY --from=0 /c /d
RUN --mount=type=bind,from=tools:3,target=/t --mount=type=cache,target=/c make
"""
    packages = found(dockerfile.dockerfile_images, text)
    assert [(fact.purl, fact.development) for fact in packages] == [
        ("pkg:docker/golang@1.24", True),
        ("pkg:docker/debian@12", False),
        ("pkg:docker/example/uv@0.5?repository_url=ghcr.io", False),
        ("pkg:docker/tools@3", False),
    ]
    assert all(fact.declared and fact.direct for fact in packages)


def test_a_stage_named_like_its_base_starts_from_the_image():
    text = "FROM node:22 AS node\nFROM node AS last\nFROM last\n"
    assert names(dockerfile.dockerfile_images, text) == ["node@22"]
    assert names(dockerfile.dockerfile_images, "FROM node AS node\n") == ["node@latest"]


@pytest.mark.parametrize(
    "script",
    ["RUN <<EOF\nFROM no:1\nEOF", "RUN <<-'A' cat <<B\nFROM no:1\n  A\nFROM no:2\nB", "CMD a << b"],
)
def test_what_stands_in_a_heredoc_is_no_instruction(script):
    text = f"FROM a:1\n{script}\nFROM b:1\n"
    assert names(dockerfile.dockerfile_images, text) == ["a@1", "b@1"]


def test_the_escape_of_a_build_for_windows_is_heeded():
    text = "# escape=`\nFROM a:1\nRUN dir C:\\\nFROM b:1\nRUN x `\nFROM no:1\n"
    assert names(dockerfile.dockerfile_images, text) == ["a@1", "b@1"]


@pytest.mark.parametrize("text", ["", "FROM scratch\n", "FROM\n", "hello\n", "FROM a \\"])
def test_a_build_from_nothing_has_no_image(text):
    assert names(dockerfile.dockerfile_images, text) == []


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        (dockerfile.dockerfile_images, "ARG BASE\nFROM $BASE AS a\nFROM fine:1\n"),
        (
            compose.compose_images,
            "services: {a: {image: '$BASE'}, b: {image: 'fine:1'}}",
        ),
        (
            kubernetes.kubernetes_images,
            "apiVersion: v1\nkind: Pod\ncontainers:\n- {image: '$BASE'}\n- {image: 'fine:1'}\n",
        ),
    ],
)
def test_a_name_that_nobody_can_know_is_an_error_after_the_others(unit, text):
    facts = unit.parse(File(path="a", content=text.encode()))
    assert next(facts).purl == "pkg:docker/fine@1"
    with pytest.raises(ParseError, match="BASE"):
        next(facts)


COMPOSE = """
x-base: &base {image: "shared:1"}
services:
  a: {<<: *base}
  b: {<<: *base}
  c: {image: "app:${TAG}"}
  d: {build: ., image: "made:here"}
  e: {image: "${REGISTRY:-quay.io}/e:2"}
  f: null
"""


def test_services_that_are_not_built_have_images():
    env = b"# comment\nexport TAG='3'\nOTHER\n"
    assert names(compose.compose_images, COMPOSE, env=env) == [
        "shared@1",
        "app@3",
        "e@2?repository_url=quay.io",
    ]


def test_the_first_version_of_compose_has_services_at_the_top():
    assert names(compose.compose_images, "web: {image: 'a:1'}\ndb: {image: b}\n") == [
        "a@1",
        "b@latest",
    ]


@pytest.mark.parametrize("text", ["services: []", "[]", "services: {a: {image: 'a"])
def test_what_is_no_compose_file_is_an_error(text):
    with pytest.raises(ParseError):
        found(compose.compose_images, text)


CRON = """\
apiVersion: batch/v1
kind: CronJob
spec: {jobTemplate: {spec: {template: {spec: {containers: [{image: "cron:1"}, {name: x}]}}}}}
---
apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Pod
  spec:
    ephemeralContainers:
    - image: debug:2
    containers: &containers
    - image: cron:1
- {kind: Pod, spec: {containers: *containers}}
"""


def test_containers_are_found_at_any_depth_of_any_document():
    assert names(kubernetes.kubernetes_images, CRON) == ["cron@1", "debug@2"]
    assert names(kubernetes.kubernetes_images, f"---\r\n{CRON}".replace("\n", "\r\n")) == [
        "cron@1",
        "debug@2",
    ]


def test_a_document_that_is_no_yaml_costs_itself_alone():
    broken = CRON.replace("kind: CronJob", "kind: [CronJob")
    facts = kubernetes.kubernetes_images.parse(File(path="a", content=broken.encode()))
    assert [next(facts).name, next(facts).name] == ["cron", "debug"]
    with pytest.raises(ParseError, match="YAML"):
        next(facts)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a: [",
        "apiVersion: v1\nkind: ConfigMap\ndata: {image: 'a', containers: 'b'} # image: containers:",
        "apiVersion: a\nkind: CustomResourceDefinition\nspec: {containers: [{image: a}]}\n",
    ],
)
def test_other_yaml_yields_nothing(text):
    assert names(kubernetes.kubernetes_images, text) == []


RULE = 'apiVersion: v1\nkind: R\nspec: {containers: [{image: "b:2"}], why: "{{ $labels.pod }}"}\n'


@pytest.mark.parametrize(
    "text",
    [
        CRON.replace("cron:1", "{{ .Values.image }}"),
        CRON.replace('"cron:1"', "{{ .Values.image }}"),
        "kind: Pod\napiVersion: v1\ncontainers:\n{{- range .each }}\n- {image: a}\n{{- end }}\n",
    ],
)
def test_a_template_is_an_error_and_braces_elsewhere_are_none(text):
    facts = kubernetes.kubernetes_images.parse(
        File(path="a", content=f"{RULE}---\n{text}".encode())
    )
    assert next(facts).name == "b"
    with pytest.raises(ParseError, match="once it is rendered"):
        list(facts)


def test_a_manifest_too_large_to_read_is_an_error_and_other_yaml_is_none(monkeypatch):
    monkeypatch.setattr(kubernetes, "MAX_MANIFEST_BYTES", len(RULE))
    assert names(kubernetes.kubernetes_images, RULE) == ["b@2"]
    with pytest.raises(ParseError, match="bytes that are read"):
        names(kubernetes.kubernetes_images, RULE + " ")
    assert names(kubernetes.kubernetes_images, "a: b\n" * len(RULE)) == []
