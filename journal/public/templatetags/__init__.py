"""Tags of the reader's templates."""
