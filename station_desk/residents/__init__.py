"""A resident by the rules alone: identifiers, names, masking."""
