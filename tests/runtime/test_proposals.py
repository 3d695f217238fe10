"""Proposals are valid where they are used, allow no more than they say, and tell their reasons."""

import json
import re
import tarfile
import tempfile
from copy import deepcopy
from pathlib import Path

import pytest
import yaml

from hullmark.model import File, ParseError
from hullmark.model.spotted import Subjects
from hullmark.runtime import syscalls as calls
from hullmark.runtime.apparmor import apparmor, is_plain
from hullmark.runtime.found import subjects
from hullmark.runtime.needs import needs_of
from hullmark.runtime.programs import PROGRAMS, known_by
from hullmark.runtime.proposal import POD_FILE, proposed
from hullmark.runtime.seccomp import seccomp
from hullmark.runtime.subject import Port, Subject, Told, Workload, slug
from hullmark.scan.config_files import config_parsers
from tests.apps.test_cli import hullmark
from tests.images.build import Documents, tagged, write_layout
from tests.images.engines import docker_daemon, run
from tests.roots import needs

HEADERS = (
    "/usr/include/x86_64-linux-gnu/asm/unistd_64.h",
    "/usr/include/x86_64-linux-gnu/asm/unistd_32.h",
    "/usr/include/asm-generic/unistd.h",
)
OF_OTHERS = {
    *("arm_fadvise64_64", "cacheflush", "fchmodat2", "recv", "riscv_flush_icache"),
    *("riscv_hwprobe", "send", "set_tls"),
}
"""Calls of other architectures, and one that is younger than these headers."""

DOCKERFILE = """FROM python:3.12-slim AS base
RUN useradd --uid 1234 app
FROM base
WORKDIR /site
VOLUME /data
EXPOSE 80 8443/tcp
USER app
CMD ["gunicorn", "site:app"]
"""
MANIFEST = """apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      hostNetwork: true
      initContainers:
      - name: own
        image: registry.example/busybox:1
        command: [sh, -c, chown 1 /data]
        securityContext: {runAsUser: 0, privileged: true}
      containers:
      - name: web
        image: registry.example/nginx:1.27
        ports: [{containerPort: 80}]
        securityContext: {capabilities: {add: [SYS_ADMIN]}}
        volumeMounts: [{name: d, mountPath: /data}]
      volumes: [{name: d, emptyDir: {}}]
"""
BEYOND = """apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  securityContext:
    runAsUser: 0
    seLinuxOptions: {type: spc_t}
    windowsOptions: {hostProcess: true}
    appArmorProfile: {type: Unconfined}
  initContainers:
  - name: own
    image: registry.example/busybox:1
    securityContext: {seLinuxOptions: {user: system_u}}
  containers:
  - name: web
    image: registry.example/nginx:1.27
    securityContext: {procMount: Unmasked, appArmorProfile: {type: Unconfined}}
"""
COMPOSE = """services:
  db:
    image: postgres:16
    volumes: ["d:/var/lib/postgresql/data"]
  job:
    image: registry.example/job:1
    network_mode: none
    privileged: true
    user: nobody
volumes: {d: {}}
"""


def of(path: str, text: str) -> list[Subject]:
    return subjects(File(path=path, content=text.encode()))


def test_system_calls_are_those_of_the_kernel():
    for header in HEADERS:
        if not Path(header).exists():
            pytest.skip("needs linux-libc-dev")
    text = "".join(Path(each).read_text() for each in HEADERS)
    known = set(re.findall(r"#define __NR_(\w+)", text)) | OF_OTHERS
    for group in (*calls.ALWAYS, *calls.OPTIONAL):
        assert [each for each in group.names if each not in known] == [], group.id


def test_no_group_holds_a_way_out_and_none_comes_twice():
    groups = (*calls.ALWAYS, *calls.OPTIONAL, calls.NEVER)
    names = [each for group in groups for each in group.names]
    twice = {each for each in names if names.count(each) > 1}
    assert twice <= {"setresuid32", "setresgid32"}
    assert not {"clone", "clone3", "socket", "personality"} & {*names}


def test_a_dockerfile_tells_user_ports_volumes_and_language():
    (found,) = of("shop/Dockerfile", DOCKERFILE)
    assert (found.name, found.uid, found.folder) == ("shop", 1234, "/site")
    assert found.ports == (
        Port(80, "tcp", "EXPOSE in line 6"),
        Port(8443, "tcp", "EXPOSE in line 6"),
    )
    assert found.writable == (Told("/data", "VOLUME in line 5"),)
    needed = needs_of(found)
    assert (needed.uid, needed.low_port, needed.writable) == (1234, 80, ("/tmp", "/data"))
    assert {"listen", "vfork"} <= {*needed.names}
    assert not {"inotify_init1", "chown", "shmget"} & {*needed.names}
    assert any("EXPOSE in line 6 declares 80/tcp" in each.why for each in needed.choices)


