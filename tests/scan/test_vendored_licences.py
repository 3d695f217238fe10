"""Licence texts in the folders into which Go copies modules."""

import pytest

MIT = """Permission is hereby granted, free of charge, to any person obtaining a copy of this
software. The above copyright notice and this permission notice shall be included."""


@pytest.mark.parametrize("project", ["", "srv/app/"])
def test_a_vendored_module_has_the_licence_that_lies_in_its_folder(project, scan, tmp_path):
    vendor = tmp_path / project / "vendor"
    (vendor / "code.example/one").mkdir(parents=True)
    (vendor / "code.example/one/LICENSE").write_text(MIT)
    (vendor / "modules.txt").write_text(
        "# code.example/one v1.0.0\n## explicit\ncode.example/one\n"
        "# code.example/two v1.0.0\n## explicit\ncode.example/two\n"
    )
    (tmp_path / project / "go.mod").write_text(
        "module code.example/app\ngo 1.21\nrequire code.example/one v1.0.0\n"
    )
    told = {(each.path, each.name): each.licences for each in scan(f"dir:{tmp_path}").packages}
    assert told == {
        (f"{project}go.mod", "one"): ("MIT",),
        (f"{project}vendor/modules.txt", "one"): ("MIT",),
        (f"{project}vendor/modules.txt", "two"): (),
    }
