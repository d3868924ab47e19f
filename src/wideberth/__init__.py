"""Wideberth: two sides keep out of each other's way in the air, at sea and in the spectrum."""
