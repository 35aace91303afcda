"""Puts forms, resources and db into the wheel as `station_desk/_data`, so that an installed desk finds them.

An editable install leaves them where they lie: a copy would go stale. Which of the two places holds,
`station_desk.core.paths` finds out by itself.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DATA = ("forms", "resources", "db")


class WheelData(BuildHookInterface[Any]):
    """What hatchling runs before it builds; the sdist keeps the folders at their own places."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the data folders; `version` is "standard" for a real wheel and "editable" for a checkout."""
        if self.target_name != "wheel" or version == "editable":
            return
        for folder in DATA:
            build_data["force_include"][str(Path(self.root, folder))] = f"station_desk/_data/{folder}"
