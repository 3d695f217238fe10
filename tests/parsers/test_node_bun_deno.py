"""Lock files of Bun and Deno, written by these where they are installed."""

from json import dumps, loads

import pytest

from hullmark.model import ParseError
from hullmark.parsers.bun_lock import MAX_LEVELS, MAX_LOCK_BYTES, bun_lock
from hullmark.parsers.deno_lock import deno_lock
from tests.parsers.test_node_locks import (
    DEMO,
    NEW,
    OLD,
    TOOL,
    parsed,
    projected,
    purls,
    relations,
    serving,
    tool,
)


@pytest.fixture(scope="module")
def registry():
    with serving() as address:
        yield address


def test_a_lock_written_by_bun_is_read(tmp_path, registry):
    project = projected(tmp_path)
    done = tool(
        "bun", "install", "--lockfile-only", "--ignore-scripts", "--registry", registry, cwd=project
    )
    assert done.returncode == 0, done.stderr
    assert relations(bun_lock, (project / "bun.lock").read_bytes()) == {
        OLD: (False, False, []),
        NEW: (True, False, []),
        DEMO: (True, False, [OLD]),
        TOOL: (True, True, [DEMO]),
    }


def test_a_lock_written_by_deno_is_read(tmp_path, registry):
    project = projected(tmp_path)
    settings = {"NPM_CONFIG_REGISTRY": registry, "DENO_DIR": str(tmp_path / "deno")}
    done = tool("deno", "install", cwd=project, DENO_NO_UPDATE_CHECK="1", **settings)
    assert done.returncode == 0, done.stderr
    lock = (project / "deno.lock").read_bytes()
    assert loads(lock)["version"] == "5"
    assert relations(deno_lock, lock) == {
        OLD: (False, False, []),
        NEW: (True, False, []),
        DEMO: (True, False, [OLD]),
        TOOL: (True, False, [DEMO]),
    }


def locked(packages, version=1, **workspaces):
    """A lock of Bun with these packages, as Bun writes it: commas before closing brackets."""
    lock = {"lockfileVersion": version, "workspaces": workspaces, "packages": packages}
    return dumps(lock, indent=1).replace("\n}", ",\n}").replace("\n ]", ",\n ]")


def test_bun_names_a_package_in_what_it_became():
    places = {
        "a": "a@1.0.0",
        "green": "@oak/b@2.0.0-rc.1",
        "c": "c@git+ssh://git@code.example/c.git#0f1e",
        "d": "d@github:oak/d#0f1e",
        "e": "e@https://code.example/e.tgz",
        "f": "f@./f.tgz",
        "g": "g@file:g.tgz",
        "h": "h@file:h",
        "i": "i@workspace:parts/i",
        "j": "j@link:j",
        "k": "k@root:",
    }
    lock = locked({key: [place, {}] for key, place in places.items()})
    assert purls(bun_lock, lock) == ["a@1.0.0", "%40oak/b@2.0.0-rc.1", "c", "d", "e", "f", "g"]


def test_what_is_nearest_is_what_bun_requires():
    lock = locked(
        {
            "part": ["part@workspace:parts/part"],
            "a": ["a@1.0.0", "", {"dependencies": {"b": "^3", "@oak/c": "*"}}, "sha512"],
            "a/b": ["b@3.0.0", "", {"dependencies": {"@oak/c": "*"}}, "sha512"],
            "a/@oak/c": ["@oak/c@2.0.0", "", {}, "sha512"],
            "@oak/c": ["@oak/c@1.0.0", "", {"peerDependencies": {"b": "*"}}, "sha512"],
            "b": ["b@1.0.0", "", {"optionalDependencies": {"gone": "*"}}, "sha512"],
            "d": ["d@1.0.0", "", {"dependencies": {"e": "*", "b": "*"}, "os": "linux"}, "sha512"],
            "e": ["e@1.0.0", "", {}, "sha512"],
            "part/b": ["b@2.0.0", "", {}, "sha512"],
        },
        **{
            "": {"dependencies": {"a": "1", "part": "workspace:*"}, "devDependencies": {"d": "1"}},
            "parts/part": {"name": "part", "dependencies": {"b": "^2"}},
        },
    )
    assert relations(bun_lock, lock) == {
        "a@1.0.0": (True, False, ["b@3.0.0", "%40oak/c@2.0.0"]),
        "b@3.0.0": (False, False, ["%40oak/c@2.0.0"]),
        "%40oak/c@2.0.0": (False, False, []),
        "%40oak/c@1.0.0": (False, False, ["b@1.0.0"]),
        "b@1.0.0": (False, True, []),
        "d@1.0.0": (True, True, ["e@1.0.0", "b@1.0.0"]),
        "e@1.0.0": (False, True, []),
        "b@2.0.0": (True, False, []),
    }


