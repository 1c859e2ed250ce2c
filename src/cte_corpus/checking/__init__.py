"""`cte check`: the engine, what a finding is, the rules and the reports."""
