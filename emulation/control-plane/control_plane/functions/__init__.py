"""Lambda functions, which run here as processes of the machine's own Node and Python."""
