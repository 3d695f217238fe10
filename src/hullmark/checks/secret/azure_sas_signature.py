"""Azure shared access signature."""

from random import Random
from re import compile as regex

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import LOWER, text
from hullmark.checks.kinds import NOTHING_MORE, Claim

_expiry = regex(r"(?:^|&)se=(\d{4}-\d\d-\d\d)").search


def _token(random: Random) -> str:
    until = f"20{random.randrange(24, 39)}-0{random.randrange(1, 10)}-28T12%3A00%3A00Z"
    signed = text(random, 42) + "%3D"
    return f"sv=2022-11-02&ss=b&srt=sco&sp=rwdl&se={until}&spr=https&sig={signed}"


def _other(random: Random) -> str:
    return random.choice(
        (
            f"sv=2022-11-02&sp=r&sig={text(random, 10)}",
            "sv=2022-11-02&sp=r&sig=<signature>",
            f"id={text(random, 8)}&sig={text(random, 44)}",
        )
    )


def _line(random: Random, value: str) -> str:
    return f"https://{text(random, 8, LOWER)}.blob.core.windows.net/data?{value}"


@secret(
    id="azure-sas-signature",
    title="Azure shared access signature",
    pattern=r"""[?&\"'=;]((?:s[a-z]{1,4})=[^\s\"'<>&]{1,80}&[^\s\"'<>]{10}[^\s\"'<>]*&sig=[0-9A-Za-z%+/]{42,80}(?:%3[dD]|=))""",
    anchor=r"&sig=[0-9A-Za-z%+/]{42,80}(?:%3[dD]|=)",
    max_chars=620,
    keywords=("&sig=",),
    entropy=3.5,
    remediation=(
        f"{REVOKE}: the storage account: rotate the key that "
        "signed it, or delete the stored policy."
    ),
    references=("https://learn.microsoft.com/en-us/azure/storage/common/storage-sas-overview",),
    bad=lambda random: _line(random, _token(random)),
    good=lambda random: _line(random, _other(random)),
)
def azure_sas_signature(value: str) -> Claim | None:
    """It is an address with its permission built in.

    Whoever holds it reads or writes the storage that it leads to until it expires, without
    logging in.
    """
    until = _expiry(value)
    return Claim(says=f"expires {until[1]}") if until else NOTHING_MORE
