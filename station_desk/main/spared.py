"""What PySide does with every module that is imported after it, and a window has no use for.

It reads the source of each one, to see whether that module may switch to other names of Qt's methods. Nothing
here ever does; the first paint would wait for some seventy files, and every text would stay in memory.
"""

from importlib import import_module
from typing import Any


def read_no_sources() -> None:
    """From now on no source is read; where PySide has no such look any more, nothing is changed."""
    try:
        feature: Any = import_module("shibokensupport.feature")
    except ImportError:
        return
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = _switches_no_names  # noqa: SLF001 - there is no public way to say so


def _switches_no_names(_module: object) -> bool:
    return False
