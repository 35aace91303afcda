"""From the official's desk to the counter by the command line: keys, edition, difference, install."""

import json
import os
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest

from station_desk.core.paths import FORMS
from station_desk.main.cli import main

PENSION = "items/labour_social_security/LS-008.toml"


class Desk:
    """A profile, a folder for files, and one command after another."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def __call__(self, *words: str, code: int = 0) -> list[dict[str, Any]]:
        assert main(["--profile", self["profile"], "--json", *words]) == code, self._capsys.readouterr()
        said = self._capsys.readouterr()
        assert "Traceback" not in said.err
        return [json.loads(line) for line in said.out.splitlines()]

    def __getitem__(self, name: str) -> str:
        return str(self.folder / name)

    def people(self, language: str, *words: str) -> str:
        """What a person reads, on either stream."""
        main(["--profile", self["profile"], "--language", language, *words])
        said = self._capsys.readouterr()
        return said.out + said.err


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A counter that was set up, three keys, a list of them that is not trusted yet, forms to publish."""
    desk = Desk(tmp_path, capsys)
    desk("init", "--station", "QSQ001", "--name", "青石桥", "--counter", "2")
    root = "version = 1\nthreshold = 2\n"
    for name in ("one", "two", "three"):
        (key,) = desk("items", "keygen", "--out", desk[name])
        root += f'[[key]]\nid = "{key["id"]}"\nname = "{name}"\npublic = "{key["public"]}"\n'
    Path(desk["root.toml"]).write_text(root, "utf-8")
    forms = Path(shutil.copytree(FORMS, desk["forms"]))
    change(forms / "edition.toml", '"2026.11"', '"2026.11.1"')
    # Whatever day these tests are run on.
    change(forms / "edition.toml", "effective = 2026-11-01", "effective = 2020-01-01")
    change(forms / "edition.toml", "expires = 2027-10-31", "expires = 2998-12-31")
    change(forms / PENSION, "promised = 3", "promised = 2")
    change(forms / PENSION, "limit = 3", "limit = 2")
    return desk


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8", newline="\n")


def publish(run: Desk, out: str = "edition.zip", *signers: str) -> None:
    first, *others = signers or ("one", "two")
    run("items", "publish", "--forms", run["forms"], "--key", run[first], "--out", run[out])
    for key in others:
        run("items", "publish", "--sign", run[out], "--key", run[key])


def test_an_edition_goes_from_the_desk_of_an_official_to_the_counter(run: Desk) -> None:
    publish(run)
    assert run("items", "install", run["edition.zip"], code=3)[0]["error"] == "edition.no_root"
    (trusted,) = run("items", "trust", run["root.toml"])
    assert [len(group) for group in trusted["fingerprint"].split()] == [4] * 6
    (installed,) = run("items", "install", run["edition.zip"])
    assert (installed["number"], installed["in_use"], sorted(installed["signers"])) == (
        "2026.11.1", "2026.11.1", ["one", "two"],
    )  # fmt: skip
    (status,) = run("status")
    assert status["edition"] == "2026.11.1"
    state = status["edition_state"]
    assert (state["installed"], state["expired"], state["waiting"], state["refused"]) == (True, False, {}, {})
    assert run("items", "show", "LS-008")[0]["limit"]["promised"] == 2
    assert len(run("items", "list")) == 83


def test_before_any_edition_status_says_that_the_shipped_forms_are_in_use(run: Desk) -> None:
    assert run("status")[0]["edition_state"]["installed"] is False
    assert "2027-10-31" in run.people("en", "status")
    assert "程序自带" in run.people("zh-Hans", "status")


def test_the_same_forms_and_keys_make_the_same_file(run: Desk) -> None:
    publish(run, "a.zip", "one", "two")
    publish(run, "b.zip", "two", "one")
    assert Path(run["a.zip"]).read_bytes() == Path(run["b.zip"]).read_bytes()


def test_both_signers_read_the_same_fingerprint(run: Desk) -> None:
    words = ("--forms", run["forms"], "--key", run["one"], "--out", run["e.zip"])
    (first,) = run("items", "publish", *words)
    (second,) = run("items", "publish", "--sign", run["e.zip"], "--key", run["two"])
    assert first["fingerprint"] == second["fingerprint"]
    assert (len(first["keys"]), len(second["keys"])) == (1, 2)


def test_a_key_file_is_for_its_owner_only_and_never_overwritten(run: Desk) -> None:
    key = Path(run["one"])
    if os.name == "posix":
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    before = key.read_bytes()
    assert run("items", "keygen", "--out", run["one"], code=3)[0]["error"] == "edition.file_taken"
    assert key.read_bytes() == before


