"""Anki's own sync of the documents in a file, from a collection to `anki.syncserver` beside it: a peer.

usage: PYTHON_WITH_ANKI sync_peer_anki.py DOCUMENTS FOLDER
Runs by itself in a Python that has the package `anki`. A line of DOCUMENTS is `number<tab>text`, which
becomes a note. An empty collection is uploaded whole first; then the notes are added, and what is timed is
the usual sync that sends them. Prints one JSON object: seconds on the clock, and of the processors of both
sides.
"""

import importlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HOST = "127.0.0.1"
PATIENCE_S = 120


def main() -> None:
    documents, folder = Path(sys.argv[1]), Path(sys.argv[2])
    collection_of: Any = importlib.import_module("anki.collection").Collection
    with _served(folder / "server") as (address, pid):
        collection = collection_of(str(folder / "client.anki2"))
        login = _login(collection, address)
        collection.sync_collection(login, False)
        _upload(collection, login)
        _add(collection, documents)
        clock, client, server = time.perf_counter(), time.process_time(), _seconds_of(pid)
        collection.sync_collection(login, False)
        took = time.perf_counter() - clock, time.process_time() - client, _seconds_of(pid) - server
        left = collection.sync_collection(login, False)
        assert left.required == left.NO_CHANGES, "the notes are not all there"
        collection.close()
    print(json.dumps(dict(zip(("clock", "client", "server"), took, strict=True))))


@contextmanager
def _served(folder: Path) -> Iterator[tuple[str, int]]:
    with socket.socket() as door:
        door.bind((HOST, 0))
        port = door.getsockname()[1]
    said = {
        "SYNC_USER1": "desk:desk", "SYNC_BASE": str(folder), "SYNC_HOST": HOST, "SYNC_PORT": str(port),
        "MAX_SYNC_PAYLOAD_MEGS": "1000",
    }  # fmt: skip
    command = [sys.executable, "-m", "anki.syncserver"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env={**os.environ, **said}, stdout=quiet, stderr=quiet) as server:
        try:
            yield f"http://{HOST}:{port}/", server.pid
        finally:
            server.terminate()


def _login(collection: Any, address: str) -> Any:
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            return collection.sync_login("desk", "desk", address)
        # Its server is still starting; what it raises then is its own and differs by version.
        except Exception:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def _upload(collection: Any, login: Any) -> None:
    collection.close_for_full_sync()
    collection.full_upload_or_download(auth=login, server_usn=None, upload=True)
    collection.reopen(after_full_sync=True)


def _add(collection: Any, documents: Path) -> None:
    kind = collection.models.by_name("Basic")
    for line in documents.read_text("utf-8").splitlines():
        note = collection.new_note(kind)
        note["Front"], note["Back"] = line.split("\t", 1)
        collection.add_note(note, 1)


def _seconds_of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
