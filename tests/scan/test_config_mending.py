"""Every mend of every check, through the one that makes them: it ends the fault and only that."""

from collections import Counter
from difflib import SequenceMatcher
from json import loads

import pytest

from hullmark.checks import compose, dockerfile, kubernetes, script, workflow
from hullmark.checks.kinds import ConfigCheck, ImageCheck
from hullmark.model import File
from hullmark.model.config_edits import ConfigAsk, Place
from hullmark.model.yaml_nodes import nodes
from hullmark.scan import config_mending
from hullmark.scan.build_checks import LEFT
from hullmark.scan.config_files import SYSTEMS, Judging
from hullmark.scan.config_mending import ConfigMender
from hullmark.sieve.options import NOTHING
from hullmark.unit import discover

ROOMS = (compose, dockerfile, kubernetes, script, workflow)
CHECKS = {id: each for room in ROOMS for id, each in discover(room, ConfigCheck).items()}
MENDED = {id: each for id, each in CHECKS.items() if each.mend}
MENDER = ConfigMender()
MOST_LINES = 16
"""Of one example that are touched, and with what a change brings about."""

JUDGING = {each.id: Judging(each, NOTHING) for each in SYSTEMS}


def places(path, data, rule):
    """The places at which a rule speaks, as findings have them."""
    found = []
    for id in MENDER._dispatch.units(path):
        file = File(path=path, content=data)
        claims = JUDGING[id].claims(file, Counter(), [])
        spotted = [each.spotted for each in claims if each.spotted.rule == rule]
        found += [Place(rule=rule, at=each.at or path) for each in spotted]
    return tuple(found)


def mended(path, data, *rules, risky=True):
    asked = tuple(place for rule in rules for place in places(path, data, rule))
    ask = ConfigAsk(path=path, data=data, places=asked, risky=risky)
    return MENDER.mended(ask, lambda _unit, _path: None)


def commented(data):
    """The same with a comment behind the first and before the last line."""
    eol = b"\r\n" if b"\r\n" in data else b"\n"
    lines = data.split(eol)
    if not lines[0].startswith((b"{", b"[")):
        lines.insert(0, b"# kept above")
        lines.append(b"# kept below")
    return eol.join(lines)


def assert_near(before, after):
    """Lines that stay are as they were, in their order: what differs are a few of them."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    kept = sum(each.size for each in blocks)
    assert len(old) - kept <= MOST_LINES
    assert len(new) - kept <= MOST_LINES


@pytest.mark.parametrize("id", sorted(MENDED))
def test_a_mend_ends_what_its_check_tells_of(id):
    of_yaml = not isinstance(CHECKS[id], ImageCheck)
    ended = 0
    for example in CHECKS[id].bad():
        data = commented(example.data)
        assert places(example.path, data, id), "the example is silent"
        answer = mended(example.path, data, id)
        left = {each.place: each.why for each in answer.outcomes if not each.mended}
        rest = places(example.path, answer.after, id)
        assert len(rest) <= len(left), (answer.after.decode(), left)
        ended += len(answer.outcomes) - len(left)
        for word in (b"# kept above", b"# kept below"):
            assert answer.after.count(word) == data.count(word)
        assert_near(data, answer.after)
        again = mended(example.path, answer.after, id)
        assert again.after == answer.after
        if of_yaml and example.path.endswith((".yaml", ".yml")):
            assert nodes(answer.after.decode())
    assert ended, "no example is mended"


HOSTILE = {
    "a bomb of aliases": (
        "apiVersion: v1\nkind: Pod\nx0: &x0 [1, 1]\n"
        + "".join(f"x{n}: &x{n} [*x{n - 1}, *x{n - 1}]\n" for n in range(1, 40))
        + "spec: {containers: [{name: a, securityContext: {privileged: true}}]}\n"
    ),
    "too deep": "apiVersion: v1\nkind: Pod\nspec: " + "[" * 200 + "]" * 200,
    "a template": "apiVersion: v1\nkind: Pod\nspec: {{ .Values.spec }}\n",
    "broken off": "apiVersion: v1\nkind: Pod\nspec: {containers: [",
    "nothing": "",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_is_left_with_a_reason(name):
    asked = (Place(rule="privileged-container", at="Pod spec.containers[0]"),)
    data = HOSTILE[name].encode()
    ask = ConfigAsk(path="a.yaml", data=data, places=asked, risky=True)
    answer = MENDER.mended(ask, lambda _unit, _path: None)
    assert answer.after == data
    assert [each.mended for each in answer.outcomes] == [False]
    assert answer.outcomes[0].why


SHARED = """\
apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Pod
  metadata: {name: one}
  spec:
    containers:
    - name: a
      image: registry.example/a:1.2
      securityContext: &shared
        privileged: true
