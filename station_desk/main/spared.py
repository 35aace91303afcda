"""What PySide does at its start and with every module that is imported after it, without use for a window.

It loads what writes stubs for editors: a tenth of all that an empty window waits for. And it reads the source
of each module, to see whether that may switch to other names of Qt's methods. Nothing here ever does; the
first paint would wait for some seventy files, and every text would stay in memory.
"""

import importlib.machinery
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

STUBS = "shibokensupport.signature.lib.pyi_generator"


class _Later(ModuleType):
    """Stands where a module would; whoever asks it for a name loads the module after all."""

    loader: Any = None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or self.loader is None:
            raise AttributeError(name)
        loader, self.loader = self.loader, None
        self.__spec__ = importlib.machinery.ModuleSpec(STUBS, loader)
        loader.exec_module(self)
        return getattr(self, name)


class _LaterLoader:
    def __init__(self, loader: object) -> None:
        self._loader = loader

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        """What stands there until somebody asks."""
        module = _Later(spec.name)
        module.loader = self._loader
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Nothing is loaded yet."""


@contextmanager
def without_stubs() -> Iterator[None]:
    """While PySide is loaded: what writes stubs is put off until somebody asks for it, which nobody does.

    PySide's own finder goes before all others; only by the spec that it makes can it be told otherwise.
    """
    spec: Any = importlib.machinery.ModuleSpec

    def spec_of(name: str, loader: Any, *rest: Any, **named: Any) -> Any:
        return spec(name, _LaterLoader(loader) if name == STUBS else loader, *rest, **named)

    machinery: Any = importlib.machinery
    machinery.ModuleSpec = spec_of
    try:
        yield
    finally:
        machinery.ModuleSpec = spec


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
