"""Values that look like secrets and are none: placeholders, examples, what everybody knows."""

from collections import Counter
from hashlib import sha256
from math import log2
from re import ASCII, IGNORECASE
from re import compile as regex

PLACEHOLDERS = regex(
    r"example|changeme|change[_.-]?it|change[_.-]?this|replace[_.-]?(me|this|with)|placeholder|dummy"
    r"|redacted|your[_.-]?\w*(key|token|secret|password)|yourpassword|insert[_.-]?your|put[_.-]?your"
    r"|enter[_.-]?your|my[_.-]?secret|not[_.-]?a[_.-]?real|notreal|fake|sample|todo|fixme|lorem|foobar"
    r"|deadbeef|xxxx|\*\*\*\*|\.\.\.\.|----|____|1234567|abcdefg|00000000|11111111|aaaaaaaa",
    IGNORECASE | ASCII,
).search
"""Words and runs that people write where a secret belongs."""

REFERENCES = regex(
    r"\$\{|\$\(|\{\{|<%|%\(|#\{|\A\$[A-Za-z_]\w*\Z|%[A-Za-z_]+%\Z|<[A-Za-z_ .-]+>\Z"
    r"|\$ANSIBLE_VAULT|ENC\[|secretKeyRef|process\.env|os\.environ|getenv"
).search
"""Where a value comes from instead: a variable, a template, an encrypted store."""

KNOWN = frozenset(
    # SHA-256 of values that vendors publish in their documentation.
    (
        "1a5d44a2dca19669d72edf4c4f1c27c4c1ca4b4408fbb17f6ce4ad452d78ddb3",  # AWS access key
    )
)


def is_placeholder(value: str) -> bool:
    """Whether a value stands for a secret, or leads to one, and is none."""
    return bool(PLACEHOLDERS(value) or REFERENCES(value))


def is_known(value: str) -> bool:
    """Whether a vendor publishes this very value as an example."""
    return sha256(value.encode(errors="replace")).hexdigest() in KNOWN


def entropy(value: str) -> float:
    """Bits a character (Shannon), of this value's own characters: at most log2 of its length."""
    size = len(value)
    return -sum(n / size * log2(n / size) for n in Counter(value).values()) if size else 0.0
