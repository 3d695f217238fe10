import json

import pytest

from hullmark.feeds.debian_tracker import debian_tracker
from hullmark.model import FeedError, File


def read(**releases):
    issue = {"description": "oak\n falls", "releases": releases}
    data = json.dumps({"oak": {"CVE-2026-1000": issue}}).encode()
    return list(debian_tracker.read(File(path="json", content=data)))


def only(**release):
    [record] = read(bookworm=release)
    [affected] = record.affected
    return affected


@pytest.mark.parametrize(
    ("release", "status"),
    [
        ({"status": "open"}, "unfixed"),
        ({"status": "open", "nodsa": "Minor issue", "nodsa_reason": ""}, "unfixed"),
        ({"status": "open", "nodsa": "Minor", "nodsa_reason": "postponed"}, "unfixed"),
        ({"status": "open", "nodsa": "Minor", "nodsa_reason": "ignored"}, "will-not-fix"),
        ({"status": "open", "urgency": "end-of-life"}, "end-of-life"),
        ({"status": "undetermined"}, "under-investigation"),
        ({"status": "resolved", "fixed_version": "1.2-3"}, ""),
    ],
)
def test_what_debian_says_of_a_release_is_its_status(release, status):
    assert only(**release).status == status


def test_urgencies_are_words_without_their_marks():
    assert only(status="open", urgency="low**").urgency == "low"
    assert only(status="open", urgency="not yet assigned").urgency == ""
    assert only(status="open", urgency="unimportant").urgency == "unimportant"


def test_a_fix_ends_the_range_and_version_0_is_not_affected():
    resolved = only(status="resolved", fixed_version="1:1.2-3")
    assert resolved.ranges[0].events == (("introduced", "0"), ("fixed", "1:1.2-3"))
    assert read(bookworm={"status": "resolved", "fixed_version": "0"}) == []


def test_releases_are_numbered_and_those_without_a_number_passed_over():
    [record] = read(trixie={"status": "open"}, buster={"status": "open"}, sid={"status": "open"})
    assert [each.ecosystem for each in record.affected] == ["Debian:10", "Debian:13"]
    assert record.summary == "oak falls"


@pytest.mark.parametrize(
    ("release", "why"),
    [
        ({"status": "resolved"}, "resolved in bookworm by no version"),
        ({"status": "perhaps"}, "has status 'perhaps'"),
        ({}, "not the JSON expected"),
    ],
)
def test_what_is_not_understood_is_refused(release, why):
    with pytest.raises(FeedError, match=why):
        read(bookworm=release)
