"""The code in Markdown pages: found in `page`, run in `running`, by an interpreter and in a folder that are given."""
