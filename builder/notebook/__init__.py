"""From a page's source to its executed cells."""
