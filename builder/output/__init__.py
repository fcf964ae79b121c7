"""What a cell gives, as a page shows it. The build and the browser run these files."""
