"""Which steps lead to a goal, before anything is sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractgen.testing import Contract
from contractgen.testing.moves import Move, moves
from contractgen.testing.plan import Goal, Step, plan, resolved

SHOP = """\
openapi: 3.1.0
info: {title: Shop, version: 1.0.0}
paths:
  /shops: {get: {operationId: listShops, responses: {'200': {$ref: '#/components/responses/Some'}}}}
  /shops/{shopId}:
    parameters: [{$ref: '#/components/parameters/shop'}]
    get: {operationId: getShop, responses: {'200': {description: ok}}}
    delete: {operationId: closeShop, responses: {'204': {description: ok}}}
  /shops/{shopId}/orders:
    parameters: [{$ref: '#/components/parameters/shop'}]
    post: {operationId: order, responses: {'201': {$ref: '#/components/responses/One'}}}
  /shops/{shopId}/orders/{orderId}:
    parameters: [{$ref: '#/components/parameters/shop'}, {$ref: '#/components/parameters/order'}]
    get:
      operationId: getOrder
      responses: {'200': {description: ok}, '404': {description: none}}
    put: {operationId: keep, responses: {'201': {description: ok}, '404': {description: none}}}
    patch: {operationId: change, responses: {'200': {description: ok}}}
    delete:
      operationId: cancel
      responses: {'204': {description: ok}, '404': {description: none}}
  /coupons/{couponId}:
    parameters: [{name: couponId, in: path, required: true, schema: {type: string}}]
    get: {operationId: getCoupon, responses: {'200': {description: ok}}}
components:
  parameters:
    shop: {name: shopId, in: path, required: true, schema: {type: string}}
    order: {name: orderId, in: path, required: true, schema: {type: string}}
  schemas: {Item: {type: object, required: [id], properties: {id: {type: string}}}}
  responses:
    One:
      description: ok
      content: {application/json: {schema: {$ref: '#/components/schemas/Item'}}}
    Some:
      description: ok
      content:
        application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Item'}}}
"""


@pytest.fixture
def known(tmp_path: Path) -> dict[str, Move]:
    path = tmp_path / "shop.yaml"
    path.write_text(SHOP)
    return {move.operation.id: move for move in moves(Contract(str(path)).loaded)}


def goal(move: Move, **given: int) -> Goal:
    numbers = {"fresh": 0, "pick": 0, "late": 0} | given
    return Goal(
        move=move,
        case=move.smallest,
        fresh=bool(numbers["fresh"]),
        pick=numbers["pick"],
        late=numbers["late"],
    )


def told(steps: tuple[Step, ...]) -> list[str]:
    return [f"{s.turn.move.operation.id}{' late' * (s.turn.gone is not None)}" for s in steps]


def test_what_only_the_user_can_provide_is_left_out(known: dict[str, Move]) -> None:
    assert set(known) == {
        *("listShops", "getShop", "closeShop", "order", "getOrder", "keep", "change", "cancel")
    }


REACHED = [
    (["listShops"], ["listShops"]),
    (["getOrder"], ["listShops", "order", "getOrder"]),
    (["change", "getOrder"], ["listShops", "order", "change", "getOrder"]),
    (["cancel", "getOrder"], ["listShops", "order", "cancel", "listShops", "order", "getOrder"]),
]


@pytest.mark.parametrize(("goals", "expected"), REACHED)
def test_what_a_goal_needs_is_made_once(
    known: dict[str, Move], goals: list[str], expected: list[str]
) -> None:
    steps = plan([goal(known[name]) for name in goals], known.values())
    assert told(steps) == expected


def test_what_a_goal_needs_is_made_anew_on_demand(known: dict[str, Move]) -> None:
    goals = [goal(known["getOrder"]), goal(known["getOrder"], fresh=1)]
    steps = plan(goals, known.values())
    assert told(steps) == ["listShops", "order", "getOrder"] * 2
    assert repr(steps[-1].turn.ids["orderId"]) == "<orderId of step 5>"


def test_what_was_found_and_not_made_is_left_alone(known: dict[str, Move]) -> None:
    """A shop can be read, and orders are made in it; it is not the scenario's to close."""
    assert told(plan([goal(known["closeShop"])], known.values())) == ["listShops"]


def test_what_is_gone_is_asked_for_where_the_contract_has_an_answer(
    known: dict[str, Move],
) -> None:
    """Nothing is said of `change`, and `keep` may bring it back."""
    steps = plan([goal(known["cancel"], late=3)], known.values())
    assert told(steps) == ["listShops", "order", "cancel", "getOrder late", "cancel late"]
    assert [step.turn.gone for step in steps] == [None, None, None, 2, 2]


def test_a_pick_chooses_among_resources(known: dict[str, Move]) -> None:
    made = [goal(known["order"], fresh=1), goal(known["order"], fresh=1)]
    latest, first = (
        plan([*made, goal(known["getOrder"], pick=pick)], known.values())[-1] for pick in (0, 1)
    )
    assert [repr(step.turn.ids["orderId"]) for step in (latest, first)] == [
        "<orderId of step 4>",
        "<orderId of step 2>",
    ]


def test_a_plan_is_bounded(known: dict[str, Move]) -> None:
    goals = [goal(known["getOrder"], fresh=1)] * 50
    assert len(plan(goals, known.values())) == 42


def test_tokens_become_what_was_answered(known: dict[str, Move]) -> None:
    ids = plan([goal(known["getOrder"])], known.values())[-1].turn.ids
    assert resolved(ids, {}) is None
    values = {token: token.key.upper() for token in ids.values()}
    assert resolved(ids, values) == {"shopId": "SHOPID", "orderId": "ORDERID"}
