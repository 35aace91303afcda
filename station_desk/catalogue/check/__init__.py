"""The proof-reader of `forms/`: every fault of the published files at once, each with its file and line."""

from station_desk.catalogue.check.folder import check_forms
from station_desk.catalogue.fault import Finding

__all__ = ["Finding", "check_forms"]
