"""One secret asked of the Secret Service over the session bus: five messages, no crypto, no prompt."""

from importlib import import_module
from typing import Any

# It tells no types: taken by name, so that the type check stays strict everywhere else.
jeepney: Any = import_module("jeepney")
open_bus: Any = import_module("jeepney.io.blocking").open_dbus_connection

PATH, NAME, PREFIX = "/org/freedesktop/secrets", "org.freedesktop.secrets", "org.freedesktop.Secret"


def secret(attributes: dict[str, str], seconds: float) -> str | None:
    """The secret of the one entry with these attributes; None when it is not there, or locked."""
    connection = open_bus("SESSION")
    try:
        service = jeepney.DBusAddress(PATH, bus_name=NAME, interface=f"{PREFIX}.Service")
        unlocked, _locked = _ask(connection, service, "SearchItems", seconds, "a{ss}", attributes)
        if not unlocked:
            return None
        _, session = _ask(connection, service, "OpenSession", seconds, "sv", "plain", ("s", ""))
        item = jeepney.DBusAddress(unlocked[0], bus_name=NAME, interface=f"{PREFIX}.Item")
        ((_, _, value, _),) = _ask(connection, item, "GetSecret", seconds, "o", session)
        return bytes(value).decode()
    finally:
        connection.close()


def _ask(connection: Any, address: Any, method: str, seconds: float, signature: str, *body: Any) -> Any:
    asked = jeepney.new_method_call(address, method, signature, body)
    answer = connection.send_and_get_reply(asked, timeout=seconds)
    if answer.header.message_type is jeepney.MessageType.error:
        raise OSError(answer.header.fields)
    return answer.body
