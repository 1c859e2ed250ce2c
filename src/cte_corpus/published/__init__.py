"""Releases that exist: the ledger that knows them, their packs, and getting one from wherever it lies."""
