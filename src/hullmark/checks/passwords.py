"""Passwords: what tells one from the words that stand for it, and examples of both."""

from hashlib import sha256
from random import Random
from re import ASCII

from hullmark.checks.drawing import ALPHANUMERIC, text
from hullmark.checks.forms import Form
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model.later import regex

MIN_PASSWORD_CHARS = 4
MAX_PASSWORD_CHARS = 128

_WORDS = """
tomcat password_here username_here minioadmin activemq rabbitmq grafana jenkins kibana redmine
abc123 access account admin admin123 administrator adminpass adminpassword anonymous api-key
change_me changeme change-me replace_me replaceme apikey auth authtoken bar
baz bearer changed client_secret clientsecret credential
credentials database dbpass dbpassword default demo disabled email empty enabled encrypted
env external false file foo foo123 ftp generate generated git github guest hello hidden
hunter2 ignore invalid key letmein local localhost login mongo mssql my-password my_pass
my_password mypass mypassword mysql mysqlpassword name newpassword nil no nobody none null
off oldpassword on optional oracle p4ssw0rd p@ss p@ssw0rd p@ssword pass pass123 pass1234
passphrase passw0rd passwd password password1 password123 passwort postgres postgresql
prompt proxy proxypass pw pwd random redacted redis remote repopwd required root s3cr3t
s3cret sa secret
secret123 secret_key secretkey secretpassword secrets server set somepassword something
string super supersecret system test test123 test1234 testing testpass testpassword text
the_password thepassword this tiger token toor topsecret true undefined unknown unset unused user
user1 username userpass value vault welcome word yes your-password your_password yourpass
"""

COMMON = frozenset(_WORDS.split())
"""What manuals, tests and defaults write, in lower case: none of it tells of a certain server."""

PUBLISHED = frozenset(
    (
        "9d03b692e941d5ace207a9f8048834439f6de98e5c6c1590c22c4f4577c88a42",
        "6c96130f130ab0d6d158397e24d2bcc1c9a5e73ae081f6e983f1c7b545d24a4c",
        "00cf4c781dc37003f7c7dd7d4c9a6ef1e0f4c62d9a291aa8bc398774e3fefd32",
        "0df3a31d8bb54d63c62a7dc44316a4acd08e0437aec0c18fe5007c951fef9015",
        "b8e148545b13c78bc74da2f1a7275dd71e56ddece129d7d2f7b3ecc06f7994da",
    )
)
"""SHA-256 of values in the examples of RFC 5849, 6749 and 6750, and of libraries for them."""

_stand_in = regex(
    r"[\[({<@&*%$]|![a-z]+\b|(?:\W|_)+\Z|(.)\1+\Z|\w+\(|(?:os|process|env|self|this|args|config|settings)\."
    r"|\\[nrtu\"'0]",
    ASCII,
).match
"""What begins like code, a template, a reference, or is one character over and over."""

