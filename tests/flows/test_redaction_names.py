"""Which words of a note are taken for names, by what they are called and by where they stand."""

import pytest

from bot.resources import read_reviewer
from tests.flows.redaction_sentences import NAMES, sentences

REVIEWER = read_reviewer()


def found(text: str) -> list[tuple[str, str, str]]:
    return [(text[each.start : each.end], each.kind, each.level) for each in REVIEWER.review(text)]


@pytest.mark.parametrize("half", NAMES)
def test_names_are_found_in_chat_like_sentences(half: str) -> None:
    missed = [
        text[start:end]
        for text, spans in sentences(half)
        for start, end in spans
        if not any(
            each.kind == "name" and each.start < end and start < each.end
            for each in REVIEWER.review(text)
        )
    ]
    every = sum(len(spans) for _, spans in sentences(half))
    assert len(missed) <= 0.03 * every, missed


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *(("stig slog mig", "stig"), ("min man per dricker", "per"), ("jag och my", "my")),
        *(("min dotter klara gråter", "klara"), ("hans slog mig", "hans")),
        *(("jag är rädd för sten", "sten"), ("vår son love är 5 år", "love")),
        *(("Jag såg Björn", "Björn"), ("jag heter dag", "dag"), ("tom sa att", "tom")),
        *(("stig larsson ringde", "stig larsson"), ("björns mamma vet", "björns")),
        *(("min exman Zxorg hotar mig", "Zxorg"), ("jag heter qwertim", "qwertim")),
        *(("anna andersson ringde", "anna andersson"), ("anna-karins bil", "anna-karins")),
        *(("A\u030asa ringde", "A\u030asa"), ("bjorn slog mig", "bjorn")),
        *(("liv är fyra år", "liv"), ("klaras mamma vet", "klaras"), ("maj orkar inte", "maj")),
        *(("det är livs fel", "livs"), ("hos max är det lugnt", "max")),
        *(("hans kommer snart", "hans"), ("jag älskar hans", "hans")),
        *(("hans och jag bråkar", "hans"), ("per och hans fru vet", "per")),
        *(("allt som björn har sagt", "björn"), ("mark läste mina sms", "mark")),
        *(("ville krama love men", "love"), ("skrek åt maj så", "maj")),
        *(("maj är bara fyra år", "maj"), ("hans har ringt", "hans")),
        *(("granntanten iris hör allt", "iris"), ("sanna säger nej", "sanna")),
        *(("orkar inte med björn längre", "björn"), ("hjälp liv är borta", "liv")),
        *(("Maj-Lis är här", "Maj-Lis"), ("vera:s bror", "vera:s"), ("herr Ek ringde", "Ek")),
    ],
)
def test_a_name_that_is_a_word_is_known_by_its_neighbours(text: str, name: str) -> None:
    assert found(text) == [(name, "name", "warn")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *(("min kille qvarzon slår mig", "qvarzon"), ("jag hatar zalvire", "zalvire")),
        *(("jag och zalvire bråkar", "zalvire"), ("det var zalvire som slog", "zalvire")),
        *(("sen slog zalvire mig", "zalvire"), ("hej zalvire", "zalvire")),
        *(("Hustrun, Qwyna, har flyttat", "Qwyna"), ("kär i Qwyna", "Qwyna")),
        *(("qwynos mamma ringde", "qwynos"), ("arg på zalvire", "zalvire")),
        *(("varför zalvire inte svarar", "zalvire"), ("enligt zalvire är det ok", "zalvire")),
        *(("drog zalvire i håret", "zalvire"), ("knuffade ner zalvire", "zalvire")),
        *(("zalvire på jobbet sa det", "zalvire"), ("kan zalvire (min bror) få hjälp", "zalvire")),
        *(("hon, zalvire, skriker", "zalvire"), ("ok tack zalvire, jag går", "zalvire")),
        *(("då började zalvire gråta", "zalvire"), ("de va zalvire som slog", "zalvire")),
        *(("Zalvire från Thailand", "Zalvire"), ("jävla zalvire har bilen", "zalvire")),
        *(("han tog zalvires telefon", "zalvires"), ("igår träffade jag zalvire", "zalvire")),
        *(("Zalvire, snälla, ring", "Zalvire"), ("zalvire och barnen sover", "zalvire")),
        *(("ring mig imorgon /Zalvire", "Zalvire"), ("Anmälare: Zalvire", "Zalvire")),
        *(("zalvire kallas han", "zalvire"), ("jag ska fråga zalvire", "zalvire")),
        *(("mitt namn är zalvire", "zalvire"), ("när zalvire druckit", "zalvire")),
        *(("litar på min kompis zalvire", "zalvire"), ("då kom zalvire hem", "zalvire")),
        *(("mvh / Zalvire", "Zalvire"), ("Zalvirex mamma ringde", "Zalvirex")),
        *(("litar inte på zalvire", "zalvire"), ("då sa zalvire att", "zalvire")),
        *(("jag är kär i Zalvire", "Zalvire"), ("björn zalvire ringde", "björn zalvire")),
        *(("anna zalvire ringde", "anna zalvire"), ("i lördags skrek zalvire", "zalvire")),
        *(("zalvire här igen, vi chattade", "zalvire"), ("storm här igen", "storm")),
    ],
)
def test_a_name_on_no_list_is_known_by_where_it_stands(text: str, name: str) -> None:
    assert found(text) == [(name, "name", "warn")]


