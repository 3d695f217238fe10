"""Layers: what was measured against what was promised and what is expected."""

import os

import pytest

from hullmark.model import Digest, LayerState, Severity, SourceError
from hullmark.oci.verify import (
    RULES,
    Expected,
    Measured,
    digest_of,
    examine,
    is_digest,
    measure,
)
from hullmark.unit import Blob

A, B, C = (Digest(f"sha256:{digit * 64}") for digit in "abc")


def blob(**known):
    return Blob(**{"fd": 3, "offset": 0, "size": 10, "digest": A, "diff_id": B, **known})


def examined(blob, digest=A, diff_id=B, expected=None):
    """The layer's state, and what is said of it."""
    measured = Measured(blob=blob, digest=Digest(digest), diff_id=Digest(diff_id))
    [layer], findings = examine([measured], C, expected)
    return layer.state, [finding.evidence.says for finding in findings]


def test_a_layer_that_nobody_else_vouches_for_is_only_self_consistent():
    assert examined(blob()) == (LayerState.SELF, [])
    assert examined(blob(digest=Digest(""), diff_id=Digest(""))) == (LayerState.SELF, [])
    assert examined(blob(promised_size=10)) == (LayerState.SELF, [])


def test_a_layer_below_a_digest_that_the_user_gave_matches_it():
    assert examined(blob(external=True)) == (LayerState.EXTERNAL, [])


def test_a_layer_on_a_recorded_list_matches_it():
    assert examined(blob(), expected=Expected(config=C, layers=(B,))) == (LayerState.EXTERNAL, [])


@pytest.mark.parametrize("external", [False, True])
def test_a_layer_that_breaks_any_promise_is_a_mismatch(external):
    good = blob(external=external)
    assert examined(good, digest=C) == (
        LayerState.MISMATCH,
        [f"manifest promises {A}, the blob is {C}"],
    )
    assert examined(good, diff_id=C) == (
        LayerState.MISMATCH,
        [f"configuration promises diffID {B}, the layer is {C}"],
    )
    assert examined(blob(external=external, promised_size=11)) == (
        LayerState.MISMATCH,
        ["manifest promises 11 bytes, the blob has 10"],
    )
    assert examined(blob(external=external, problem="blob is missing"), "", "") == (
        LayerState.MISMATCH,
        ["blob is missing"],
    )
    state, [both] = examined(good, C, C)
    assert state is LayerState.MISMATCH
    assert both.split("; ") == [
        f"manifest promises {A}, the blob is {C}",
        f"configuration promises diffID {B}, the layer is {C}",
    ]


def test_a_layer_that_is_not_the_expected_one_is_a_mismatch():
    expected = Expected(config=C, layers=(C,))
    assert examined(blob(), expected=expected) == (
        LayerState.MISMATCH,
        [f"diffID {C} is expected, the layer is {B}"],
    )


def test_a_layer_that_could_not_be_measured_was_not_read():
    for external in (False, True):
        assert examined(blob(external=external), diff_id="") == (LayerState.UNREAD, [])
        assert examined(blob(external=external), digest="") == (LayerState.UNREAD, [])
    expected = Expected(config=C, layers=(B,))
    assert examined(blob(), diff_id="", expected=expected) == (
        LayerState.UNREAD,
        [f"diffID {B} is expected, the layer could not be read"],
    )
    assert examined(blob(), digest=C, diff_id="")[0] is LayerState.MISMATCH


def test_an_image_of_other_layers_or_configuration_than_expected_is_found():
    measured = [Measured(blob=blob(), digest=A, diff_id=B)]
    for expected, says in (
        (Expected(config=A, layers=(B,)), f"configuration {A} is expected, the image has {C}"),
        (Expected(config=C, layers=(B, A)), "2 layers are expected, the image has 1"),
        (Expected(config=C, layers=()), "0 layers are expected, the image has 1"),
    ):
        _, findings = examine(measured, C, expected)
        assert [(finding.rule, finding.evidence.says) for finding in findings] == [
            ("manifest-digest-mismatch", says)
        ]


def test_a_layer_beyond_the_expected_ones_is_not_vouched_for():
    measured = [Measured(blob=blob(), digest=A, diff_id=B)] * 2
    layers, _ = examine(measured, C, Expected(config=C, layers=(B,)))
    assert [layer.state for layer in layers] == [LayerState.EXTERNAL, LayerState.SELF]


def test_a_finding_names_the_layer_and_what_was_measured_is_reported():
    measured = Measured(blob=blob(command="RUN it", media_type="m"), digest=A, diff_id=C)
    [layer], [finding] = examine([measured], C, None)
    assert (finding.rule, finding.subject, finding.evidence.layer) == (
        "layer-digest-mismatch",
        C,
        C,
    )
    assert finding.severity is Severity.CRITICAL
    assert (layer.digest, layer.diff_id, layer.command, layer.media_type) == (A, C, "RUN it", "m")
    unread = Measured(blob=blob(problem="gone", fd=-1, size=0))
    [layer], [finding] = examine([unread], C, None)
    assert (layer.digest, layer.diff_id, finding.subject) == (A, B, B)


def test_only_lower_case_sha256_is_a_digest():
    assert is_digest(A)
    for text in ("", "sha256:", A[:-1], A + "a", A.upper(), A.replace("a", "g"), f"{A}\n", A[7:],
                 "sha512:" + "a" * 128):  # fmt: skip
        assert not is_digest(text)


def test_a_window_of_a_file_is_measured_alone():
    fd = os.memfd_create("blob")
    data = bytes(range(256)) * 20_000
    os.write(fd, data)
    for offset, size in ((0, len(data)), (1, 5), (4096, 4096), (5000, 3_000_000), (7, 0)):
        seen = []
        assert measure(fd, offset, size, seen.append) == digest_of(data[offset : offset + size])
        assert sum(seen) == size
    with pytest.raises(SourceError, match="ends before"):
        measure(fd, 10, len(data))
    os.close(fd)


def test_rules_say_why_and_what_to_do():
    for rule in RULES:
        assert rule.why.strip()
        assert rule.remediation.endswith(".")
        assert rule.references
    assert len({rule.id for rule in RULES}) == len(RULES)
