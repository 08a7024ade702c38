"""How the commands say things."""


def counted(n: int, thing: str) -> str:
    """Say how many of a thing."""
    return f"{n} {thing}" if n == 1 else f"{n} {thing}s"
