"""Where papers go: a folder, the printers of the system, a printer in the network, a device file."""
