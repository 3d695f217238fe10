"""Configuration as code in a scan of a folder: read once, told with its line, accepted in place."""

import json

import pytest
from msgspec.structs import replace

import hullmark.checks.kubernetes as room
from hullmark.apps.cli.target import source_of
from hullmark.checks.kube_packed import ANNOTATION
from hullmark.checks.kubernetes.privileged_container import privileged_container
from hullmark.checks.shell_tree import MAX_COMMANDS
from hullmark.model import Evidence, File
from hullmark.model.spotted import Spotted
from hullmark.scan import Scanner, Settings, config_files
from hullmark.scan.reading import Reading
from hullmark.sieve.options import Looking

POD = """\
apiVersion: v1
kind: Pod
metadata:
  name: {name}
{extra}spec:
  containers:
  - name: web
    image: a{comment}
    securityContext:
      privileged: true{beside}
"""


@pytest.fixture(scope="module")
def scanner():
    with Scanner(looking=Looking(config=True)) as scanner:
        yield scanner


@pytest.fixture
def judged(scanner, tmp_path):
    def scan(**files):
        for path, text in files.items():
            place = tmp_path / "tree" / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text)
        settings = Settings(folder=str(tmp_path / "cache"), declared=True)
        return scanner.scan(*source_of(f"dir:{tmp_path / 'tree'}"), settings)

    return scan


def pod(name="web", extra="", comment="", beside=""):
    return POD.format(name=name, extra=extra, comment=comment, beside=beside)


def places(report, rule="privileged-container"):
    return [
        (each.subject, each.evidence.at, each.evidence.line)
        for each in report.findings
        if each.rule == rule
    ]


def reasons(report, rule="privileged-container"):
    return [each.by.reason for each in report.suppressed if each.finding.rule == rule]


ACCEPTED = f"  annotations:\n    {ANNOTATION}privileged-container: it loads modules\n"
ABOVE = "      # hullmark:allow privileged-container it loads modules\n"
AT = "Pod/web spec.containers[0].securityContext.privileged"


def test_a_fault_is_told_with_file_object_and_line(judged):
    report = judged(**{"deploy/web.yaml": "---\n" + pod()})
    assert places(report) == [("deploy/web.yaml", AT, 11)]


def test_objects_of_json_and_of_lists_are_judged(judged):
    body = (
        '{"apiVersion": "v1", "kind": "List", "items": [\n'
        '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"}, "spec":\n'
        '{"containers": [{"name": "x", "securityContext": {"privileged": true}}]}}]}'
    )
    assert places(judged(**{"web.json": body})) == [("web.json", AT, 3)]


@pytest.mark.parametrize(
    "content",
    [
        b'{"kind":"Pod","apiVersion":"v1","metadata":{"name":"web"},"spec":%s}',
        b'{\n\t"apiVersion": "v1",\n\t"kind": "Pod",\n\t"spec": %s\n}',
        b"\xef\xbb\xbfapiVersion: v1\nkind: Pod\nspec: %s\n",
        "apiVersion: v1\nkind: Pod\nspec: %s\n".encode("utf-16"),
    ],
)
def test_a_manifest_is_one_however_it_is_written(content):
    spec = b'{"containers":[{"name":"x","securityContext":{"privileged":true}}]}'
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    sign, spec = (
        ("%s".encode("utf-16")[2:], spec.decode().encode("utf-16")[2:]) if wide else (b"%s", spec)
    )
    file = File(path="web.json", content=content.replace(sign, spec))
    found = config_files.config_parsers()["kubernetes"].parse(file)
    assert "privileged-container" in [each.rule for each in found if isinstance(each, Spotted)]


@pytest.mark.parametrize(
    "text",
    [
        pod(beside=" # hullmark:allow privileged-container it loads modules"),
        pod(beside=" # hullmark:allow * it loads modules"),
        pod().replace("      priv", f"{ABOVE}      # really\n      priv"),
        pod(extra=ACCEPTED),
    ],
)
def test_a_comment_or_an_annotation_accepts_a_fault_with_its_reason(text, judged):
    report = judged(**{"web.yaml": text})
    assert places(report) == []
    assert reasons(report) == ["it loads modules"]


