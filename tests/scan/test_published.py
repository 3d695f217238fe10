"""Secrets that everybody can download with a package are told as no more than information."""

import pytest

from hullmark.model import Severity
from hullmark.model.finding import Kind
from hullmark.model.spotted import Spotted
from hullmark.scan.spots import Seen, judged


def severity(path):
    spotted = Spotted(
        rule="rsa-private-key",
        kind=Kind.SECRET,
        severity=Severity.HIGH,
        path=path,
        says="a key",
        mark="1",
    )
    (finding,) = judged([Seen(spotted=[spotted], path=path)]).findings
    return finding.severity


@pytest.mark.parametrize(
    "path",
    [
        "opt/app/site-packages/tool/tests/key.pem",
        "usr/local/lib/python3.11/test/certdata/keycert.pem",
        "srv/ansible_collections/acme/net/README.md",
        "srv/ansible_collections/acme/net/molecule/default/vars.yml",
        "usr/local/go/src/crypto/tls/testdata/key.pem",
        "app/node_modules/tool/CHANGELOG.md",
    ],
)
def test_tests_and_texts_of_packages_are_public(path):
    assert severity(path) is Severity.INFO


@pytest.mark.parametrize(
    "path",
    [
        "opt/app/site-packages/tool/settings.py",
        "srv/app/tests/key.pem",
        "srv/README.md",
        "app/node_modules/tool/.npmrc",
        "usr/local/lib/python3.11/site.pem",
    ],
)
def test_what_somebody_put_there_keeps_its_severity(path):
    assert severity(path) is Severity.HIGH
