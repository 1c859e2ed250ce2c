"""The page of `cte review`, which this machine alone can open."""
