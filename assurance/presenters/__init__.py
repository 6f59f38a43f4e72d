"""What assurance's part of a page says."""
