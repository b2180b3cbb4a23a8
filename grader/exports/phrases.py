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
    # notebooks
    "note": "замечание",
    "the file did not load as it is; its definitions alone were loaded": (
        "файл целиком не загрузился; загружены только его определения"
    ),
    "the notebook does not run from top to bottom after a restart ({why}); its definitions alone "
    "were loaded": (
        "после перезапуска ноутбук не выполняется сверху донизу ({why}); загружены только его "
        "определения"
    ),
    "{file}, cell {cell}, line {line} is not Python ({why}); nothing of this cell is used": (
        "{file}, ячейка {cell}, строка {line} — не Python ({why}); из этой ячейки ничего не берётся"
    ),
    "{file}, cell {cell} begins with %%{magic} and is not used; it would define {names}": (
        "{file}, ячейка {cell} начинается с %%{magic} и не используется; в ней определяются {names}"
    ),
    "{file}: cell {cell} uses {name}, which only cell {other} defines; after a restart the "
    "notebook does not run from top to bottom": (
        "{file}: ячейка {cell} использует {name}, а определяет его только ячейка {other}; после "
        "перезапуска ноутбук не выполняется сверху донизу"
    ),
    "{file}: cell {cell} uses {name}, which no cell defines; after a restart the notebook does "
    "not run from top to bottom": (
        "{file}: ячейка {cell} использует {name}, а ни одна ячейка его не определяет; после "
        "перезапуска ноутбук не выполняется сверху донизу"
    ),
    "{file}: and {count} more remarks of this kind": "{file}: и ещё таких замечаний: {count}",
    # zips
    "{file}: {count} of its names lead out of the zip; they were left out.": (
        "{file}: имён, которые ведут за пределы архива: {count}; они пропущены."
    ),
}


class _Russian(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return _RUSSIAN.get(message, message)


def phrases(lang: str) -> Callable[[str], str]:
    """The translation of an English phrase into `lang`; English for a language we lack."""
    translations = _Russian() if lang == "ru" else gettext.NullTranslations()
    return translations.gettext
