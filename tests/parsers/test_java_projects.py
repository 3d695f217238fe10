"""Lock and project files of Maven, Gradle, sbt and Ivy, and what runtimes say of themselves."""

import pytest

from hullmark.model import File, Package, ParseError
from hullmark.model.maven import exact
from hullmark.model.placeholders import MAX_CHARS
from hullmark.parsers.gradle_catalogue import gradle_catalogue
from hullmark.parsers.gradle_lockfile import gradle_lockfile
from hullmark.parsers.gradle_verification import gradle_verification
from hullmark.parsers.ivy import ivy
from hullmark.parsers.jvm_release import jvm_release
from hullmark.parsers.maven_pom import maven_pom
from hullmark.parsers.sbt_lock import sbt_lock


def parse(parser, text, path="x"):
    found = []
    try:
        facts = parser.parse(File(path=path, content=text.encode()))
        found.extend(fact for fact in facts if isinstance(fact, Package))
    except ParseError as error:
        return found, error.why
    return found, ""


def told(parser, text, path="x"):
    found, problem = parse(parser, text, path)
    assert problem == ""
    assert all(package.declared for package in found)
    return {package.purl.removeprefix("pkg:maven/"): package for package in found}


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("1.0", "1.0"),
        (" 1.0-jre ", "1.0-jre"),
        ("[1.0]", "1.0"),
        ("[1.0,2.0)", ""),
        ("(,1.0]", ""),
        ("]1.0,2.0[", ""),
        ("1.+", ""),
        ("+", ""),
        ("latest.integration", ""),
        ("LATEST", ""),
        ("RELEASE", ""),
        ("${v}", ""),
        ("1.0-${v}", ""),
    ],
)
def test_only_an_exact_version_counts(version, expected):
    assert exact(version) == expected


def dependency(artifact, version="", scope="", group="g"):
    parts = {"groupId": group, "artifactId": artifact, "version": version, "scope": scope}
    inside = "".join(f"<{key}>{value}</{key}>" for key, value in parts.items() if value)
    return f"<dependency>{inside}</dependency>"


def pom(*dependencies, rest=""):
    return f"<project>{rest}<dependencies>{''.join(dependencies)}</dependencies></project>"


def managing(*dependencies):
    inside = "".join(dependencies)
    return f"<dependencyManagement><dependencies>{inside}</dependencies></dependencyManagement>"


def test_properties_name_each_other_and_the_project():
    rest = """<groupId>own</groupId><artifactId>app</artifactId><version>${revision}</version>
    <properties><revision>3.${minor}</revision><minor>1</minor><kind>api</kind></properties>"""
    found = told(
        maven_pom,
        pom(
            dependency("core", "${project.version}", group="${project.groupId}"),
            dependency("x-${kind}", "${pom.version}"),
            dependency("y", "${version}-${minor}"),
            rest=rest,
        ),
    )
    assert list(found) == ["own/core@3.1", "g/x-api@3.1", "g/y@3.1-1"]


def test_what_a_parent_states_here_is_inherited():
    rest = "<parent><groupId>pg</groupId><artifactId>pa</artifactId><version>9</version></parent>"
    asked = dependency("${project.parent.artifactId}", "${project.version}", group="${groupId}")
    assert list(told(maven_pom, pom(asked, rest=rest))) == ["pg/pa@9"]


def test_versions_and_scopes_are_managed_in_the_file():
    rest = managing(dependency("a", "1"), dependency("b", "2", "test"), dependency("unused", "3"))
    found = told(maven_pom, pom(dependency("a"), dependency("b"), dependency("c"), rest=rest))
    assert {key: package.development for key, package in found.items()} == {
        "g/a@1": False,
        "g/b@2": True,
        "g/c": False,
    }
    assert all(package.direct for package in found.values())


def test_profiles_add_modules_and_override_properties():
    profile = (
        "<profiles><profile><properties><v>2</v></properties>"
        + managing(dependency("m", "5"))
        + f"<dependencies>{dependency('b', '${v}')}{dependency('m')}</dependencies>"
        + "</profile></profiles>"
    )
    rest = f"<properties><v>1</v></properties>{managing(dependency('m', '4'))}{profile}"
    found = told(maven_pom, pom(dependency("a", "${v}"), dependency("m"), rest=rest))
    assert list(found) == ["g/a@1", "g/m@4", "g/b@2", "g/m@5"]


def test_a_module_without_a_name_is_no_package():
    found = told(maven_pom, pom(dependency("a_${scala}", "1"), dependency("b", "${v}")))
    assert list(found) == ["g/b"]


