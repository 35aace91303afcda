"""The key store of the system through `keyring`: Secret Service, the Windows vault, the Keychain.

`keyring` takes as long to load as the whole window. On a Linux desktop a half is therefore read straight over
the bus first (the same entry that `keyring` wrote); only where that gives no answer, and for all else, is
`keyring` itself asked: it also shows the system's own question when the store is locked.
"""

import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "station-desk"
NONE = "keyring.backends.fail.Keyring"
SECONDS = 2.0
BUS = "org.freedesktop.secrets"


def keep(name: str, half: str) -> bool:
    """Keeps a half; False where this system has no key store, or it takes none."""
    store = _store()
    if store is None:
        return False
    try:
        store.set_password(SERVICE, name, half)
        return store.get_password(SERVICE, name) == half
    except Exception:  # noqa: BLE001 - backends raise what their systems raise; without one there is a file
        return False


def read(name: str) -> str | None:
    """A half that was kept; None when the store, or the entry, is not there."""
    if _asks_the_bus() and (half := _over_the_bus(name)):
        return half
    store = _store()
    try:
        return store.get_password(SERVICE, name) if store else None
    except Exception:  # noqa: BLE001 - whatever the store says: the half is not to be had
        return None


def forget(name: str) -> None:
    """Takes a half away; what is not there is no fault."""
    store = _store()
    try:
        if store:
            store.delete_password(SERVICE, name)
    except Exception:  # noqa: BLE001 - it is gone, or cannot be reached: nothing opens by it any more
        return


def is_there() -> bool:
    """Whether this system has a key store that `keyring` trusts."""
    return _store() is not None


def _store() -> "KeyringBackend | None":
    asked = os.environ.get("PYTHON_KEYRING_BACKEND", "")
    if asked == NONE or (not asked and sys.platform.startswith("linux") and not _bus_address()):
        return None
    try:
        import keyring

        found = keyring.get_keyring()
        return found if float(found.priority) > 0 and not _is_plain(found) else None
    except Exception:  # noqa: BLE001 - a broken backend is no key store
        return None


def _is_plain(found: Any) -> bool:
    """Whether a backend writes secrets into a readable file, as some add-ons do."""
    return "plaintext" in f"{type(found).__module__}.{type(found).__name__}".lower()


def _asks_the_bus() -> bool:
    return sys.platform.startswith("linux") and "PYTHON_KEYRING_BACKEND" not in os.environ


def _bus_address() -> str:
    there = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    bus = f"{os.environ.get('XDG_RUNTIME_DIR', '')}/bus"
    return there or (f"unix:path={bus}" if os.path.exists(bus) else "")  # noqa: PTH110 - no import for a look


def _over_the_bus(name: str) -> str | None:
    if not _bus_address():
        return None
    try:
        from station_desk.store.vault.secret_service import secret

        return secret({"service": SERVICE, "username": name}, SECONDS)
    except Exception:  # noqa: BLE001 - no bus, no service, a locked store: `keyring` tells more
        return None