def test_comments_and_commas_in_a_lock_of_bun_are_no_part_of_it():
    lock = """{ // a "comment"
      /* and , } one of
         many lines **/ "lockfileVersion": 0,
      "packages": {
        "a": ["a@1.0.0", "", {"bin": "/* , ] no comment // at all \\\\\\" ,}",}, "sha512",],/**/
      } , // ]
    }"""
    assert purls(bun_lock, lock) == ["a@1.0.0"]


@pytest.mark.parametrize("unfinished", ['"', "/*", "/* *", "//", '"\\', ",", ",  "])
def test_what_never_ends_is_read_once(unfinished):
    with pytest.raises(ParseError):
        parsed(bun_lock, unfinished * 200_000)


def test_an_entry_of_bun_without_a_package_is_an_error_after_all_others():
    facts = iter(bun_lock.parse(bun_lock.example))
    assert next(facts).name == "tree"
    for entry in ([], [None], ["nameless"], [{}]):
        with pytest.raises(ParseError, match="no package in entry 'x'"):
            purls(bun_lock, locked({"x": entry}))


def test_a_way_of_very_many_names_is_looked_at_in_part():
    key = "/".join("a" * (MAX_LEVELS + 9))
    assert purls(bun_lock, locked({key: ["a@1.0.0", "", {}, "sha512"]})) == ["a@1.0.0"]


def test_a_huge_lock_of_bun_is_refused():
    with pytest.raises(ParseError, match="more than"):
        parsed(bun_lock, b" " * (MAX_LOCK_BYTES + 1))


def npm(key, *needs):
    return {key: {"integrity": "sha512", "dependencies": list(needs)}}


def test_a_lock_of_deno_2_and_3_tells_who_asks_for_whom():
    packages = {
        "a@1.0.0_b@2.0.0": {
            "integrity": "00",
            "dependencies": {"b": "b@2.0.0", "g": "@oak/c@1.0.0"},
        },
        "b@2.0.0": {"integrity": "00", "dependencies": {}},
        "@oak/c@1.0.0": {"integrity": "00", "dependencies": {}},
    }
    second = {
        "version": "2",
        "remote": {"https://code.example/x.ts": "00"},
        "npm": {"specifiers": {"a@1": "a@1.0.0_b@2.0.0"}, "packages": packages},
    }
    assert relations(deno_lock, dumps(second)) == {
        "a@1.0.0": (None, False, ["b@2.0.0", "%40oak/c@1.0.0"]),
        "b@2.0.0": (None, False, []),
        "%40oak/c@1.0.0": (None, False, []),
    }
    third = {
        "version": "3",
        "packages": {
            "specifiers": {
                "npm:a@1": "npm:a@1.0.0_b@2.0.0",
                "jsr:@oak/d@^1.0": "jsr:@oak/d@1.0.0",
                "jsr:@oak/e": "jsr:@oak/e@2.0.0",
            },
            "npm": packages,
            "jsr": {
                "@oak/d@1.0.0": {"integrity": "0", "dependencies": ["jsr:@oak/e", "npm:a@1"]},
                "@oak/e@2.0.0": {"integrity": "0"},
            },
        },
        "remote": {},
        "workspace": {
            "dependencies": ["jsr:@oak/d@^1.0"],
            "members": {"x": {"packageJson": {"dependencies": ["npm:a@1", "npm:gone@1"]}}},
        },
    }
    assert relations(deno_lock, dumps(third)) == {
        "a@1.0.0": (True, False, ["b@2.0.0", "%40oak/c@1.0.0"]),
        "b@2.0.0": (False, False, []),
        "%40oak/c@1.0.0": (False, False, []),
        "pkg:jsr/%40oak/d@1.0.0": (True, False, ["pkg:jsr/%40oak/e@2.0.0", "a@1.0.0"]),
        "pkg:jsr/%40oak/e@2.0.0": (False, False, []),
    }


