"""Stack traces and database errors are seen in any body; what reads like them is not."""

from __future__ import annotations

import json

import pytest

from contractgen.testing.internals import internals

SHOWN: list[tuple[str, str]] = [
    ("Python", 'Traceback (most recent call last):\n  File "/srv/a.py", line 3, in run\nKeyError'),
    ("Python", '  File "/srv/a.py", line 3, in <module>'),
    ("Java", "java.lang.NullPointerException\n\tat com.shop.Order.pay(Order.java:31)"),
    ("Java", "\tat com.shop.Order.<init>(Order.kt:31)\n"),
    (".NET", "   at Shop.Order.Pay(Int32 id) in /src/Shop/Order.cs:line 31"),
    ("Node.js", "TypeError: x\n    at pay (/srv/app/order.js:31:7)"),
    ("Node.js", "    at async file:///srv/app/order.mjs:31:7"),
    ("Node.js", "    at node:internal/main/run_main_module:23:47"),
    ("Go", "panic: boom\n\ngoroutine 1 [running]:\nmain.main()"),
    ("Ruby", "app/models/order.rb:31:in `pay'"),
    ("Ruby", "/srv/app/order.rb:31:in 'Order#pay'"),
    ("PHP", "Stack trace:\n#0 /srv/index.php(12): pay()"),
    ("PHP", "Warning: Undefined variable in /srv/index.php on line 12"),
    ("Rust", "thread 'main' panicked at src/main.rs:2:5:"),
    ("SQLite", "sqlite3.IntegrityError: x"),
    ("SQLite", "UNIQUE constraint failed: customer.email"),
    ("SQLite", "SQLITE_CONSTRAINT: x"),
    ("PostgreSQL", 'duplicate key value violates unique constraint "customer_email_key"'),
    ("PostgreSQL", 'ERROR: syntax error at or near "SELEC"'),
    ("PostgreSQL", "psycopg.errors.UniqueViolation"),
    ("MySQL", "You have an error in your SQL syntax; check the manual"),
    ("MySQL", "Duplicate entry 'a@b.c' for key 'customer.email'"),
    ("Oracle", "ORA-00001: unique constraint (SHOP.EMAIL) violated"),
    ("SQL Server", "Microsoft.Data.SqlClient.SqlException (0x80131904)"),
    ("MongoDB", "E11000 duplicate key error collection: shop.customers"),
    ("a database driver", "SQLSTATE[23000]: Integrity constraint violation"),
    ("a database driver", "org.hibernate.exception.ConstraintViolationException: x"),
]


@pytest.mark.parametrize(("runtime", "text"), SHOWN)
def test_internals_are_seen_as_text_and_in_json(runtime: str, text: str) -> None:
    in_json = json.dumps({"errors": [{"detail": text}]})
    for body in (text, in_json):
        assert [kind.rpartition(" of ")[2] for kind, _ in internals(body.encode())] == [runtime]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Unprocessable Content",
        "The number is not unique: another customer has it already.",
        "A constraint failed: the end is before the start.",
        "Meet us at Paris (Louvre:31) in Order.java",
        'File "a.csv", line 3 is not valid',
        "goroutine is not a product",
        "Look at /prices/31:7",
        "The order was violated",
        "In order.php nothing is wrong",
        "\n" * 50_000,
        "    at " + "/" * 50_000,
    ],
)
def test_what_a_client_may_be_told_is_not_taken_for_internals(text: str) -> None:
    for body in (text, json.dumps({"detail": text})):
        assert list(internals(body.encode())) == []


def test_what_is_shown_is_short() -> None:
    ((_, shown),) = internals(b"Duplicate entry '" + b"x" * 1_000 + b"' for key 'a'")
    assert len(shown) == 100


def test_bytes_that_are_no_text_tell_nothing() -> None:
    assert list(internals(bytes(range(256)))) == []
