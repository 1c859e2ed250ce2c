"""The explorer: static pages in which one can look at a corpus."""
