"""`items bpmn|diagram`: the workflow of an item as a file for modellers and engines, or as a picture."""

import difflib
from collections.abc import Collection, Mapping
from pathlib import Path

from station_desk.catalogue.bpmn.process import bpmn_of
from station_desk.catalogue.diagram.layout import laid_out
from station_desk.catalogue.diagram.svg import svg_of
from station_desk.catalogue.item import Item
from station_desk.core.clock import now
from station_desk.core.errors import RuleError, TroubleError
from station_desk.core.whole_file import write_whole
from station_desk.counter.wording import worded
from station_desk.counter.workflow_words import notes_of, workflow_of
from station_desk.main.open_desk import Options, published_for
from station_desk.main.said import Said
from station_desk.store.editions import InUse

MOST_NEAR = 4


class CodeUnknown(RuleError):
    code = "item.code_unknown"


class CodeNeeded(RuleError):
    code = "item.code_needed"


class FileNeeded(RuleError):
    code = "item.file_needed"


class PictureUnknown(RuleError):
    code = "item.picture_unknown"


class PictureNotWritten(TroubleError):
    code = "item.picture_not_written"


def workflow_verb(options: Options, said: Said) -> int:
    """Writes the BPMN file of an item, or its diagram as SVG or PDF, as the name of the file says."""
    used = published_for(options.profile, now)
    item = _item(options.which, used.forms.catalogue.items)
    if options.what == "bpmn":
        return _bpmn(item, used, options.out, said)
    if options.out is None:
        raise FileNeeded
    if options.out.suffix.lower() not in (".svg", ".pdf"):
        raise PictureUnknown(file=options.out)
    is_svg = options.out.suffix.lower() == ".svg"
    content = _svg(item, said).encode() if is_svg else _pdf(item, used, said)
    return _written(content, item, options.out, said)


def _item(code: str, items: Mapping[str, Item]) -> Item:
    if not code:
        raise CodeNeeded
    if code not in items:
        raise CodeUnknown(item=code, near=", ".join(_near(code, items)))
    return items[code]


def _near(code: str, codes: Collection[str]) -> list[str]:
    return difflib.get_close_matches(code.upper(), codes, MOST_NEAR, cutoff=0)


def _bpmn(item: Item, used: InUse, out: Path | None, said: Said) -> int:
    workflow = workflow_of(item, said.texts)
    notes = notes_of(item, used.forms.catalogue, said.texts)
    text = bpmn_of(item, workflow, laid_out(workflow, "wide"), notes)
    if out:
        return _written(text.encode(), item, out, said)
    said.document({"code": item.code, "bpmn": text}, text.rstrip("\n"))
    return 0


def _svg(item: Item, said: Said) -> str:
    workflow = workflow_of(item, said.texts)
    return svg_of(laid_out(workflow, "wide"), workflow)


def _pdf(item: Item, used: InUse, said: Said) -> bytes:
    # What makes PDF is slow to load, and only wanted here.
    from station_desk.printing.workflow_page import workflow_pdf

    forms = used.forms
    publisher = worded(forms.edition.publisher, said.texts)
    return workflow_pdf(workflow_of(item, said.texts), publisher, forms.edition.number, said.texts)


def _written(content: bytes, item: Item, out: Path, said: Said) -> int:
    try:
        write_whole(content, out)
    except (OSError, ValueError) as error:
        raise PictureNotWritten(file=out, why=getattr(error, "strerror", "") or str(error)) from error
    facts = {"code": item.code, "file": str(out), "bytes": len(content)}
    said.tell(facts, "cli.paper_written", file=out)
    return 0
