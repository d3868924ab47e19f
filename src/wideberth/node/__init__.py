"""The journeys, one file each: commands applied in a transaction; they ask ports alone."""