def test_without_shell_and_ports_nothing_is_started_and_nothing_listens():
    (found,) = of("Dockerfile", 'FROM scratch\nCOPY app /\nUSER 10\nCMD ["/app"]\n')
    assert not {"vfork", "wait4", "listen", "accept4"} & {*needs_of(found).names}
    assert any("no port is declared" in each for each in needs_of(found).unknown)


@pytest.mark.parametrize(
    ("base", "user", "numbers"),
    [
        ("node:22", "node", (1000, 1000)),
        ("docker.io/library/node:22-alpine", "node", (1000, 1000)),
        ("nginx:1.27", "nginx", (101, 101)),
        ("postgres:16", "postgres", (999, 999)),
        ("postgres:16-alpine", "postgres", (70, 70)),
        ("redis:7-alpine3.20", "redis", (999, 1000)),
        ("debian:12", "www-data", (33, 33)),
        ("php:8.3-fpm-alpine", "www-data", (82, 82)),
        ("registry.example/node:22", "node", (65532, 65532)),
        ("python:3.13", "node", (65532, 65532)),
        ("rabbitmq:4-alpine", "rabbitmq", (65532, 65532)),
    ],
)
def test_accounts_of_well_known_images_have_their_numbers(base, user, numbers):
    (built,) = of("Dockerfile", f"FROM {base} AS a\nFROM a\nUSER {user}\n")
    (service,) = of("compose.yaml", f"services:\n  a: {{image: '{base}', user: {user}}}\n")
    for each in (needs_of(built), needs_of(service)):
        assert (each.uid, each.gid) == numbers
        (told,) = [choice.why for choice in each.choices if choice.of == "user"]
        assert ("gives it this number" in told) == (numbers[0] != 65532)


def test_accounts_that_a_file_changes_are_not_known():
    (found,) = of("Dockerfile", "FROM node:22\nRUN usermod -u 1234 node\nUSER node\n")
    assert needs_of(found).uid == 65532


def test_what_reaches_out_of_the_container_is_told_and_not_granted():
    web, own = of("deploy.yaml", MANIFEST)
    assert (web.name, own.name) == ("web", "web-own")
    told = needs_of(web).unknown
    assert any("SYS_ADMIN" in each for each in told)
    assert any("hostNetwork" in each for each in told)
    assert any("is privileged" in each for each in needs_of(own).unknown)
    assert needs_of(own).uid == 65532
    db, job = of("compose.yaml", COMPOSE)
    assert "shmget" in needs_of(db).names
    assert needs_of(job).uid == 65534
    assert needs_of(job).families == ("unix",)
    assert "connect" not in needs_of(job).names


def merged(into: object, patch: object) -> object:
    """A strategic merge of what patches hold: lists of named things by name, all else replaced."""
    if isinstance(into, dict) and isinstance(patch, dict):
        done = dict(into)
        for key, value in patch.items():
            done[key] = merged(done.get(key), value)
        return {key: value for key, value in done.items() if value is not None}
    if isinstance(into, list) and isinstance(patch, list):
        key = "mountPath" if any("mountPath" in each for each in patch if each) else "name"
        if all(isinstance(each, dict) and key in each for each in (*into, *patch)) and patch:
            have = {each[key]: each for each in into}
            for each in patch:
                have[each[key]] = merged(have.get(each[key]), each)
            return [*have.values()]
    return deepcopy(patch)


def passes_restricted(folder: Path) -> bool:
    done = hullmark(
        *("scan", "--framework", "pss-restricted", "--format", "json", "--scanners", "config"),
        f"dir:{folder}",
    )
    standing = json.loads(done.stdout)["frameworks"]["pss-restricted"]
    assert len(standing["controls"]) > 15
    return {each["status"] for each in standing["controls"]} == {"pass"}


