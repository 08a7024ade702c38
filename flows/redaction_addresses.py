"""Mail addresses, links and profile names, in normal form."""

import re
from collections.abc import Iterator
from typing import Literal

from flows.redaction_profiles import SERVICE, profiles
from flows.redaction_public import PUBLIC_MAILS, PUBLIC_SITES

AddressKind = Literal["mail", "url", "handle"]
Found = tuple[AddressKind, int, int]

NEAR = 30
"""Characters between the name of a platform and a profile name that belongs to it."""

_TLD = (
    r"(?:com|org|net|info|biz|io|eu|app|link|gg|tv|fi|dk|ru|uk|fr|pl|chat|social|xyz|page|se|blog"
    r"|online|site|club|dev|shop|cc|ly|ee|nl)"
)
_SIGN = r"(?:at|a|@|snabel-?\s?a|alfaslang|kanelbulle)"
_AT_SIGN = (
    rf"(?:\s?[(\[{{<*_\-]\s?{_SIGN}\s?[)\]}}>*_\-]\s?"
    r"|\s?(?:snabel[- ]?a(?:et)?|alfaslang|kanelbulle)\s?)"
)
_DOT = (
    r"(?:\.|\s\.\s?|\.\s(?=(?:com|se|net|org|nu)\b)|\s?[(\[{<*_\-]\s?(?:punkt|dot|prick|\.)\s?[)\]}>*_\-]\s?"
    r"|\s(?:punkt|dot|prick)\s)"
)
_LOCAL = r"(?<![\w.+-])(?:\w{1,30}\s?punkt\s?){0,2}[\w.+-]{1,64}"
_NAME = r"[\w-]{1,63}"
_PROVIDER = (
    r"(?:gmail|hotmail|outlook|live|yahoo|icloud|telia|protonmail|proton|bredband|comhem|msn|spray"
    r"|gmx|mail|tele2|bahnhof)"
)

LINK = re.compile(
    r"(?:https?|hxxps?)\s?:\s?/\s?/\s?[^\s<>\"]+|(?<!\w)www\s?(?:\.|\spunkt\s)\s?[^\s<>\"]+"
)
_MAIL = re.compile(
    rf"{_LOCAL}@{_NAME}(?:\.{_NAME}){{0,4}}(?:\s?{_DOT}(?:{_TLD}|nu)\b)?"
    rf"|{_LOCAL}{_AT_SIGN}{_NAME}(?:{_DOT}{_NAME}){{0,4}}(?:\s(?:com|se|nu|net|org)\b)?"
    rf"|{_LOCAL}(?:\s@\s?|@\s|\sat\s|\spå\s){_NAME}(?:{_DOT}{_NAME}){{0,3}}?{_DOT}(?:{_TLD}|nu|no|de|me)\b"
    rf"|{_LOCAL}\s?(?:@|\sat|\sa|\s)\s?{_PROVIDER}{_DOT}(?:{_TLD}|nu|no|de)\b"
    rf"|{_LOCAL}\s?(?:@|\sat|\sa|\s)\s?{_PROVIDER}\s(?:com|se|nu|net|org)\b"
    rf"|{_LOCAL}\s?@\s?{_PROVIDER}\b"
)
SITE = re.compile(
    rf"(?<![\w.@-])(?:{_NAME}\.){{1,4}}(?:[a-z]{{2,10}}/[^\s<>\"]+|{_TLD}(?![\w-]|\.\w))"
    rf"|(?<![\w.@-]){_NAME}\s?(?:\(\.\)|\[\.\]|[(\[]?(?:punkt|dot)[)\]]?|\s\.\s?)\s?{_TLD}(?:\s?(?:/|slash|snedstreck)\s?[\w.\-]+)?(?![\w-])"
    rf"|(?<![\w.@-]){_NAME}\s?(?:\(\.\)|\[\.\]|[(\[]?(?:punkt|dot)[)\]]?|\s\.\s?)\s?[a-z]{{2,6}}\s?(?:/|slash|snedstreck)\s?[\w.\-]+"
    rf"|(?<![\w.@-])(?:{_NAME}\.){{1,3}}{_TLD}\s?(?:/|slash|snedstreck)\s?[\w.\-]+"
    r"|(?<!\w)t\s?(?:\.|\(?\[?(?:punkt|dot|\.)\)?\]?)\s?me\s?(?:/|slash|snedstreck)\s?\w+"
    r"|(?:sidan|sajten|blogg|bloggen|länken|länk|hemsida|adressen|gå in på|kolla in)\s"
    r"(?:är\s|heter\s)?"
    rf"(?P<small>{_NAME}\.(?:nu|me|de|no|be|it|es)(?:/[\w.\-]*)?)(?![\w-])"
)
_PLATFORM = rf"(?:{SERVICE}|session)"
_ACCOUNT = (
    r"(?:användarnamn|användare|user(?:name)?|nick|nickname|profil|profilnamn|konto(?:namn)?|alias"
    r"|gamertag|adda|lägg till|följ)"
)
_PROFILE = r"(?=[\w.\-]{0,30}(?:[_\d]|\.\w))(?=[\d._\-]{0,30}[a-zåäö])\w[\w.\-]{1,31}\w"
"""A word with a letter and with a digit, an underline or a dot inside it."""
HANDLE = re.compile(
    r"(?<![\w@.])@(?!\d+(?:kr|:-|-|\b))\w(?:[\w.\-]{0,38}\w)"
    rf"|(?<![\w@.])@ (?P<apart>{_PROFILE})"
    r"|(?<!\w)\w[\w.]{1,32}\s?#\s?\d{4}(?!\d)"
    r"|(?<![\w.@])(?:u|r|user)/[\w\-]{3,32}"
    r"|(?<![\w.@/:_])(?=[\d._]{0,30}[a-zåäö])(?:[\w.]{0,20}[a-zåäö\d])_{1,3}[a-zåäö\d][\w.]{0,30}"
    r"|(?<![\w.@/:_])_[a-zåäö][\w.]{2,30}(?<!_)"
    rf"|(?<!\w){_PLATFORM}(?:namn|konto|en)?(?:et|t|n)?(?!\w)(?:\s(?:är|e|heter))?\s?[:=\-/]?\s?(?P<name>{_PROFILE})"
)
_PROFILES = re.compile(rf"(?<![\w.@/:+\-]){_PROFILE}(?!\w)")
_AROUND = re.compile(rf"(?<!\w)(?:{_PLATFORM}|{_ACCOUNT})(?:namn|konto|en)?(?:et|t|n)?(?!\w)")
_ORDINARY_PROFILE = re.compile(
    r"(?:\d+[:.,\-/]?\d*-?(?:åring(?:en|ar)?|årig(?:a|t)?|tal(?:et)?|tiden|kr|mg|kg|km|cm|min|tim|h|st|gb|mb|år|ggr|x|:e|:a|e|a)s?"
    r"|(?:kl|v|nr|ca|kap|sid|s|vecka|covid|cov|age|ps|mp|b|e|a|xbox|iphone|iphon|android)[.\-]?\d[\d.\-]*[a-z]?"
    r"|\d+[.\-]\d+[a-z]?|(?:[a-zåäö]{1,3}\.)+[a-zåäö]{0,4}|[a-zåäö]{2,}\.[a-zåäö]{1,}|[a-zåäö]+(?:-[a-zåäö]+)+|\d+-\w+|[a-zåäö]+-\d{1,2})"
)
_TAIL = ".,;:!?)]}'\"»”’*"


