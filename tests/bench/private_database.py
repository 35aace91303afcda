"""An empty database in a private PostgreSQL, for benches; and what its processes cost."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import psycopg


@contextmanager
def fresh_database(server: str) -> Iterator[str]:
    """The URL of an empty database beside that of `server`."""
    name = f"bench_{uuid4().hex}"
    with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}".encode())
        try:
            yield f"{server.rsplit('/', 1)[0]}/{name}"
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def seconds_of(pid: int) -> float:
    """The seconds of processor that a process and its ended children have had."""
    with suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def postgres_seconds(url: str) -> float:
    """The same of the whole PostgreSQL that the database belongs to."""
    with psycopg.connect(url.replace("+psycopg", "")) as asking:
        (folder,) = asking.execute("SHOW data_directory").fetchone() or ("",)
    master = int(Path(str(folder), "postmaster.pid").read_text("ascii").split()[0])
    children = Path(f"/proc/{master}/task/{master}/children").read_text("ascii").split()
    return seconds_of(master) + sum(seconds_of(int(child)) for child in children)
