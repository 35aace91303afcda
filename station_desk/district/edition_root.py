"""Whose signatures an edition needs: the list of keys that the operator set on the server, never a browser.

The keys themselves are with those who sign, on sticks of their own; the server knows their public halves.
"""

from pathlib import Path

from sqlalchemy import Connection

from station_desk.catalogue.edition.root import ROOT, RootList, read_root, require_successor
from station_desk.district import tables as t
from station_desk.district.district import District

ABOUT = "edition_root"


def trusted_root(district: District, forms: Path) -> RootList:
    """The list that was set here, else the one in the folder `forms/`; without one, no key counts."""
    rows = district.rows(t.about.select().where(t.about.c.name == ABOUT))
    if rows:
        return read_root(rows[0]["value"])
    file = forms / ROOT
    return read_root(file.read_text("utf-8")) if file.is_file() else RootList(0, 2, ())


def trust_root(district: District, text: str, forms: Path) -> RootList:
    """Sets the list. The first one is taken by hand, later ones when the old keys signed them.

    Raises RootNotUnderstood, NoRoot, RootNotNewer, SignatureBad, SignatureTwice, RootTooFewKeys.
    """
    new = read_root(text)
    require_successor(trusted_root(district, forms), new)

    def kept(connection: Connection) -> None:
        connection.execute(t.about.delete().where(t.about.c.name == ABOUT))
        connection.execute(t.about.insert().values(name=ABOUT, value=text))

    district.write(kept)
    return new