@pytest.mark.parametrize(
    "text",
    [
        pod(beside=" # hullmark:allow privileged-container"),
        pod(beside=" # hullmark:allow host-network it needs it"),
        pod(comment=" # hullmark:allow privileged-container it loads modules"),
    ],
)
def test_a_comment_without_reason_of_another_rule_or_elsewhere_accepts_nothing(text, judged):
    assert len(places(judged(**{"web.yaml": text}))) == 1


def test_comments_are_read_once_however_much_they_accept(judged):
    comment = "# hullmark:allow other a" + " " * 50_000 + "b\n"
    text = pod().replace("      priv", comment + "      # c\n" * 20_000 + ABOVE + "      priv")
    report = judged(**{"web.yaml": text})
    assert (places(report), reasons(report)) == ([], ["it loads modules"])


def test_a_template_and_broken_yaml_are_gaps_and_other_yaml_is_nothing(judged):
    report = judged(
        **{
            "chart.yaml": "apiVersion: v1\nkind: Pod\nspec: {{ .Values.spec }}\n",
            "broken.yaml": "apiVersion: v1\nkind: [\n",
            "notes.yaml": "a: {{ b }}: c\n",
        }
    )
    gaps = {each.subject: each.why for each in report.gaps if each.unit == "kubernetes"}
    assert set(gaps) == {"chart.yaml", "broken.yaml"}
    assert "template" in gaps["chart.yaml"]
    assert "line" in gaps["broken.yaml"]


def test_a_dockerfile_is_judged_by_checks_of_images_with_its_lines(judged):
    text = "FROM a:1 AS build\nRUN curl https://x.example/i | sh\nFROM b:1\nRUN sudo id\n"
    report = judged(Dockerfile=text)
    assert places(report, "download-and-execute")[0][2] == 2
    assert places(report, "sudo-in-build")[0][2] == 4
    assert [line for _, _, line in places(report, "runs-as-root")] == [3]


def test_what_a_stage_leaves_behind_counts_only_where_it_ran(judged):
    text = "FROM a:1 AS build\nENV DB_PASSWORD=hunter2hunter2\nFROM b:1\nUSER 10001\n"
    assert places(judged(Dockerfile=text), "secret-in-environment") == []


def test_a_compose_file_is_judged_by_its_own_checks_alone(judged):
    text = "services:\n  web:\n    image: a\n    privileged: true\n"
    report = judged(**{"compose.yaml": text, "other.yaml": text})
    assert places(report, "privileged-service") == [("compose.yaml", "services.web.privileged", 4)]


def test_an_annotation_accepts_what_several_objects_show_together(judged):
    accepted = ACCEPTED.replace("privileged-container", "missing-network-policy")
    rule = "missing-network-policy"
    report = judged(**{"web.yaml": pod("one", extra=accepted) + "---\n" + pod("two")})
    assert (places(report, rule), reasons(report, rule)) == ([], ["it loads modules"])
    report = judged(**{"web.yaml": pod("one") + "---\n" + pod("two", extra=accepted)})
    assert (len(places(report, rule)), reasons(report, rule)) == (1, [])


def test_objects_of_one_name_in_two_namespaces_are_two(judged):
    report = judged(**{"web.yaml": pod(extra="  namespace: a\n") + "---\n" + pod()})
    assert [(at, line) for _, at, line in places(report)] == [(AT, 11), (f"{AT} (2)", 22)]


def test_a_check_that_fails_is_a_gap_and_costs_no_other(monkeypatch):
    def broken(_):
        yield Evidence(at="a", says="said before", line=1)
        raise TypeError("odd")

    checks = {
        "odd": replace(privileged_container, judge=broken),
        "privileged-container": privileged_container,
    }
    monkeypatch.setattr(config_files, "discover", lambda asked, _: checks if asked is room else {})
    reading = Reading(config_files.config_parsers())
    reading.read(File(path="web.yaml", content=pod().encode()), ["kubernetes"], 1)
    (parsed,) = reading.parsed()
    assert [each.at for each in parsed.facts if isinstance(each, Spotted)] == ["a", AT]
    assert [each.why for each in reading.gaps] == ["TypeError: odd (check privileged-container)"]


