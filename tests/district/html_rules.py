"""What makes a page whole HTML, as far as a phone or a screen reader depends on it."""

from collections import Counter
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "link", "meta", "path", "rect", "circle"}
IN_TEXT_ONLY = {"p", "h1", "h2", "h3", "dt", "small", "span", "a", "label", "title"}
BLOCKS = {"p", "div", "section", "ul", "ol", "dl", "h1", "h2", "h3", "nav", "form", "figure", "table"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.open: list[str] = []
        self.ids: Counter[str] = Counter()
        self.wanted: set[str] = set()
        self.headings: list[int] = []
        self.tags: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if len(said) != len(attrs):
            self.faults.append(f"<{tag}> has an attribute twice")
        if "style" in said or any(name.startswith("on") for name in said):
            self.faults.append(f"<{tag}> has a style or a script of its own")
        if tag in BLOCKS and self.open and self.open[-1] in IN_TEXT_ONLY:
            self.faults.append(f"<{tag}> stands in <{self.open[-1]}>")
        # A drawing has a title of its own.
        self.tags[tag] += "svg" not in self.open
        if name := said.get("id"):
            self.ids[name] += 1
        self.wanted.update((said.get("for") or "", *(said.get("aria-labelledby") or "").split()))
        href = said.get("href") or ""
        self.wanted.add(href[1:] if href.startswith("#") else "")
        if tag == "nav" and not said.get("aria-label"):
            self.faults.append("<nav> has no name")
        if tag in ("h1", "h2", "h3"):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")


def html_faults(page: str) -> list[str]:
    """What is wrong with a page; empty for one that is whole."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    faults = [*reader.faults, *(f"<{tag}> is never closed" for tag in reader.open)]
    faults += [f"the id {name} stands {count} times" for name, count in reader.ids.items() if count > 1]
    faults += [f"nothing has the id {name}" for name in sorted(reader.wanted - {""} - set(reader.ids))]
    faults += [
        f"{tag} stands {reader.tags[tag]} times" for tag in ("h1", "main", "title") if reader.tags[tag] != 1
    ]
    steps = zip([1, *reader.headings], reader.headings, strict=False)
    faults += [f"h{after} follows h{before}" for before, after in steps if after > before + 1]
    if not page.startswith("<!doctype html>"):
        faults.append("no doctype")
    return faults
