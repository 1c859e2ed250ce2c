"""Work in parts that several processes or machines do."""