def addresses(text: str) -> Iterator[Found]:
    """Give kind and place; where two overlap, the first given counts."""
    if MAY_BE_LINK.search(text):
        yield from _links(LINK, text)
    if _MAY_BE_MAIL.search(text):
        yield from _mails(text)
    if MAY_BE_SITE.search(text):
        yield from _links(SITE, text)
    yield from _handles(text)


# Where this stands nowhere, its pattern cannot match; to look for it first costs a tenth.
MAY_BE_LINK = re.compile(r"/|www")
MAY_BE_SITE = re.compile(r"\.[a-z]|\s\.|[(\[]\.|punkt|dot|/|slash|snedstreck")
MAY_BE_HANDLE = re.compile(rf"[@#/_]|\b{_PLATFORM}")
_MAY_BE_MAIL = re.compile(
    rf"@|\bat\b|alfaslang|kanelbulle|snabel|[(\[{{<*_\-]\s?a\s?[)\]}}>*_\-]|{_PROVIDER}"
)


def _links(pattern: re.Pattern[str], text: str) -> Iterator[Found]:
    for found in pattern.finditer(text):
        group = found.lastgroup or 0
        link = found[group].rstrip(_TAIL)
        host = re.sub(r"^(?:https?\s?:\s?//\s?)?(?:www\.)?", "", link).split("/")[0]
        if host not in PUBLIC_SITES:
            yield "url", found.start(group), found.start(group) + len(link)


def _mails(text: str) -> Iterator[Found]:
    for found in _MAIL.finditer(text):
        if found[0] not in PUBLIC_MAILS:
            yield "mail", *found.span()


def _handles(text: str) -> Iterator[Found]:
    if MAY_BE_HANDLE.search(text):
        for found in HANDLE.finditer(text):
            yield "handle", *found.span(found.lastgroup or 0)
        for start, end in profiles(text):
            yield "handle", start, end
    if not _AROUND.search(text):
        return
    for found in _PROFILES.finditer(text):
        near = _AROUND.search(text, max(0, found.start() - NEAR), found.end() + NEAR)
        if near and not _ORDINARY_PROFILE.fullmatch(found[0]):
            yield "handle", *found.span()
