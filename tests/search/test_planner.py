"""How a question is read: what, where, when, how; one table for each class of questions."""

from datetime import datetime

import pytest

from search.language.stemmer import stem
from search.rules.synonyms import seed_table
from search.understanding.gazetteer import Gazetteer, Spot
from search.understanding.plan import Kind
from search.understanding.planner import Planner
from search.understanding.vocabulary import Vocabulary

NOW = datetime(2026, 11, 25, 10, 30)  # a Wednesday
WORDS = [
    "schuldbemiddeling", "schulden", "budgetbegeleiding", "thuiszorg", "poetshulp", "poetsdienst", "psycholoog",
    "voedselbank", "voedselpakket", "huisarts", "tandarts", "kinderopvang", "nachtopvang", "advocaat", "tolk", "ocmw",
    "uithuiszetting", "vluchthuis", "partnergeweld", "leefloon", "huurwaarborg", "oppas", "mantelzorg", "rolstoel",
    "schuldbemiddelaar",
]  # fmt: skip


def spot(nis, name, part="", nodes=()):
    """Give a place for the small gazetteer of this test."""
    return Spot(nis, name, 51.1, 3.1, (f"municipality:{nis}", *nodes, "country:BE"), part, 1000)


@pytest.fixture(scope="module")
def planner():
    zedelgem, mol, ham = spot("31040", "Zedelgem"), spot("13025", "Mol"), spot("71071", "Tessenderlo-Ham", "Ham")
    gazetteer = Gazetteer(
        [
            ("Zedelgem", zedelgem), ("8210", zedelgem), ("Loppem", spot("31040", "Zedelgem", "Loppem")), ("Mol", mol),
            ("Ham", ham), ("As", spot("71002", "As")), ("Sint-Andries", spot("31005", "Brugge", "Sint-Andries")),
            ("Hertsberge", spot("31022", "Oostkamp", "Hertsberge")), ("Jabbeke", spot("31012", "Jabbeke")),
            ("Werken", spot("32011", "Kortemark", "Werken")),
        ]
    )  # fmt: skip
    vocabulary = Vocabulary(dict.fromkeys(WORDS, 3), {stem(word): 3 for word in WORDS}, 60)
    return Planner(vocabulary, seed_table(), gazetteer)


@pytest.fixture
def plan(planner):
    return lambda text, **options: planner.plan(text, now=NOW, **options)


def terms(plan, *kinds):
    """Give the terms of the alternatives of these kinds."""
    return {
        term for concept in plan.concepts for one in concept.alternatives if one.kind in kinds for term in one.terms
    }


def labels(plan):
    """Give what the question asks for."""
    return [concept.label for concept in plan.concepts]


def test_exact_and_inflected_words_give_the_same_stem(plan):
    assert terms(plan("poetsdiensten"), Kind.WORD) == terms(plan("poetsdienst"), Kind.WORD)


@pytest.mark.parametrize("text", ["thuis zorg", "Thuis-zorg"])
def test_two_typed_words_that_are_one_word_here_are_joined(plan, text):
    read = plan(text)

    assert labels(read) == ["thuis zorg"]
    assert stem("thuiszorg") in terms(read, Kind.WORD)


def test_a_compound_is_also_sought_by_its_parts(plan):
    assert {"budget", "begeleid"} <= terms(plan("budgetbegeleiding"), Kind.COMPOUND)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("poetsvrouw", "poetshulp"),
        ("food bank", "voedselbank"),
        ("avocat", "advocaat"),
        ("colis alimentaire", "voedselpakket"),
    ],
)
def test_other_words_for_the_same_are_synonyms(plan, text, meant):
    assert stem(meant) in terms(plan(text), Kind.SYNONYM)


@pytest.mark.parametrize("text", ["OCMW", "ocmw", "O.C.M.W.", "o.c.m.w"])
def test_an_acronym_is_one_word_with_and_without_dots(plan, text):
    assert "ocmw" in terms(plan(text), Kind.WORD)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("psygoloog", "psycholoog"), ("scholdbemiddeling", "schuldbemiddeling"), ("voetselbank", "voedselbank"),
        ("tantarts", "tandarts"), ("kinderopfang", "kinderopvang"), ("huurwaarbrog", "huurwaarborg"),
    ],
)  # fmt: skip
def test_an_unknown_word_is_corrected_silently(plan, typed, meant):
    read = plan(typed)

    assert stem(meant) in terms(read, Kind.CORRECTED)
    assert (read.corrections[0].typed, read.corrections[0].meant) == (typed, meant)


