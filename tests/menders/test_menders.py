"""Every mender keeps its promises: its example, nothing else touched, rubbish refused or left."""

import json
import pkgutil
import subprocess
from importlib import import_module
from shutil import which
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import hullmark.menders
from hullmark.advisories.places import OF_SYSTEM, SCHEMES
from hullmark.fix.tree import fits
from hullmark.fix.wishes import before
from hullmark.menders import Mender
from hullmark.model import File, ParseError
from hullmark.model.mending import Edit, Left, Wanted, applied
from hullmark.unit import discover
from tests.test_units import RUBBISH, broken, every, sealed

MENDERS = discover(hullmark.menders, Mender)


def scheme(type):
    return SCHEMES[type][1] if type in SCHEMES else OF_SYSTEM[type]


def asked(unit: Mender, file: File, wanted: Wanted) -> list[Edit | Left]:
    def earlier(one, other):
        return before(scheme(wanted.type), one, other)

    return list(unit.mend(file, wanted, earlier))


def mended(unit: Mender, file: File, wanted: Wanted) -> tuple[File, list[Left]]:
    found = asked(unit, file, wanted)
    edits = [each for each in found if isinstance(each, Edit)]
    left = [each for each in found if isinstance(each, Left)]
    return replace(file, content=applied(file.data, edits)), left


def all_mended(unit: Mender, file: File) -> File:
    for wanted in unit.wanted:
        file, _ = mended(unit, file, wanted)
    return file


@pytest.fixture(scope="module", autouse=True)
def _warm():
    """Orders of versions are imported once."""
    for unit in MENDERS.values():
        all_mended(unit, unit.example)


@every(MENDERS)
def test_mender_mends_its_example_and_touches_nothing_else(unit):
    with sealed():
        assert all_mended(unit, unit.example).data == unit.expect
    assert unit.expect != unit.example.data
    assert fits(unit.example.path, unit.names)
    assert {wanted.type for wanted in unit.wanted} <= set(unit.types)


@every(MENDERS)
def test_mender_finds_nothing_to_do_where_all_is_done(unit):
    done = replace(unit.example, content=unit.expect)
    assert all_mended(unit, done).data == unit.expect


@every(MENDERS)
def test_mender_is_alone_in_its_file_and_says_what_it_is(unit):
    names = [info.name for info in pkgutil.iter_modules(hullmark.menders.__path__)]
    assert [name.replace("_", "-") for name in names] == list(MENDERS)
    module = import_module(f"hullmark.menders.{unit.id.replace('-', '_')}")
    assert sum(isinstance(value, Mender) for value in vars(module).values()) == 1
    assert (module.__doc__ or "").strip()
    assert unit.about.partition("\n\n")[0].endswith(".")


@every(MENDERS)
def test_mender_answers_rubbish_with_edits_reasons_or_a_parse_error(unit):
    for data in [*RUBBISH, *broken(unit.example.data)]:
        file = replace(unit.example, content=data)
        for wanted in unit.wanted:
            try:
                with sealed():
                    list(unit.leads(file))
                    mended(unit, file, wanted)
            except ParseError as error:
                assert error.why  # noqa: PT017 - not raising is right too


@every(MENDERS)
def test_mender_keeps_every_byte_but_the_version(unit):
    """Comments of no known encoding, other line ends: all stays but digits where they stood."""
    for wanted in unit.wanted:
        for edit in asked(unit, unit.example, wanted):
            if isinstance(edit, Edit) and edit.end > edit.start:
                old = unit.example.data[edit.start : edit.end].decode()
                assert wanted.to.removeprefix("v") in edit.new or edit.new < wanted.to
                assert "\n" not in old
    crlf = unit.example.data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    want = unit.expect.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    assert all_mended(unit, replace(unit.example, content=crlf)).data == want


NAMES = ("oak-tree", "leaf", "twig")
LINE = st.one_of(
    st.builds(
        "{}{}{}".format,
        st.sampled_from(NAMES),
        st.sampled_from(("==1.0", " == 1.0", ">=1.0", "~=1.0", "<3", ">=1.0,<9", "[x]==1.0", "")),
        st.sampled_from(("", "  # why", " ; python_version > '3'", " \\\r", "\r")),
    ),
    st.text(st.characters(exclude_characters="\n", codec="utf-8"), max_size=30),
)


