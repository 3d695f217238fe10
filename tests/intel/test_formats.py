"""Every format of lists keeps its promises, and tells the place of a fault."""

import pytest

import hullmark.intel
from hullmark.intel import IntelFormat
from hullmark.model import FeedError, File
from hullmark.model.indicator import (
    ODD_URLS,
    Indicator,
    LeftOut,
    address,
    domain,
    plain,
    recognised,
    url,
)
from hullmark.model.never_listed import never
from hullmark.unit import discover

FORMATS = discover(hullmark.intel, IntelFormat)
MD5, SHA1, SHA256 = "4" * 32, "5" * 40, "6" * 64


def read(id: str, text: str) -> list[str]:
    """What a list yields, as examples are written."""
    file = File(path="list", content=text.encode())
    return [shown(each) for each in FORMATS[id].read(file)]


def shown(each: Indicator | LeftOut) -> str:
    if isinstance(each, LeftOut):
        return f"left out {each.at}: {each.why}"
    return f"{each.kind} {each.value}"


@pytest.mark.parametrize("unit", FORMATS.values(), ids=FORMATS.keys())
def test_format_reads_its_example_and_knows_it_from_all_others(unit: IntelFormat):
    assert tuple(map(shown, unit.read(unit.example))) == unit.expect
    recognising = [each.id for each in FORMATS.values() if each.recognises(unit.example)]
    assert recognising in ([unit.id], [unit.id, "plain"])
    assert unit.about.partition("\n\n")[0].endswith(".")


@pytest.mark.parametrize("unit", FORMATS.values(), ids=FORMATS.keys())
def test_format_answers_broken_lists_with_entries_or_a_feed_error(unit: IntelFormat):
    data = unit.example.data
    for broken in (b"", b"\xff\xfe", b"[" * 100_000, data[: len(data) // 2], data[::-1], data * 2):
        file = File(path="list", content=broken)
        unit.recognises(file)
        try:
            assert all(map(shown, unit.read(file)))
        except FeedError as error:
            assert error.place.startswith("list")  # noqa: PT017 - not raising is right too


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (MD5.upper().replace("4", "A"), ["md5 " + "a" * 32]),
        (f"\ufeff{SHA256}\r\n\r\n", [f"sha256 {SHA256}"]),
        ("bark.oak-loader[.]net", ["domain bark.oak-loader.net"]),
        ("bücher.net", ["domain xn--bcher-kva.net"]),
        ("203.0.114.9:443", ["ip 203.0.114.9"]),
        ("2A00:1450:0000::0001", ["ip 2a00:1450::1"]),
        ("hxxp://oak.net/", ["domain oak.net"]),
        ("http://OAK.net:8080", ["url http://oak.net:8080"]),
        ("HTTP://Oak.net/A?b=C#d", ["url http://oak.net/A?b=C"]),
        ("127.0.0.1 a.oak.net b.oak.net", ["domain a.oak.net", "domain b.oak.net"]),
        (f"http://oak.net/{'a' * 500}", [f"left out line 1: {ODD_URLS}"]),
    ],
)  # fmt: skip
def test_plain_lists(text, expected):
    assert read("plain", text) == expected


@pytest.mark.parametrize(
    ("id", "text", "place", "why"),
    [
        ("plain", f"{MD5}\nOak Tree\n", "list line 2", "more than one entry"),
        ("plain", f"{MD5}4\n", "list line 1", "no digest, address or host"),
        ("plain", "oak", "list line 1", "no digest, address or host"),
        ("csv", f"sha256,comment\n{SHA256},a\n{SHA1},b\n", "list line 3", "is no sha256"),
        ("csv", f"md5,expires\n{MD5},soon\n", "list line 2", "no time: 'soon'"),
        ("csv", "name,colour\na,b\n", "list line 1", "no names of columns"),
        ("stix", '{"type": "bundle", "objects": [{"type": 5}]}', "list", "objects[0].type"),
        (
            "stix",
            """{"type": "bundle", "objects": [{"type": "indicator", "pattern":
            "[file:hashes.MD5 = 'oak']"}]}""",
            "list objects[0]",
            "compares file:hashes.MD5 with 'oak'",
        ),
        (
            "misp",
            '{"Event": {"Attribute": [{"type": "md5", "value": "oak"}]}}',
            "list Event.Attribute[0]",
            "is no md5: 'oak'",
        ),
    ],
)
def test_a_fault_is_told_with_its_place(id, text, place, why):
    with pytest.raises(FeedError) as caught:
        read(id, text)
    assert caught.value.place == place
    assert why in caught.value.why