@pytest.mark.parametrize(
    ("path", "text"),
    [("Dockerfile", DOCKERFILE), ("deploy.yaml", MANIFEST), ("deploy.yaml", BEYOND)],
    ids=["dockerfile", "manifest", "beyond"],
)
def test_what_is_proposed_passes_the_restricted_standard(tmp_path, path, text):
    source = tmp_path / "in" / path
    source.parent.mkdir()
    source.write_text(text)
    done = hullmark("propose", str(source), "--output", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    patch = yaml.safe_load((tmp_path / "out" / POD_FILE).read_text())
    if path == "deploy.yaml":
        before = tmp_path / "before"
        before.mkdir()
        (before / "deploy.yaml").write_text(text)
        assert not passes_restricted(before)
        patch = merged(yaml.safe_load(text), patch)
    ready = tmp_path / "ready"
    ready.mkdir()
    (ready / "pod.yaml").write_text(yaml.safe_dump(patch))
    assert passes_restricted(ready)


def test_what_a_security_context_takes_away_is_told():
    told = [each for subject in of("pod.yaml", BEYOND) for each in needs_of(subject).unknown]
    assert "why Pod/web spec.containers[0] sets procMount: the proposal takes it back" in told
    assert "why the pod sets seLinuxOptions: the proposal takes it back" in told


def test_compose_is_laid_over_what_was_read():
    found = proposed("compose.yaml", of("compose.yaml", COMPOSE), by_apparmor=True)
    text = found.files["compose.security.yaml"]
    db = yaml.safe_load(text)["services"]["db"]
    assert db["cap_drop"] == ["ALL"]
    assert db["read_only"] is True
    assert db["security_opt"][1:] == ["seccomp=db.seccomp.json", "apparmor=hullmark-db"]
    assert yaml.safe_load(text)["services"]["job"]["privileged"] is False


SAMPLES = (
    Subject(form="image", name="a", place="a"),
    Subject(
        form="image",
        name="b",
        place="b",
        folder="/srv/a b{x}",
        ports=(Port(53, "udp", "x"),),
        writable=(Told('/data"\n}', "x"), Told("/a/../etc", "x"), Told("/etc", "x")),
        mounted=(Told("/var/lib/b+c", "x"), Told("/w/*", "x")),
    ),
    *(of("deploy.yaml", MANIFEST)),
    *(of("compose.yaml", COMPOSE)),
)


@pytest.mark.parametrize("subject", SAMPLES, ids=lambda each: each.place)
def test_profiles_of_apparmor_are_read_by_its_parser(subject, tmp_path):
    needs("apparmor_parser")
    file = tmp_path / "profile"
    file.write_text(apparmor(subject, needs_of(subject)))
    run("apparmor_parser", "--skip-kernel-load", "--skip-cache", file)
    assert "etc/" not in file.read_text()


@pytest.mark.parametrize("subject", SAMPLES, ids=lambda each: each.place)
def test_a_scan_finds_nothing_in_profiles_that_are_proposed(subject):
    needed = needs_of(subject)
    files = {
        "apparmor": File(path="a.apparmor", content=apparmor(subject, needed).encode()),
        "seccomp": File(path="a.json", content=json.dumps(seccomp(subject, needed)).encode()),
    }
    for system, file in files.items():
        (judged,) = config_parsers()[system].parse(file)
        assert judged == Subjects(path=file.path, counts={f"{system}": 1})


def test_paths_with_signs_of_patterns_are_left_out_and_told():
    found = proposed("b", [SAMPLES[1]])
    assert "/w/*" not in found.files["b.apparmor"]
    assert any("'/w/*'" in each for each in found.containers[0].unknown)
    assert is_plain("/var/lib/x")
    assert not any(map(is_plain, ("/", "/a b", "/a/../b", "/*", "/a\n", "a", "/{a}")))


PROBE = r"""
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
static void *nothing(void *x) { return x; }
static void told(const char *what, long done) { printf("%s %s\n", what, done < 0 ? "no" : "yes"); }
int main(void) {
  pthread_t one;
  struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = 0};
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  told("inet", fd);
  told("bind", bind(fd, (void *)&here, sizeof here));
  told("listen", listen(fd, 1));
  told("thread", pthread_create(&one, 0, nothing, 0) ? -1 : pthread_join(one, 0));
  int child = fork();
  if (!child) _exit(0);
  told("fork", child);
  told("wait", waitpid(child, 0, 0));
  told("pipe", mkfifo("/dev/shm/p", 0600));
  told("device", mknod("/dev/shm/d", S_IFCHR | 0600, 0x103));
  told("packet", socket(AF_PACKET, SOCK_RAW, 0));
  told("alg", socket(AF_ALG, SOCK_SEQPACKET, 0));
  told("vsock", socket(AF_VSOCK, SOCK_STREAM, 0));
  told("unshare", unshare(CLONE_NEWUSER));
  told("namespace", syscall(SYS_clone, CLONE_NEWUSER | 17, 0, 0, 0, 0));
  told("mount", mount("none", "/", "tmpfs", 0, 0));
  told("ptrace", ptrace(PTRACE_TRACEME, 0, 0, 0));
  told("io_uring", syscall(425, 1, 0));
  told("keyctl", syscall(SYS_keyctl, 0, -1));
  return 0;
}
"""


def test_a_runtime_holds_programs_to_a_profile(tmp_path):
    needs("gcc")
    (tmp_path / "probe.c").write_text(PROBE)
    run("gcc", "-static", "-pthread", "-o", tmp_path / "probe", tmp_path / "probe.c")
    with tarfile.open(tmp_path / "root.tar", "w") as archive:
        archive.add(tmp_path / "probe", "probe")
    listening = 'FROM debian:12\nEXPOSE 8080\nUSER 9\nCMD ["/probe"]\n'
    silent = 'FROM debian:12\nUSER 9\nCMD ["/probe"]\n'
    with (
        tempfile.TemporaryDirectory() as short,  # the name of a socket ends at 108 bytes
        docker_daemon(Path(short) / "d") as address,
    ):
        docker = ("docker", "--host", address)
        run(*docker, "import", tmp_path / "root.tar", "probe:1")
        answers = []
        for text in (listening, silent):
            (subject,) = of("Dockerfile", text)
            profile = tmp_path / "seccomp.json"
            profile.write_text(json.dumps(seccomp(subject, needs_of(subject))))
            words = ("--network", "none", "--user", "9:9", "--cap-drop", "ALL", "--read-only")
            secured = ("--security-opt", f"seccomp={profile}", "--security-opt=no-new-privileges")
            printed = run(*docker, "run", "--rm", *words, *secured, "probe:1", "/probe")
            answers.append(dict(line.split() for line in printed.splitlines()))
    works = {name for name, said in answers[0].items() if said == "yes"}
    assert works == {"inet", "bind", "listen", "thread", "fork", "wait", "pipe"}
    assert {name for name, said in answers[1].items() if said == "yes"} == works - {"listen"}


def test_an_image_tells_by_configuration_and_packages(tmp_path):
    image = Documents([[("server.js", b"")]])
    image.config["config"] = {
        "User": "1001",
        "ExposedPorts": {"443/tcp": {}},
        "Volumes": {"/store": {}},
        "Entrypoint": ["/usr/bin/node", "server.js"],
    }
    layout = write_layout(tmp_path / "image", image.blobs, image.manifest(**tagged("latest")))
    done = hullmark("propose", f"oci:{layout}", "--format", "json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    (container,) = told["containers"]
    assert (container["user"], container["ports"]) == (1001, ["443/tcp"])
    assert container["writable"] == ["/tmp", "/store"]
    profile = next(text for name, text in told["files"].items() if name.endswith(".json"))
    assert "SCMP_ARCH_X86_64" in profile
    assert "inotify_add_watch" in profile


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("a.yaml", "a: 1\n", "no pod of Kubernetes and no service of compose"),
        ("a.yaml", "apiVersion: v1\nkind: [\n", "line"),
        ("Dockerfile", "# nothing\n", "no stage"),
        ("Dockerfile", "FROM a\nNONSENSE b\n", "no instruction"),
    ],
)
def test_bad_files_are_told_with_their_place(tmp_path, name, text, why):
    (tmp_path / name).write_text(text)
    done = hullmark("propose", str(tmp_path / name))
    assert done.returncode == 2
    assert why in done.stderr
    assert name in done.stderr
    with pytest.raises(ParseError):
        of(name, text)


