"""The corpus as tables: Arrow, Hugging Face, DuckDB and counts."""
