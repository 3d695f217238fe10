"""WordPress itself, by the file that states its version.

Format: https://developer.wordpress.org/reference/functions/get_bloginfo/ reads ``$wp_version`` of
``wp-includes/version.php``.
"""

from collections.abc import Iterator
from re import MULTILINE
from re import compile as regex

from hullmark.model import File, Package, ParseError
from hullmark.unit import parser

_READ_BYTES = 64 * 1024
"""The file has some 1,000 bytes."""
_VERSION = regex(
    rb"""^\s{0,8}\$wp_version\s{0,8}=\s{0,8}['"]([\w.+-]{1,64})['"]""", MULTILINE
).search


@parser(
    id="wordpress-core",
    names=("**/wp-includes/version.php",),
    example=File(
        path="var/www/html/wp-includes/version.php",
        content=b"<?php\n$wp_version = '6.6.1';\n$wp_db_version = 57155;\n",
    ),
    expect=("pkg:generic/wordpress@6.6.1",),
)
def wordpress_core(file: File) -> Iterator[Package]:
    """Yield WordPress; what it contains of others' is not told apart."""
    version = _VERSION(file.read(0, _READ_BYTES))
    if not version:
        raise ParseError(file.path, "no version of WordPress is given as plain text")
    yield Package(type="generic", name="wordpress", version=version[1].decode(), path=file.path)
