"""What chains, deadlines and superintendents are told inside other apps' events."""
