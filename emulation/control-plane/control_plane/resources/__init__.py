"""How each type of resource is created, updated and deleted through the API of its service."""
