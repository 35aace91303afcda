"""Papers: data in, PDF bytes out; and the printers that take them."""
