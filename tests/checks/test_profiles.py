"""Profiles of seccomp and AppArmor as checks see them, and files that are none."""

import json

import pytest

from hullmark.checks.apparmor_file import MAX_DEPTH, MAX_STATEMENT_CHARS, apparmor_file
from hullmark.checks.apparmor_globs import MAX_GLOB_CHARS, _expression, matches
from hullmark.checks.seccomp_file import MAX_PROFILE_BYTES, seccomp_file
from hullmark.model import File, ParseError
from hullmark.model.spotted import Spotted
from hullmark.scan.config_files import config_parsers

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
    ("glob", "text", "does"),
    [
        ("/**", "/a/b", True),
        ("/**", "/", False),
        ("/{,**}", "/", True),
        ("/*", "/a/b", False),
        ("/*{,*}*", "/a/b", False),
        ("/{a,{b,c}*}/?", "/bc/d", True),
        ("/[a-z]**", "/etc/passwd", True),
        ("/[^a]", "/a", False),
        (r"/a\*", "/a*", True),
        (r"/a\*", "/ab", False),
        ("@{PROC}/sys/**", "/proc/sys/vm/x", True),
        ("@{WEB}/*", "/opt/web/a", True),
        ("@{ANY}", "/a", True),
        ("@{none}/**", "/a", False),
        (r"/\141\x62\d099", "/abc", True),
        (r"/\1411", "/a1", True),
        (r"/a\x2a", "/ab", False),
        (r"/a\x2a", "/a*", True),
        (r"/a\x2f**", "/a/", False),
        (r"/a\x2f**", "/a/b", True),
        (r"/[\x61-\x63]", "/b", True),
        (r"/[a\-c]", "/b", False),
        (r"/[^\]]", "/]", False),
        ("/[{,}]", "/,", True),
        ("/***", "/", False),
        ("/proc//sys///*", "/proc/sys/x", True),
        ("///proc", "/proc", True),
        ("//proc", "/proc", False),
        ("/***", "/a/b", True),
        ("@{profile_name}", "unconfined", False),
    ],
)
def test_globs_are_what_they_match(glob, text, does):
    variables = {"WEB": ["/srv/web/", "/opt/web/"], "ANY": ["{/,@{ALL}}"], "ALL": ["/**"]}
    assert matches(glob, text, variables) is does


@pytest.mark.parametrize("glob", ["/{a", "/a}", "/[a", "/a]", "/[]", "/a\\", "/{,**}[z-a]"])
def test_a_glob_that_is_none_is_an_error_that_shows_it(glob, capfd):
    with pytest.raises(ParseError, match="is no path that AppArmor reads"):
        matches(glob, "/a" * len(glob), {})
    assert capfd.readouterr() == ("", "")


def test_globs_that_are_too_long_are_errors_and_are_not_remembered():
    before = _expression.cache_info().currsize
    with pytest.raises(ParseError, match="characters with its variables"):
        matches("*" + "a" * MAX_GLOB_CHARS, "a", {})
    with pytest.raises(ParseError, match="characters with its variables"):
        matches("@{A}@{A}", "a", {"A": ["a" * MAX_GLOB_CHARS]})
    with pytest.raises(ParseError, match="variables"):
        matches("@{A}", "a", {"A": ["@{A}"]})
    assert not matches("a" * 2 * MAX_GLOB_CHARS, "a", {})
    assert _expression.cache_info().currsize == before


def test_variables_of_a_file_are_those_of_its_profiles():
    text = '@{X} = {/a,/b} "/c d"\n@{X} += /e\nprofile web {\n  @{X}/** rw,\n}\n'
    (web,) = apparmor(text).profiles
    assert web.variables == {"X": ["{/a,/b}", "/c d", "/e"]}
    assert [web.is_for(web.rules[0].path, each) for each in ("/b/c", "/e/c", "/f/c")] == [
        *(True, True, False)
    ]


