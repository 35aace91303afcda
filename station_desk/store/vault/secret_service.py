"""One secret asked of the Secret Service over the session bus: five messages, no crypto, no prompt."""

from typing import Any

from jeepney import DBusAddress, MessageType, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

PATH, NAME, PREFIX = "/org/freedesktop/secrets", "org.freedesktop.secrets", "org.freedesktop.Secret"


def secret(attributes: dict[str, str], seconds: float) -> str | None:
    """The secret of the one entry with these attributes; None when it is not there, or locked."""
    connection = open_dbus_connection("SESSION")
    try:
        service = DBusAddress(PATH, bus_name=NAME, interface=f"{PREFIX}.Service")
        unlocked, _locked = _ask(connection, service, "SearchItems", seconds, "a{ss}", attributes)
        if not unlocked:
            return None
        _, session = _ask(connection, service, "OpenSession", seconds, "sv", "plain", ("s", ""))
        item = DBusAddress(unlocked[0], bus_name=NAME, interface=f"{PREFIX}.Item")
        ((_, _, value, _),) = _ask(connection, item, "GetSecret", seconds, "o", session)
        return bytes(value).decode()
    finally:
        connection.close()


def _ask(
    connection: DBusConnection, address: DBusAddress, method: str, seconds: float, signature: str, *body: Any
) -> Any:
    asked = new_method_call(address, method, signature, body)
    answer = connection.send_and_get_reply(asked, timeout=seconds)
    if answer.header.message_type is MessageType.error:
        raise OSError(answer.header.fields)
    return answer.body
