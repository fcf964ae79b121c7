"""From a block to a program that runs alone: what it needs, found in the code."""