@pytest.mark.parametrize("text", ["1712", "cgg", "xyz", "Zedelgem", "schulden"])
def test_numbers_acronyms_places_and_known_words_are_never_corrected(plan, text):
    assert plan(text).corrections == ()


def test_nothing_is_corrected_when_one_asks_for_it_as_typed(plan):
    assert plan("psygoloog", correct=False).corrections == ()


@pytest.mark.parametrize(
    ("text", "municipality", "left"),
    [
        ("leefloon zedelgem", "31040", ["leefloon"]),
        ("leefloon in Loppem", "31040", ["leefloon"]),
        ("8210 leefloon", "31040", ["leefloon"]),
        ("oppas sint andries", "31005", ["oppas"]),
        ("oppas St.-Andries", "31005", ["oppas"]),
        ("leefloon mol", "13025", ["leefloon"]),
        ("tandarts te Ham", "71071", ["tandarts"]),
        ("tolk herstberge", "31022", ["tolk"]),
        ("noodopvang jabeke", "31012", ["noodopvang"]),
    ],
)
def test_a_place_in_the_question_is_taken_out(plan, text, municipality, left):
    read = plan(text)

    assert read.where.municipality == municipality
    assert read.where.typed
    assert labels(read) == left


@pytest.mark.parametrize("text", ["mol", "ham", "as", "net als as"])
def test_a_place_that_is_also_a_word_needs_company(plan, text):
    assert plan(text).where is None


@pytest.mark.parametrize(("text", "municipality"), [("tolk te Werken", "32011"), ("oppas om te werken", "")])
def test_a_verb_after_te_is_no_place(plan, text, municipality):
    where = plan(text).where

    assert (where.municipality if where else "") == municipality


def test_a_place_in_the_question_wins_over_the_place_of_the_session(plan, planner):
    home = planner.gazetteer.named("Jabbeke").where(typed=False)

    assert plan("leefloon", home=home).where.municipality == "31012"
    assert plan("leefloon zedelgem", home=home).where.municipality == "31040"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("ik kan mijn rekeningen niet meer betalen", ["rekeningen niet betalen"]),
        ("mijn man slaat mij", ["man slaat"]),
        ("uit mijn huis gezet", ["uit huis gezet"]),
    ],
)
def test_everyday_words_are_read_as_one_thing(plan, text, left):
    assert labels(plan(text)) == left


def test_an_unfinished_last_word_is_completed(plan):
    assert stem("schuldbemiddeling") in terms(plan("schuldbem"), Kind.PREFIX)
    assert terms(plan("schuldbem "), Kind.PREFIX) == set()
    assert terms(plan("schuldbem tolk"), Kind.PREFIX) == set()


def test_several_needs_are_several_concepts(plan):
    read = plan("schulden en huisarts")

    assert labels(read) == ["schulden", "huisarts"]
    assert len(read.needed) == 2


def test_whose_story_it_is_does_not_have_to_match(plan):
    read = plan("oppas voor mijn moeder")

    assert [(concept.label, concept.optional) for concept in read.concepts] == [("oppas", False), ("moeder", True)]


@pytest.mark.parametrize(
    ("text", "facet", "value"),
    [
        ("advocaat gratis", "cost", "free"), ("tandarts zonder afspraak", "how", "walk_in"),
        ("psycholoog zonder verwijzing", "referral", "self"), ("oppas aan huis", "how", "home_visits"),
        ("tolk per telefoon", "how", "by_phone"), ("psycholoog zonder wachtlijst", "access", "takes_new"),
    ],
)  # fmt: skip
def test_wishes_are_preferences(plan, text, facet, value):
    read = plan(text)

    assert [(wish.facet, wish.value) for wish in read.wishes] == [(facet, value)]
    assert len(read.concepts) == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("schulden in het Turks", "tr"),
        ("schulden arabisch", "ar"),
        ("oekraienstalige psycholoog", "uk"),
        ("tolk dari", "prs"),
    ],
)
def test_a_language_of_the_talk_is_a_concept(plan, text, code):
    language = plan(text).concepts[-1]

    assert language.kind == "language"
    assert language.alternatives[0].terms == (code,)


