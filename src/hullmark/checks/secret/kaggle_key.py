"""Kaggle: kaggle.json."""

from re import compile as regex

from hullmark.checks.declare import secret
from hullmark.checks.drawing import HEX, text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.passwords import following
from hullmark.model import Severity

_hex = regex("[0-9a-f]{32}").fullmatch


@secret(
    id="kaggle-key",
    title="Kaggle API key",
    severity=Severity.MEDIUM,
    **following(
        r"\"username\"\s?:\s?\"[^\"\r\n]{1,60}\",\s{0,8}\"key\"\s?:\s?\"",
        '"username"',
        chars=110,
        least=32,
    ),
    path="root/.kaggle/kaggle.json",
    remediation="Expire it at Settings, API, and issue another.",
    references=("https://www.kaggle.com/docs/api",),
    bad=lambda random: f'{{"username":"someone","key":"{text(random, 32, HEX)}"}}',
    good=lambda random: random.choice(
        (
            '{"username":"someone","key":""}',
            f'{{"username":"someone","key":"{text(random, 20, HEX)}"}}',
            '{"username":"someone"}',
        )
    ),
)
def kaggle_key(value: str) -> Claim | None:
    """Whoever holds it downloads, uploads and runs notebooks as this user."""
    return NOTHING_MORE if _hex(value) else None
