"""The papers of the catalogue: guide sheet, wall poster, booklet, community basics, rules."""
