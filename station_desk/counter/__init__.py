"""The acts of the desk, one file an act: take a ticket, call, accept, advance, finish, deliver, find."""
