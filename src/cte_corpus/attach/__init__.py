"""The text that comes back: every span put into a copy of a document's text, with what proves it."""
