"""How to scan."""

from msgspec import Struct

from hullmark.advisories import STALE_DAYS
from hullmark.charts import ChartOptions
from hullmark.oci.verify import Expected
from hullmark.unit import Access


class Settings(Struct, frozen=True, kw_only=True):
    """How to scan. ``folder`` is where caches live; ``declared`` overrides the source's habit.

    ``expected`` are digests that somebody outside the target vouches for; ``known_layers`` is the
    folder of images by whose layers bases are recognised. ``advisories`` is the file of what is
    known of vulnerabilities and malicious packages, empty when nobody asks for them; they are stale
    after ``stale_days``. ``vulnerabilities`` and ``malware`` say what of packages is asked,
    ``charts`` how those of Helm are rendered.
    """

    folder: str
    use_cache: bool = True
    jobs: int = 0
    platform: str = ""
    declared: bool | None = None
    skip_dirs: tuple[str, ...] = ()
    skip_files: tuple[str, ...] = ()
    expected: Expected | None = None
    access: Access = Access()
    known_layers: str = ""
    advisories: str = ""
    stale_days: int = STALE_DAYS
    vulnerabilities: bool = True
    malware: bool = False
    charts: ChartOptions = ChartOptions()
    tool: str = ""