- apiVersion: v1
  kind: Pod
  metadata: {name: two}
  spec:
    containers:
    - name: a
      image: registry.example/a:1.2
      securityContext: *shared
    - name: b
      image: registry.example/b:1.2
      securityContext:
        privileged: true # hers alone
"""


def test_what_an_alias_shares_is_left_and_its_neighbours_are_mended():
    answer = mended("a.yaml", SHARED.encode(), "privileged-container")
    assert [each.mended for each in answer.outcomes] == [False, False, True]
    assert answer.after.decode() == SHARED.replace("true # hers", "false # hers")


ADDED = """\
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
  - name: a
    image: registry.example/a:1.2
    securityContext:
      capabilities:
        # all of them
        add:
        - SYS_ADMIN # one
        - CHOWN
        - NET_ADMIN
        # kept for tests
        - SYS_TIME # hullmark:allow * a test
        - SYS_NICE
"""


def test_places_are_followed_where_entries_before_them_go():
    rules = ("sys-admin-capability", "net-admin-capability", "capability-beyond-baseline")
    found = places("a.yaml", ADDED.encode(), "capability-beyond-baseline")
    asked = (*found[1:], *places("a.yaml", ADDED.encode(), rules[0]))
    asked += places("a.yaml", ADDED.encode(), rules[1])
    ask = ConfigAsk(path="a.yaml", data=ADDED.encode(), places=asked, risky=True)
    answer = MENDER.mended(ask, lambda _unit, _path: None)
    want = ADDED
    for gone in ("        - SYS_ADMIN # one\n", "        - NET_ADMIN\n", "        - SYS_NICE\n"):
        want = want.replace(gone, "")
    assert answer.after.decode() == want
    assert all(each.mended for each in answer.outcomes)


def test_what_would_take_comments_along_is_left():
    text = ADDED.replace("        - SYS_ADMIN # one\n        - CHOWN\n        - NET_ADMIN\n", "")
    text = text.replace("        - SYS_NICE\n", "").replace(" # hullmark:allow * a test", "")
    answer = mended("a.yaml", text.encode(), "capability-beyond-baseline")
    assert answer.after.decode() == text
    assert "comments" in answer.outcomes[0].why


TWO = """\
# first\r
apiVersion: v1\r
kind: Pod\r
metadata: {name: a}\r
spec:\r
    hostPID: true # why\r
    containers:\r
      - {name: a, image: registry.example/a:1.2}\r
