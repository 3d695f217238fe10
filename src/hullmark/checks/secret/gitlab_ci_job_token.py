"""GitLab CI job token."""

from random import Random

from hullmark.checks.declare import secret
from hullmark.checks.drawing import BASE64URL, LOWER, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"glcbt-{text(random, 2, LOWER)}_{text(random, 20, BASE64URL)}"


@secret(
    id="gitlab-ci-job-token",
    title="GitLab CI job token",
    severity=Severity.MEDIUM,
    pattern=r"\b(glcbt-[0-9A-Za-z]{1,5}_[0-9A-Za-z_-]{20})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"glcbt-[0-9A-Za-z]{1,5}_[0-9A-Za-z_-]{20}",
    max_chars=34,
    keywords=("glcbt-",),
    remediation="Let the job end, and keep CI_JOB_TOKEN out of files that are shipped.",
    references=("https://docs.gitlab.com/security/tokens/#token-prefixes",),
    bad=lambda random: assigned(random, "gitlab", _token(random)),
    good=lambda random: assigned(random, "gitlab", unlike(random, "glcbt-", 20)),
)
def gitlab_ci_job_token(_: str) -> Claim | None:
    """It acts as a job while that runs.

    One in a file tells that the build leaves its own behind.
    """
    return NOTHING_MORE