def test_a_project_in_a_local_repository_is_told_without_what_it_asks_for():
    text = pom(dependency("a", "1"), rest=managing(dependency("b", "2")))
    path = "root/.m2/repository/g/x/1/x-1.pom"
    (fact,) = maven_pom.parse(File(path=path, content=text.encode()))
    assert fact.stored
    assert not fact.part.asked
    assert [each.artifact for each in fact.part.managed] == ["b"]


def test_where_a_parent_lies_is_read_as_maven_does():
    for place, relative in (
        ("", "../pom.xml"),
        ("<relativePath/>", ""),
        ("<relativePath>..</relativePath>", ".."),
    ):
        rest = f"<parent><groupId>g</groupId><artifactId>a</artifactId>{place}</parent>"
        (fact,) = maven_pom.parse(File(path="pom.xml", content=pom(rest=rest).encode()))
        assert fact.parent.relative == relative


def test_properties_that_grow_or_turn_in_circles_end_at_a_limit():
    grown = "".join(f"<a{n}>{f'${{a{n + 1}}}' * 30}</a{n}>" for n in range(9))
    long = f"<long>{'x' * (MAX_CHARS + 1)}</long><circle>${{circle}}</circle>"
    rest = f"<properties>{grown}{long}</properties>"
    for name in ("a0", "long", "circle"):
        found = told(maven_pom, pom(dependency("b", f"${{{name}}}"), rest=rest))
        assert list(found) == ["g/b"]


LOCKED = """# This is a Gradle generated file for dependency locking.
# Manual edits can break the build and are not advised.
a.b:run:1.0=compileClasspath,testRuntimeClasspath
a.b:test:1.0=testCompileClasspath,androidTestRuntimeClasspath,integrationTestCompileClasspath
a.b:process:1.0=annotationProcessor,testAnnotationProcessor
a.b:snapshot:1.0-SNAPSHOT=runtimeClasspath
empty=
"""


def test_a_module_only_of_tests_and_processors_is_for_development():
    found = told(gradle_lockfile, LOCKED, "srv/gradle.lockfile")
    assert {key: package.development for key, package in found.items()} == {
        "a.b/run@1.0": False,
        "a.b/test@1.0": True,
        "a.b/process@1.0": True,
        "a.b/snapshot@1.0-SNAPSHOT": False,
    }


def test_what_the_build_itself_needs_is_for_development():
    for name in ("buildscript-gradle.lockfile", "settings-gradle.lockfile"):
        found = told(gradle_lockfile, "a:b:1=classpath\nempty=\n", f"srv/{name}")
        assert found["a/b@1"].development


def test_a_file_of_one_configuration_is_named_by_it():
    for name, development in (
        ("compileClasspath", False),
        ("testRuntimeClasspath", True),
        ("buildscript-classpath", True),
    ):
        path = f"srv/gradle/dependency-locks/{name}.lockfile"
        assert (
            told(gradle_lockfile, "# a comment\r\na:b:1\r\n", path)["a/b@1"].development
            is development
        )


def test_lines_that_name_no_module_are_told_of():
    found, problem = parse(gradle_lockfile, "a:b:1=c\na:b\na:b:1:2=c\n:::=\n", "gradle.lockfile")
    assert len(found) == 1
    assert problem == "3 lines name no module"


CATALOGUE = """
metadata.format.version = "1.1"
[versions]
plain = "1.0"
rich = { strictly = "[1.7, 1.8[", prefer = "1.7.25" }
range = { require = "[1.0, 2.0)" }
[libraries]
a = "g:a:1.0"
b = { module = "g:b", version = "1.+" }
c = { module = "g:c", version.ref = "plain" }
d = { group = "g", name = "d", version.ref = "rich" }
e = { group = "g", name = "e", version.ref = "range" }
f = { module = "g:f" }
h = { module = "g:h", version = { require = "2.0", rejectAll = false, reject = ["2.1"] } }
i = { module = "g:i", version.ref = "absent" }
[bundles]
all = ["a", "b"]
[plugins]
short = "p.q:1.0"
long = { id = "r.s", version.ref = "plain" }
"""


def test_every_way_of_naming_a_version_in_a_catalogue_is_known():
    found = told(gradle_catalogue, CATALOGUE)
    assert list(found) == [
        "g/a@1.0",
        "g/b",
        "g/c@1.0",
        "g/d@1.7.25",
        "g/e",
        "g/f",
        "g/h@2.0",
        "g/i",
        "p.q/p.q.gradle.plugin@1.0",
        "r.s/r.s.gradle.plugin@1.0",
    ]
    assert [package.name for package in found.values() if package.development] == [
        "p.q.gradle.plugin",
        "r.s.gradle.plugin",
    ]


