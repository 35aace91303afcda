"""One edition that was brought: who signed it, what it changes, since when it is in force."""

from collections import Counter
from collections.abc import Mapping, Sequence

from starlette.responses import Response

from station_desk.catalogue.edition.bundle import Bundle, opened
from station_desk.catalogue.edition.difference import Change, differences
from station_desk.catalogue.edition.published import PublishedForms
from station_desk.catalogue.edition.root import RootList, fingerprint
from station_desk.core.errors import DeskError
from station_desk.counter.difference_words import part_words
from station_desk.counter.wording import worded
from station_desk.district.desk.asked import Asked
from station_desk.district.desk.blocks import (
    Block,
    Cell,
    Choice,
    Facts,
    Field,
    Figure,
    Figures,
    Form,
    Mark,
    Table,
    Words,
)
from station_desk.district.desk.links import files_of
from station_desk.district.edition_root import trusted_root
from station_desk.district.editions import Kept, all_kept, bundle_of, in_force, one, standings
from station_desk.district.page import shown

ZIP = "application/zip"
HOW: Mapping[str, Mark] = {"good": "ok", "bad": "bad", "lacking": "warn", "stranger": "warn"}
CHANGE: Mapping[str, Mark] = {"added": "ok", "removed": "bad", "changed": "warn", "moved": "warn"}
FOLDER = "folder"
MOST_CHANGES = 2000


def wanted(asked: Asked) -> Kept | None:
    """The edition that the address names, if it is here."""
    digest = asked.one("edition", 64)
    return (
        next((kept for kept in all_kept(asked.district) if kept.digest == digest), None) if digest else None
    )


def edition(asked: Asked, kept: Kept) -> Sequence[Block]:
    """All about it; what may be done with it stands last."""
    bundle = opened(bundle_of(asked.district, kept.digest))
    root = trusted_root(asked.district, asked.forms.folder)
    back = Words([], links=[(asked.href("editions"), asked.say("desk.edition.back"))])
    return [
        back, _facts(asked, kept, bundle), _signatures(asked, root, bundle), *_signing(asked, kept, root),
        *_changes(asked, kept), *_forms(asked, kept),
    ]  # fmt: skip


def edition_file(asked: Asked) -> Response:
    """The edition file with the signatures that it has by now: to sign it, and for the counters."""
    kept = one(asked.district, asked.one("edition", 64))
    head = {"Content-Disposition": f'attachment; filename="edition-{kept.number}.zip"'}
    return Response(bundle_of(asked.district, kept.digest), media_type=ZIP, headers=head)


def about(form: Mapping[str, str]) -> str:
    """For the record: which edition, since when, why."""
    told = (form.get("edition", "")[:64], form.get("day", "")[:20], form.get("reason", ""))
    return " ".join(part for part in told if part)


def state_of(asked: Asked, kept: Kept) -> tuple[str, Mark]:
    """How it stands with an edition, in words."""
    name, mark = _state(asked, kept)
    return asked.say(f"desk.edition.state.{name}", day=kept.day), mark


def _state(asked: Asked, kept: Kept) -> tuple[str, Mark]:
    if kept.withdrawn_at:
        return "withdrawn", "bad"
    if not kept.day:
        return "open", "warn"
    if kept.day > asked.today.isoformat():
        return "coming", "warn"
    holding = in_force(all_kept(asked.district), asked.today)
    return ("in_force", "ok") if holding == kept else ("past", "")


