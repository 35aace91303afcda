"""`district serve`: the server, its log as lines of JSON, the figures for a monitor."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from station_desk.catalogue.edition.published import read_published
from station_desk.core import paths
from station_desk.core.errors import RuleError, TroubleError
from station_desk.main.district import serve
from station_desk.main.items_verbs import FolderUnknown
from station_desk.main.open_desk import Options
from station_desk.main.said import Said

STANDARD_ERROR = "-"
SHORTEST_TOKEN = 20


class LogNotWritable(TroubleError):
    code = "district.log_not_writable"


class TokenNotReadable(TroubleError):
    code = "district.token_not_readable"


class TokenTooShort(RuleError):
    code = "district.token_too_short"


def serve_district(options: Options, said: Said) -> int:
    """Serves until it is told to stop."""

    def ready(url: str) -> None:
        said.tell({"url": url}, "cli.district_serving", url=url)

    forms, token = _forms(options), _token(options.metrics_token_file)
    with _log(options.log) as log:
        serve(
            options.db, options.host, options.port, options.public_url, forms=forms, log=log,
            metrics_token=token, ready=ready,
        )  # fmt: skip
    return 0


@contextmanager
def _log(where: str) -> Iterator[TextIO | None]:
    if where in ("", STANDARD_ERROR):
        yield sys.stderr if where else None
        return
    with _appended(where) as file:
        yield file


def _appended(where: str) -> TextIO:
    try:
        return Path(where).open("a", encoding="utf-8")
    except OSError as error:
        raise LogNotWritable(file=where, why=error.strerror or str(error)) from error


def _token(file: Path | None) -> str:
    """The token out of its file: on the command line every user of the machine could read it."""
    if file is None:
        return ""
    try:
        token = file.read_text("ascii").strip()
    except (OSError, UnicodeError) as error:
        raise TokenNotReadable(file=file, why=getattr(error, "strerror", "") or str(error)) from error
    if len(token) < SHORTEST_TOKEN:
        raise TokenTooShort(file=file, least=SHORTEST_TOKEN)
    return token


def _forms(options: Options) -> Path:
    """The folder that the public guide shows, read once here so that a broken one is told before serving."""
    if options.forms is None:
        return paths.FORMS
    folder: Path = options.forms
    if not folder.is_dir():
        raise FolderUnknown(folder=folder)
    read_published(folder)
    return folder
