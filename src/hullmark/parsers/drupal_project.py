"""Modules, themes and profiles of Drupal, by what their archives' packager wrote into them.

Format: https://www.drupal.org/docs/develop/creating-modules/let-drupal-know-about-your-module-with-an-infoyml-file
since version 8, https://www.drupal.org/node/542202 before; the packager adds project and version.
"""

from collections.abc import Iterator
from re import MULTILINE

from hullmark.model import File, Package, ParseError
from hullmark.model.later import regex
from hullmark.unit import parser

MAX_INFO_BYTES = 1024 * 1024
"""A hundred times the longest seen."""

_FIELD = regex(
    rb"""^(project|version)[ \t]{0,8}[:=][ \t]{0,8}['"]?([\w.+-]{1,128})['"]?[ \t\r]*$""", MULTILINE
).findall
_OF_ONE_CORE = regex(r"\d{1,2}\.x-(\d{1,9})\.(\d{1,9})(-[\w.]{1,64})?\Z").match


@parser(
    id="drupal-project",
    names=(
        "*.info.yml",
        "**/modules/*/*.info",
        "**/modules/contrib/*/*.info",
        "**/profiles/*/*.info",
        "**/themes/*/*.info",
    ),
    example=File(
        path="opt/drupal/web/modules/contrib/token/token.info.yml",
        content=b"""\
name: Token
type: module
core_version_requirement: ^9.2 || ^10

# Information added by Drupal.org packaging script on 2024-01-01
version: '8.x-1.13'
project: 'token'
datestamp: 1697885927
""",
    ),
    expect=("pkg:composer/drupal/token@1.13.0",),
)
def drupal_project(file: File) -> Iterator[Package]:
    """Yield the project as the package that Composer has of it, where its main folder tells.

    Composer knows ``8.x-1.13`` as ``1.13.0``. The parts of a project and those of Drupal's core
    are not yielded, nor what no packager touched.
    """
    if file.size > MAX_INFO_BYTES:
        why = f"{file.size} bytes are more than the {MAX_INFO_BYTES} of a module's description"
        raise ParseError(file.path, why)
    fields = {key: value.decode(errors="replace") for key, value in _FIELD(file.data)}
    project, version = fields.get(b"project"), fields.get(b"version")
    if not project or not version or project == "drupal":
        return
    *_, folder, name = file.path.split("/")
    if project not in (folder, name.partition(".")[0]):
        return
    numbers = _OF_ONE_CORE(version)
    yield Package(
        type="composer",
        namespace="drupal",
        name=project,
        version=f"{numbers[1]}.{numbers[2]}.0{numbers[3] or ''}" if numbers else version,
        path=file.path,
    )
