"""Files in styles drawn by lot, mended: nothing but the fault changes, and it stays so."""

import json
import re
from collections import Counter
from random import Random

import pytest

from hullmark.checks.build_file import build_file
from hullmark.model import File
from hullmark.model.config_edits import ConfigAsk, Place
from hullmark.model.yaml_nodes import nodes
from tests.scan.test_config_mending import JUDGING, MENDER


def told(path, data):
    """All that is said of a file, as findings have it."""
    found = {}
    for id in MENDER._dispatch.units(path):
        for each in JUDGING[id].claims(File(path=path, content=data), Counter(), []):
            found[Place(rule=each.spotted.rule, at=each.spotted.at or path)] = None
    return tuple(found)


def mended(path, data, *, risky):
    ask = ConfigAsk(path=path, data=data, places=told(path, data), risky=risky)
    return MENDER.mended(ask, lambda _unit, _path: None)


SECURITY = [
    None,
    {},
    {"privileged": True, "capabilities": {"add": ["NET_RAW", "CHOWN"]}},
    {"capabilities": {"drop": [], "add": ["SYS_PTRACE"]}, "runAsNonRoot": False},
    {"allowPrivilegeEscalation": True, "seccompProfile": {"type": "Unconfined"}},
    {"readOnlyRootFilesystem": False, "procMount": "Unmasked"},
]


def container(random, number):
    inner = [
        ("image", random.choice(["nginx", "registry.example/web:1.4.2"])),
        ("securityContext", random.choice(SECURITY)),
        ("args", ["it's # no", "one\ntwo\n", "a: b", "é"]),
        ("tty", True),
        ("env", [{"name": "A", "value": "yes"}, {"name": "A", "value": "1.5"}]),
    ]
    return {"name": f"c{number}", **dict(random.sample(inner, random.randint(1, 5)))}


def manifest(random, number):
    containers = [container(random, each) for each in range(random.randint(1, 2))]
    spec = [("containers", containers), ("hostPID", True), ("terminationGracePeriodSeconds", 0)]
    labels = random.choice([None, {}, {"app": "x"}])
    note = {"note": "a\nb\n"}
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": f"o{number}", "labels": labels, "annotations": note},
        "spec": dict(random.sample(spec, 3)),
    }


def compose(random, _number):
    keys = [
        ("image", "nginx:1.27.1"),
        ("privileged", True),
        ("ports", ["8080:80", "0.0.0.0:22:22", {"target": 80, "published": 81}]),
        ("cap_add", ["SYS_ADMIN", "NET_ADMIN"]),
        ("security_opt", random.choice([None, [], ["seccomp:unconfined"]])),
        ("environment", ["NODE_TLS_REJECT_UNAUTHORIZED=0", "A=b"]),
        ("logging", {"driver": "json-file", "options": None}),
        ("restart", "${RESTART:-always}"),
    ]
    services = {f"s{each}": dict(random.sample(keys, 5)) for each in range(2)}
    return {"version": "3.8", "services": services}


class Style:
    """One way to write YAML."""

    def __init__(self, random):
        self.random = random
        self.step = random.choice([2, 2, 3, 4])
        self.dash = random.choice([0, 2])
        self.flow = random.choice([0, 0.1, 0.5])
        self.comments = random.choice([0, 0.3])
        self.count = 0

    def comment(self, sign):
        if self.random.random() >= self.comments:
            return ""
        self.count += 1
        return f"# {sign}{self.count}"

    def behind(self):
        found = self.comment("c")
        return f"  {found}" if found else ""

    def scalar(self, value):
        is_word = isinstance(value, str) and value.isalpha() and value.lower() not in ("yes", "no")
        if is_word and self.random.random() < 0.5:
            return value
        return "~" if value is None else json.dumps(value, ensure_ascii=self.random.random() < 0.5)

    def in_brackets(self, value):
        gap = self.random.choice(["", " "])
        if isinstance(value, dict):
            inner = [f"{key}: {self.in_brackets(each)}" for key, each in value.items()]
            return "{" + gap + ", ".join(inner) + gap + "}"
        if isinstance(value, list):
            return "[" + gap + ", ".join(self.in_brackets(each) for each in value) + gap + "]"
        return self.scalar(value)

    def lines(self, value, column):
        pairs = value.items() if isinstance(value, dict) else [("", each) for each in value]
        for key, each in pairs:
            own = self.comment("o")
            if own:
                yield " " * self.random.choice([0, column]) + own
            yield from self.entry(" " * column + (f"{key}:" if key else "-"), key, each, column)

    def entry(self, lead, key, value, column):
        nested = isinstance(value, dict | list) and value and self.random.random() >= self.flow
        if nested and key:
            yield lead + self.behind()
            by = self.step if isinstance(value, dict) else self.dash
            yield from self.lines(value, column + by)
        elif nested and isinstance(value, dict):
            first, *rest = [
                line for line in self.lines(value, column + 2) if line.strip()[:1] != "#"
            ]
            yield f"{lead} {first.strip()}"
            yield from rest
        elif value is None and self.random.random() < 0.5:
            yield lead + self.behind()
        elif isinstance(value, str) and value.endswith("\n"):
            yield f"{lead} {self.random.choice(['|', '|+', '|-'])}{self.behind()}"
            yield from (" " * (column + 4) + line for line in value.splitlines())
        else:
            yield f"{lead} {self.in_brackets(value)}{self.behind()}"


