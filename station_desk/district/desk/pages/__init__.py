"""The pages of the district desk, in the order in which they stand at the top."""

from station_desk.district.desk.pages.audit import AUDIT
from station_desk.district.desk.pages.caseload import CASELOAD
from station_desk.district.desk.pages.devices import DEVICES
from station_desk.district.desk.pages.editions import EDITIONS
from station_desk.district.desk.pages.late import LATE
from station_desk.district.desk.pages.passkeys import PASSKEYS
from station_desk.district.desk.pages.ratings import RATINGS
from station_desk.district.desk.pages.settle import SETTLE
from station_desk.district.desk.pages.stations import STATIONS

PAGES = (STATIONS, CASELOAD, LATE, RATINGS, DEVICES, SETTLE, EDITIONS, AUDIT, PASSKEYS)
