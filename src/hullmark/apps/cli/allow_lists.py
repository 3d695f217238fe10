"""Where allow lists of gitleaks are found: beside settings, and in files that are named."""

from collections.abc import Sequence

import hullmark.checks.secret
from hullmark.apps.cli import settings
from hullmark.apps.cli.exemptions import ALLOW_LISTS
from hullmark.apps.cli.own_files import content, spelled
from hullmark.policy.gitleaks import Allowed, allowed
from hullmark.unit import ids

NAME = ".gitleaks.toml"
MAX_BYTES = 1024 * 1024


def allow_lists(targets: Sequence[str], named: Sequence[str]) -> Allowed:
    """What the named files accept, or else those that lie where the user works, or above.

    A file that only lies by a target may be the target's own: it is not obeyed, and a note says so.
    """
    paths = [path for path in named if path.endswith(ALLOW_LISTS)]
    notes: list[str] = []
    if not paths:
        found = dict.fromkeys(filter(None, (settings.chosen(each, NAME) for each in targets)))
        paths = [path for path in found if settings.is_near(path)]
        notes += [
            f"{spelled(path)}: lies by the target, so not obeyed"
            for path in found
            if path not in paths
        ]
        inside = filter(None, (settings.within(each, NAME) for each in targets))
        notes += [
            f"{spelled(path)}: lies in the target, so not obeyed: --ignore-file does"
            for path in dict.fromkeys(inside)
        ]
    known = ids(hullmark.checks.secret) if paths else ()
    read = [allowed(content(path, MAX_BYTES), spelled(path), known) for path in paths]
    return Allowed(
        tuple(each for one in read for each in one.lists),
        (*notes, *(note for one in read for note in one.notes)),
    )
