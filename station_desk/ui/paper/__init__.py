"""Papers in the window: the preview of the very file that is printed, the choice of printers, Qt printers."""
