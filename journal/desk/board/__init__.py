"""The issue board at the desk: the pool, the contents and pages of an issue, its budget, and every move."""
