"""What findings of Go modules say of the functions that advisories name."""

from array import array
from zlib import crc32

import pytest

from hullmark.advisories.match import matched
from hullmark.advisories.symbols import NOT_PROVEN, Programs
from hullmark.model import Package
from hullmark.model.advisory import Import
from hullmark.model.go_symbols import ABSENT, GoSymbols
from tests.advisories.test_match import NOW, Known, about, record

LIB = "example.org/Lib/v2"
IMPORTS = (Import(LIB, ("Conn.Read", "Dial")),)


def program(*names, **more):
    packed = array("I", sorted(crc32(name.encode()) for name in names)).tobytes()
    return GoSymbols(path="usr/bin/app", hashes=packed, whole=True, **more)


def use(known, imports=IMPORTS, path="usr/bin/app", module=LIB):
    return Programs({known.path: known} if known else {}).use(path, module, imports)


def test_functions_of_a_program_are_named():
    found = use(program(f"{LIB}.Dial", LIB, "runtime"))
    assert (found.absent, found.says) == (False, "vulnerable functions in the program: v2.Dial")
    many = (Import(LIB, tuple("abcdef")),)
    found = use(program(*(f"{LIB}.{name}" for name in "abcdef")), many)
    assert found.says.endswith("v2.a, v2.b, v2.c and 3 more")


def test_functions_that_a_whole_table_does_not_name_are_not_there():
    found = use(program(f"{LIB}.Other", LIB, "runtime"))
    assert found.absent
    assert found.says.endswith(
        "none of the vulnerable functions is in the program: v2.Conn.Read, v2.Dial"
    )


def test_a_whole_package_is_vulnerable_where_no_function_is_named():
    assert use(program(LIB, f"{LIB}.Other"), (Import(LIB),)).says.endswith(f"program: {LIB}")
    assert use(program(f"{LIB}/other"), (Import(LIB),)).absent


def test_functions_of_another_platform_do_not_count():
    names = f"{LIB}.Dial", f"{LIB}.Conn.Read", "runtime"
    windows = (Import(LIB, ("Dial",), ("windows",)), Import(LIB, ("Conn.Read",), (), ("ppc64le",)))
    found = use(program(*names, goos="linux", goarch="amd64"), windows)
    assert found.absent
    assert found.says.endswith("v2.Dial (windows only), v2.Conn.Read (ppc64le only)")
    assert not use(program(*names, goos="windows", goarch="amd64"), windows).absent
    assert not use(program(*names), windows).absent
    assert use(program("runtime", goos="linux", replaced=(LIB,)), windows[:1]).absent


def test_what_nothing_tells_is_not_proven():
    assert use(None) == (NOT_PROVEN, False)
    assert use(program("runtime"), path="srv/go.mod") == (NOT_PROVEN, False)
    assert use(program("runtime", replaced=(LIB,))) == (NOT_PROVEN, False)
    partly = GoSymbols(path="usr/bin/app", hashes=b"", whole=False)
    assert use(partly) == (NOT_PROVEN, False)


def test_the_standard_library_holds_copies_of_other_modules():
    imports = (Import("golang.org/x/net/idna", ("ToASCII",)),)
    copy = program("vendor/golang.org/x/net/idna.ToASCII")
    assert not use(copy, imports, module="stdlib").absent
    assert use(copy, imports, module="golang.org/x/net").absent


def test_findings_of_functions_that_are_not_there_are_suppressed():
    named = about("Go", LIB, "introduced 0", "fixed 2.1.0", imports=IMPORTS)
    plain = about("Go", LIB, "introduced 0", "fixed 2.1.0")
    known = Known(
        record("GO-2024-0001", named, aliases=("CVE-2024-0001",)),
        record("GHSA-a", plain, aliases=("GO-2024-0001",)),
    )
    namespace, _, name = LIB.rpartition("/")

    def found(program, path="usr/bin/app"):
        package = Package(
            type="golang", namespace=namespace, name=name, version="v2.0.0", path=path
        )
        programs = {program.path: program}
        return matched([package], None, known, now=NOW, programs=programs)

    there, gone = program(f"{LIB}.Dial", "runtime"), program("runtime")
    [finding] = found(there).findings
    assert finding.evidence.says.endswith("vulnerable functions in the program: v2.Dial")
    told = found(gone)
    assert not told.findings
    [suppressed] = told.suppressed
    assert suppressed.finding.rule == "CVE-2024-0001"
    assert suppressed.by.at == "usr/bin/app"
    assert suppressed.by.reason == suppressed.finding.evidence.says.rpartition("; ")[2]
    assert "CVE-2024-0001" in told.rules
    [finding] = found(gone, "srv/go.mod").findings
    assert finding.evidence.says.endswith(NOT_PROVEN)


@pytest.mark.parametrize(
    ("id", "symbols", "is_aside"),
    [
        ("CVE-1", ("F",), True),
        ("CVE-1", ("F", "G"), False),
        ("CVE-1", (), False),
        ("CVE-2", ("F",), False),
    ],
)
def test_a_proof_holds_for_the_functions_that_it_was_about(id, symbols, is_aside):
    named = about("Go", "x", "introduced 0", imports=(Import("x", symbols),) if symbols else ())
    package = Package(type="golang", name="x", version="v1", path="usr/bin/tool")
    proofs = {("CVE-1", "pkg:golang/x@v1", "usr/bin/tool"): f"{ABSENT}: x.F"}
    told = matched([package], None, Known(record(id, named)), now=NOW, proofs=proofs)
    assert bool(told.suppressed) is is_aside
    assert bool(told.findings) is not is_aside
    if is_aside:
        assert told.suppressed[0].finding.evidence.says.endswith(f"; {ABSENT}: x.F")
