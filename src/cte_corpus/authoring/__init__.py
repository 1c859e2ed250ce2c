"""Coding a document: what a machine can propose of it, and drafts with quotes that become records with offsets."""
