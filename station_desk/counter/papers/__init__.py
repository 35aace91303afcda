"""The papers of a case: what each says of it, and that each print is recorded. One file a family."""
