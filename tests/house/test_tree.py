"""Holds what lies where, and that no file of ours names a machine or a package registry."""

import re

from tests.house.tree import ROOT, our_files

TOP = {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"} | {
    "station_desk", "forms", "resources", "db", "installer", "tests",
}  # fmt: skip
# Written in two halves, so that this file does not name them either.
REGISTRY_HOSTS = [
    "pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "crates" + ".io",
    "deb.debian" + ".org", "golang" + ".org", "maven" + ".org", "ruby" + "gems.org", "anaconda" + ".org",
]  # fmt: skip
MACHINE_PATHS = [f"/{name}/" for name in ("work", "root")]
BEGINS_A_PATH = r"(?<![\w./~-])"


def test_the_top_level_holds_only_what_the_design_names() -> None:
    found = {path.parts[0] for path in our_files()}
    assert {name for name in found if not name.startswith(".")} - TOP == set()


def test_no_file_names_a_package_registry() -> None:
    assert _files_with(REGISTRY_HOSTS) == []


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    assert _files_with(MACHINE_PATHS, BEGINS_A_PATH) == []


def _files_with(words: list[str], before: str = "") -> list[str]:
    """Plain search first: the fonts are forty megabytes."""
    return [
        f"{path}: {word}"
        for path in our_files()
        for content in [(ROOT / path).read_bytes()]
        for word in words
        if word.encode() in content and re.search(before.encode() + re.escape(word.encode()), content)
    ]
