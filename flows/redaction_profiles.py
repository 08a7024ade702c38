"""Profile names of letters alone: sure where a sign says that it is a name, doubtful elsewhere.

In a chat a word masked for nothing is lost to the counsellor. So a word beside a service's name is
a profile name only where it begins with a first name ("snap kalleanka"), or where a name is
told ("insta heter svartkatt") and the word is none of every day.
"""

import re
from collections.abc import Iterator

_CHATS = r"(?:snap(?:chat)?|insta(?:gram)?|ig|tiktok|kik|discord|telegram)"
SERVICE = (
    r"(?:ig(?!en)|insta(?:gram)?|snap(?:chat)?|tiktok|telegram|tele|kik|discord|facebook|fb|face|twitter"
    r"|messenger|skype|signal|reddit|tumblr|tinder|badoo|wechat|viber|whatsapp|threads|steam|roblox"
    r"|twitch|youtube|linkedin|onlyfans|flashback|familjeliv|xbox|psn|wickr|threema)"
)
_SERVICE = rf"{SERVICE}(?:namn|konto)?(?:et|t)?"
_FIRST = (
    r"(?:anna(?!ndag|nstans|rstädes)|kalle(?!lse)|tindra(?!nde)|omar(?!b)|sven(?!sk)|viktor(?!i)"
    r"|linda(?!d|n|r|s)|simon(?!i)|filip(?!p)|ida(?!g|l|n)|lisa|sara|ali|fatima|erik|maja|linnea"
    r"|johan|amina|zahra|mehmet|emma|elsa|elin|maria|karin|kristina|kerstin|sofia|hanna|jenny"
    r"|malin|sandra|cecilia|camilla|helena|katarina|monica|monika|susanne|annika|jessica|rebecka"
    r"|matilda|amanda|felicia|isabell|natalie|nathalie|nicole|michelle|angelica|josefin|therese"
    r"|frida|lovisa|evelina|victoria|viktoria|julia|ellen|alice|ebba|wilma|vilma|agnes|olivia"
    r"|stella|astrid|freja|molly|tuva|alexander|alexandra|oscar|oskar|hugo|lucas|lukas|william|liam"
    r"|noah|jakob|isak|sebastian|daniel|mikael|martin|fredrik|magnus|marcus|markus|mattias|patrik"
    r"|stefan|thomas|tomas|niklas|henrik|jesper|joakim|andreas|jonas|peter|robin|dennis|jimmy"
    r"|johnny|kevin|tobias|rickard|robert|gustav|anton|emil|elias|mohamm?[ae]d|muhammad|ahmed"
    r"|hassan|hussein|ibrahim|yusuf|aisha|zainab|maryam|leila|layla|abdul)"
)
_SIGNED = rf"{_FIRST}[a-zåäö]{{3,24}}"
"""A first name and more in one word: "kalleanka"; what is no name but begins so is left out."""

_SAID = (
    r"(?:jag|han|hon|de[tnm]?|att|inte|inget|ingen|inga|vi|du|nej|jag?|min|mitt|mina|sina?|hans"
    r"|hennes|deras|samma|annat|annan|något|någon|några|nåt|som|hela|alla|allt|snälla|tack|okej|hej|helst"
    r"|ikväll|inatt|igår|idag|imorgon|imorse|senare|sedan|direkt|genast|strax|hellre|också|ibland"
    r"|gärna|alltid|aldrig|istället|kanske|meddela|varann?|varandra|efteråt|samtidigt|varenda|bara"
    r"|mest|framförallt|numera|nuförtiden|fortfarande|snarare|däremot|dessutom|tyvärr|såklart"
    r"|förstås|oftast|sällan|överallt|längre|häromveckan|häromdagen|nyligen|nyss|redan|annars|alias"
    r"|konto|kontot|grupp|profil|lösenord|filter|stories|story|streaks?|reels|live|online|offline"
    r"|problem|porr|foton?|bild|film|video|klipp|chatt?|samtal|hot|spam|hat|mobbning|svek|flirt"
    r"|tjafs|bråk|koll|kontroll|skräp|drama|tvång|beroende|privat|hemlig|anonym|gammal|offentlig"
    r"|publik|kvar|borta|histor\w+)"
)
_ENDS = (
    r"(?:en|et|na|ar|er|or|ad|yn|de|te|as|at|it|lt|gt|ut|nt|kt|ing|are|ande|ende|ligen|des|tes"
    r"|vis|veckan|dagen|ens|skt)"
)
"""What nouns, verbs and adverbs end in, and words that are no names end in oftener than names."""
_EVERY_DAY = rf"(?:{_SAID}|[a-zåäö]*{_ENDS})"
_END = r"(?=\s*(?:$|[.,!?\n)]))"
_STANDS_ALONE = r"(?:^|[.,!?:\n(]\s?|\b(?:min|mitt|adda|add|addar|följ|är|heter|har)\s)"

PROFILE = re.compile(
    rf"(?<!\w){_CHATS}\s(?P<bare>{_SIGNED}){_END}"
    rf"|(?<!\w){_SERVICE}\s?(?::|=|heter)\s?(?P<said>(?!{_SAID}\b){_FIRST}[a-zåäö]{{2,24}})(?!\w)"
    rf"|(?<!\w){_SERVICE}\s?(?:=|heter)\s?(?P<plain>(?!{_EVERY_DAY}\b)[a-zåäö]{{4,32}}){_END}"
    rf"|(?<!\w)(?:min|mitt|mina|hans|hennes)\s{_SERVICE}(?:en|n)?\s(?:är|e)\s(?P<mine>{_SIGNED}){_END}"
    rf"|(?<!\w)(?:är|som|kallas|namnet|nick)\s(?P<known>{_SIGNED})(?=\spå\s{_CHATS}\b)"
    rf"|(?<!\w)(?<!det\s)(?<!den\s)(?<!som\s)heter\s(?P<called>(?!{_SAID}\b)[a-zåäö]{{5,32}})(?=\spå\s{_CHATS}\b)"
)
"""A profile name with a sign that it is one."""

_MAYBE = re.compile(
    rf"{_STANDS_ALONE}(?:min\s|mitt\s)?{_CHATS}\s(?P<bare>[a-zåäö]{{6,32}}){_END}"
    rf"|(?<!\w)(?:min|mitt|mina|hans|hennes)\s{_SERVICE}(?:en|n)?\s(?:är|e)\s(?P<mine>[a-zåäö]{{5,32}}){_END}"
    rf"|(?<!\w){_SERVICE}\s?:\s?(?P<plain>[a-zåäö]{{5,32}}){_END}"
    rf"|(?<!\w)(?:som|kallas|namnet|nick)\s(?P<known>[a-zåäö]{{5,32}})(?=\spå\s{_CHATS}\b)"
)
_NOT_A_NAME = re.compile(_EVERY_DAY)


def profiles(text: str) -> Iterator[tuple[int, int]]:
    """Give the places of profile names that have a sign, in a text in normal form."""
    for found in PROFILE.finditer(text):
        yield found.span(found.lastgroup or 0)


def maybe_profiles(text: str) -> Iterator[tuple[int, int]]:
    """Give the places where a profile name may stand, in a text in normal form; lists decide."""
    for found in _MAYBE.finditer(text):
        start, end = found.span(found.lastgroup or 0)
        if not _NOT_A_NAME.fullmatch(text, start, end):
            yield start, end
