"""The files of an issue at the desk: made, looked at, offered to readers."""