BLOCKS = """\
profile web {
  audit owner {
    /a w,
    deny /b w,
  }
  if $X { /c w, deny /d w, } else if defined @{Y} {
    owner { /e w, }
  } else {
    priority=-7 audit deny /f w,
  }
  "/g h" RW,
}
"""


def test_rules_of_blocks_have_the_qualifiers_and_the_branch_of_their_blocks():
    (web,) = apparmor(BLOCKS).profiles
    assert [(each.path, each.denies, each.owned, each.branch) for each in web.rules] == [
        ("/a", False, True, ()),
        ("/b", True, True, ()),
        ("/c", False, False, (1,)),
        ("/d", True, False, (1,)),
        ("/e", False, True, (2,)),
        ("/f", True, False, (3,)),
        ("/g h", False, False, ()),
    ]
    assert [each.priority for each in web.rules] == [0, 0, 0, 0, 0, -7, 0]
    assert web.rules[-1].may == "rw"


@pytest.mark.parametrize(
    ("rules", "is_open"),
    [
        (("/a w", "deny /a w"), False),
        (("deny /a w", "/a a"), False),
        (("/a w", "deny /a a"), True),
        (("priority=1 /a w", "deny /a w"), True),
        (("priority=1 /a w", "priority=1 deny /a w"), False),
        (("/a w", "priority=-1 deny /a w"), True),
        (("/a w", "priority=-1 deny /a w", "priority = +2 audit deny /** w"), False),
        (("/a w", "deny owner /a w"), True),
        (("owner /a w", "deny owner /a w"), False),
        (("if $X { /a w", "} deny /a w"), False),
        (("/a w", "if $X { deny /a w", "}"), True),
        (("if $X { /a w", "deny /a w", "}"), False),
        (("if $X { /a w", "} else { deny /a w", "}"), True),
        (("if $X { if $Y { /a w", "} deny /a w", "}"), False),
        (("/a w", "deny all"), False),
        (("priority=1 /a w", "deny all"), True),
    ],
)
def test_a_denial_holds_by_priority_owner_and_branch(rules, is_open):
    (web,) = apparmor(f"profile web {{\n{', '.join(rules)},\n}}\n").profiles
    assert any(web.written(each, ("/a",)) for each in web.of("file")) is is_open


def test_a_priority_that_there_is_not_is_an_error():
    with pytest.raises(ParseError, match="a priority beyond 1000, line 2"):
        apparmor("profile web {\n priority=1001 /a w,\n}\n")


@pytest.mark.parametrize(
    ("rule", "is_told"),
    [
        ("@{ours} rw", True),
        ("@{known}/** w", True),
        ("@{ours}/** r", False),
        ("deny @{ours} rw", False),
        ("/srv/web/@{ours} w", False),
        ("/srv/web/{,@{ours}/}html/* w", False),
        ("/sys/@{ours} w", True),
        ("change_profile -> @{ours}", True),
        ("ptrace (trace) peer=@{ours}", True),
        ("ptrace (read) peer=@{ours}", False),
        ("ptrace (trace) peer=@{profile_name}", False),
    ],
)
def test_what_is_in_variables_of_other_files_is_told(rule, is_told):
    (web,) = apparmor(f"@{{known}} = /srv @{{ours}}\nprofile web {{\n {rule},\n}}\n").profiles
    why = "line 3: what @{ours} stands for is not said in this file"
    assert [*web.unknown()] == [why] * is_told


OF_ENGINES = """\
profile engine flags=(attach_disconnected,mediate_deleted) {
  network,
  capability,
  file,
  umount,
  deny mount,
  deny @{PROC}/{sys/**,sysrq-trigger,kcore} wklx,
  deny /sys/** wklx,
  ptrace (trace, read) peer=engine,
}
"""


def test_of_profiles_for_every_program_is_told_what_one_of_its_own_may_leave_out():
    found = config_parsers()["apparmor"].parse(File(path="a.apparmor", content=OF_ENGINES.encode()))
    told = [(each.rule, each.line) for each in found if isinstance(each, Spotted)]
    assert sorted(told) == [
        ("apparmor-every-capability", 3),
        ("apparmor-every-file", 4),
        ("apparmor-raw-network", 2),
    ]


