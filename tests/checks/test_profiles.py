"""Profiles of seccomp and AppArmor as checks see them, and files that are none."""

import json

import pytest

from hullmark.checks.apparmor_file import MAX_DEPTH, MAX_STATEMENT_CHARS, apparmor_file
from hullmark.checks.seccomp_file import MAX_PROFILE_BYTES, seccomp_file
from hullmark.model import File, ParseError

PROFILE = """\
# a comment, with { and }
abi <abi/3.0>,
@{WEB}=/srv/web /opt/web
#include <tunables/global>
profile web-server /usr/{s,}bin/web flags=(attach_disconnected, complain) {
  include <abstractions/base>
  capability net_bind_service
    setuid, # on two lines
  audit deny /proc/{sys/**,sysrq-trigger} wkx,
  owner @{WEB}/"my files"/** rw,
  ptrace (read, trace) peer=@{profile_name}, signal (send) peer=web,
  file,
  ^worker {
    /tmp/** rw,
  }
  profile child flags=(unconfined) {
    network raw,
  }
  /etc/#hash r,
}
/usr/bin/tool (complain) { /usr/bin/tool mr, }
"""


SOURCE = """\
// serve {
/* does that */
func serve() {
  fmt.Println("}")
}
/srv/web is served; }
"""


def apparmor(text):
    return apparmor_file(File(path="web.apparmor", content=text.encode()))


def seccomp(body):
    return seccomp_file(File(path="a.json", content=json.dumps(body, indent=1).encode()))


def test_profiles_hats_and_children_have_their_own_flags_and_rules():
    web, worker, child, tool = apparmor(PROFILE).profiles
    assert (web.name, web.line, web.flags) == (
        "web-server",
        5,
        {"attach_disconnected", "complain"},
    )
    assert [(each.kind, each.line, each.denies) for each in web.rules] == [
        ("capability", 7, False),
        ("file", 9, True),
        ("file", 10, False),
        ("ptrace", 11, False),
        ("signal", 11, False),
        ("file", 12, False),
        ("file", 19, False),
    ]
    assert web.rules[0].rest.split() == ["net_bind_service", "setuid"]
    assert (web.rules[1].path, web.rules[1].may) == ("/proc/{sys/**,sysrq-trigger}", "wkx")
    assert (worker.name, [each.path for each in worker.rules]) == ("^worker", ["/tmp/**"])
    assert (child.name, child.flags, child.rules[0].rest) == ("child", {"unconfined"}, "raw")
    assert (tool.name, tool.flags) == ("/usr/bin/tool", {"complain"})
    assert (tool.rules[0].path, tool.rules[0].may) == ("/usr/bin/tool", "mr")


@pytest.mark.parametrize("rule", ["deny /** w", "deny\t/** w", "audit deny\n owner /** w"])
def test_a_rule_that_denies_does_so_whatever_space_follows(rule):
    (web,) = apparmor(f"profile web {{\n  {rule},\n}}\n").profiles
    assert [(each.path, each.denies) for each in web.rules] == [("/**", True)]


@pytest.mark.parametrize(
    "text", ["", "text", "@{HOME}=/home/*/\n", "a, b, c", "{ 1 }", "x {\n}\n", "/a\0{"]
)
def test_a_file_without_a_profile_is_none(text):
    assert apparmor(text) is None


def test_programs_in_a_folder_of_that_name_are_none():
    assert apparmor_file(File(path="apparmor/serve.go", content=SOURCE.encode())) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("profile web {\n /a r,\n", "ends in the middle of a profile"),
        ("profile web {\n}\n}\n", "a block ends that never began, line 3"),
        ("profile web {\n" * (MAX_DEPTH + 1), f"nested deeper than {MAX_DEPTH}"),
        (
            f"profile {'(' * MAX_STATEMENT_CHARS}{')' * MAX_STATEMENT_CHARS} {{\n}}\n",
            "characters",
        ),
    ],
)
def test_a_file_that_breaks_off_is_an_error_that_names_the_line(text, why):
    with pytest.raises(ParseError, match=why):
        apparmor(text)


def test_rules_of_a_seccomp_profile_are_those_of_both_ways_of_writing():
    more = {"name": "ptrace", "action": "SCMP_ACT_ALLOW", "includes": {"minKernel": "4.8"}}
    found = seccomp({"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [{"names": ["a", "b"]}, more]})
    assert found.default == "SCMP_ACT_ERRNO"
    assert [(each.names, each.is_conditional) for each in found.rules()] == [
        (["a", "b"], False),
        (["ptrace"], True),
    ]
    assert [*found.letting(["ptrace"])] == []


@pytest.mark.parametrize(
    "body",
    [{}, [], {"defaultAction": "Deny"}, [{"defaultAction": 1, "syscalls": []}], {"a": "syscalls"}],
)
def test_other_json_is_no_seccomp_profile(body):
    assert seccomp(body) is None


def test_what_is_larger_than_any_profile_is_none():
    body = {"defaultAction": "x", "syscalls": [], "more": "x" * MAX_PROFILE_BYTES}
    assert seccomp(body) is None


def test_a_profile_that_is_larger_is_an_error():
    with pytest.raises(ParseError, match="more than"):
        seccomp({"defaultAction": "SCMP_ACT_ALLOW", "more": "x" * MAX_PROFILE_BYTES})


def test_a_seccomp_profile_may_have_no_rules():
    assert seccomp({"defaultAction": "SCMP_ACT_ALLOW"}).default == "SCMP_ACT_ALLOW"


@pytest.mark.parametrize(
    ("more", "lets"),
    [
        ({"includes": {"caps": []}}, True),
        ({"includes": {"arches": ["amd64", "arm64"]}}, True),
        ({"excludes": {"caps": ["CAP_SYS_ADMIN"]}}, True),
        ({"args": []}, True),
        ({"includes": {"caps": ["CAP_BPF"], "arches": ["amd64"]}}, False),
        ({"includes": {"minKernel": "4.8"}}, False),
        ({"args": [{"index": 0, "value": 1, "op": "SCMP_CMP_EQ"}]}, False),
    ],
)
def test_a_rule_is_bound_by_arguments_capabilities_and_kernels_alone(more, lets):
    rule = {"names": ["bpf"], "action": "SCMP_ACT_ALLOW", **more}
    found = seccomp({"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [rule]})
    assert bool([*found.letting(["bpf"])]) is lets


def test_a_seccomp_profile_that_breaks_off_is_an_error():
    with pytest.raises(ParseError, match="line"):
        seccomp_file(File(path="a.json", content=b'{"defaultAction": "x",\n"syscalls": [{'))
