"""The corpus in Python: records by id, one document, any release, and older records as the models take them."""
