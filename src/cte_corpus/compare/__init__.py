"""`cte diff`: two states of the corpus, what changed between them, and the step that the version takes."""