@settings(deadline=None, max_examples=150)
@given(st.lists(LINE, max_size=8), st.sampled_from(NAMES))
def test_a_line_of_another_package_never_changes(lines, name):
    unit = MENDERS["requirements-txt"]
    file = replace(unit.example, content="\n".join(lines).encode())
    wanted = Wanted(type="pypi", name=name, version="1.0", to="2.5.1")
    new, _ = mended(unit, file, wanted)
    old_lines, new_lines = file.data.split(b"\n"), new.data.split(b"\n")
    assert len(old_lines) == len(new_lines)
    for old, line in zip(old_lines, new_lines, strict=True):
        assert old == line or old.strip(b" \t").startswith(name.encode())
    assert mended(unit, new, wanted)[0].data == new.data


def left(unit: str, content: str, **wanted: Any) -> str:
    """The text after, or why it was left."""
    mender = MENDERS[unit]
    file = replace(mender.example, content=content.encode())
    new, reasons = mended(mender, file, Wanted(**{"type": mender.types[0], **wanted}))
    return new.data.decode() if new.data != file.data else "; ".join(each.why for each in reasons)


def npm(asked: str, **wanted: Any) -> str:
    content = f'{{"dependencies": {{"a": "{asked}"}}}}'
    new = left("package-json", content, type="npm", name="a", path="package-lock.json", **wanted)
    return new.removeprefix('{"dependencies": {"a": "').removesuffix('"}}')


@pytest.mark.parametrize(
    ("asked", "new"),
    [
        ("^1.2.0", "^1.4.1"),
        ("~1.2.0", "~1.4.1"),
        ("1.2.3", "1.4.1"),
        ("v1.2.3", "v1.4.1"),
        (">=1.2.0 <2", ">=1.4.1 <2"),
        (">1.0.0", ">=1.4.1"),
        ("^1.5.0", "it asks for '^1.5.0' already"),
        ("^2.0.0", "it asks for '^2.0.0' already"),
        ("^0.9.0", "it asks for another version, '^0.9.0'"),
        ("1.0.0", "it asks for another version, '1.0.0'"),
        ("*", "it asks for any version"),
        (">=1 <1.4.1", "its bound '<1.4.1' does not allow 1.4.1"),
        ("1.x", "it asks for '1.x', which has no lowest version to raise"),
        ("1.2", "it asks for '1.2', which has no lowest version to raise"),
        ("1 || 2", "it asks for one of several ranges, '1 || 2'"),
        ("git+ssh://x/y", "'git+ssh://x/y' is no range of versions that is known"),
    ],
)
def test_a_range_of_npm_is_raised_in_its_own_style_or_left(asked, new):
    assert npm(asked, version="1.2.3", to="1.4.1") == new


def test_what_only_others_ask_for_is_forced():
    one = '{\n  "name": "x"\n}\n'
    want = {"type": "npm", "name": "a", "version": "1.0.0", "to": "1.0.2", "direct": False}
    forced = left("package-json", one, path="package-lock.json", **want)
    assert forced == '{\n  "name": "x",\n  "overrides": {\n    "a": "^1.0.2"\n  }\n}\n'
    second = {**want, "name": "b"}
    again = left("package-json", forced, path="package-lock.json", **second)
    assert again.endswith('    "a": "^1.0.2",\n    "b": "^1.0.2"\n  }\n}\n')
    assert "already" in left("package-json", forced, path="package-lock.json", **want)
    yarn = left("package-json", one, path="yarn.lock", **want)
    assert '"resolutions": {\n    "a": "^1.0.2"' in yarn
    pnpm = left("package-json", one, path="pnpm-lock.yaml", **want)
    assert '"pnpm": {\n    "overrides": {\n      "a": "^1.0.2"\n    }\n  }\n}\n' in pnpm
    many = left("package-json", one, path="package-lock.json", alone=False, **want)
    assert '"a@1.0.0": "^1.0.2"' in many
    assert left("package-json", one, path="packages/x/package-lock.json", **want) == ""


def test_a_module_of_another_major_is_left():
    go = "module x\nrequire example.org/a v1.0.0\n"
    want = {"name": "example.org/a", "version": "v1.0.0"}
    assert left("go-mod", go, to="2.0.0", **want) == "v2.0.0 is another module by its path"
    assert left("go-mod", go, to="1.9.0", **want) == go.replace("v1.0.0", "v1.9.0")