_code = regex(
    r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*\[|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+\(.*"
    r"|[A-Za-z_]+(?:\.[A-Za-z_]+)+"
    r"|(?i:[a-z_]*(?:password|passwd|passphrase)[a-z_]*)"
    r"|U2FsdGVkX1.*",
    ASCII,
).fullmatch
"""An index, a call, an attribute, a name with the word itself in it, what OpenSSL encrypted."""

_words = regex(
    r"(?:[A-Za-z]+[0-9]{0,2}|[0-9]{1,4}|v[0-9]+)(?:[_.:/\\+=@-]+(?:[A-Za-z]+[0-9]{0,2}|[0-9]{1,4}))*",
    ASCII,
).fullmatch
"""Words, numbers and what joins them: names, versions, paths, times."""

_syllable = regex(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+", ASCII).findall

_NAMED = regex(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|sha(?:1|256|384|512)[-:].*"
    r"|[a-z+]+:/.*|arn:.*|\.{0,2}/.*|[A-Za-z]:\\.*|[0-9.:T+Zx-]+|#[0-9a-fA-F]{3,8}|&\w+;.*|.*\\[nrtu].*"
).fullmatch
"""Identifiers, digests, places, times, colours and escapes."""

MIN_DIGITS, MIN_LETTERS = 2, 3
LONG_CHARS = 20
"""Of a value in which one digit is enough: fewer come by chance."""

MIN_HEX_CHARS = 16
_hex = regex("[0-9a-f]+|[0-9A-F]+").fullmatch

MEAN_SYLLABLE_CHARS = 3.2
"""Words have longer runs of one kind of character than what was drawn by chance."""

_optional = regex(
    r"(?:\\b|\(\?m\)\^|\\n\?|\(\?:[^()]*\)\?|\[[^\]]*\]\{0,[0-9]+\}|\[[^\]]*\][*?])+"
).match


def is_password(value: str) -> bool:
    """Whether a value where a password belongs is one, and not what stands for it."""
    value = value.rstrip(",;)}]")
    return (
        MIN_PASSWORD_CHARS <= len(value) <= MAX_PASSWORD_CHARS
        and value.lower() not in COMMON
        and not _stand_in(value)
        and not _code(value)
    )


def password(value: str) -> Claim | None:
    """What is said of any password: that it is one, or nothing."""
    return NOTHING_MORE if is_password(value) else None


def is_random(value: str) -> bool:
    """Whether a value looks drawn by chance: letters and digits mixed, and no words."""
    if not is_password(value) or _words(value) or _NAMED(value):
        return False
    letters = sum(each.isalpha() for each in value)
    digits = sum(each.isdigit() for each in value)
    if letters < MIN_LETTERS or digits < (1 if len(value) >= LONG_CHARS else MIN_DIGITS):
        return False
    if len(value) >= MIN_HEX_CHARS and _hex(value):
        return True
    if sha256(value.encode(errors="replace")).hexdigest() in PUBLISHED:
        return False
    runs = _syllable(value)
    return sum(map(len, runs)) < MEAN_SYLLABLE_CHARS * len(runs)


def random_value(value: str) -> Claim | None:
    """What is said of a value that was drawn by chance."""
    return NOTHING_MORE if is_random(value) else None


def drawn(random: Random, size: int = 16) -> str:
    """A password as people have them made."""
    while True:
        value = text(random, size - 2) + random.choice("-_") + random.choice(ALPHANUMERIC)
        if is_random(value):
            return value


def stand_in(random: Random) -> str:
    """What stands where a password would, and is none."""
    return random.choice(
        (
            "changeme",
            "password",
            "${DB_PASSWORD}",
            "<password>",
            "{{password}}",
            "xxxxxxxx",
            "********",
            "your_password",
            "$PASSWORD",
            "%(password)s",
            "REPLACE_ME",
        )
    )


_VALUE = r"[A-Za-z0-9!@#%^&*+/=._~?,:|$-]"
_NO_DIGIT = r"[A-Za-z!@#%^&*+/=._~?,:|$-]"
_MIN_CHARS = 8
MAX_CHARS_TO_DIGIT = 32
"""Into a value that was drawn by chance: one in 300 of those so long has its first digit later."""

_BLANKS = r"[ \t]{0,8}"


def given(*names: str) -> Form:
    """A value of 8 characters at least, quoted or up to the end of its line, given to a name.

    ``names`` are in lower case, with ``_`` between words, which may be ``-`` or nothing too.
    There is a digit in the value: without one it is a word.
    """
    called = "|".join(each.replace("_", "[_-]?") for each in names)
    before = rf"(?i:{called})\\?[\"'\]]{{0,2}}{_BLANKS}(?:=>|:=|[:=]|>){_BLANKS}\\?[\"'\x60]?"
    return Form(
        pattern=rf"{before}({_VALUE}{{{_MIN_CHARS},{MAX_PASSWORD_CHARS}}})(?:\\?[\"'\x60<]|\\[nr]|{_BLANKS}(?:[\r\n]|\z))",
        anchor=f"{before}{_NO_DIGIT}{{0,{MAX_CHARS_TO_DIGIT}}}[0-9]",
        max_chars=max(map(len, names)) * 2 + 2 + 8 + 2 + 8 + 1 + MAX_PASSWORD_CHARS + 11,
        keywords=tuple(":=>"),
    )


def following(before: str, *keywords: str, chars: int, least: int = MIN_PASSWORD_CHARS) -> Form:
    """A value, quoted or not, after an expression that matches so many ``chars`` at most."""
    value = r"[^\s\"'\x60<>;,#]"
    return Form(
        pattern=rf"{before}[\"'\x60]?({value}{{{least},{MAX_PASSWORD_CHARS}}})",
        anchor=rf"{_led(before)}[\"'\x60]?{value}{{{least}}}",
        max_chars=chars + 1 + MAX_PASSWORD_CHARS,
        keywords=keywords,
    )


def _led(before: str) -> str:
    """An expression without what may be missing at its beginning, and without boundaries.

    A search for it is led by the text that then comes first, which costs the least.
    """
    found = _optional(before)
    return before[found.end() if found else 0 :].replace(r"\b", "")


def given_to(random: Random, called: str) -> str:
    """A line that gives a password to a name, as code and configuration have it."""
    value = drawn(random, 24)
    return random.choice(
        (
            f'{called} = "{value}"',
            f"{called.upper()}={value}",
            f"{called}: {value}",
            f'  "{called}": "{value}",',
            f"  <{called}>{value}</{called}>",
            f"  '{called}' => '{value}',",
            f'"note": "\\"{called}\\": \\"{value}\\""',
            f'"note": "{called}={value}\\nmode=fast"',
        )
    )


def not_given_to(random: Random, called: str) -> str:
    """A line of code, text or configuration about a name, in which nothing is secret."""
    return random.choice(
        (
            f"{called} = getpass.getpass()",
            f"{called} = settings.DATABASE_PASSWORD_2",
            f'{called} = os.environ["{called.upper()}"]',
            f"{called}: str = field(default=None)",
            f'"{called}": "Enter your {called}",',
            f'{called} = "{stand_in(random)}"',
            f"{called}=/run/secrets/{called}_2024",
            f'{called} = "https://login.internal/v2/reset1"',
            f"{called}: my-release-secret-v2",
            f'{called} = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"',
            f"{called} = resetPasswordToken2Field",
        )
    )