---\r
apiVersion: v1\r
kind: Pod\r
metadata: {name: b}\r
spec:\r
    hostPID: true\r
    containers: []"""


def test_documents_and_line_ends_stay_as_they_are():
    answer = mended("a.yaml", TWO.encode(), "host-pid")
    want = TWO.replace("    hostPID: true # why\r\n", "").replace("    hostPID: true\r\n", "")
    assert answer.after.decode() == want


def test_json_stays_json_and_a_mark_of_byte_order_stays():
    text = '{\n  "apiVersion": "v1",\n  "kind": "Pod",\n  "metadata": {"name": "a"},\n  "spec":'
    text += ' {\n    "containers": [\n      {"name": "a", "image": "registry.example/a:1.2"}\n    ]'
    text += "\n  }\n}\n"
    data = b"\xef\xbb\xbf" + text.encode()
    answer = mended("a.json", data, "seccomp-profile-missing", "service-account-token-mounted")
    assert answer.after.startswith(b"\xef\xbb\xbf{")
    spec = loads(answer.after.decode("utf-8-sig"))["spec"]
    assert spec["automountServiceAccountToken"] is False
    assert spec["containers"][0]["securityContext"] == {
        "seccompProfile": {"type": "RuntimeDefault"}
    }


def test_what_one_change_brings_about_is_mended_in_turn_and_no_more():
    data = b"services:\n  web:\n    image: registry.example/web:2.4\n    privileged: true\n"
    answer = mended("compose.yaml", data, "privileged-service")
    text = answer.after.decode()
    assert "privileged: true" not in text
    assert "no-new-privileges:true" in text
    assert "cap_drop" in text
    assert [each.mended for each in answer.outcomes] == [True]


WORKFLOW = """\
on: issues
jobs:
  a:
    runs-on: ubuntu-24.04
    steps:
      - run: |
          echo "new: ${{ github.event.issue.title }}" # told
          echo ${{ github.event.issue.title }}
      - run: echo '${{ github.event.issue.title }}'
      - run: bash -c "echo ${{ github.event.issue.title }}"
      - run: |
          cat <<END
          ${{ github.event.issue.body }}
          END
"""


def test_what_strangers_write_reaches_a_script_by_a_variable_where_its_quotes_are_plain():
    answer = mended(".github/workflows/a.yml", WORKFLOW.encode(), "workflow-script-injection")
    text = answer.after.decode()
    assert 'echo "new: ${ISSUE_TITLE}" # told\n' in text
    assert 'echo "${ISSUE_TITLE}"\n' in text
    assert 'ISSUE_TITLE: "${{ github.event.issue.title }}"\n' in text
    assert [each.mended for each in answer.outcomes] == [True, True, False, False, False]


CHECKOUT = """\
on: push
jobs:
  a:
    steps:
    - uses: actions/checkout@v4
    - {uses: actions/upload-artifact@v3, with: {name: a, path: .}}
    - %s
"""


def test_a_checkout_keeps_its_token_where_a_step_may_push_or_fetch():
    rule, path = "persisted-credentials-in-artifact", ".github/workflows/a.yml"
    for step in ("run: git -C x push", "run: git fetch", "uses: a/commit@v5", "run: make"):
        data = (CHECKOUT % step).encode()
        answer = mended(path, data, rule)
        assert [each.mended for each in answer.outcomes] == [step == "run: make"]
        assert (b"persist-credentials: false" in answer.after) == (step == "run: make")


def test_a_token_is_limited_only_where_no_step_is_seen_to_need_more():
    path = ".github/workflows/a.yml"
    text = "name: a\non: push\njobs:\n  a:\n    steps:\n    - uses: actions/checkout@v5\n"
    answer = mended(path, text.encode(), "workflow-without-permissions")
    want = text.replace("on: push\n", "on: push\npermissions:\n  contents: read\n")
    assert answer.after.decode() == want
    for step in ("- run: git push", "- uses: some/release@v1", "- run: gh pr merge"):
        more = text + f"    {step}\n"
        answer = mended(path, more.encode(), "workflow-without-permissions")
        assert answer.after.decode() == more
        assert "for people" in answer.outcomes[0].why


def test_a_risky_mend_is_left_with_what_it_may_break():
    data = CHECKS["privileged-container"].bad()[0].data
    answer = mended("manifest.yaml", data, "privileged-container", risky=False)
    assert answer.after == data
    assert "--risky" in answer.outcomes[0].why


def test_what_was_changed_when_the_time_is_up_stays_changed_and_the_rest_is_left(monkeypatch):
    keep = config_mending._File._keep

    def slow(file, wanted, data):
        if file._data != file._ask.data:
            raise config_mending.Slow
        keep(file, wanted, data)

    monkeypatch.setattr(config_mending._File, "_keep", slow)
    answer = mended("a.yaml", ADDED.encode(), "sys-admin-capability", "net-admin-capability")
    assert answer.after.decode() == ADDED.replace("        - SYS_ADMIN # one\n", "")
    assert [each.mended for each in answer.outcomes] == [True, False]
    assert "60 seconds" in answer.outcomes[1].why


ENVIRONMENT = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    env:
    - {name: A, value: x}
    - {name: A, value: "$(A):y"}
    - {name: B, value: "1"}
    - {name: B, value: "2"}
"""


