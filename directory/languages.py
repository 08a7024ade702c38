"""What languages are called in Swedish (pure)."""

from collections.abc import Mapping

from babel import Locale

LANGUAGES: Mapping[str, str] = {
    code: name for code, name in Locale("sv").languages.items() if code.isalpha()
}
"""By ISO 639 code."""
