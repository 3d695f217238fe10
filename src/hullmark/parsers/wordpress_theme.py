"""Themes of WordPress, by the comment at the start of their style sheet.

Format: https://developer.wordpress.org/themes/basics/main-stylesheet-style-css/
"""

from collections.abc import Iterator

from hullmark.licences import spdx
from hullmark.model import File, Package
from hullmark.model.wordpress import HEADER_BYTES, header
from hullmark.unit import parser


@parser(
    id="wordpress-theme",
    names=("**/wp-content/themes/*/style.css",),
    example=File(
        path="var/www/html/wp-content/themes/plain/style.css",
        content=b"/*\nTheme Name: Plain\nVersion: 1.4\nLicense: GPL-2.0-or-later\n*/\nbody {}\n",
    ),
    expect=("pkg:wordpress-theme/plain@1.4",),
)
def wordpress_theme(file: File) -> Iterator[Package]:
    """Yield the theme by the name of its folder; nothing for a style sheet without the comment."""
    fields = header(file.read(0, HEADER_BYTES))
    if not fields.get("theme name"):
        return
    yield Package(
        type="wordpress-theme",
        name=file.path.split("/")[-2],
        version=fields.get("version", ""),
        licences=tuple(filter(None, [spdx(fields.get("license", ""))])),
        path=file.path,
    )
