"""`items`: what the station publishes, and whether it may be published."""

from collections.abc import Sequence
from pathlib import Path

from station_desk.catalogue.check import Finding, check_forms
from station_desk.catalogue.check.stable_codes import stable_code_findings
from station_desk.catalogue.edition.published import PublishedForms
from station_desk.catalogue.guide_page import guide_page, unknown_elements
from station_desk.catalogue.item import Catalogue, Item
from station_desk.core import paths
from station_desk.core.clock import now
from station_desk.core.errors import RuleError
from station_desk.core.texts import Texts
from station_desk.counter.desk import ItemUnknown
from station_desk.counter.find_items import index_of
from station_desk.counter.wording import language_of, limit_words, worded
from station_desk.main.open_desk import Options, published_for
from station_desk.main.said import Said
from station_desk.store.profile import Profile


class FolderUnknown(RuleError):
    code = "forms.folder_unknown"


def items_verb(options: Options, said: Said) -> int:
    """Lists the items in use, finds, shows or draws one, checks a folder, or what `edition_verbs` does."""
    match options.what:
        case "list":
            return _list(published_for(options.profile, now).forms.catalogue, said)
        case "find":
            return _find(options, published_for(options.profile, now).forms.catalogue, said)
        case "show":
            return _show(options.which, published_for(options.profile, now).forms.catalogue, said)
        case "check":
            return _check(Path(options.which) if options.which else paths.FORMS, options, said)
        case "guide":
            return _guide(options.which, published_for(options.profile, now).forms, said)
        case "bpmn" | "diagram":
            from station_desk.main.workflow_verbs import workflow_verb

            return workflow_verb(options, said)
        case "export" | "import":
            from station_desk.main.workbook_verbs import workbook_verb

            return workbook_verb(options, said)
        case _:
            # What signs and verifies is loaded only when it is asked for.
            from station_desk.main.edition_verbs import edition_verb

            return edition_verb(options, said)


def _list(catalogue: Catalogue, said: Said) -> int:
    rows = [_row(item, said.texts) for item in catalogue.items.values()]
    said.rows(rows, "cli.items", count=len(rows), edition=catalogue.edition)
    return 0


def _find(options: Options, catalogue: Catalogue, said: Said) -> int:
    """The items that fit a text, the best first, by the index that the window uses."""
    hits = index_of(Profile(options.profile), catalogue).find(options.which)
    rows = [_row(catalogue.items[hit.code], said.texts) for hit in hits]
    said.rows(rows, "find.items" if rows else "find.no_item", count=len(rows), asked=options.which)
    return 0


def _row(item: Item, say: Texts) -> tuple[object, str]:
    facts = {"code": item.code, "name": item.name, "category": item.category, "kind": item.kind}
    return facts, f"{item.code}  {say(f'term.kind.{item.kind}')}  {worded(item.name, say)}"


def _show(code: str, catalogue: Catalogue, said: Said) -> int:
    item = catalogue.items.get(code)
    if item is None:
        raise ItemUnknown(item=code)
    say = said.texts
    said.tell(
        item, "cli.item", code=item.code, name=worded(item.name, say), kind=say(f"term.kind.{item.kind}"),
        limit=limit_words(item.limit.promised, item.limit.unit, say), accepted_by=item.accepted_by,
        decided_by=item.decided_by, basis="；".join(item.basis),
    )  # fmt: skip
    for number, step in enumerate(item.step, 1):
        said.progress(
            f"  {number}. {worded(step.name, say)}  {_step_words(step.role, step.limit, step.unit, say)}"
        )
    return 0


def _step_words(role: str, limit: int, unit: str, say: Texts) -> str:
    return f"{say(f'term.role.{role}')} · {limit_words(limit, unit, say)}"


def _guide(code: str, forms: PublishedForms, said: Said) -> int:
    item = forms.catalogue.items.get(code)
    if item is None:
        raise ItemUnknown(item=code)
    page = guide_page(item, forms.catalogue, forms.edition, said.texts, language_of(said.texts))
    unknown = said.texts("guide.unknown")
    rows: list[tuple[object, str]] = []
    for group in page.groups:
        for line in group.lines:
            told = {"group": group.key, "key": line.key, "label": line.label, "texts": line.texts}
            rows.append((told, f"{group.title} · {line.label}: {' / '.join(line.texts) or unknown}"))
    said.rows(rows, "guide.open", count=unknown_elements(page))
    return 0


def _check(folder: Path, options: Options, said: Said) -> int:
    if not folder.is_dir():
        raise FolderUnknown(folder=folder)
    findings = check_forms(folder)
    if options.since:
        from station_desk.main.edition_verbs import forms_of

        old = forms_of(options.since, options.profile).catalogue.items
        findings = [*findings, *stable_code_findings(folder, old)]
    tell_findings(findings, said, "cli.checked" if not findings else "cli.check_failed")
    return RuleError.exit_code if findings else 0


def tell_findings(findings: Sequence[Finding], said: Said, key: str) -> None:
    """Each fault with its file and line, and the closing sentence of `key`."""
    lines: list[tuple[object, str]] = [
        (
            {"file": str(finding.file), "line": finding.line, "code": finding.code, "values": finding.values},
            f"{finding.file}:{finding.line}: {said.texts(f'check.{finding.code}', **finding.values)}",
        )
        for finding in findings
    ]
    said.rows(lines, key, count=len(findings))
