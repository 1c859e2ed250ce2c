"""Counter-terrorism reporting as versioned, schema-validated records."""