def test_a_folder_is_no_image(tmp_path):
    done = hullmark("propose", f"dir:{tmp_path}")
    assert done.returncode == 2
    assert "is no image" in done.stderr


def test_nothing_is_written_through_a_link(tmp_path):
    (tmp_path / "Dockerfile").write_text(DOCKERFILE)
    out = tmp_path / "out"
    out.mkdir()
    (out / POD_FILE).symlink_to(tmp_path / "other")
    done = hullmark("propose", str(tmp_path / "Dockerfile"), "--output", str(out))
    assert done.returncode == 2
    assert not (tmp_path / "other").exists()


def test_names_are_fit_for_files():
    assert slug("../../Ä b/c:1") == "b-c-1"
    assert slug("...") == "container"
    (found,) = of("compose.yaml", 'services: {"../x": {image: a}}\n')
    assert found.name == "x"
    assert found.workload == Workload(name="../x")


def test_programs_are_known_by_one_name_each():
    words = [word for each in PROGRAMS for word in each.words]
    assert len(words) == len({*words})
    assert [each.id for each in known_by("openjdk-17-jre-headless")] == ["java"]
    assert [each.id for each in known_by("python3.12-slim")] == ["python"]
    assert known_by("lets-go") == []


def test_groups_that_are_said_are_kept():
    (one,) = of("Dockerfile", "FROM a\nUSER 1000:0\n")
    assert (needs_of(one).uid, needs_of(one).gid) == (1000, 0)
    (two,) = of("compose.yaml", "services: {a: {image: a, user: '1000:2000'}}\n")
    files = proposed("x", [two]).files
    assert yaml.safe_load(files["compose.security.yaml"])["services"]["a"]["user"] == "1000:2000"
    text = (
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n"
        "spec: {securityContext: {runAsUser: 1, runAsGroup: 2, fsGroup: 3},"
        " containers: [{name: b, image: c}]}\n"
    )
    pod = yaml.safe_load(proposed("x", of("pod.yaml", text)).files[POD_FILE])
    assert pod["spec"]["securityContext"]["fsGroup"] == 3
    assert pod["spec"]["containers"][0]["securityContext"]["runAsGroup"] == 2