@pytest.mark.parametrize(
    "text",
    [
        *("jag gick en stig i skogen", "han kastade en sten", "200 kr per månad", "stig upp nu"),
        *("en dag kom hon hem", "hela dagen lång", "mitt liv är slut", "hans fru är rädd"),
        *("det var sol ute", "all you need is love", "den andras pengar", "jag vill minnas det"),
        *("det heter behandling", "något som heter kbt", "Han är Muslim", "Hänvisad till Dalarna"),
        *("inga pengar kvar", "jag vill bo här", "känner mig tom", "max två öl", "i maj var det"),
        *(
            "jag kan inte klara det",
            "rosa kläder",
            "i love you",
            "måste tala om det",
            "ont i axeln",
        ),
    ],
)
def test_the_same_words_are_no_names_elsewhere(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *(
            ("Liv är svartsjuk", "Liv"),
            ("har Mars inte sovit", "Mars"),
            ("en Gun som svarade", "Gun"),
        ),
        *(("så kom dag hem full", "dag"), ("majs farfar vet", "majs"), ("Tro är döpt", "Tro")),
        *(
            ("sol (min syster) vet", "sol"),
            ("jag är pappa till Sol", "Sol"),
            ("X heter Vår", "Vår"),
        ),
    ],
)
def test_the_commonest_words_are_names_where_only_people_are_meant(text: str, name: str) -> None:
    assert (name, "name", "warn") in found(text)


@pytest.mark.parametrize(
    "text",
    [
        *("på S:t Göran", "vi satt i Maria kyrka", "bedömd enligt (SARA)", "stormen Gudrun"),
        *(
            "hopp har jag inget kvar",
            "lucia firade vi här",
            "Mars var lugnt",
            "i maj eller sen Juni",
        ),
        *("Volvon är hans", "habibi säger han", "min lilla ros", "han är en jävla björn"),
        *("äter Qwynol mot oro", "en Qwyna väska", "ska hänga mig", "bilnyckel har han"),
        *("på Hells Angels fest", "en sara-modellen kurs", "det var handling som saknades"),
    ],
)
def test_things_that_are_called_as_people_are_are_no_people(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        *("jag har hört talas om det", "man kan ana att hon vet", "vill tala med dig"),
        *("jag började tro att", "mamma ville inte det", "den andre är svår"),
        *("han är en snäll karl", "den sanna bilden", "lyckas man är det bra"),
        *(
            "hans välborstade hår",
            "hans är värre",
            "orkar inte med hans bråk",
            "gick med liv och själ upp",
        ),
        *("det blåste storm och han gick", "mitt namn nämndes", "den heta frågan"),
        *("nu måste man strama åt", "jag måste medge att", "när flyktinglägren är fulla"),
    ],
)
def test_what_is_done_or_somebodys_is_nobody(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        *("att oroas är jobbigt", "och klassernas är fler", "och väskornas är svarta"),
        *("när kollektivets är fullt", "men fantasis är bra", "Träffar barnen på Umgängesstöd"),
    ],
)
def test_a_word_of_every_day_is_known_in_all_its_forms(text: str) -> None:
    assert found(text) == []


def test_a_service_that_is_written_to_is_no_place() -> None:
    assert found("han skriver på Snapchat") == []