def test_a_version_that_a_parent_sets_is_left_with_the_propertys_name():
    pom = (
        "<project><dependencies><dependency><groupId>g</groupId><artifactId>a</artifactId>"
        "<version>${a.version}</version></dependency></dependencies></project>"
    )
    want = {"name": "g:a", "version": "1.0", "to": "1.1"}
    assert left("pom-xml", pom, **want) == "its version is ${a.version}"
    parent = "<project><properties><a.version>1.0</a.version></properties></project>"
    assert left("pom-xml", parent, by="a.version", **want) == parent.replace("1.0", "1.1")


def test_a_version_without_the_word_that_the_present_one_ends_in_is_left():
    pom = (
        "<project><dependencies><dependency><groupId>g</groupId><artifactId>a</artifactId>"
        "<version> 4.1.Final </version></dependency></dependencies></project>"
    )
    want = {"name": "g:a", "version": "4.1.Final"}
    assert "which one is it?" in left("pom-xml", pom, to="4.2", **want)
    new = left("pom-xml", pom, to="4.2.Final", **want)
    assert new == pom.replace("4.1.Final", "4.2.Final")


def test_npm_reads_what_was_written(tmp_path):
    npm = which("npm")
    if not npm:
        print("npm is not here: its own reading of package.json is not compared")
        return
    (tmp_path / "package.json").write_bytes(MENDERS["package-json"].expect)
    done = subprocess.run(
        [npm, "pkg", "get", "dependencies", "devDependencies", "overrides", "--json"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "dependencies": {"oak": "^2.1.4", "@oak/leaf": "1.0.1"},
        "devDependencies": {"twig": "~1.5.1"},
        "overrides": {"root": "^3.0.2"},
    }


def test_cargo_reads_what_was_written(tmp_path):
    cargo = which("cargo")
    if not cargo:
        print("cargo is not here: its own reading of Cargo.toml is not compared")
        return
    head = b'[package]\nname = "x"\nversion = "1.0.0"\nedition = "2021"\n'
    (tmp_path / "Cargo.toml").write_bytes(head + MENDERS["cargo-toml"].expect)
    (tmp_path / "src").mkdir()
    (tmp_path / "src/lib.rs").write_text("")
    done = subprocess.run(
        [cargo, "metadata", "--no-deps", "--offline", "--format-version", "1"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    [package] = json.loads(done.stdout)["packages"]
    asked = {each["name"]: each["req"] for each in package["dependencies"]}
    assert asked == {"oak": "^2.1.4", "leaf": "=1.0.1", "twig": "~1.5.1"}


def test_go_reads_what_was_written():
    go = which("go")
    if not go:
        print("go is not here: its own reading of go.mod is not compared")
        return
    unit = MENDERS["go-mod"]
    text = unit.expect.replace(b"toolchain go1.22.5\n", b"").replace(b"go 1.21", b"go 1.18")
    done = subprocess.run(
        [go, "mod", "edit", "-json", "/dev/stdin"], input=text, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert b'"Version": "v2.4.0"' in done.stdout


HOSTILE = {
    "requirements-txt": [f"oak{' ' * 1900}((\n", f"oak{' ' * 900_000}x\n", f"oak[{'[' * 1900}\n"],
    "dockerfile": [f"RUN {'<<A ' * 200_000}\n", "RUN <<A\n" * 100_000],
    "pom-xml": [
        "<project><properties>" + "<v>${v}</v><w>${v}</w>" * 9000 + "</properties><dependencies>"
        "<dependency><groupId>g</groupId><artifactId>oak</artifactId><version>${v}</version>"
        "</dependency></dependencies></project>"
    ],
}


@pytest.mark.parametrize("unit", HOSTILE)
def test_long_lines_and_rings_are_read_in_a_time_by_their_size(unit):
    """What takes more than that would not end at all."""
    for content in HOSTILE[unit]:
        name = "g:oak" if unit == "pom-xml" else "oak"
        left(unit, content, name=name, version="1.0", to="1.1")


def test_each_of_several_constraints_of_poetry_is_raised():
    text = "[tool.poetry.dependencies]\na = [{version = '1.0'}, {version = '^1.0', python = '3'}]\n"
    want = {"name": "a", "version": "1.0", "to": "1.1"}
    assert left("pyproject-toml", text, **want) == text.replace("1.0", "1.1")


def test_what_stands_behind_a_key_with_a_quote_is_found():
    text = '"a\\"b" = "x"\n[dependencies]\noak = "1.0"\n'
    want = {"name": "oak", "version": "1.0.0", "to": "1.1.0"}
    assert left("cargo-toml", text, **want) == text.replace("1.0", "1.1.0")


def test_what_was_compiled_leads_to_its_sources():
    text = b"# by:\n#    uv pip compile req/a.in b.in -o req/c.txt\noak==1.0\n-r d.txt\n"
    leads = MENDERS["requirements-txt"].leads(File(path="req/c.txt", content=text))
    assert list(leads) == ["a.in", "b.in", "d.txt", "c.in"]


def test_a_requirement_is_found_behind_a_mark_of_byte_order():
    want = {"name": "oak", "version": "1.0", "to": "1.1"}
    assert left("requirements-txt", "\ufeffoak==1.0\n", **want) == "\ufeffoak==1.1\n"


@pytest.mark.parametrize("asked", ["==1.0,!=1.1", ">=1.0,!=1.1", "==1.0,!=1.1.*"])
def test_a_version_that_the_requirement_leaves_out_is_not_asked_for(asked):
    said = left("requirements-txt", f"oak{asked}\n", name="oak", version="1.0", to="1.1")
    assert "does not allow 1.1" in said


def pom(properties, *versions):
    each = "<dependency><groupId>g</groupId><artifactId>a</artifactId><version>{}</version>"
    listed = "".join(f"{each.format(version)}</dependency>" for version in versions)
    return (
        f"<project><properties>{properties}</properties><dependencies>{listed}</dependencies>"
        "</project>"
    )


def test_a_property_is_changed_once_and_on_the_way_that_it_leads():
    want = {"name": "g:a", "version": "1.0", "to": "1.1"}
    twice = pom("<v>1.0</v>", "${v}", "${v}")
    assert left("pom-xml", twice, **want) == twice.replace("1.0", "1.1")
    led = pom("<v>${w}</v><w>1.0</w>", "${v}")
    assert left("pom-xml", led, **want) == led.replace("1.0", "1.1")
    assert left("pom-xml", pom("<v>${w}</v>", "${v}"), **want) == "its version is ${w}"


def test_a_version_that_is_not_text_alone_is_not_said_to_be_a_parents():
    want = {"name": "g:a", "version": "1.0", "to": "1.1"}
    for version in ("1.0<!-- why -->", "<![CDATA[1.0]]>"):
        assert "holds a comment" in left("pom-xml", pom("", version), **want)
    assert (
        list(
            MENDERS["pom-xml"].leads(
                File(
                    path="pom.xml",
                    content=b"""<project><parent>
<artifactId>p</artifactId><relativePath/></parent></project>""",
                )
            )
        )
        == []
    )


@pytest.mark.parametrize(
    "text",
    [
        "FROM x\nrun apt-get install a=1.0-1\n",
        "RUN apt-get install a:amd64=1.0-1\n",
        "RUN apt-get install \\\n\n  a=1.0-1\n",
        "ONBUILD RUN (apt-get install a=1.0-1)\n",
        "RUN <<EOF\napt-get update\napt-get install -y \\\n  a=1.0-1\nEOF\n",
        "RUN <<-'A' sh && <<B\n\techo\n\tA\napt-get install a=1.0-1\nB\nRUN echo\n",
        "COPY <<A /x\necho\nA\nRUN apt-get install a=1.0-1\n",
    ],
)
def test_a_pin_is_found_wherever_a_build_installs_it(text):
    want = {"type": "deb", "name": "a", "version": "1.0-1", "to": "1.0-2"}
    assert left("dockerfile", text, **want) == text.replace("1.0-1", "1.0-2")


def test_what_a_dockerfile_only_writes_is_no_command():
    text = "COPY <<A /x\nRUN apt-get install a=1.0-1\nA\n"
    assert left("dockerfile", text, type="deb", name="a", version="1.0-1", to="1.0-2") == ""


def test_a_bracket_of_go_needs_no_space():
    text = "module x\nrequire(\n\texample.org/a v1.0.0\n)\n"
    want = {"name": "example.org/a", "version": "v1.0.0", "to": "1.0.1"}
    assert left("go-mod", text, **want) == text.replace("v1.0.0", "v1.0.1")
