"""What stands around every page: the top bar, the rail, the banner, the status bar."""
