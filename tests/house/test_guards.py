"""Holds that the guards of the test run bite: closed network, quiet log, own home, own PostgreSQL."""

import logging
import socket
from pathlib import Path

import psycopg
import pytest

from station_desk.core.paths import default_profile
from tests.conftest import NETWORK, ExpectLog, LogWatch

LOG = logging.getLogger("station_desk.probe")


@pytest.mark.parametrize("host", ["192.0.2.1", "district.example"])
def test_no_test_reaches_beyond_this_machine(host: str) -> None:
    with pytest.raises(pytest.fail.Exception, match=host):
        socket.create_connection((host, 443))
    assert [host in sentence for sentence in NETWORK.tried] == [True]
    NETWORK.tried.clear()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_may_be_reached(host: str) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection((host, server.getsockname()[1])),
    ):
        assert NETWORK.tried == []


def test_an_unexpected_warning_is_kept_against_the_test(quiet_log: LogWatch) -> None:
    LOG.warning("the disk is nearly full")
    assert [record.getMessage() for record in quiet_log.records] == ["the disk is nearly full"]
    quiet_log.records.clear()


def test_an_expected_warning_is_no_fault(expected_log: ExpectLog) -> None:
    with expected_log("station_desk", "nearly full"):
        LOG.warning("the disk is nearly full")


def test_an_expected_warning_must_come(expected_log: ExpectLog) -> None:
    with pytest.raises(AssertionError, match="no line of station_desk"), expected_log("station_desk", "full"):
        LOG.info("the disk is nearly full")


def test_the_default_profile_of_a_test_is_not_the_users(own_home: Path) -> None:
    assert default_profile().is_relative_to(own_home)


def test_each_test_gets_an_empty_postgresql(fresh_postgres: str) -> None:
    with psycopg.connect(fresh_postgres.replace("+psycopg", "")) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
        assert (tables, connection.info.server_version >= 150_000) == ((0,), True)
