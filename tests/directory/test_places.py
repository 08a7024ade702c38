"""What people type to say where they live."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.load import load
from directory.places import FEW, Place, understand

DIRECTORY = load()


def place(text: str) -> Place:
    return understand(text, DIRECTORY)


def municipality(text: str) -> str | None:
    found = place(text).municipality
    return found.name if found else None


def offered(text: str) -> set[str]:
    return {candidate.name for candidate in place(text).candidates}


def test_every_municipality_is_understood_by_its_name() -> None:
    for expected in DIRECTORY.municipalities.values():
        for name in (expected.name, expected.name.upper(), expected.name.lower()):
            assert place(name).municipality == expected
            assert not place(name).candidates


def test_every_municipality_is_understood_by_its_full_name_and_in_a_sentence() -> None:
    for expected in DIRECTORY.municipalities.values():
        assert place(expected.full_name).municipality == expected
        assert place(f"jag bor i {expected.name} sen 3 år").municipality == expected


def test_every_county_is_understood_by_its_full_name() -> None:
    for county in DIRECTORY.counties.values():
        assert place(county.name) == Place(county=county)


def test_every_locality_leads_to_its_municipality_or_is_asked_about() -> None:
    for locality in DIRECTORY.localities:
        found = place(locality.name)
        assert found.is_understood, locality.name
        if found.candidates:
            assert len(found.candidates) <= FEW


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Malmo", "Malmö"),
        ("malmø", "Malmö"),
        ("sthlm", "Stockholm"),
        ("gbg", "Göteborg"),
        ("Goeteborg", "Göteborg"),
        ("Gothenburg", "Göteborg"),
        ("upplands-väsby", "Upplands Väsby"),
        ("upplandsväsby", "Upplands Väsby"),
        ("مالمو", "Malmö"),
        ("ستوكهولم", "Stockholm"),
        ("أوبسالا", "Uppsala"),
        ("Стокгольм", "Stockholm"),
        ("Märsta", "Sigtuna"),
        ("Visby", "Gotland"),
        ("Malmötrakten", "Malmö"),
        ("Göteborgsområdet", "Göteborg"),
        ("Malmö stad", "Malmö"),
        ("jag bor i närheten av Hässleholm", "Hässleholm"),
        ("utanför göteborg", "Göteborg"),
        ("bor i Malmö sen 3 år", "Malmö"),
        ("norr om gävle, i en by", "Gävle"),
        ("i live in malmo", "Malmö"),
        ("bor i sthlm söderort", "Stockholm"),
        ("in Stockholm city", "Stockholm"),
        ("Tukholmassa", "Stockholm"),
        ("waxaan ku noolahay Malmö", "Malmö"),
        ("Hisingen", "Göteborg"),
        ("Angered", "Göteborg"),
        ("Rosengård", "Malmö"),
        ("typ lund", "Lund"),
        ("nära norrköping typ", "Norrköping"),
        ("i en by utanför Umeå", "Umeå"),
        ("Storgatan 5, 222 22 Lund", "Lund"),
        ("lkpg", "Linköping"),
        ("Gefle", "Gävle"),
        ("Ö-sund", "Östersund"),
        ("edet", "Lilla Edet"),
        ("Täby C", "Täby"),
    ],
)
def test_the_ways_in_which_people_name_a_place_are_understood(text: str, expected: str) -> None:
    assert municipality(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Göteborj", "Göteborg"),
        ("stokcholm", "Stockholm"),
        ("upplnds vsby", "Upplands Väsby"),
        ("karls krona", "Karlskrona"),
        ("lila edet", "Lilla Edet"),
        ("dalsed", "Dals-Ed"),
        ("bor i Mlmö", "Malmö"),
        ("vi är ifrån hudinge", "Huddinge"),
        ("det var i Örnsköldvsik det hände", "Örnsköldsvik"),
        ("Norrköpimg, det är där", "Norrköping"),
        ("skellefte", "Skellefteå"),
        ("uddevala kommun", "Uddevalla"),
        ("Vibsy", "Gotland"),
    ],
)
def test_misspelt_places_are_understood(text: str, expected: str) -> None:
    assert municipality(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(("norr köping", "Norrköping"), ("upp sala", "Uppsala"), ("väster ås", "Västerås")),
        *(("ljung by", "Ljungby"), ("hallsta hammar", "Hallstahammar"), ("ore bro", "Örebro")),
        *(("stock holm", "Stockholm"), ("ume å", "Umeå"), ("skellef te å", "Skellefteå")),
        *(("upp lands bro", "Upplands-Bro"), ("jag bor i kungs backa", "Kungsbacka")),
    ],
)
def test_a_name_in_two_words_goes_before_what_each_of_them_is_called_like(
    text: str, expected: str
) -> None:
    assert municipality(text) == expected


def test_words_that_make_sense_as_they_stand_are_asked_about() -> None:
    assert offered("bor länge") == {"Borlänge"}
    assert offered("bor ås") == {"Borås", "Krokom"}
    assert offered("Lund by") == {"Göteborg", "Örebro", "Lund"}
    assert municipality("flyttat till Berga") is None


def test_everyday_words_side_by_side_are_no_place() -> None:
    for text in ("vi bor länge hos dem", "hon hör by och skog", "han sa la bort den"):
        assert place(text) == Place()


@pytest.mark.parametrize("text", ["Västra Ljungby", "Svedje-Ljungby", "nya Osby", "Stora Kil"])
def test_the_end_of_a_name_that_is_not_known_is_asked_about(text: str) -> None:
    assert offered(text)
    assert municipality("norra Malmö") == municipality("Skåne-Malmö") == "Malmö"


def test_a_doubled_letter_that_is_written_once_makes_no_other_place() -> None:
    assert offered("Jokmok") == {"Jokkmokk"}
    assert municipality("hudinge") == "Huddinge"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sundsvalls kommun", "Sundsvall"),
        ("i Lunds kommun", "Lund"),
        ("kommer ifrån Haninge kommun", "Haninge"),
        ("vara kommun", "Vara"),
        ("kommun: Vara", "Vara"),
        ("Göteborgs", "Göteborg"),
        ("i Märstas utkant", "Sigtuna"),
    ],
)
def test_a_name_in_the_genitive_or_beside_its_kind_is_understood(text: str, expected: str) -> None:
    assert municipality(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lnd", "Lund"),
        ("bor i lnd", "Lund"),
        ("Kopping", "Köping"),
        ("malm", "Malmö"),
        ("hör", "Höör"),
        ("Mersta", "Sigtuna"),
        ("Björklinga", "Uppsala"),
    ],
)
def test_a_misspelling_that_may_be_another_word_is_asked_about(text: str, expected: str) -> None:
    assert place(text).municipality is None
    assert expected in offered(text)


def test_a_short_misspelling_that_can_be_no_other_word_is_taken() -> None:
    for text, expected in (("Lnud", "Lund"), ("mlmö", "Malmö"), ("Åmol", "Åmål")):
        assert municipality(text) == expected


def test_an_unsure_misspelling_in_a_sentence_that_points_at_no_place_is_nothing() -> None:
    assert place("hon sa kopping hela dagen") == Place()
    assert offered("jag bor i kopping") == {"Köping"}
    assert offered("Kalstad hjälper mig inte") == {"Karlstad"}


def test_a_hamlet_that_a_municipality_without_a_letter_is_called_like_is_asked_about() -> None:
    assert offered("Örby") == {"Enskede-Årsta-Vantör", "Hörby"}
    assert offered("Jörn") == {"Skellefteå", "Tjörn"}
    assert municipality("i Jörn") == "Skellefteå"


def test_a_larger_village_of_such_a_name_is_not_asked_about() -> None:
    assert municipality("Hammar") == "Kristianstad"


def test_an_everyday_word_that_is_a_place_but_for_its_dots_is_asked_about() -> None:
    assert offered("mala") == {"Malå"}
    assert offered("are") == {"Åre"}
    assert municipality("lulea") == "Luleå"


def test_an_answer_to_anything_is_no_place_that_lacks_a_letter() -> None:
    for text in ("jo", "Jo", "hey"):
        assert place(text) == Place()


@pytest.mark.parametrize(
    "text",
    [
        *("Oslo", "Köpenhamn", "København", "Helsingfors", "Helsinki", "Turku", "London"),
        *("Paris", "Berlin", "Bergen", "Narvik", "Halden", "Mariehamn", "Bagdad", "Mogadishu"),
        *("Holland", "Finland", "Grönland", "Estland", "Polen", "jag bor i Norge", "Sverige"),
        *("norra sverige", "i norrland", "på landet", "i stan", "utomlands"),
        *("i källaren", "storstad", "i en förort"),
    ],
)
def test_what_lies_elsewhere_or_nowhere_is_no_place(text: str) -> None:
    assert place(text) == Place()


def test_exact_spelling_goes_before_folded() -> None:
    assert municipality("Håbo") == "Håbo"
    assert municipality("Habo") == "Habo"
    assert municipality("HABO") == "Habo"


def test_a_wrong_dot_that_fits_two_municipalities_is_asked_about() -> None:
    assert offered("häbo") == {"Håbo", "Habo"}


def test_an_exact_municipality_goes_before_a_hamlet_of_that_name() -> None:
    assert municipality("Berg") == "Berg"
    assert municipality("Kil") == "Kil"


def test_a_name_in_several_municipalities_is_asked_about() -> None:
    assert offered("Järna") == {"Södertälje", "Vansbro"}
    assert offered("Öland") == {"Mörbylånga", "Borgholm"}
    assert offered("Alvik") == {"Bromma", "Luleå"}
    assert place("Järna").municipality is None


@pytest.mark.parametrize(
    ("name", "towns"),
    [
        ("Backa", {"Göteborg", "Rättvik"}),
        ("Boda", {"Rättvik", "Emmaboda", "Kil"}),
        ("Åby", {"Norrköping", "Växjö", "Mölndal"}),
        ("Valla", {"Katrineholm", "Linköping", "Tjörn"}),
        ("Näsby", {"Kristianstad", "Täby"}),
        ("Bergshamra", {"Solna", "Norrtälje"}),
        ("Andersberg", {"Halmstad", "Gävle"}),
        ("Sätra", {"Skärholmen", "Gävle"}),
        ("Nydala", {"Malmö", "Umeå"}),
        ("Vasastaden", {"Norra innerstaden", "Göteborg", "Linköping"}),
        ("Annedal", {"Bromma", "Göteborg"}),
        ("Gottfridsberg", {"Linköping", "Göteborg"}),
        ("Johannelund", {"Hässelby-Vällingby", "Linköping"}),
        ("Sofielund", {"Enskede-Årsta-Vantör", "Malmö"}),
        ("Sibbarp", {"Malmö", "Varberg"}),
    ],
)
def test_a_part_of_several_towns_is_asked_about_until_one_is_named(
    name: str, towns: set[str]
) -> None:
    assert offered(name) == towns
    assert municipality(f"{name}, Umeå") in (None, "Umeå")
    own = next(iter(towns - {district.name for district in DIRECTORY.districts.values()}))
    assert municipality(f"{name} i {own}") == own


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        *(("Västerhaninge", "Haninge"), ("Sävedalen", "Partille"), ("Skene", "Mark")),
        *(("Nödinge", "Ale"), ("Asarum", "Karlshamn"), ("Öjebyn", "Piteå")),
        *(("Lyckeby", "Karlskrona"), ("Marstrand", "Kungälv"), ("Frösön", "Östersund")),
        *(("Fårö", "Gotland"), ("Råå", "Helsingborg"), ("Orminge", "Nacka")),
        *(("Rotebro", "Sollentuna"), ("Falsterbo", "Vellinge"), ("Hemavan", "Storuman")),
        *(("Karesuando", "Kiruna"), ("Brämhult", "Borås"), ("Kärra", "Göteborg")),
    ],
)
def test_what_people_name_as_their_home_is_understood(name: str, expected: str) -> None:
    assert municipality(name) == expected


def test_a_part_is_taken_with_its_town() -> None:
    assert municipality("bor i göteborg (Hisings Backa)") == "Göteborg"


def test_several_places_in_one_sentence_are_asked_about() -> None:
    assert offered("jag bor i Malmö men jobbar i Lund") == {"Malmö", "Lund"}
    assert offered("i malmö elr lund") == {"Malmö", "Lund"}


def test_a_second_place_tells_which_of_several_is_meant() -> None:
    assert municipality("Järna, Södertälje") == "Södertälje"
    assert municipality("järna i dalarna") == "Vansbro"
    assert municipality("Kil i Värmland") == "Kil"
    assert municipality("jag kommer från Skåne men bor i Borås") == "Borås"


def test_a_near_hamlet_does_not_hide_a_municipality_without_its_dots() -> None:
    assert [each.name for each in place("oshammar").candidates] == ["Östhammar", "Sandviken"]


def test_a_hamlet_farther_off_is_not_offered_beside_a_near_municipality() -> None:
    assert offered("Oskarhamn") == {"Oskarshamn"}


def test_the_place_where_most_people_live_is_offered_first() -> None:
    assert [each.name for each in place("Ekeby").candidates] == ["Bjuv", "Södertälje"]
    assert [each.name for each in place("Brevik").candidates] == ["Lidingö", "Tyresö"]


def test_at_most_four_places_are_offered() -> None:
    assert offered("Haga") == {"Göteborg", "Sundsvall", "Umeå", "Örebro"}
    assert len(place("Lund, Malmö, Kil, Sala, Mora").candidates) == FEW


def test_only_the_beginning_of_a_text_is_read() -> None:
    assert municipality("och " * 29 + "Lund") == "Lund"
    assert municipality("a " * 30 + "Lund") is None
    assert municipality("-" * 200 + "Lund") is None


def test_a_county_is_understood_where_no_municipality_is_meant() -> None:
    for text in ("Skåne", "skåne län", "i Skåne någonstans", "Region Skåne", "Scania"):
        county = place(text).county
        assert county
        assert county.code == "12"
        assert place(text).municipality is None


def test_a_misspelt_county_is_understood_where_it_can_be_nothing_else() -> None:
    assert place("Väst-Götaland").county == DIRECTORY.counties["14"]
    assert place("Blekinje").county == DIRECTORY.counties["10"]
    assert place("i Hallnad").county == DIRECTORY.counties["13"]
    for text in ("delarna", "skänk"):
        assert place(text) == Place()


def test_a_landscape_and_a_region_stand_for_their_county() -> None:
    for text, code in (("Dalarna", "20"), ("skaraborg", "14"), ("Region Stockholm", "01")):
        county = place(text).county
        assert county
        assert county.code == code


def test_two_counties_are_not_guessed_between() -> None:
    assert place("Skåne eller Halland") == Place()


def test_a_name_of_a_county_and_of_a_municipality_is_the_municipality() -> None:
    assert municipality("Uppsala") == "Uppsala"
    assert place("Uppsala län").county == DIRECTORY.counties["03"]


@pytest.mark.parametrize(
    ("text", "district"),
    [
        ("Rinkeby", "Järva"),
        ("Rinkeby-Kista", "Järva"),
        ("Spånga Tensta", "Järva"),
        ("rinkeby i stockholm", "Järva"),
        ("Norrmalm", "Norra innerstaden"),
        ("hagersten", "Hägersten-Älvsjö"),
        ("Enskede-Årsta-Vantör", "Enskede-Årsta-Vantör"),
        ("gamla stan i stockholm", "Södermalm"),
        ("Gamla stan", "Södermalm"),
        ("Vällingby C", "Hässelby-Vällingby"),
        ("Spånga-Tensta", "Järva"),
        ("Hägersten-Liljeholmen", "Hägersten-Älvsjö"),
        ("Odenplan", "Norra innerstaden"),
        ("Bromma", "Bromma"),
    ],
)
def test_a_district_comes_with_its_city(text: str, district: str) -> None:
    found = place(text)
    assert found.district
    assert found.district.name == district
    assert found.municipality
    assert found.municipality.code == "0180"


def test_every_district_is_understood_by_its_name() -> None:
    for district in DIRECTORY.districts.values():
        assert place(district.name).district == district


def test_a_word_of_everyday_speech_is_a_place_only_where_it_stands_as_one() -> None:
    assert municipality("Vara") == "Vara"
    assert municipality("vara") == "Vara"
    assert municipality("jag bor i vara") == "Vara"
    assert municipality("jag vill vara ifred") is None
    assert municipality("Bara") == "Svedala"
    assert municipality("jag bor i Bara") == "Svedala"
    assert municipality("det var i bara tre år") is None


def test_nonsense_and_nothing_are_no_place() -> None:
    for text in ("", " ", "asdfgh", "\0", "😀😀", "?!", "123 45", "x" * 10_000, "上海"):
        assert place(text) == Place()
        assert not place(text).is_understood


def test_harmful_text_around_a_place_does_no_harm() -> None:
    assert municipality("\0\x07malmö\x1b[0m") == "Malmö"
    assert municipality("\u202emalmö\u202c 😀") == "Malmö"
    assert municipality("mal\u200bmö") == "Malmö"
    assert municipality("'; DROP TABLE kommuner; -- lund") == "Lund"
    assert municipality("Lund" + " !" * 5_000) == "Lund"


def test_a_place_of_any_kind_counts_as_understood() -> None:
    for text in ("Lund", "Skåne", "Järna", "Rinkeby"):
        assert place(text).is_understood


@given(st.text(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_text_gets_one_kind_of_answer(text: str) -> None:
    found = place(text)
    answers = [bool(found.municipality), bool(found.county), bool(found.candidates)]
    assert sum(answers) <= 1
    assert len(found.candidates) <= FEW
    assert found.municipality or not found.district
