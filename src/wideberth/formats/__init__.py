"""Bytes to model and back: one file a format, pure; every reader says what it could not use."""