def test_tables_take_comments_and_empty_cells():
    text = (
        f'# made by hand\n# "first_seen","md5_hash", "sha1_hash","signature"\n'
        f'"2026-01-02","{MD5}", "n/a","Oak"\n# between\n"2026-01-03","", "{SHA1}",""\n'
    )
    entries = list(FORMATS["csv"].read(File(path="list", content=text.encode())))
    assert [shown(each) for each in entries] == [f"md5 {MD5}", f"sha1 {SHA1}"]
    assert [each.says for each in entries if isinstance(each, Indicator)] == [
        "Oak; first seen 2026-01-02",
        "first seen 2026-01-03",
    ]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (f"[file:hashes.'SHA-256' = '{SHA256}']", [f"sha256 {SHA256}"]),
        (f"[file:hashes.MD5 = '{MD5}'] OR [file:hashes.'SHA-1' = '{SHA1}']",
         [f"md5 {MD5}", f"sha1 {SHA1}"]),
        ("[ipv4-addr:value = '203.0.114.9/32' OR ipv6-addr:value = '2a00::1']",
         ["ip 203.0.114.9", "ip 2a00::1"]),
        ("([url:value = 'http://oak.net/it\\'s'])", ["url http://oak.net/it's"]),
        ("[ipv4-addr:value = '203.0.114.0/24']", ["left out objects[0]: networks"]),
        ("[domain-name:value = 'oak.net' AND file:name = 'x']", None),
        ("[domain-name:value = 'oak.net'] FOLLOWEDBY [domain-name:value = 'elm.net']", None),
        ("[domain-name:value = 'oak.net'] WITHIN 600 SECONDS", None),
        ("[NOT domain-name:value = 'oak.net']", None),
        ("[domain-name:value != 'oak.net']", None),
        ("domain-name:value = 'oak.net'", None),
        ("[domain-name:value = 'oak.net' OR ]", None),
        ("[", None),
        ("", None),
    ],
)  # fmt: skip
def test_patterns(pattern, expected):
    escaped = pattern.replace("\\", "\\\\").replace('"', '\\"')
    text = f'{{"type": "bundle", "objects": [{{"type": "indicator", "pattern": "{escaped}"}}]}}'
    unread = ["left out objects[0]: patterns that are not understood"]
    assert read("stix", text) == (unread if expected is None else expected)


def test_revoked_indicators_and_other_languages_are_left_out():
    text = """{"type": "bundle", "objects": [
        {"type": "indicator", "revoked": true, "pattern": "[domain-name:value = 'oak.net']"},
        {"type": "indicator", "pattern_type": "yara", "pattern": "rule a {condition: true}"}]}"""
    assert read("stix", text) == [
        "left out objects[0]: revoked indicators",
        "left out objects[1]: patterns of 'yara'",
    ]


def test_events_come_alone_or_several_in_one_document():
    one = '{"Event": {"Attribute": [{"type": "ip-dst|port", "value": "203.0.114.9|443"}]}}'
    assert read("misp", one) == ["ip 203.0.114.9"]
    assert read("misp", f'{{"response": [{one}, {one}]}}') == ["ip 203.0.114.9"] * 2
    assert read("misp", f"[{one}]") == ["ip 203.0.114.9"]


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ("d41d8cd98f00b204e9800998ecf8427e", "digests of empty files"),
        ("10.1.2.3", "addresses that are not of the public Internet"),
        ("127.0.0.1", "addresses that are not of the public Internet"),
        ("fe80::1", "addresses that are not of the public Internet"),
        ("8.8.8.8", "public resolvers of names"),
        ("co.uk", "domains of the public top"),
        ("github.com", "hosts that everybody uses"),
        ("https://github.com/", "hosts that everybody uses"),
        ("www.github.com", "hosts that everybody uses"),
        ("http://192.168.1.1/a", "addresses that are not of the public Internet"),
        ("https://github.com/oak/loader", ""),
        ("http://203.0.114.9/a", ""),
        ("oak-loader.net", ""),
        ("oak.co.uk", ""),
        (MD5, ""),
    ],
)
def test_what_everybody_has_is_never_taken(entry, why):
    found = recognised(entry)
    assert found
    assert never(Indicator(kind=found[0], value=found[1])) == why


def test_what_has_no_host_is_no_address():
    assert url("http:///a") is None
    assert url("http://oak tree/a") is None
    assert not domain("a" * 64 + ".net")
    assert not domain("-oak.net")
    assert not address("1.2.3")
    assert not address("fe80::1%eth0")
    assert plain("hxxps[://]oak[.]net") == "https://oak.net"
