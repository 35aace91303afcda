"""`items export|import`: the catalogue as a workbook that officials edit, and back into the folder."""

from collections import Counter
from pathlib import Path

from station_desk.catalogue.workbook.fault import SheetFault, WorkbookFaulty
from station_desk.catalogue.workbook.package import LARGEST_MB, MEGABYTE
from station_desk.catalogue.workbook.taking import Taken, readable_forms, take_in
from station_desk.catalogue.workbook.telling import cell_name, fault_line, fault_text
from station_desk.catalogue.workbook.wording import Wording
from station_desk.catalogue.workbook.write import workbook_of
from station_desk.core import paths
from station_desk.core.all_or_nothing import change_all, undo
from station_desk.core.errors import RuleError
from station_desk.core.texts import LANGUAGES, Texts
from station_desk.core.whole_file import write_whole
from station_desk.counter.difference_words import change_lines
from station_desk.main.edition_verbs import FileNotReadable, OptionsNeeded
from station_desk.main.items_verbs import FolderUnknown
from station_desk.main.open_desk import Options
from station_desk.main.said import Said
from station_desk.store.trouble import disk_trouble


class WorkbookThere(RuleError):
    code = "workbook.there"


def workbook_verb(options: Options, said: Said) -> int:
    """Writes a workbook, or takes one into a folder of forms."""
    return _export(options, said) if options.what == "export" else _import(options, said)


def _export(options: Options, said: Said) -> int:
    if not options.which:
        raise OptionsNeeded(options="FILE.xlsx")
    file, forms = Path(options.which), options.forms or paths.FORMS
    _require_folder(forms, said)
    with disk_trouble(file):
        if file.exists():
            raise WorkbookThere(file=file)
    catalogue = readable_forms(forms).catalogue
    book = workbook_of(catalogue, said.texts)
    with disk_trouble(file):
        write_whole(book, file)
    facts = {"file": str(file), "edition": catalogue.edition, "items": len(catalogue.items)}
    said.tell(facts, "workbook.done.exported", **facts)
    return 0


def _import(options: Options, said: Said) -> int:
    if not (options.which and options.forms):
        raise OptionsNeeded(options="FILE.xlsx --forms DIR")
    file, forms = Path(options.which), options.forms
    _require_folder(forms, said)
    wordings = [Wording(Texts(paths.RESOURCES / "i18n", language)) for language in _languages(said)]
    try:
        taken = take_in(_read(file), str(file), forms, wordings, delete=options.delete)
    except WorkbookFaulty as faulty:
        return _tell_faults(faulty, forms, said)
    if not options.check:
        with disk_trouble(forms):
            change_all(forms, taken.files)
    _tell_changes(taken, forms, said, written=not options.check)
    return 0


def _tell_changes(taken: Taken, forms: Path, said: Said, *, written: bool) -> None:
    say = said.texts
    for kind, codes in taken.left.items():
        listed = ", ".join(codes)
        said.progress(say("workbook.done.left", what=say(f"edition.kind.{kind}"), codes=listed))
    if taken.edited_meanwhile and taken.files:
        said.progress(say("workbook.done.edited_meanwhile", folder=forms))
    counts = Counter(change.how for change in taken.changes if change.kind == "item")
    facts = {
        "written": written, "files": len(taken.files), "added": counts["added"], "removed": counts["removed"],
        "changed": counts["changed"], "others": len(taken.changes) - counts.total(), "left": taken.left,
        "edited_meanwhile": taken.edited_meanwhile,
    }  # fmt: skip
    for change in taken.changes:
        said.either(change, "\n".join(change_lines(change, say)))
    key = ("imported" if written else "checked") if taken.files else "same"
    said.tell(facts, f"workbook.done.{key}", folder=forms, **facts)


def _tell_faults(faulty: WorkbookFaulty, forms: Path, said: Said) -> int:
    rows: list[tuple[object, str]] = [
        (_fault_facts(fault, said.texts), fault_line(fault, said.texts)) for fault in faulty.faults
    ]
    for other in faulty.others:
        text = said.texts(f"check.{other.code}", **other.values)
        facts = {"file": other.file, "line": other.line, "code": other.code, "values": other.values}
        line = said.texts("workbook.at.file", file=other.file, line=other.line, text=text)
        rows.append(({**facts, "text": text}, line))
    said.rows(rows, "workbook.done.faulty", folder=forms, **faulty.values)
    return faulty.exit_code


def _fault_facts(fault: SheetFault, texts: Texts) -> dict[str, object]:
    spot = fault.spot
    return {
        "sheet": spot.sheet, "row": spot.row, "column": spot.column, "cell": cell_name(spot),
        "header": spot.header, "code": fault.code, "values": fault.values, "text": fault_text(fault, texts),
    }  # fmt: skip


def _require_folder(forms: Path, said: Said) -> None:
    """The folder is there, and an import that was broken off in it is undone first."""
    if not forms.is_dir():
        raise FolderUnknown(folder=forms)
    with disk_trouble(forms):
        if undo(forms):
            said.progress(said.texts("workbook.done.undone", folder=forms))


def _languages(said: Said) -> list[str]:
    return sorted(LANGUAGES, key=lambda language: language != said.texts.language)


def _read(file: Path) -> bytes:
    """The bytes of a file, at most one more than a workbook may have."""
    try:
        with file.open("rb") as content:
            return content.read(LARGEST_MB * MEGABYTE + 1)
    except OSError as error:
        raise FileNotReadable(file=file, why=error.strerror or str(error)) from error
