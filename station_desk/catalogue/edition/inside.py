"""What a bundle says once it is unpacked: the forms, read by the same reader as the folder `forms/`."""

from pathlib import Path
from tempfile import TemporaryDirectory

from station_desk.catalogue.edition.bundle import Bundle
from station_desk.catalogue.edition.published import PublishedForms, read_published
from station_desk.catalogue.edition.trouble import TextNotUnderstood
from station_desk.catalogue.read import EDITION


def forms_inside(bundle: Bundle) -> PublishedForms:
    """The forms of a bundle. Its names are safe to unpack: `unpack` lets no other pass.

    Raises BrokenForm, and TextNotUnderstood when the signed text tells another edition than the files.
    """
    with TemporaryDirectory(prefix="station-desk-edition-") as folder:
        for name, content in bundle.files.items():
            file = Path(folder, name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        forms = read_published(Path(folder))
    said, found = bundle.edition, forms.edition
    facts = (said.number, said.publisher, said.area, said.effective, said.expires, said.min_client)
    if facts != (
        found.number, found.publisher, found.area, found.effective, found.expires, found.min_client
    ):  # fmt: skip
        raise TextNotUnderstood(why=EDITION)
    return forms
