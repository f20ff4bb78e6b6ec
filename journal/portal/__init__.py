"""Contributors: send a manuscript in, correct it, follow it, revise it."""
