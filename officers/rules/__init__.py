"""Roles, scopes, turns and holidays: plain values in, answers out."""
