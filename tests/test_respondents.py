from __future__ import annotations

import numpy as np
import pytest

from grader.questions import Answer, Arguments, Failure, FailureKind, Question, Ref
from grader.respondents import NewQuestion, Recorder, Replay, Seated, agrees
from grader.rubric import Limits


def kind_of(value: object) -> str:
    """An id that is the same in every process: addresses and the order of sets are not."""
    return type(value).__name__


LIMITS = Limits()
LOST = Failure(kind=FailureKind.RAISED, message="ValueError: no")


def question(*positional, id=0, target="f", returns="value", **named):
    call = Arguments(positional=positional, named=named)
    return Question(id=id, verb="call", target=target, calls=(call,), returns=returns)


class Echo:
    """Answers each question with its own number, and notes what it was asked."""

    def __init__(self):
        self.asked = []

    def ask(self, question):
        self.asked.append(question)
        return Answer(question=question.id, values=(f"live {question.id}",))


def recorded(*questions):
    return [(one, Answer(question=one.id, values=(f"old {one.id}",))) for one in questions]


def test_a_recorder_passes_answers_on_and_keeps_both():
    recorder = Recorder(Echo())

    answer = recorder.ask(question(1))

    assert recorder.dialogue == [(question(1), answer)]


def test_a_replay_answers_from_the_record():
    first, second = question(1), question(2, id=1)
    replay = Replay(recorded(first, second))

    assert [replay.ask(one).values for one in (first, second)] == [("old 0",), ("old 1",)]


def test_the_same_question_at_another_place_is_a_new_one():
    replay = Replay(recorded(question(1), question(2, id=1)))

    with pytest.raises(NewQuestion):
        replay.ask(question(2, id=1))


def test_a_question_past_the_end_of_the_record_is_a_new_one():
    replay = Replay(recorded(question(1)))
    replay.ask(question(1))

    with pytest.raises(NewQuestion, match="question 1 "):
        replay.ask(question(1, id=1))


def test_nothing_is_opened_while_the_record_serves():
    replay = Replay(recorded(question(1)), live=lambda: pytest.fail("opened"))

    assert replay.ask(question(1)).values == ("old 0",)


def test_at_the_first_difference_it_is_answered_live():
    replay = Replay(recorded(question(1), question(2, id=1)), live=Echo)
    replay.ask(question(1))

    assert replay.ask(question(9, id=1)).values == ("live 1",)


LEAVING = [
    question(1, returns=("array", "held")),
    question(1, returns="held"),
    question(Ref(question=0, part=0)),
    question([1, {"a": Ref(question=0, part=0)}]),
    question(x=Ref(question=0, part=0)),
    question(1, target=Ref(question=0, part=0)),
    Question(id=0, verb="keep", target="", calls=(Arguments(positional=(1,)),), returns="held"),
    Question(id=0, verb="make", target="torch.Generator", returns="held"),
]


@pytest.mark.parametrize("earlier", LEAVING)
def test_whoever_answers_live_was_asked_what_left_something_behind(earlier):
    live = Echo()
    replay = Replay(recorded(earlier, question(2, id=1)), live=lambda: live)
    replay.ask(earlier)
    replay.ask(question(9, id=1))

    assert live.asked == [earlier, question(9, id=1)]


def test_a_call_that_leaves_nothing_behind_is_not_asked_again():
    live, plain = Echo(), question(1, np.ones(2), {"a": [2]}, returns=("array", "value"))
    replay = Replay(recorded(plain, question(2, id=1)), live=lambda: live)
    replay.ask(plain)
    replay.ask(question(9, id=1))

    assert live.asked == [question(9, id=1)]


def test_once_live_it_stays_live():
    same = question(2, id=1)
    replay = Replay(recorded(question(1), same), live=Echo)
    replay.ask(question(9))

    assert replay.ask(same).values == ("live 1",)


def test_it_opens_once():
    opened = []
    replay = Replay([], live=lambda: opened.append(1) or Echo())
    for id in range(3):
        replay.ask(question(id=id))

    assert opened == [1]