def test_a_file_is_judged_though_a_variable_of_it_is_not_known():
    text = "profile web {\n  change_profile -> @{ours},\n  /** rw,\n}\n"
    found = config_parsers()["apparmor"].parse(File(path="a.apparmor", content=text.encode()))
    spotted = []
    with pytest.raises(ParseError, match=r"line 2: what @\{ours\} stands for is not said"):
        spotted.extend(each for each in found if isinstance(each, Spotted))
    assert {each.rule for each in spotted} == {
        *("apparmor-every-file", "apparmor-kernel-files-writable")
    }


REST = (("", ""), ("/e", "a"))


@pytest.mark.parametrize(
    ("rules", "paths"),
    [
        ("/a rw,/b w,", [("/a", "rw"), ("/b", "w")]),
        ("/a,b rw,}#", [("/a,b", "rw")]),
        ("deny mount,/{a,b},c r,", [("", ""), ("/{a,b},c", "r")]),
        ("/a px -> b,c,", [("/a", "px")]),
        ('/a r ,"/b c"  w,change_profile -> d,"/e" a,', [("/a", "r"), ("/b c", "w"), *REST]),
        ('w "/a b",/c r,signal (send),/d w,', [("/a b", "w"), ("/c", "r"), ("", ""), ("/d", "w")]),
    ],
)
def test_a_comma_ends_a_rule_after_a_word_and_in_a_path_it_does_not(rules, paths):
    (web,) = apparmor(f"profile web {{ {rules}}}\n".replace("}#}", "}")).profiles
    assert [(each.path, each.may) for each in web.rules] == paths


def test_alternatives_at_the_end_of_a_line_end_no_rule():
    (web,) = apparmor("profile web {\n  /srv/{a,b}\n    rw,\n  /{a,}\n  w,/b r,}\n").profiles
    found = [(each.path, each.may, each.line) for each in web.rules]
    assert found == [("/srv/{a,b}", "rw", 2), ("/{a,}", "w", 4), ("/b", "r", 4)]