@pytest.mark.parametrize("many", [12, 120])
@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (
            "kubernetes",
            "apiVersion: v1\nkind: Pod\nspec: {volumes: [{name: v, gitRepo: {repository: %s}}]}\n",
        ),
        ("compose", "services: {a: {build: '%s'}}\n"),
        ("compose", "include: ['%s']\n"),
        ("workflow", "include: [{remote: '%s/a.yml'}]\nbuild: {script: ls}\n"),
    ],
)
def test_no_password_of_an_address_is_told(kind, text, many):
    paths = {"kubernetes": "a.yaml", "compose": "compose.yaml", "workflow": ".gitlab-ci.yml"}
    content = text % f"http://bob:{'q' * many}@git.example/a.git"
    found = config_files.config_parsers()[kind].parse(
        File(path=paths[kind], content=content.encode())
    )
    told = [each for each in found if isinstance(each, Spotted)]
    assert any("git.example" in each.says for each in told)
    assert not any("qqq" in each.says or "qqq" in each.at for each in told)


def test_objects_of_json_one_after_the_other_are_judged_each(judged):
    body = (
        '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "%s"}, "spec":\n'
        '{"containers": [{"name": "x } {", "securityContext": {"privileged": true}}]}}\n'
    )
    report = judged(**{"web.json": body % "one" + "\n" + body % "two" + "{broken"})
    assert [(at.split()[0], line) for _, at, line in places(report)] == [
        ("Pod/one", 2),
        ("Pod/two", 5),
    ]
    assert any("line 7" in each.why for each in report.gaps if each.unit == "kubernetes")


def test_commands_of_builds_are_told_with_their_lines_and_accepted_above_their_step(judged):
    found = judged(
        Dockerfile=(
            "FROM a:1\nRUN a && \\\n  b | c\n# hullmark:allow pipeline-without-pipefail ours\n"
            "RUN a && \\\n  b | c\nONBUILD RUN a | b\n"
        )
    )
    told = [each[2] for each in places(found, "pipeline-without-pipefail")]
    assert told == [3, 7]


def test_scripts_that_a_build_writes_are_judged(judged):
    found = judged(
        Dockerfile="FROM a:1\nCOPY <<E /x.sh\n#!/bin/sh\n\ncurl -s https://a.example | sh\nE\n"
    )
    assert places(found, "script-downloads-and-executes")[0][2] == 5


def test_scripts_that_stand_too_deep_in_scripts_are_a_gap(judged):
    text = "ls"
    for end in "ABCDE":
        text = f"sh <<'{end}'\n{text}\n{end}"
    found = judged(**{"x.sh": text, "y.sh": "sh -c 'sh -c ls'"})
    (gap,) = [each for each in found.gaps if each.subject.endswith(".sh")]
    assert (gap.subject, gap.why) == ("x.sh", "sh is handed a script 5 deep in scripts")


def test_scripts_of_too_many_commands_are_judged_in_part_and_a_gap(judged):
    text = "curl -s https://a.example | sh\n" + "true\n" * MAX_COMMANDS
    found = judged(**{"x.sh": text})
    assert [each.rule for each in found.findings] == ["script-downloads-and-executes"]
    (gap,) = found.gaps
    assert gap.why == f"has more than the {MAX_COMMANDS} commands of a script that are looked at"


def test_commands_of_services_and_containers_that_run_downloads_have_their_lines(judged):
    script = "      - |\n        set -e\n        curl https://a.example/i | sh\n"
    compose = f"services:\n  web:\n    image: a\n    command:\n      - sh\n      - -c\n{script}"
    found = judged(**{"compose.yaml": compose})
    ((_, at, line),) = places(found, "service-downloads-and-executes")
    assert (at, line) == ("services.web.command", 8)
    pod = (
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: b\n"
        "    image: c\n    command: [sh]\n    args:\n    - -c\n"
        "    - curl https://a.example/i | sh\n"
    )
    found = judged(**{"pod.yaml": pod})
    ((_, at, line),) = places(found, "container-downloads-and-executes")
    assert (at, line) == ("Pod/a spec.containers[0].args", 11)


