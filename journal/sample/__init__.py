"""The fictional journal that shows a newcomer the whole road."""
