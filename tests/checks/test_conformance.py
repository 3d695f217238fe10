"""Every detector and signature keeps its promises, by way of the real engine."""

import random
from re import findall

import pytest
import yara_x

import hullmark.checks.malware
import hullmark.checks.secret
from hullmark.checks.declare import anchors
from hullmark.checks.kinds import Detector, Signature
from hullmark.model import File
from hullmark.model.finding import Kind
from hullmark.sieve.eyes import Eyes
from hullmark.sieve.redaction import redacted
from hullmark.sieve.secrets import _compiled, _group
from hullmark.sieve.tools import Tools, unquoted
from hullmark.unit import discover

DETECTORS = discover(hullmark.checks.secret, Detector)
SIGNATURES = discover(hullmark.checks.malware, Signature)
DRAWN = 20
PROSE = b"# a file as people write it\n[main]\nname = value\n\n"


def refuse(subject, why):
    raise AssertionError(f"{subject}: {why}")


def seen(eyes, file):
    return list(eyes.whole(file, refuse))


@pytest.fixture(scope="module")
def everything():
    """All detectors and signatures together, as a scan has them."""
    return Eyes(Tools(DETECTORS, SIGNATURES, ""))


def files(detector, draw, seed):
    """Examples of a detector between other text, at the beginning and at the end of a file."""
    drawing = random.Random(f"{detector.rule.id} {seed}")
    for number in range(DRAWN):
        line = draw(drawing).encode()
        before, after = ((PROSE, PROSE), (b"", PROSE), (PROSE, b""), (b"", b""))[number % 4]
        yield File(path=detector.path, content=before + line + (after and b"\n" + after))


@pytest.mark.parametrize("id", DETECTORS)
def test_detector_finds_what_it_is_for_and_nothing_like_it(id, everything):
    detector = DETECTORS[id]
    assert detector.rule.id == id
    alone = Eyes(Tools({id: detector}, {}, ""))
    for file in files(detector, detector.bad, "bad"):
        found = seen(alone, file)
        assert [each.rule for each in found] == [id] * len(found), file.content
        assert found, file.content
        assert id in {each.rule for each in seen(everything, file)}, file.content
    for file in files(detector, detector.good, "good"):
        assert seen(alone, file) == [], file.content


@pytest.mark.parametrize("id", DETECTORS)
def test_detector_is_bounded_and_redacts(id):
    detector = DETECTORS[id]
    alone = Eyes(Tools({id: detector}, {}, ""))
    for file in files(detector, detector.bad, "bounds"):
        spans = list(_compiled(detector.pattern).finditer(file.data))
        assert spans
        for span in spans:
            assert span.end() - span.start() <= detector.max_chars
            assert any(word.encode() in span.group(0) for word in detector.keywords), span.group(0)
        for each in seen(alone, file):
            assert each.kind is Kind.SECRET
            assert len(each.mark) == 16
            for span in spans:
                value = span.group(_group(span)).decode(errors="replace")
                assert len(value) < 6 or value not in each.says
                assert len(value) < 6 or value not in repr(each)


@pytest.mark.parametrize("id", DETECTORS)
def test_detector_is_told_well(id):
    rule = DETECTORS[id].rule
    assert rule.kind is Kind.SECRET
    assert rule.title
    assert not rule.title.endswith(".")
    assert rule.why.endswith(".")
    assert rule.remediation.endswith(".")
    assert all(each.startswith("https://") for each in rule.references)


@pytest.mark.parametrize("id", SIGNATURES)
def test_signature_fires_on_its_samples_and_nothing_like_them(id, everything):
    signature = SIGNATURES[id]
    assert signature.rule.id == id
    alone = Eyes(Tools({}, {id: signature}, ""))
    assert signature.bad()
    assert signature.good()
    for file in signature.bad():
        assert [each.rule for each in seen(alone, file)] == [id], file.path
        assert id in {each.rule for each in seen(everything, file)}, file.path
    for file in signature.good():
        assert seen(alone, file) == [], file.path


@pytest.mark.parametrize("id", SIGNATURES)
def test_signature_needs_one_of_its_anchors(id):
    """A file without one never reaches YARA, so the condition must ask for one."""
    yara = SIGNATURES[id].yara
    name = id.replace("-", "_")
    assert findall(r"(?m)^\s*(?:private\s+|global\s+)*rule\s+(\w+)", yara) == [name]
    condition = yara.partition("condition:")[2].split()
    assert condition[:3] == ["any", "of", "($anchor*)"], condition
    assert condition[3] == "and", condition
    depth = 0
    for word in yara.partition("condition:")[2].split():  # no "or" beside the anchors
        depth += word.count("(") - word.count(")")
        assert depth or word != "or", "put what follows the anchors into parentheses"
    named = findall(r"(\$anchor\w*)\s*=", yara)
    listed = anchors(yara)
    assert len(named) == len(listed), "anchors are plain text strings"
    for text, modifiers in listed:
        assert len(unquoted(text)) >= 4
        assert set(modifiers.split()) <= {"nocase", "wide", "ascii", "fullword"}
    yara_x.compile(yara)


@pytest.mark.parametrize("id", SIGNATURES)
def test_signature_is_told_well(id):
    rule = SIGNATURES[id].rule
    assert rule.kind is Kind.MALWARE
    assert rule.title
    assert not rule.title.endswith(".")
    assert rule.why.endswith(".")
    assert rule.remediation.endswith(".")
    assert rule.references
    assert all(each.startswith("https://") for each in rule.references)
    assert redacted("x" * 30) not in rule.why