def test_commands_of_services_too_deep_in_scripts_are_a_gap(judged):
    text = "ls"
    for end in "ABCDE":
        text = f"sh <<'{end}'\n{text}\n{end}"
    command = json.dumps(["sh", "-c", text])
    compose = f"services:\n  a:\n    image: b\n    command: {command}\n"
    found = judged(**{"compose.yaml": compose})
    assert [each.why for each in found.gaps] == ["sh is handed a script 5 deep in scripts"]


def test_images_of_windows_do_not_run_as_root(judged):
    found = judged(
        **{
            "a/Dockerfile": "FROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nRUN a\n",
            "b/Dockerfile": "FROM debian:13\nRUN a\n",
        }
    )
    assert [each[0] for each in places(found, "runs-as-root")] == ["b/Dockerfile"]


INLINE = """services:
  web:
    build:
      dockerfile_inline: |
        # syntax=docker/dockerfile:latest
        FROM alpine
        # hullmark:allow add-instead-of-copy it is so
        ADD a /b
        RUN echo "$${HOME}" && curl https://a.example/i \\
          | sh
        COPY <<E /x.sh
        #!/bin/sh
        curl -s https://b.example | sh
        E
"""


def test_a_dockerfile_within_a_file_of_compose_is_judged_with_its_lines(judged):
    found = judged(**{"compose.yaml": INLINE})
    assert not found.gaps
    assert [each[2] for each in places(found, "untagged-base")] == [6]
    assert [each[2] for each in places(found, "unpinned-build-frontend")] == [5]
    assert [each[2] for each in places(found, "download-and-execute")] == [9]
    assert [each[2] for each in places(found, "script-downloads-and-executes")] == [13]
    assert reasons(found, "add-instead-of-copy") == ["it is so"]


def test_a_dockerfile_that_services_of_compose_share_is_told_of_once(judged):
    text = (
        "x-build: &build\n  dockerfile_inline: |\n    FROM alpine\n"
        "services:\n  a:\n    build: *build\n  b:\n    build: {<<: *build}\n"
    )
    found = judged(**{"compose.yaml": text})
    assert [each[2] for each in places(found, "untagged-base")] == [3]


def test_a_dockerfile_in_one_line_of_a_file_of_compose_is_told_of_there(judged):
    text = "FROM alpine\\nRUN curl https://a.example | sh\\n"
    found = judged(
        **{"compose.yaml": f'services:\n  a:\n    build: {{dockerfile_inline: "{text}"}}\n'}
    )
    assert [each[2] for each in places(found, "untagged-base")] == [3]
    assert [each[2] for each in places(found, "download-and-execute")] == [3]


def test_a_dockerfile_in_compose_that_cannot_be_read_is_a_gap_and_costs_no_other(judged):
    text = "services:\n  a:\n    build: {dockerfile_inline: FRO a}\n"
    found = judged(**{"compose.yaml": f"{text}{INLINE.partition(chr(10))[2]}"})
    (gap,) = found.gaps
    assert gap.why.startswith("services.a.build.dockerfile_inline: line 3: there is no instruction")
    assert places(found, "untagged-base")


def test_a_dockerfile_within_a_project_of_compose_is_judged_in_its_file(judged):
    override = "services:\n  web:\n    user: '1'\n  b:\n    build: {dockerfile_inline: FRO a}\n"
    found = judged(**{"compose.yaml": INLINE, "compose.override.yaml": override})
    assert places(found, "untagged-base") == [("compose.yaml", "FROM in line 6", 6)]
    assert [each[2] for each in places(found, "download-and-execute")] == [9]
    assert [each[2] for each in places(found, "script-downloads-and-executes")] == [13]
    assert reasons(found, "add-instead-of-copy") == ["it is so"]
    assert any("services.b.build.dockerfile_inline: line 5: " in each.why for each in found.gaps)
