"""`python -m cte_corpus`, for where the command is not on the path."""

from cte_corpus.cli import main

main()
