"""Words of names, and their singular."""

import pytest

from contractgen.model.naming import id_names, plain, singular, singular_words, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("createCustomer", ["create", "customer"]),
        ("customer_id", ["customer", "id"]),
        ("HTTPStatus", ["http", "status"]),
        ("getHTTPUser-2", ["get", "http", "user", "2"]),
        ("listV2Items", ["list", "v2", "items"]),
        ("GET /v1/things/{id}", ["get", "v1", "things", "id"]),
        ("2fa", ["2", "fa"]),
        ("日本", []),
        ("", []),
    ],
)
def test_an_identifier_has_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("plural", "expected"),
    [
        ("customers", "customer"),
        ("categories", "category"),
        ("ties", "tie"),
        ("boxes", "box"),
        ("classes", "class"),
        ("addresses", "address"),
        ("houses", "house"),
        ("statuses", "status"),
        ("bonuses", "bonus"),
        ("viruses", "virus"),
        ("campuses", "campus"),
        ("people", "person"),
        ("status", "status"),
        ("analysis", "analysis"),
        ("access", "access"),
        ("news", "news"),
        ("sms", "sms"),
        ("usage", "usage"),
        ("", ""),
    ],
)
def test_a_plural_has_a_singular(plural: str, expected: str) -> None:
    assert singular(plural) == expected


def test_the_last_word_of_a_name_tells_its_number() -> None:
    assert singular_words("salesNotes") == ["sales", "note"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("customerId", "customerid"), ("page[size]", "pagesize"), ("$top", "top"), ("番号", "番号")],
)
def test_a_plain_name_has_no_case_and_no_separators(name: str, expected: str) -> None:
    assert plain(name) == expected


@pytest.mark.parametrize(
    ("variables", "noun", "first"),
    [
        (("customerId",), "customer", ["customerid", "id"]),
        (("issue_number",), "issue", ["issuenumber", "number", "id", "issueid"]),
        (("taxonomy_key",), "metadata_taxonomy", ["taxonomykey", "key", "id"]),
        (("CallSid",), "call", ["callsid", "sid", "id"]),
        (("name", "pod_id"), "pod", ["name", "podid", "id", "poduuid", "uuid", "podname"]),
        (("",), "pet", ["id", "petid", "petuuid", "uuid", "petkey", "sid", "key"]),
    ],
)
def test_an_id_is_called_as_paths_call_it_or_as_ids_are(
    variables: tuple[str, ...], noun: str, first: list[str]
) -> None:
    assert id_names(variables, noun)[: len(first)] == first
