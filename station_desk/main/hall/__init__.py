"""The display of the hall as programs: a window on its own, and a web page for a television stick."""
