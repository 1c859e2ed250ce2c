"""The source text: recipes that make a reference text, folding for matching, and the guard against shipped prose."""