def test_a_variable_that_another_is_made_of_stays():
    answer = mended("a.yaml", ENVIRONMENT.encode(), "duplicate-environment-variable")
    line = '    - {name: B, value: "1"}\n'
    assert answer.after.decode() == ENVIRONMENT.replace(line, "")
    assert sorted(each.why for each in answer.outcomes if not each.mended) == [
        "another value is made of it"
    ]


def test_another_user_than_root_is_not_required_where_the_manifest_names_root():
    pod = (
        "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n"
        "  - {name: a, securityContext: {runAsUser: 0}}\n"
        "  - {name: b, securityContext: {runAsUser: 5}}\n"
    )
    answer = mended("a.yaml", pod.encode(), "non-root-not-required")
    assert answer.after.decode() == pod.replace("5}", "5, runAsNonRoot: true}")
    of_pod = pod.replace(" {runAsUser: 0}", " {}") + "  securityContext: {runAsUser: 0}\n"
    answer = mended("a.yaml", of_pod.encode(), "non-root-not-required")
    assert answer.after.decode() == of_pod.replace("5}", "5, runAsNonRoot: true}")


def test_bindings_whose_subjects_have_other_fields_now_keep_their_version():
    binding = b"apiVersion: rbac.authorization.k8s.io/%s\nkind: RoleBinding\nmetadata: {name: a}\n"
    subjects = b"subjects: [{kind: User, name: b, apiVersion: x}]\n"
    old = binding % b"v1alpha1" + subjects
    assert mended("a.yaml", old, "removed-api-version").after == old
    plain = mended("a.yaml", binding % b"v1beta1", "removed-api-version")
    assert plain.after == binding % b"v1"


SERVICE = """\
services:
  web:
    image: registry.example/web:2.4
    restart: ${RESTART:-always}
    ports:
    - "${ADDRESS:-0.0.0.0}:5432:5432"
    - 5433:5432
    security_opt: ["no-new-privileges:false"]
    environment:
    - A=b
    - NODE_TLS_REJECT_UNAUTHORIZED=0
    sysctls: [net.ipv4.ip_forward=1]
"""


def test_what_a_variable_tells_is_left_and_pairs_in_lists_are_removed():
    rules = (
        *("unlimited-restarts-service", "port-published-everywhere", "privilege-gain-service"),
        *("tls-check-off-service", "weakening-sysctl-service", "database-published-everywhere"),
    )
    answer = mended("compose.yaml", SERVICE.encode(), *rules)
    wanted = SERVICE.replace("- 5433:5432", '- "127.0.0.1:5433:5432"').replace(":false", ":true")
    wanted = wanted.replace("    - NODE_TLS_REJECT_UNAUTHORIZED=0\n", "")
    wanted = wanted.replace("    sysctls: [net.ipv4.ip_forward=1]\n", "")
    left = {each.why for each in answer.outcomes if not each.mended}
    assert left == {"not changed: a variable tells its value", "a variable tells its address"}
    assert [line for line in answer.after.decode().splitlines() if line not in wanted] == []
    for line in wanted.splitlines():
        assert line in answer.after.decode()


