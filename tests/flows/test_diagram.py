import re
from pathlib import Path

import flows
from flows.diagram import mermaid

README = Path(flows.__file__).with_name("README.md")
COMMAND = 'python -c "from flows.diagram import mermaid; print(mermaid())"'


def test_the_picture_in_the_readme_is_what_the_handlers_say() -> None:
    shown = re.search(r"```mermaid\n(.*?)\n```", README.read_text("utf-8"), re.DOTALL)
    assert shown
    assert shown[1] == mermaid(), f"Put what this prints into flows/README.md:\n  {COMMAND}"


def test_the_readme_tells_how_to_draw_the_picture_anew() -> None:
    assert COMMAND in README.read_text("utf-8")