def test_images_of_known_servers_open_their_port_where_no_file_names_it():
    (one,) = of("Dockerfile", "FROM nginx:1.27\n")
    pod = yaml.safe_load(proposed("x", [one]).files[POD_FILE])
    (sysctl,) = pod["spec"]["securityContext"]["sysctls"]
    assert sysctl["value"] == "80"
    (other,) = of("Dockerfile", "FROM nginx:1.27\nEXPOSE 8080\n")
    assert needs_of(other).low_port == 0


@pytest.mark.parametrize(
    ("path", "text", "what"),
    [
        ("Dockerfile", "FROM a\nRUN apk add su-exec\nENTRYPOINT /e.sh\n", "su-exec"),
        ("Dockerfile", 'FROM a\nENTRYPOINT ["gosu", "app", "x"]\n', "gosu"),
        ("Dockerfile", 'FROM a\nCMD sh -c "chown -R app /d && x"\n', "chown"),
        ("Dockerfile", "FROM a\nCOPY <<E /entrypoint.sh\n#!/bin/sh\nsetpriv x\nE\n", "setpriv"),
        ("compose.yaml", "services: {a: {image: a, command: sh -c 'chgrp 1 /d'}}\n", "chgrp"),
        ("deploy.yaml", MANIFEST, "chown"),
    ],
)
def test_a_start_that_needs_root_is_told(path, text, what):
    told = [line for each in of(path, text) for line in needs_of(each).unknown]
    assert any(f"without root: it starts {what}, which needs it" in line for line in told)


def test_what_becomes_of_data_that_no_volume_holds_is_told():
    told = needs_of(of("compose.yaml", "services: {a: {image: mysql:8}}\n")[0]).unknown
    assert any(each.startswith("what becomes of /var/lib/mysql, ") for each in told)
    text = "services: {a: {image: mysql:8, volumes: ['d:/var/lib/mysql']}}\nvolumes: {d: {}}\n"
    assert "/var/lib/mysql," not in "".join(needs_of(of("compose.yaml", text)[0]).unknown)


def test_parts_of_entry_points_may_be_started_under_apparmor():
    (one,) = of("Dockerfile", "FROM nginx:1.27\n")
    assert "  /docker-entrypoint*.d/** mrix," in apparmor(one, needs_of(one)).splitlines()


def test_images_of_windows_get_no_profiles():
    with pytest.raises(ParseError, match="of Windows"):
        of("Dockerfile", "FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\n")


def test_pipes_with_a_name_may_be_made_and_devices_not():
    (one,) = of("Dockerfile", "FROM a\n")
    listed = seccomp(one, needs_of(one))["syscalls"]
    assert "mknodat" not in listed[0]["names"]
    (rule,) = [each for each in listed if each["names"] == ["mknodat"]]
    assert rule["args"] == [
        {"index": 2, "value": 0o170000, "valueTwo": 0o010000, "op": "SCMP_CMP_MASKED_EQ"}
    ]