PORTS = {
    "${PORT:-8080}:81": "127.0.0.1:${PORT:-8080}:81",
    "${FROM-8000-8009}:8000-8009/udp": "127.0.0.1:${FROM-8000-8009}:8000-8009/udp",
    "80${LAST}:81": "127.0.0.1:80${LAST}:81",
    "82:$INSIDE": "127.0.0.1:82:$INSIDE",
    "0.0.0.0:${PORT}:83": "127.0.0.1:${PORT}:83",
    "0.0.0.0::84": "127.0.0.1::84",
    "${INSIDE:-85}": "127.0.0.1::${INSIDE:-85}",
    "${PORT}:86": "its variable may hold an address, too: no default says that it is a port",
    "${ADDRESS}87:87": "its variable may hold an address, too: no default says that it is a port",
    "${PORTS:-88:88}": "its variable may hold an address, too: no default says that it is a port",
    "${ADDRESS:-0.0.0.0}:89:89": "a variable tells its address",
    "0x5a:90": "its port is written in an unusual way",
}


@pytest.mark.parametrize("port", PORTS)
def test_a_port_goes_to_loopback_where_its_variables_hold_no_address(port):
    text = 'services:\n  web:\n    image: registry.example/web:2.4\n    ports: ["{}"]\n'
    answer = mended("compose.yaml", text.format(port).encode(), "port-published-everywhere")
    (outcome,) = answer.outcomes
    told = PORTS[port]
    assert outcome.mended == told.startswith("127"), outcome.why
    assert answer.after.decode() == text.format(told if outcome.mended else port)
    assert outcome.mended or outcome.why == told


def test_a_mount_that_a_variable_tells_is_left():
    text = "services: {a: {image: a, volumes: ['${ETC:-/etc}:/mnt']}}\n"
    answer = mended("compose.yaml", text.encode(), "writable-host-path-service")
    assert [each.why for each in answer.outcomes] == [
        "a variable tells what is mounted, and may tell how"
    ]


BROKEN_BUILD = """\
services:
  web:
    image: registry.example/web:2.4
    privileged: true
  made:
    build:
      dockerfile_inline: |
        FROM registry.example/base:1
        ADD a /a
    privileged: true
  broken:
    build:
      dockerfile_inline: |
        FROM registry.example/base:1
        NONE
    privileged: true
"""


def test_a_dockerfile_within_compose_that_is_none_leaves_the_rest_to_be_mended():
    rules = ("privileged-service", "privilege-gain-service", "add-instead-of-copy")
    data = BROKEN_BUILD.encode()
    answer = mended("compose.yaml", data, *rules)
    assert b"privileged" not in answer.after
    assert not places("compose.yaml", answer.after, "privilege-gain-service")
    left = {each.place.rule: each.why for each in answer.outcomes if not each.mended}
    assert left == {"add-instead-of-copy": LEFT}
    failed = []
    kinds = JUDGING["compose"].claims(File(path="compose.yaml", content=data), Counter(), failed)
    assert [*kinds]
    assert failed == [
        "services.broken.build.dockerfile_inline: line 15: there is no instruction 'NONE'"
    ]


HEDGED = """\
services:
  web:
    image: registry.example/web:2.4
    privileged: true
    security_opt:
    # kept
    - seccomp:unconfined
    user: "5"
"""


def test_what_a_change_for_another_rule_makes_room_for_is_made_at_last():
    rules = ("privileged-service", "unconfined-seccomp-service")
    answer = mended("compose.yaml", HEDGED.encode(), *rules)
    assert all(each.mended for each in answer.outcomes)
    assert b"seccomp" not in answer.after
    assert b"    # kept\n    - no-new-privileges:true\n" in answer.after
    assert mended("compose.yaml", answer.after, *rules).after == answer.after
