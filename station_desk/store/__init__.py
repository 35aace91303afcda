"""The desk's database: opened one way, written in one transaction, searched and verified."""
