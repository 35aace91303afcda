"""`python -m station_desk`: the same program as the console script."""

import sys

from station_desk.main.cli import main

sys.exit(main())
