"""Strict JSON in, canonical JSON out, places in files, and where the files of a corpus lie."""