ONES = np.ones(3)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (ONES * (1 + 0.9e-9), ONES),
        (np.array([1.0, 0.9e-9]), np.array([1.0, 0.0])),
        (1.0 + 0.9e-9, 1.0),
        (np.array([np.inf, np.nan, -np.inf, 1.0]), np.array([np.inf, np.nan, -np.inf, 1.0])),
        (np.array([np.inf, 1.0]), np.array([np.inf, 1.0 + 1e-12])),
        (np.zeros((0, 3)), np.zeros((0, 3))),
        (np.array([1, 2]), np.array([1, 2])),
        (float("nan"), float("nan")),
        ({"a": [1, (2.0, ONES)]}, {"a": [1, (2.0, ONES)]}),
        (Ref(question=1, part=0), Ref(question=1, part=0)),
        ({"x", "y"}, {"y", "x"}),
        (None, None),
    ],
    ids=kind_of,
)
def test_questions_agree_up_to_rounding(mine, theirs):
    assert agrees(question(mine, key=mine), question(theirs, key=theirs))


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (ONES * (1 + 1.1e-9), ONES),
        (np.array([1.0, 1.1e-9]), np.array([1.0, 0.0])),
        (np.array([np.inf]), np.array([-np.inf])),
        (np.array([np.nan]), np.array([1.0])),
        (np.array([np.nan]), np.array([np.inf])),
        (ONES, ONES.astype(np.float32)),
        (ONES, ONES[None]),
        (np.array([1, 2]), np.array([1, 3])),
        (1, 1.0),
        (True, 1),
        ((1,), [1]),
        ([1], [1, 2]),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ({"a": 1}, {"a": 2}),
        ("a", "b"),
        (Ref(question=1, part=0), Ref(question=1, part=1)),
    ],
    ids=kind_of,
)
def test_everything_but_rounding_is_a_difference(mine, theirs):
    assert not agrees(question(mine), question(theirs))


@pytest.mark.parametrize(
    "other",
    [
        question(1, target="g"),
        question(1, returns="array"),
        question(1, 2),
        question(1, key=2),
        Question(id=0, verb="make", target="f", calls=question(1).calls),
        Question(id=0, verb="call", target="f", calls=question(1).calls * 2),
    ],
    ids=kind_of,
)
def test_another_call_is_another_question(other):
    assert not agrees(question(1), other)


class Room:
    """A box in which nothing runs."""

    def __init__(self, *, fails=None, ends=False):
        self.fails, self.ends = fails, ends
        self.opened, self.asked, self.item_is_open, self.closed = [], [], False, False
        self.seconds, self.definitions_alone = 0.5, False

    def open_item(self, item, limits):
        self.opened.append(item)
        self.item_is_open = self.fails is None
        return self.fails

    def ask(self, question, check, limits):
        self.asked.append((check, question.id))
        self.item_is_open = not self.ends
        return Answer(question=question.id, values=(question.id,))

    def close_item(self):
        self.item_is_open = False
        return "words"

    def close(self):
        self.closed = True


def test_a_seat_opens_no_box_before_it_is_asked():
    seated = Seated(lambda: pytest.fail("opened"))

    assert (seated.is_open, seated.seconds, seated.printed()) == (False, 0.0, "")


def test_the_first_question_opens_the_items_process():
    room = Room()
    Seated(lambda: room).on("item/check", "item", LIMITS).ask(question())

    assert (room.opened, room.asked) == (["item"], [("item/check", 0)])


def test_checks_of_one_item_share_its_process():
    room = Room()
    seated = Seated(lambda: room)
    for check in ("item/a", "item/b"):
        seated.on(check, "item", LIMITS).ask(question())

    assert room.opened == ["item"]


def test_another_item_gets_another_process():
    room = Room()
    seated = Seated(lambda: room)
    for item in ("one", "two"):
        seated.on(f"{item}/check", item, LIMITS).ask(question())

    assert room.opened == ["one", "two"]


def test_what_does_not_load_answers_with_its_failure():
    seated = Seated(lambda: Room(fails=LOST))

    answers = [seated.on(check, "item", LIMITS).ask(question()) for check in ("a", "b")]

    assert [answer.failure for answer in answers] == [LOST, LOST]


def test_a_process_that_ended_is_not_asked_again():
    room = Room(ends=True)
    seated = Seated(lambda: room)
    seated.on("item/a", "item", LIMITS).ask(question())

    answer = seated.on("item/b", "item", LIMITS).ask(question())

    assert (answer.failure.kind, len(room.asked)) == (FailureKind.CRASHED, 1)


def test_a_closed_seat_opens_a_box_of_its_own_again():
    rooms = []
    seated = Seated(lambda: rooms.append(Room()) or rooms[-1])
    for _ in range(2):
        seated.on("item/check", "item", LIMITS).ask(question())
        seated.close()

    assert [room.closed for room in rooms] == [True, True]