def test_a_library_without_a_name_is_told_of():
    found, problem = parse(gradle_catalogue, '[libraries]\na = "a"\nb = "g:b:1"\nc = {}\n')
    assert [package.name for package in found] == ["b"]
    assert problem == "2 libraries have no group and name"


def test_only_what_holds_more_than_a_description_was_downloaded():
    def component(name, *endings):
        files = "".join(f'<artifact name="{name}-1{ending}"/>' for ending in endings)
        return f'<component group="g" name="{name}" version="1">{files}</component>'

    inside = (
        component("jar", ".pom", ".jar")
        + component("metadata", ".module", ".jar")
        + component("parent", ".pom")
        + component("bom", ".module", ".pom")
        + component("bare")
    )
    text = f"<verification-metadata><components>{inside}</components></verification-metadata>"
    assert list(told(gradle_verification, text)) == ["g/jar@1", "g/metadata@1", "g/bare@1"]
    assert told(gradle_verification, "<verification-metadata/>") == {}


def test_configurations_of_sbt_tell_what_runs():
    text = '{"lockVersion": 1, "dependencies": [%s]}'
    module = '{"org": "o", "name": "n", "version": "1", "configurations": [%s]}'
    for configurations, development in (
        ("", False),
        ('"test", "runtime"', False),
        ('"test", "it"', True),
        ('"scala-tool"', True),
    ):
        found = told(sbt_lock, text % (module % configurations))
        assert found["o/n@1"].development is development


def test_modules_of_ivy_default_to_the_projects_organisation():
    text = """<ivy-module version="2.0"><info organisation="own" module="m"/><dependencies>
    <dependency name="a" rev="1.0"/><dependency org="o" name="b" rev="1.+" conf="*->default"/>
    <dependency org="o" name="c" rev="2" conf="test,integration-test->*;unittest"/>
    <dependency org="o" name="d" rev="${v}" conf="compile;test->default"/>
    <exclude org="o"/></dependencies></ivy-module>"""
    found = told(ivy, text)
    assert {key: package.development for key, package in found.items()} == {
        "own/a@1.0": False,
        "o/b": False,
        "o/c@2": True,
        "o/d": False,
    }
    _, problem = parse(ivy, text.replace('name="a"', 'name="${a}"'))
    assert problem == "1 modules are not named, or by variables"


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (
            "opt/jdk/release",
            'JAVA_VERSION="17.0.2"\r\nIMPLEMENTOR=Debian\r\n',
            "oracle/openjdk@17.0.2",
        ),
        (
            "opt/jdk8/release",
            'JAVA_VERSION="1.8.0_422"\nFULL_VERSION="1.8.0_422-b05"\nIMPLEMENTOR="Eclipse"',
            "oracle/openjdk@1.8.0_422-b05",
        ),
        (
            "opt/j9/release",
            'JAVA_VERSION="1.8.0_422"\nFULL_VERSION="8.0.422+5"',
            "oracle/openjdk@1.8.0_422",
        ),
        (
            "opt/x/release",
            'JAVA_RUNTIME_VERSION="21.0.4+7-LTS"\nIMPLEMENTOR="Azul Systems, Inc."',
            "azul/zulu@21.0.4%2B7-LTS",
        ),
        (
            "usr/java/release",
            'IMPLEMENTOR="Oracle Corporation"\nJAVA_RUNTIME_VERSION="22.0.2+9-70"',
            "oracle/jdk@22.0.2%2B9-70",
        ),
        (
            "usr/java/release",
            'IMPLEMENTOR="Oracle"\nJAVA_VERSION="9"\nIMAGE_TYPE="JRE"',
            "oracle/jre@9",
        ),
        ("usr/java/release", 'IMPLEMENTOR="Sun"\nJAVA_VERSION="1.7.0"', "sun/jdk@1.7.0"),
    ],
)
def test_runtimes_have_the_names_that_advisories_use(path, text, expected):
    (package,) = jvm_release.parse(File(path=path, content=text.encode()))
    assert package.purl == f"pkg:generic/{expected}"
    assert not package.declared


def test_another_file_named_release_yields_nothing():
    for text in ("", "Debian 12\n", "FULL_VERSION=1\n", "\0" * 100):
        assert parse(jvm_release, text) == ([], "")
