"""`items publish|keygen|diff|install|trust`: an edition from the official's desk to the counter."""

from collections import Counter
from pathlib import Path

from station_desk import __version__
from station_desk.catalogue.check import check_forms
from station_desk.catalogue.check.stable_codes import stable_code_findings
from station_desk.catalogue.edition.bundle import make, opened, published_files, sign
from station_desk.catalogue.edition.difference import differences
from station_desk.catalogue.edition.inside import forms_inside
from station_desk.catalogue.edition.keys import SigningKey, key_text, new_key, read_key
from station_desk.catalogue.edition.number import NUMBER
from station_desk.catalogue.edition.parcel import LARGEST
from station_desk.catalogue.edition.published import PublishedForms, read_published
from station_desk.catalogue.edition.root import fingerprint, signed_root
from station_desk.catalogue.read import read_edition
from station_desk.core import paths
from station_desk.core.clock import now
from station_desk.core.errors import RuleError
from station_desk.core.whole_file import write_whole
from station_desk.counter.difference_words import change_lines
from station_desk.counter.new_edition import install_ahead, install_edition, trust_root
from station_desk.main.items_verbs import FolderUnknown
from station_desk.main.open_desk import Options
from station_desk.main.said import Said
from station_desk.store.editions import installed_forms, installed_numbers
from station_desk.store.profile import Profile
from station_desk.store.trouble import disk_trouble


class FormsFaulty(RuleError):
    code = "edition.forms_faulty"


class FileTaken(RuleError):
    code = "edition.file_taken"


class FileNotReadable(RuleError):
    code = "edition.file_not_readable"


class OptionsNeeded(RuleError):
    code = "edition.options_needed"


class EditionNotFound(RuleError):
    code = "edition.not_found"


def edition_verb(options: Options, said: Said) -> int:
    """Makes, signs, compares, installs an edition, or sets whose signatures count."""
    match options.what:
        case "publish" if options.sign:
            return _sign(options, said)
        case "publish":
            return _publish(options, said)
        case "keygen":
            return _keygen(options, said)
        case "diff":
            return _diff(options, said)
        case "install":
            return _install(options, said)
        case _:
            return _trust(options, said)


def _publish(options: Options, said: Said) -> int:
    forms, file = options.forms, options.out
    if not (forms and file and options.key):
        raise OptionsNeeded(options="--forms --key --out")
    _require_free(file)
    if not forms.is_dir():
        raise FolderUnknown(folder=forms)
    faults = check_forms(forms)
    if options.since:
        faults += stable_code_findings(forms, forms_of(options.since, options.profile).catalogue.items)
    if faults:
        raise FormsFaulty(folder=forms, count=len(faults))
    bundle = sign(make(read_edition(forms), published_files(forms)), _key(options))
    _write(bundle, file)
    return _tell_signed(bundle, file, said)


def _sign(options: Options, said: Said) -> int:
    if not options.key:
        raise OptionsNeeded(options="--key")
    bundle = sign(_read(options.sign), _key(options))
    _write(bundle, options.sign)
    return _tell_signed(bundle, options.sign, said)


def _tell_signed(bundle: bytes, file: Path, said: Said) -> int:
    known = opened(bundle)
    keys = [signature.key for signature in known.signatures]
    facts = {
        "file": str(file), "number": known.edition.number, "files": len(known.files), "keys": keys,
        "effective": known.edition.effective, "expires": known.edition.expires,
        "fingerprint": fingerprint(known.text),
    }  # fmt: skip
    said.tell(facts, "edition.published", **{**facts, "keys": ", ".join(keys)})
    return 0


def _keygen(options: Options, said: Said) -> int:
    if not options.out:
        raise OptionsNeeded(options="--out")
    _require_free(options.out)
    key = new_key()
    _write(key_text(key).encode(), options.out)
    facts = {"file": str(options.out), "id": key.id, "public": key.public}
    said.tell(facts, "edition.key_made", **facts)
    return 0


def _diff(options: Options, said: Said) -> int:
    if not (options.which and options.other):
        raise OptionsNeeded(options="A B")
    old, new = (forms_of(place, options.profile) for place in (options.which, options.other))
    changes = differences(old, new)
    counts = Counter(change.how for change in changes if change.kind == "item")
    rows: list[tuple[object, str]] = [
        (change, "\n".join(change_lines(change, said.texts))) for change in changes
    ]
    said.rows(
        rows, "edition.compared", old=old.edition.number, new=new.edition.number, added=counts["added"],
        removed=counts["removed"], changed=counts["changed"], others=len(rows) - counts.total(),
    )  # fmt: skip
    return 0


def _install(options: Options, said: Said) -> int:
    if not options.which:
        raise OptionsNeeded(options="FILE")
    install = install_ahead if options.ahead else install_edition
    done = install(Profile(options.profile), _read(Path(options.which)), paths.FORMS, now, __version__)
    said.tell(
        done, "edition.installed", number=done.number, signers=", ".join(done.signers),
        effective=done.effective, expires=done.expires, in_use=done.in_use,
    )  # fmt: skip
    if done.expired:
        said.progress(said.texts("edition.expired", number=done.number, expires=done.expires))
    return 0


def _trust(options: Options, said: Said) -> int:
    if options.sign and options.key:
        text = signed_root(_text(options.sign), _key(options))
        _write(text.encode(), options.sign)
        said.tell({"file": str(options.sign)}, "edition.root_signed", file=options.sign)
        return 0
    if not options.which:
        raise OptionsNeeded(options="ROOTFILE")
    done = trust_root(Profile(options.profile), _text(Path(options.which)), paths.FORMS)
    said.tell(
        done, "edition.trusted", version=done.version, threshold=done.threshold, count=len(done.keys),
        names=", ".join(key.name for key in done.keys), fingerprint=done.fingerprint,
    )  # fmt: skip
    return 0


def forms_of(place: str, profile: Path) -> PublishedForms:
    """The forms of a folder, of an edition file (whoever signed it), or of an installed edition."""
    path = Path(place)
    with disk_trouble(path):
        if path.is_dir():
            return read_published(path)
        if path.is_file():
            return forms_inside(opened(_read(path)))
    if NUMBER.fullmatch(place) and place in installed_numbers(Profile(profile)):
        return installed_forms(Profile(profile), place)
    raise EditionNotFound(what=place)


def _key(options: Options) -> SigningKey:
    return read_key(_text(options.key))


def _text(file: Path) -> str:
    return _read(file).decode("utf-8-sig", "replace")


def _read(file: Path) -> bytes:
    """The bytes of a file, at most one more than a bundle may have."""
    try:
        with file.open("rb") as content:
            return content.read(LARGEST + 1)
    except OSError as error:
        raise FileNotReadable(file=file, why=error.strerror or str(error)) from error


def _require_free(file: Path) -> None:
    with disk_trouble(file):
        if file.exists():
            raise FileTaken(file=file)


def _write(content: bytes, file: Path) -> None:
    with disk_trouble(file):
        write_whole(content, file)
