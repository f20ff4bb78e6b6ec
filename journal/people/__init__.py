"""Who works here: accounts, roles, login."""