def _facts(asked: Asked, kept: Kept, bundle: Bundle) -> Facts:
    say, edition = asked.say, bundle.edition
    language = asked.wishes.language
    facts = [
        (say("desk.editions.state"), state_of(asked, kept)[0]),
        (say("desk.editions.publisher"), edition.publisher.in_language(language)),
        (say("desk.edition.area"), edition.area.in_language(language)),
        (say("desk.editions.effective"), kept.effective),
        (say("desk.edition.expires"), kept.expires),
        (say("desk.edition.min_client"), edition.min_client),
        (say("desk.edition.size"), say("desk.edition.files", files=len(bundle.files), kb=kept.size // 1024)),
        (say("desk.edition.fingerprint"), fingerprint(bundle.text)),
        (say("desk.edition.brought"), f"{kept.uploaded_by}, {shown(kept.uploaded_at)}"),
    ]
    if kept.released_at:
        facts.append((say("desk.edition.released"), f"{kept.released_by}, {shown(kept.released_at)}"))
    if kept.withdrawn_at:
        told = f"{kept.withdrawn_by}, {shown(kept.withdrawn_at)}: {kept.reason}"
        facts.append((say("desk.edition.withdrawn"), told))
    return Facts(say("desk.edition.title", number=kept.number), facts)


def _signatures(asked: Asked, root: RootList, bundle: Bundle) -> Table:
    say = asked.say
    rows = [
        (
            Cell(s.name or say("desk.edition.unnamed")), Cell(s.key),
            Cell(say(f"desk.edition.how.{s.how}"), mark=HOW[s.how]),
        )
        for s in standings(root, bundle)
    ]  # fmt: skip
    head = [say(f"desk.edition.{name}") for name in ("holder", "key", "signature")]
    remark = say("desk.edition.threshold", needed=root.threshold, count=len(root.key)) if root.key else ""
    return Table(say("desk.edition.signatures"), head, rows, say("desk.edition.no_root"), remark=remark)


def _signing(asked: Asked, kept: Kept, root: RootList) -> Sequence[Block]:
    """How it is signed: where the keys are, never here."""
    say = asked.say
    file = asked.href("", edition=kept.digest).removeprefix("/district/")
    links = [(f"/district/editions/edition.zip{file}", say("desk.edition.download"))]
    lines = [say("desk.edition.how_to_sign")] if not kept.released_at and root.key else []
    return [Words(lines, title=say("desk.edition.file"), links=links)]


def _changes(asked: Asked, kept: Kept) -> Sequence[Block]:
    """What is different from the edition in force, or from the one that was chosen."""
    say = asked.say
    against = asked.one("against", 64) or _before(asked, kept)
    try:
        old, new = _forms_of(asked, against), asked.forms.of(kept.digest)
    except DeskError as error:
        return [Words([say.error(error)], "bad")]
    changes = differences(old, new)
    head = [say(f"desk.edition.{name}") for name in ("entry", "change", "differs")]
    title = say("desk.edition.changes", old=old.edition.number, new=new.edition.number)
    rows = [_change(asked, change) for change in changes[:MOST_CHANGES]]
    files = files_of(asked, "editions", edition=kept.digest, against=against)
    table = Table(title, head, rows, say("desk.edition.no_changes"), files=files)
    return [_counts(asked, changes), table, _choose(asked, kept, against)]


def _before(asked: Asked, kept: Kept) -> str:
    """What to compare with: what holds now, or what held before the one that holds now."""
    released = [k for k in all_kept(asked.district) if k.in_force_on(asked.today) and k.digest != kept.digest]
    if kept.in_force_on(asked.today):
        released = [k for k in released if k.day < kept.day]
    holding = in_force(released, asked.today)
    return holding.digest if holding else FOLDER


def _forms_of(asked: Asked, name: str) -> PublishedForms:
    return asked.forms.in_the_folder if name == FOLDER else asked.forms.of(name)


def _counts(asked: Asked, changes: Sequence[Change]) -> Figures:
    say = asked.say
    items = Counter(change.how for change in changes if change.kind == "item")
    limits = sum(any(p.key.startswith("limit") for p in c.parts) for c in changes if c.kind == "item")
    materials = sum(any(p.key.startswith("material") for p in c.parts) for c in changes if c.kind == "item")
    counted = {
        "added": items["added"], "removed": items["removed"], "changed": items["changed"], "limits": limits,
        "materials": materials, "others": len(changes) - items.total(),
    }  # fmt: skip
    return Figures(tuple(Figure(say(f"desk.edition.{name}"), f"{count}") for name, count in counted.items()))


def _change(asked: Asked, change: Change) -> tuple[Cell, ...]:
    say = asked.say
    name = worded(change.name, say) if change.name else ""
    entry = " ".join(part for part in (say(f"edition.kind.{change.kind}"), change.code, name) if part)
    parts = "\n".join(part_words(part, change.kind, say) for part in change.parts)
    how = Cell(say(f"desk.edition.change_{change.how}"), mark=CHANGE[change.how])
    return Cell(entry), how, Cell(parts or say("desk.none"))


def _choose(asked: Asked, kept: Kept, against: str) -> Form:
    say = asked.say
    others = [
        Choice(k.digest, f"{k.number} · {state_of(asked, k)[0]}")
        for k in all_kept(asked.district)
        if k.digest != kept.digest
    ]
    shipped = Choice(FOLDER, say("desk.edition.shipped", number=asked.forms.in_the_folder.edition.number))
    field = Field("against", say("desk.edition.against"), against, choices=[*others, shipped])
    return Form(
        say("desk.edition.compare"), say("desk.show"), (field,), asked.href("editions"),
        hidden=(("edition", kept.digest),),
    )  # fmt: skip


def _forms(asked: Asked, kept: Kept) -> Sequence[Block]:
    """What may be done now, by who may."""
    if not asked.may("publish") or kept.withdrawn_at:
        return []
    say, hidden = asked.say, (("edition", kept.digest),)
    action = asked.href("editions", edition=kept.digest)
    if kept.released_at:
        reason = Field("reason", say("desk.devices.reason"), hint=say("desk.edition.withdraw_hint"))
        title, send = say("desk.edition.withdraw"), say("desk.edition.withdraw_send")
        return [Form(title, send, (reason,), action, "withdraw", hidden, danger=True)]
    first = max(kept.effective, asked.today.isoformat())
    day = Field("day", say("desk.edition.day"), first, how="date", hint=say("desk.edition.day_hint"))
    title, send = say("desk.edition.release"), say("desk.edition.release_send")
    away, throw = say("desk.edition.discard"), say("desk.edition.discard_send")
    return [
        Form(title, send, (day,), action, "release", hidden),
        Form(away, throw, (), action, "discard", hidden, danger=True),
    ]
