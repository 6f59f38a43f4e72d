"""How an assessment looks on a page, and what the page says while it is typed."""
