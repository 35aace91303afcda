"""Where the parts are joined: the desk, the district, the command line. Wiring and nothing else."""
