"""Ids of checks, as users type them into exemptions: each is of one rule in all rooms."""

from collections import Counter

import hullmark.checks.files
import hullmark.checks.image
import hullmark.checks.malware
import hullmark.checks.secret
from hullmark.checks.kinds import ConfigCheck, Detector, FileCheck, ImageCheck, Signature
from hullmark.checks.rooms import CONFIG
from hullmark.unit import discover

ROOMS = (
    (hullmark.checks.files, FileCheck),
    (hullmark.checks.image, ImageCheck),
    (hullmark.checks.malware, Signature),
    (hullmark.checks.secret, Detector),
    *((room, ConfigCheck) for room in CONFIG.values()),
)


def test_no_two_checks_share_an_id():
    ids = Counter(id for room, kind in ROOMS for id in discover(room, kind))
    assert [id for id, count in ids.items() if count > 1] == []
