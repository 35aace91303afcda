"""The language of thermal printers: a slip in, the bytes for the printer out."""