def test_braces_in_rules_are_alternatives_and_not_blocks():
    many = f"{{{','.join(['web'] * 300)},un*}}"
    text = f"profile web {{\n  change_profile -> {many},\n  ^hat {{\n file,\n }}\n}}\n"
    web, hat = apparmor(text).profiles
    assert [each.rest for each in web.rules] == [f"-> {many}"]
    assert web.is_for(web.rules[0].peer, "unconfined")
    assert [each.kind for each in hat.rules] == ["file"]


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
        ("@{X}=" + "/a " * MAX_GLOB_CHARS + "\nprofile web {\n}\n", "a variable of more than"),
        ('@{X}=""\n' + '@{X}+=""\n' * MAX_GLOB_CHARS + "/a {\n}\n", "a variable of more than"),
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
    more = {"name": "ptrace", "action": "SCMP_ACT_ALLOW", "includes": {"caps": ["CAP_BPF"]}}
    found = seccomp({"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [{"names": ["a", "b"]}, more]})
    assert found.default == "SCMP_ACT_ERRNO"
    assert [(each.names, each.is_bound) for each in found.rules()] == [
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
        ({"includes": {"caps": ["CAP_CHOWN"]}}, True),
        ({"includes": {"minKernel": "4.8"}}, True),
        ({"includes": {"minKernel": "5.12"}}, True),
        ({"includes": {"minKernel": "next"}}, True),
        ({"includes": {"minKernel": "4" * 5000}}, True),
        ({"includes": {"minKernel": "5.12", "caps": ["CAP_BPF"]}}, False),
        ({"excludes": {"minKernel": "4" * 5000}}, True),
        ({"excludes": {"minKernel": "4.8"}}, False),
        ({"excludes": {"minKernel": "5.12"}}, True),
        ({"args": [{"index": 0, "value": 1, "op": "SCMP_CMP_EQ"}]}, False),
    ],
)
def test_a_rule_is_bound_by_arguments_and_capabilities_alone(more, lets):
    rule = {"names": ["bpf"], "action": "SCMP_ACT_ALLOW", **more}
    found = seccomp({"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [rule]})
    assert bool([*found.letting(["bpf"])]) is lets


def compared(operator, value=0, other=0, index=0):
    return {"index": index, "value": value, "valueTwo": other, "op": f"SCMP_CMP_{operator}"}


NO_FLAG, FLAG = compared("MASKED_EQ", 0x10000000), compared("MASKED_EQ", 0x10000000, 0x10000000)


@pytest.mark.parametrize(
    ("rules", "lets"),
    [
        ([[compared("GE")]], True),
        ([[{"index": 1, "op": "SCMP_CMP_GE"}]], True),
        ([[compared("GE", 1)]], False),
        ([[compared("LE", 2**64 - 1)]], True),
        ([[compared("LT", 2**64 - 1)]], False),
        ([[compared("GT")]], False),
        ([[compared("MASKED_EQ")]], True),
        ([[compared("MASKED_EQ", 0, 1)]], True),
        ([[compared("MASKED_EQ", 1, 2)]], False),
        ([[compared("MASKED_EQ", 1, 3)], [compared("MASKED_EQ", 1, 2)]], True),
        ([[NO_FLAG]], False),
        ([[NO_FLAG], [FLAG]], True),
        ([[compared("EQ", 7), compared("NE", 7)]], True),
        ([[compared("EQ", 7)], [compared("NE", 7)]], True),
        ([[compared("EQ", 7)], [compared("NE", 7, index=1)]], False),
        ([[compared("EQ", 7)], [compared("NE", 8)]], False),
        ([[compared("NE", 7)], [compared("NE", 7)]], False),
        ([[compared("LE", 7)], [compared("GT", 7)]], True),
        ([[compared("LT", 7)], [compared("GT", 7)]], False),
        ([[compared("GE"), compared("EQ", 7, index=1)]], False),
        ([[compared("GE"), compared("LE", 2**64 - 1, index=1)]], True),
        ([[compared("SOMETIMES")]], False),
    ],
)
def test_conditions_that_always_hold_are_none(rules, lets):
    body = [{"name": "mount", "action": "SCMP_ACT_ALLOW", "args": args} for args in rules]
    found = seccomp({"defaultAction": "SCMP_ACT_ERRNO", "syscalls": body})
    assert [each.at for each in found.letting(["mount"])] == [f"syscalls[{len(body) - 1}]"] * lets


def test_however_many_conditions_there_are_they_are_held_together():
    args = [[compared("EQ", value)] for value in range(3000)]
    rules = [{"names": ["mount", "bpf"], "action": "SCMP_ACT_ALLOW", "args": each} for each in args]
    rest = {"name": "mount", "action": "SCMP_ACT_ALLOW", "args": [compared("GE", 3000)]}
    found = seccomp({"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [rest, *rules]})
    (told,) = found.letting(["bpf", "mount"])
    assert (told.at, told.says) == ("syscalls[3000]", "the profile allows mount")


def test_each_rule_that_lets_calls_be_made_by_itself_is_told_in_order():
    def allowing(name, *args):
        return {"name": name, "action": "SCMP_ACT_ALLOW", "args": [*args]}

    half, rest = compared("LT", 5), compared("GE", 5)
    rules = [allowing("b", half), allowing("a"), allowing("b", rest), allowing("a", half)]
    found = seccomp({"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [*rules, allowing("a")]})
    assert [each.at for each in found.letting(["a", "b"])] == [
        *("syscalls[1]", "syscalls[2]", "syscalls[4]")
    ]


def test_a_seccomp_profile_that_breaks_off_is_an_error():
    with pytest.raises(ParseError, match="line"):
        seccomp_file(File(path="a.json", content=b'{"defaultAction": "x",\n"syscalls": [{'))