def test_keys_are_changed_by_a_list_that_two_old_keys_signed(run: Desk) -> None:
    run("items", "trust", run["root.toml"])
    change(Path(run["root.toml"]), "version = 1", "version = 2")
    assert run("items", "trust", run["root.toml"], code=3)[0]["error"] == "edition.root_too_few_keys"
    for key in ("three", "one"):
        run("items", "trust", "--sign", run["root.toml"], "--key", run[key])
    assert run("items", "trust", run["root.toml"])[0]["version"] == 2


def test_the_difference_is_told_to_people_and_to_programs(run: Desk) -> None:
    publish(run)
    changes = run("items", "diff", str(FORMS), run["edition.zip"])
    assert [(change["kind"], change["code"]) for change in changes] == [("edition", ""), ("item", "LS-008")]
    assert changes[1]["parts"][0] == {
        "how": "changed", "key": "limit.promised",
        "before": {"count": 3, "unit": "wd"}, "after": {"count": 2, "unit": "wd"},
    }  # fmt: skip
    for language, said in (("zh-Hans", "承诺时限"), ("zh-Hant", "承諾時限"), ("en", "promised limit")):
        assert said in run.people(language, "items", "diff", str(FORMS), run["forms"])
    run("items", "trust", run["root.toml"])
    run("items", "install", run["edition.zip"])
    assert run("items", "diff", "2026.11.1", run["forms"]) == []


def test_an_edition_of_a_later_day_waits_when_it_is_installed_ahead(run: Desk) -> None:
    run("items", "trust", run["root.toml"])
    forms = Path(run["forms"])
    change(forms / "edition.toml", "effective = 2020-01-01", "effective = 2999-01-01")
    change(forms / "edition.toml", "expires = 2998-12-31", "expires = 2999-12-31")
    publish(run)
    assert run("items", "install", run["edition.zip"], code=3)[0]["error"] == "edition.not_yet_effective"
    assert run("items", "install", run["edition.zip"], "--ahead")[0]["in_use"] == "2026.11"
    assert run("status")[0]["edition_state"]["waiting"] == {"2026.11.1": "2999-01-01"}
    assert "2999-01-01" in run.people("en", "status")


def test_faulty_forms_are_not_published(run: Desk) -> None:
    change(Path(run["forms"]) / PENSION, 'kind = "promise"', 'kind = "promised"')
    words = ("--forms", run["forms"], "--key", run["one"], "--out", run["e.zip"])
    said = run("items", "publish", *words, code=3)[0]
    assert (said["error"], said["values"]["count"]) == ("edition.forms_faulty", "1")
    assert not Path(run["e.zip"]).exists()


REFUSED: dict[str, tuple[tuple[str, ...], str]] = {
    "publish nothing": (("publish",), "edition.options_needed"),
    "publish over something": (
        ("publish", "--forms", "forms", "--key", "one", "--out", "two"), "edition.file_taken",
    ),
    "publish no folder": (
        ("publish", "--forms", "nowhere", "--key", "one", "--out", "x"), "forms.folder_unknown",
    ),
    "publish with no key": (
        ("publish", "--forms", "forms", "--key", "root.toml", "--out", "x"), "edition.key_not_understood",
    ),
    "sign without a key": (("publish", "--sign", "edition.zip"), "edition.options_needed"),
    "sign what is not there": (("publish", "--sign", "x", "--key", "one"), "edition.file_not_readable"),
    "sign what is no edition": (("publish", "--sign", "root.toml", "--key", "one"), "edition.not_a_bundle"),
    "keygen nowhere": (("keygen",), "edition.options_needed"),
    "diff with nothing": (("diff", "forms"), "edition.options_needed"),
    "diff with what is not there": (("diff", "forms", "nowhere"), "edition.not_found"),
    "diff with an edition that is not installed": (("diff", "forms", "2026.12"), "edition.not_found"),
    "install nothing": (("install",), "edition.options_needed"),
    "install a folder": (("install", "forms"), "edition.file_not_readable"),
    "trust nothing": (("trust",), "edition.options_needed"),
    "trust a key": (("trust", "one"), "edition.root_not_understood"),
    "sign no list": (("trust", "--sign", "one", "--key", "two"), "edition.root_not_understood"),
}  # fmt: skip


FILES = {"forms", "one", "two", "root.toml", "edition.zip", "nowhere", "x"}


@pytest.mark.parametrize("mistake", REFUSED)
def test_each_mistake_is_refused_with_a_sentence(run: Desk, mistake: str) -> None:
    (what, *words), error = REFUSED[mistake]
    (said,) = run("items", what, *(run[word] if word in FILES else word for word in words), code=3)
    assert said["error"] == error
    assert len(said["text"]) > 20
    assert not Path(run["x"]).exists()


def test_without_a_station_nothing_is_installed_and_nothing_is_made(run: Desk, tmp_path: Path) -> None:
    shutil.rmtree(run["profile"])
    assert run("items", "trust", run["root.toml"], code=5)[0]["error"] == "store.no_profile"
    assert len(run("items", "list")) == 83
    assert not (tmp_path / "profile").exists()
