"""`papers list|save`: what lies sealed in the papers folder, and one of it as PDF where somebody needs it."""

from station_desk.core.errors import RuleError
from station_desk.counter.kept_papers import kept_papers, take_out
from station_desk.main.open_desk import Options, desk_of
from station_desk.main.paper_verbs import OneFile
from station_desk.main.said import Said


class PaperNameNeeded(RuleError):
    code = "papers.name_needed"


def papers_verb(options: Options, said: Said) -> int:
    """Lists the kept papers, or writes one as PDF."""
    with desk_of(options) as desk:
        folder = kept_papers(desk.store)
        if options.what == "list":
            rows: list[tuple[object, str]] = [({"paper": name}, name) for name in folder.names()]
            said.rows(rows, "cli.kept_papers", count=len(rows))
            return 0
        if not options.which or options.out is None:
            raise PaperNameNeeded
        OneFile(options.out).send(take_out(desk, options.which), options.which)
        said.tell({"paper": options.which, "file": str(options.out)}, "cli.paper_written", file=options.out)
    return 0
