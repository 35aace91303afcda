"""Where our data lies: beside the package in a checkout, inside it when installed. Nobody else knows."""

import os
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
DATA = PACKAGE / "_data" if (PACKAGE / "_data").is_dir() else PACKAGE.parent
FORMS = DATA / "forms"
RESOURCES = DATA / "resources"
DB = DATA / "db"


def default_profile() -> Path:
    """The platform's folder for the station's own data; `STATION_DESK_PROFILE` overrules it."""
    if chosen := os.environ.get("STATION_DESK_PROFILE"):
        return Path(chosen)
    match sys.platform:
        case "win32":
            home = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
        case "darwin":
            home = Path.home() / "Library" / "Application Support"
        case _:
            home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return home / "station-desk"


def user_rings() -> Path:
    """Where this user keeps a third copy of what opens each profile; it opens nothing without more."""
    return user_keys().with_name("station-desk-rings" if sys.platform in ("win32", "darwin") else "rings")


def user_keys() -> Path:
    """Where this user's halves of keys lie: never in a profile, so that a copied profile stays closed."""
    match sys.platform:
        case "win32":
            local = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
            return local / "station-desk-keys"
        case "darwin":
            return Path.home() / "Library" / "Application Support" / "station-desk-keys"
        case _:
            state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
            return state / "station-desk" / "keys"
