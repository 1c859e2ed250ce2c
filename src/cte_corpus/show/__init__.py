"""What a record says and what it links to: one tree of labelled values, as text and as HTML."""
