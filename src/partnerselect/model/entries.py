"""The names of a scenario's entries: a programme, or a programme at one of its levels."""


def entry_at(programme: str, level: str) -> str:
    """Return how a programme at one of its levels is called among a scenario's programmes."""
    return f"{programme}.{level}" if level else programme


def parts_of(entry: str) -> tuple[str, str]:
    """Return the programme and the level that an entry is; no level where it has none."""
    programme, _, level = entry.partition(".")
    return programme, level


def programme_of(entry: str) -> str:
    """Return the programme that an entry of a scenario's programmes is, or is a level of."""
    return parts_of(entry)[0]
