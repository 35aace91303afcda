"""The pages of the district desk, in the order in which they stand at the top."""

from station_desk.district.desk.pages.audit import AUDIT
from station_desk.district.desk.pages.stations import STATIONS

PAGES = (STATIONS, AUDIT)