@pytest.mark.parametrize("text", ["Nederlands leren", "Franse les", "cursus Engels"])
def test_a_language_that_one_wants_to_learn_stays_a_word(plan, text):
    assert all(concept.kind == "theme" for concept in plan(text).concepts)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ik wil niet meer leven", "suicide"), ("mijn man slaat mij", "violence"), ("geen slaapplaats", "shelter"),
        ("kindermishandeling", "violence"), ("domestic violence", "violence"), ("huurwaarborg", ""),
        ("ze wil niet meer verder leven", "suicide"), ("hij wil niet meer verder met mij", ""),
        ("zelfmoort", "suicide"), ("ik wil nie meer leven", "suicide"), ("hij kneep mijn keel dicht", ""),
        ("keel dichtgeknepen", "violence"), ("hij klopt op mij", "violence"), ("mijn ex stalkt mij", "violence"),
        ("gedwongen huwelijk", "violence"), ("automutilatie", "suicide"), ("dringend vandaag eten", ""),
        ("slagen voor mijn examen", ""), ("razend hoge factuur", ""),
        ("wil mij ophangen", "suicide"), ("gordijnen ophangen", ""),
        ("ik heb geen slaapplek vannacht", "shelter"), ("slaapplek voor dieren", ""), ("we staan op straat", "shelter"),
    ],
)  # fmt: skip
def test_words_of_danger_are_noticed(plan, text, kind):
    expected = {"kindermishandeling": {"violence", "child"}}.get(text, {kind})

    assert plan(text).danger in expected


@pytest.mark.parametrize("text", ["", "de het een", "!!! ???", "ik zoek iemand", "\u200f\u202e", "x" * 500])
def test_a_question_without_words_is_a_plan_all_the_same(plan, text):
    assert isinstance(labels(plan(text)), list)


def test_a_village_takes_the_name_of_its_town_along(plan):
    read = plan("tandarts Loppem Zedelgem")

    assert labels(read) == ["tandarts"]
    assert read.where.label.startswith("Loppem")


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("schulden en een advocaat", ((0,), (1,))),
        ("schulden, voedselbank", ((0,), (1,))),
        ("in het Turks schulden en een tandarts", ((2, 0), (1,))),
        ("rolstoel geen advocaat", ((0,), (1,))),
        ("schulden maar ook een tandarts", ((0,), (1,))),
        ("schulden advocaat", ()),
        ("oppas 65+", ()),
        ("rolstoel en hulp", ()),
        ("schulden", ()),
    ],
)
def test_needs_with_en_or_a_comma_between_them_are_several(plan, text, several):
    assert plan(text).several == several


def test_a_phrase_of_which_the_catalogue_knows_nothing_leaves_its_words_alone(plan):
    assert labels(plan("uit huis gezet")) == ["uit huis gezet"]
    assert labels(plan("oppas niet koken")) == ["oppas", "koken"]


def test_an_age_weighs_less_than_a_word(plan):
    age = next(concept for concept in plan("oppas 17").concepts if concept.label == "17")

    assert age.optional
    assert max(one.weight for one in age.alternatives) < 0.5


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("poetshulp voor ouderen", ["poetshulp"]),
        ("vluchteling zoekt advocaat", ["advocaat"]),
        ("ouderen", ["ouderen"]),
        ("erkende vluchtelingen", ["erkende", "vluchtelingen"]),
        ("mevrouw vertelt altijd hetzelfde over schulden", ["schulden"]),
    ],
)
def test_a_group_of_people_and_talk_around_it_are_not_what_is_needed(plan, text, needed):
    assert [concept.label for concept in plan(text).needed] == needed


