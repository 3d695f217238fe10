"""Drupal itself, by the file that states its version.

Format: ``Drupal::VERSION`` of https://api.drupal.org/api/drupal/core!lib!Drupal.php since
version 8, the constant ``VERSION`` of ``includes/bootstrap.inc`` in version 7, of
``modules/system/system.module`` before.
"""

from collections.abc import Iterator
from re import MULTILINE
from re import compile as regex

from hullmark.model import File, Package
from hullmark.unit import parser

_READ_BYTES = 256 * 1024
"""The longest of these files has some 130,000; the version stands near the start."""
_VERSION = regex(
    rb"""^\s{0,8}(?:const\s{1,8}VERSION\s{0,8}=\s{0,8}|define\(['"]VERSION['"],\s{0,8})"""
    rb"""['"]([\w.+-]{1,64})['"]""",
    MULTILINE,
).search


@parser(
    id="drupal-core",
    names=("**/core/lib/Drupal.php", "**/includes/bootstrap.inc", "**/system/system.module"),
    example=File(
        path="opt/drupal/web/core/lib/Drupal.php",
        content=b"<?php\nclass Drupal {\n\n  const VERSION = '10.3.1';\n\n}\n",
    ),
    expect=("pkg:composer/drupal/core@10.3.1",),
)
def drupal_core(file: File) -> Iterator[Package]:
    """Yield Drupal as the package that Composer has of it; nothing for others' files."""
    if version := _VERSION(file.read(0, _READ_BYTES)):
        yield Package(
            type="composer",
            namespace="drupal",
            name="core",
            version=version[1].decode(),
            path=file.path,
        )
