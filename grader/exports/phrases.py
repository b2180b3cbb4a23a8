"""The engine's own sentences in the languages of the course, through gettext's interface."""

from __future__ import annotations

import gettext
from collections.abc import Callable

_RUSSIAN = {
    "{points} of {out_of} points": "баллы: {points} из {out_of}",
    "{points} of {out_of}": "{points} из {out_of}",
    "+{points} bonus": "+{points} сверх суммы",
    "not final: {items}": "не окончательно: {items}",
    "waits for a person": "ждёт проверки человеком",
    "could not be graded, which is not your fault": "не удалось проверить, и это не ваша вина",
    "not asked: {items} gave no answer": "не проверялось: {items} не даёт ответа",
    "not asked because of it: {items}": "из-за этого не проверялось: {items}",
    "the error of {item} is carried forward and costs nothing here": (
        "ошибка из {item} перенесена и здесь баллов не отнимает"
    ),
    "hint: {text}": "подсказка: {text}",
    "at {where}": "место: {where}",
    "called: {call}": "вызвано: {call}",
    "printed": "печатает",
    "not your fault": "не ваша вина",
    "the same as in {item}": "то же, что в {item}",
    "again: {command}": "ещё раз: {command}",
    "{shown} of {total} checks are visible here; hidden ones run at grading.": (
        "Здесь видно {shown} из {total} проверок; скрытые запускаются при оценивании."
    ),
    "no points": "баллов нет",
    "{what}{place}: yours {given}, expected {expected}": (
        "{what}{place}: у вас {given}, ожидается {expected}"
    ),
    " at {where}": " в {where}",
    " (error {error}, allowed {tolerance})": " (ошибка {error}, допустимо {tolerance})",
    "{what}: {given} is not right": "{what}: {given} неверно",
    "missing": "нет функции",
    "raised": "исключение",
    "timed_out": "превышено время",
    "out_of_memory": "превышена память",
    "crashed": "процесс аварийно завершился",
    "unreadable": "ответ не читается",
    "flooded": "слишком много вывода",
    "no answer given": "ответа нет",
    "student": "студент",
    "points": "баллы",
    "lost": "потеряно",
    "and {count} more": "и ещё {count}",
    "students: {count}, mean {mean} of {out_of} points": (
        "студентов: {count}, в среднем баллов {mean} из {out_of}"
    ),
    "flagged, no points lost: {student}: {item}: {text}": (
        "взгляните, баллы не сняты: {student}: {item}: {text}"
    ),
    ", flagged: {count}": ", отмечено: {count}",
    "policy": "правила задания",
    "{what} uses {given}, which this assignment does not allow ({where})": (
        "{what} использует {given}, что в этом задании не разрешено ({where})"
    ),
    "{what} uses {given}, which hides what it does ({where})": (
        "{what} использует {given}, и что именно выполняется, не видно ({where})"
    ),
    "source that cannot be read": "исходный текст, который не читается",
    "Write this step out without it. What is only for your own tests may stay, where no graded "
    "function uses it.": (
        "Напишите этот шаг без него. Что нужно только для ваших собственных проверок, может "
        "остаться там, где его не использует ни одна оцениваемая функция."
    ),
    "waiting for a person: {items}": "ждут проверки человеком: {items}",
    "nobody was graded": "никто не оценён",
    # release and the notebook edition
    "Write the functions in the cells below and run them.": (
        "Напишите функции в ячейках ниже и выполните эти ячейки."
    ),
    "`check(…)` under a function asks the visible checks of what is in this kernel now; nothing is "
    "graded there.": (
        "`check(…)` под функцией запускает видимые проверки на том, что сейчас в этом ядре; оценка "
        "при этом не выставляется."
    ),
    "Hand in this notebook or `{name}`, one of the two.": (
        "Сдайте этот блокнот или `{name}`, что-то одно."
    ),
    "PyTorch's CPU wheel index": "индекс пакетов PyTorch для CPU",
    "The task is in `{handout}`; your functions go into {files} or {notebooks}.": (
        "Задание — в файле `{handout}`; функции пишите в {files} или в {notebooks}."
    ),
    "Open a terminal in this folder (Python 3.11 or newer) and run two commands: the first "
    "installs, once, the second checks your work.": (
        "Откройте терминал в этой папке (Python 3.11 или новее) и выполните две команды: первая "
        "один раз устанавливает программу, вторая проверяет вашу работу."
    ),
    "On Linux, add `--extra-index-url <{index}>` to the first command for a torch without CUDA, a "
    "far smaller download. Where pip says that the environment is externally managed, make one "
    "first: `python3 -m venv .venv` and `. .venv/bin/activate`.": (
        "В Linux добавьте к первой команде `--extra-index-url <{index}>`: torch без CUDA намного "
        "меньше. Если pip отвечает «externally managed environment», сначала создайте своё "
        "окружение: `python3 -m venv .venv` и `. .venv/bin/activate`."
    ),
    "The untouched functions lose every point, and the last line says how many checks are visible. "
    "`--watch` checks again on every save; `check {item}` checks one item; `--help` says the rest. "
    "Nothing is sent anywhere.": (
        "Нетронутые функции не получают баллов, а последняя строка говорит, сколько проверок здесь "
        "видно. `--watch` проверяет заново при каждом сохранении, `check {item}` — один пункт, об "
        "остальном расскажет `--help`. Никуда ничего не отправляется."
    ),
    "Questions are answered in `answers.yaml`, which you hand in too.": (
        "Ответы на вопросы пишите в `answers.yaml`; его тоже нужно сдать."
    ),
}


class _Russian(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return _RUSSIAN.get(message, message)


def phrases(lang: str) -> Callable[[str], str]:
    """The translation of an English phrase into `lang`; English for a language we lack."""
    translations = _Russian() if lang == "ru" else gettext.NullTranslations()
    return translations.gettext
