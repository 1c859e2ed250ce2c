"""The rules, a module a level, and what they share."""
