"""How the windows look: one palette, one set of sizes, one stylesheet, one font, one family of icons."""
