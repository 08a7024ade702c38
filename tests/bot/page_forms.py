"""Reads the forms of a page, so that a test can send one as a browser would."""

from html.parser import HTMLParser

Fields = dict[str, list[str]]

_NOT_SENT = frozenset({"file", "submit", "button"})


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, Fields] = {}
        self._fields: Fields = {}
        self._select = ""
        self._area: str | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        had = {name: value or "" for name, value in attrs}
        name = had.get("name", "")
        match tag:
            case "form":
                self._fields = self.found.setdefault(had.get("action", ""), {})
            case "input" if name and had.get("type") not in _NOT_SENT:
                is_box = had.get("type") in {"checkbox", "radio"}
                if not is_box or "checked" in had:
                    self._fields.setdefault(name, []).append(had.get("value", ""))
            case "select":
                self._select = name
            case "option" if self._select:
                if "selected" in had or self._select not in self._fields:
                    self._fields[self._select] = [had.get("value", "")]
            case "textarea":
                self._area, self._text = name, ""
            case _:
                pass

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "textarea" and self._area:
            self._fields[self._area] = [self._text.removeprefix("\n")]
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._text += data


def fields_of(html: str, action: str) -> Fields:
    """What a browser would send of the form with this address, as it stands on the page."""
    reader = _Forms()
    reader.feed(html)
    return reader.found[action]
