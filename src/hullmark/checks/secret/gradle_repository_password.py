"""Password in Gradle's properties."""

from random import Random

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, password, stand_in


def _token(random: Random) -> str:
    return drawn(random)


def _line(random: Random, value: str) -> str:
    return f"{random.choice(('signing.password', 'ossrhPassword', 'nexusPassword'))}={value}"


@secret(
    id="gradle-repository-password",
    title="Password in Gradle's properties",
    pattern=(
        r"\b(?:signing\.password|signingPassword|signing\.keystorePassword|(?:ossrh|"
        r"sonatype|nexus|mavenCentral|artifactory|maven|bintray|github|repo|gpr)"
        r"_?\.?(?:[pP]assword|[kK]ey|[tT]oken)|gradle\.publish\.secret|"
        r"org\.gradle\.cache\.password)[ \t]{0,4}=[ \t]{0,4}(\S{6,200})"
    ),
    anchor=(
        r"(?:signing\.password|signingPassword|ossrhPassword|sonatypePassword|"
        r"nexusPassword|mavenCentralPassword|artifactoryPassword|artifactory_password|"
        r"mavenPassword|gprKey|gpr\.key|gradle\.publish\.secret)[ \t]{0,4}=[ \t]{0,4}\S{6}"
    ),
    max_chars=250,
    keywords=(
        "signing.password",
        "signingPassword",
        "Password",
        "_password",
        "gprKey",
        "gpr.key",
        "gradle.publish.secret",
    ),
    names=(
        "gradle.properties",
        "local.properties",
    ),
    path="root/.gradle/gradle.properties",
    generic=True,
    remediation=("Change it where it is checked, and pass it by the environment when Gradle runs."),
    references=(
        "https://docs.gradle.org/current/userguide/build_environment.html#sec:gradle_configuration_properties",
    ),
    bad=lambda random: _line(random, _token(random)),
    good=lambda random: _line(random, stand_in(random)),
)
def gradle_repository_password(value: str) -> Claim | None:
    """It deploys to a repository, or opens the key that signs what is deployed.

    Whoever holds it publishes artifacts in its owner's name.
    """
    return password(value)
