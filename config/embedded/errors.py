"""What can go wrong with the embedded servers, said in one line."""


class ServerError(Exception):
    """A server could not be started or reached; the message is for the person at the terminal."""