def test_a_rare_phrase_is_no_better_proof_than_the_word_that_was_typed(plan):
    (ocmw,) = plan("ocmw").concepts
    phrase = next(one for one in ocmw.alternatives if one.phrase and one.terms == ("social", "dienst"))
    (unknown,) = plan("welzijnsbureau").concepts
    alone = next(one for one in unknown.alternatives if one.phrase and one.terms == ("social", "dienst"))

    assert phrase.weight < alone.weight


def test_words_about_time_that_a_record_may_call_itself_by_are_kept(plan):
    assert plan("opvang in het weekend").opening.says == ("weekend",)
    assert plan("dokter nu open").opening.says == ()


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("kippen en een advocaat", ["kippen", "advocaat"]),
        ("de kippen liggen op tafel en ik zoek een advocaat", ["advocaat"]),
        ("de kippen liggen op een beurs en ik zoek een advocaat", ["beurs", "advocaat"]),
        ("mijn dochter kreeg een tafelverhaal van onze advocaat", ["tafelverhaal", "advocaat"]),
    ],
)
def test_in_a_story_a_word_that_no_rule_and_no_name_knows_only_lifts(planner, text, needed):
    known = Vocabulary(dict.fromkeys(WORDS, 3), {stem(word): 3 for word in WORDS}, 60, {"beur": 6, "beurs": 6})

    read = Planner(known, planner.synonyms, planner.gazetteer).plan(text, now=NOW)

    assert [concept.label for concept in read.needed] == needed


def test_what_only_lifts_weighs_less_in_a_story(plan):
    reads = plan("snel tolk"), plan("wij willen graag heel snel een tolk")
    quick = [next(concept for concept in read.concepts if concept.label == "snel") for read in reads]
    weights = [max(one.weight for one in concept.alternatives) for concept in quick]

    assert weights[1] == weights[0] / 2


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("niet betalen", ["niet betalen"]),
        ("ik kan die tolk niet betalen", ["tolk"]),
        ("oppas te duur", ["oppas"]),
        ("kippen niet betalen", ["kippen", "niet betalen"]),
    ],
)
def test_that_something_cannot_be_paid_is_not_the_need_itself(plan, text, needed):
    assert [concept.label for concept in plan(text).needed] == needed


def test_a_child_of_the_story_lifts_what_is_for_children(plan):
    child = next(concept for concept in plan("psycholoog voor mijn dochter").concepts if concept.label == "dochter")

    assert child.optional
    assert "jongeren" in child.synonyms


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("mijn kind wil nie luisteren", "mijn kind wil niet luisteren"),
        ("hij kan ni slapen", "hij kan niet slapen"),
        ("kheb gene frang meer", "heb geen frank meer"),
        ("de skool te duur", "de school te duur"),
        ("stroat", "straat"),
        ("kluske", "klus"),
        ("betaaln", "betalen"),
        ("kan het nie mier betalen", "kan het niet meer betalen"),
    ],
)
def test_what_is_spelled_as_it_is_said_is_read_as_it_is_written(plan, said, written):
    assert labels(plan(said)) == labels(plan(written))


def test_who_wants_each_word_as_typed_gets_it(plan):
    assert labels(plan("kluske", correct=False)) == ["kluske"]


def test_a_misspelt_place_is_found_though_its_stem_is_known(planner):
    known = Vocabulary(dict.fromkeys(["jabbeke", "dokter"], 3), {stem("jabbeke"): 3, stem("dokter"): 3}, 60)

    plan = Planner(known, planner.synonyms, planner.gazetteer).plan("dokter in Jabbekke", now=NOW)

    assert (plan.where.municipality, labels(plan)) == ("31012", ["dokter"])


def test_a_second_place_is_not_required(plan):
    read = plan("leefloon zedelgem of jabbeke")

    assert [concept.label for concept in read.needed] == ["leefloon"]


def test_little_money_beside_a_need_only_lifts(plan):
    assert [concept.label for concept in plan("poetshulp voor mensen met weinig geld").needed] == ["poetshulp"]


def test_a_food_bank_is_not_whatever_has_to_do_with_eating(plan):
    assert all("eten" not in one.terms or len(one.terms) > 1 for one in plan("voedselbank").concepts[0].alternatives)
