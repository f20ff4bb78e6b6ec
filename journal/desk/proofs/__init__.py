"""The proofs of an issue at the desk: reading and marking, rounds, the error rate, the press order, forms."""
