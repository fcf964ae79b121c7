"""What happens around and after MkDocs: the place, the checks, the last touches."""