@pytest.mark.parametrize("version", ["4", "5"])
def test_a_lock_of_deno_4_and_5_tells_who_asks_for_whom(version):
    lock = {
        "version": version,
        "specifiers": {
            "jsr:@oak/e": "2.0.0",
            "jsr:@oak/f@1": "1.0.0",
            "npm:a@1": "1.0.0_b@2.0.0",
            "npm:b@*": "3.0.0",
        },
        "jsr": {
            "@oak/e@2.0.0": {"integrity": "0", "dependencies": ["jsr:@oak/f", "npm:b"]},
            "@oak/f@1.0.0": {"integrity": "0"},
        },
        "npm": {
            **npm("a@1.0.0_b@2.0.0", "b@2.0.0", "green@npm:@oak/c@1.0.0"),
            **npm("b@2.0.0", "@oak/c"),
            **npm("b@3.0.0"),
            "@oak/c@1.0.0": {"integrity": "0", "optionalDependencies": ["b@3.0.0"]},
        },
        "workspace": {
            "dependencies": ["jsr:@oak/e@*"],
            "packageJson": {"dependencies": ["npm:a@1"]},
        },
    }
    assert relations(deno_lock, dumps(lock)) == {
        "a@1.0.0": (True, False, ["b@2.0.0", "%40oak/c@1.0.0"]),
        "b@2.0.0": (False, False, ["%40oak/c@1.0.0"]),
        "b@3.0.0": (False, False, []),
        "%40oak/c@1.0.0": (False, False, ["b@3.0.0"]),
        "pkg:jsr/%40oak/e@2.0.0": (True, False, ["pkg:jsr/%40oak/f@1.0.0", "b@3.0.0"]),
        "pkg:jsr/%40oak/f@1.0.0": (False, False, []),
    }


def test_a_key_of_deno_without_a_version_is_an_error_after_all_others():
    lock = {"version": "5", "npm": {**npm("nameless"), **npm("a@1.0.0")}}
    facts = deno_lock.parse(
        deno_lock.example.__class__(path="deno.lock", content=dumps(lock).encode())
    )
    assert next(iter(facts)).purl == "pkg:npm/a@1.0.0"
    with pytest.raises(ParseError, match="no package and version in 'npm:nameless'"):
        list(facts)


@pytest.mark.parametrize("unit", [bun_lock, deno_lock], ids=lambda unit: unit.id)
@pytest.mark.parametrize(
    "content",
    [
        b"\0",
        b"",
        b"<<<<<<< main\n",
        b"{}",
        b"[]",
        b"\xff",
        b'{"https://code.example/x.ts": "00"}',
        b'{"version": "6", "lockfileVersion": "6"}',
        b'{"version": "5", "lockfileVersion": 1, "npm": [], "packages": []}',
        b'{"version": "5", "lockfileVersion": 1, "npm": {"a": 1}, "packages": {"a": 1}}',
        b'{"version": "2", "lockfileVersion": 1, "npm": ' + b'{"packages":' * 9999,
    ],
)
def test_a_lock_that_is_none_is_an_error(unit, content):
    with pytest.raises(ParseError):
        parsed(unit, content)