def of_yaml(seed):
    """A file's path, its bytes, and whether it is JSON."""
    random = Random(seed)
    make = random.choice([manifest, manifest, compose])
    path = "compose.yaml" if make is compose else "a.yaml"
    documents = [make(random, each) for each in range(1 if make is compose else 2)]
    if make is manifest and random.random() < 0.3:
        documents = [{"apiVersion": "v1", "kind": "List", "items": documents}]
    is_json = len(documents) == 1 and random.random() < 0.4
    if is_json:
        text = json.dumps(documents[0], indent=random.choice([None, 2, "\t"]))
    else:
        style = Style(random)
        text = "\n---\n".join("\n".join(style.lines(each, 0)) for each in documents)
    text += random.choice(["", "\n", "\n\n"])
    text = text.replace("\n", random.choice(["\n", "\n", "\r\n"]))
    mark = "" if is_json else random.choice(["", "", "\ufeff"])
    return path, (mark + text).encode(), is_json


COMMANDS = (
    *("apt-get update", "apt install %s", "apt-get -y install %s", "pip install %s", "npm install"),
    *("yarn add %s", "curl -fsSLk http://x.example/%s", "wget http://localhost/%s", "exec a %s"),
    *("chmod 777 /srv/%s", "chmod 0777 /tmp", "sudo make %s", "dnf install %s", "apk add %s"),
    *("if x; then yum install %s; fi", "sh -c 'apt install %s'", "exit 0", "cd /%s", "echo %s"),
)
STEPS = (
    *("MAINTAINER Jo %s", "ADD %s /x/", "ADD a b \\\n  c /d", "CMD ['a', 'b']", 'CMD ["x"]'),
    *("EXPOSE 22 80", "ENV DEBIAN_FRONTEND noninteractive", "WORKDIR a", "WORKDIR /srv"),
    *("USER root", "USER app", "RUN cd /srv", "COPY --chmod=777 a /b", 'RUN ["apt", "update"]'),
    *("COPY <<EOF /%s\nRUN apt install a\nEOF", "RUN <<-'EOF'\napt update\nEOF", "# k%s"),
)
WORDS = ("w%d", "voil\u00e0%d\u00e0", "'\u00c5 %d\u2026'", '"%d \u00e0"')
"""Some end in bytes that are spaces in Latin-1."""


def of_build(seed):
    random, number = Random(seed), 0

    def filled(text):
        nonlocal number
        number += 1
        return text.replace("%s", random.choice(WORDS) % number)

    lines = []
    for stage in range(random.randint(1, 3)):
        base = random.choice(["debian:12", "node:22", f"s{stage - 1}"] if stage else ["debian:12"])
        lines.append(f"FROM {base} AS s{stage}")
        for _ in range(random.randint(2, 6)):
            if random.random() < 0.4:
                lines.append(filled(random.choice(STEPS)))
                continue
            run = random.choice(["RUN ", "run\t", "ONBUILD RUN ", "RUN --network=host "])
            run += filled(random.choice(COMMANDS))
            for _ in range(random.randint(0, 3)):
                number += 1
                comment = random.choice(["", "\n", f"  # k{number}\n", f"# k{number} \u00e0\n"])
                gap = random.choice([" ", f" \\\n{comment}  "])
                sign = random.choice(["&&", "&&", ";", "||"])
                run += f"{gap}{sign} {filled(random.choice(COMMANDS))}"
            lines.append(run)
    text = "\n".join(lines) + random.choice(["", "\n", "\n\n"])
    return text.replace("\n", random.choice(["\n", "\n", "\r\n"])).encode()


def assert_kept(path, before, answer, *, risky):
    """Line ends and comments stay, and a second run finds nothing to do."""
    after = answer.after
    if b"\r\n" in before:
        assert b"\n" not in after.replace(b"\r\n", b"")
    own = rb"(?m)# [ok]\d+"
    assert sorted(re.findall(own, after)) == sorted(re.findall(own, before))
    assert not Counter(re.findall(rb"# c\d+", after)) - Counter(re.findall(rb"# c\d+", before))
    assert mended(path, after, risky=risky).after == after


@pytest.mark.parametrize("seed", range(12))
def test_manifests_and_compose_files(seed):
    path, before, is_json = of_yaml(seed)
    answer = mended(path, before, risky=seed % 3 > 0)
    assert any(each.mended for each in answer.outcomes)
    assert nodes(answer.after.decode("utf-8-sig"))
    if is_json:
        json.loads(answer.after)
    assert b"${RESTART" not in before or b"${RESTART:-always}" in answer.after
    assert_kept(path, before, answer, risky=seed % 3 > 0)


@pytest.mark.parametrize("seed", range(20))
def test_builds(seed):
    before = of_build(seed)
    answer = mended("Dockerfile", before, risky=seed % 3 > 0)
    after = build_file(File(path="Dockerfile", content=answer.after))
    assert len(after.stages) == before.count(b"FROM ")
    words = r"w\d+|voil\u00e0\d+\u00e0|\u00c5 \d+\u2026|\d+ \u00e0"
    assert re.findall(words, answer.after.decode()) == re.findall(words, before.decode())
    assert_kept("Dockerfile", before, answer, risky=seed % 3 > 0)
