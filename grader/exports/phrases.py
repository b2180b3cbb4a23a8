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
    # pages
    "to the content": "к содержанию",
    "of {out_of} points": "из {out_of} баллов",
    "passed": "зачтено",
    "failed": "не зачтено",
    "not asked": "не проверялось",
    "not graded": "не оценено",
    "open": "ждёт оценки",
    "All items": "Все задания",
    "What to look at": "На что посмотреть",
    "Your code": "Ваш код",
    "A hidden check": "Скрытая проверка",
    "A hidden check was not passed.": "Не пройдена скрытая проверка.",
    "Hint": "Подсказка",
    "Note": "Замечание",
    "yours": "у вас",
    "expected": "ожидается",
    "error": "ошибка",
    "{error}, allowed {tolerance}": "{error}, допустимо {tolerance}",
    "call": "вызов",
    "your line": "ваша строка",
    "loading": "загрузка",
    "what it returns is not as expected": "возвращает не то, что ожидается",
    "Seen too, and costs nothing": "Замечено также, баллов не стоит",
    "Try it again yourself:": "Проверьте сами ещё раз:",
    "Long lines and what follows line {most} are cut.": (
        "Длинные строки и всё после строки {most} обрезаны."
    ),
    "How sure this is": "Насколько это надёжно",
    "Changed by a person": "Изменено человеком",
    "Where {what} is wrong": "Где неверно: {what}",
    "{wrong} of {total} values are wrong, shape {shape}.": (
        "Неверных значений: {wrong} из {total}, форма {shape}."
    ),
    "The largest error is {most}: the stronger the colour, the larger.": (
        "Наибольшая ошибка {most}: чем гуще цвет, тем она больше."
    ),
    "Some values are not finite.": "Некоторые значения не конечны.",
    "The frame is round the first wrong value.": "Рамкой обведено первое неверное значение.",
    "{what} over the argument of the call": "{what} в зависимости от аргумента",
    "Each point is one value.": "Каждая точка — одно значение.",
    "{what} as a slope: divided by the upstream gradient": (
        "{what} как наклон: делённый на приходящий градиент"
    ),
    "Each point is one value, over the input of the call before.": (
        "Каждая точка — одно значение, по горизонтали вход прямого прохода."
    ),
    "How {what} is distributed": "Как распределено: {what}",
    "{total} numbers of yours; the height is the share of a bin.": (
        "Ваших чисел: {total}; высота столбца — доля."
    ),
    "One dot for each data set; the mean of yours must reach the threshold.": (
        "Одна точка на набор данных; ваше среднее должно достичь порога."
    ),
    "data set": "набор данных",
    "threshold": "порог",
    "Yours: {yours}; expected: {expected}.": "У вас: {yours}; ожидается: {expected}.",
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
    # the class's pages
    "{title}: the class": "{title}: вся группа",
    "All assignments": "Все задания",
    "The class, for those who teach. It names students: do not publish it.": (
        "Вся группа, для преподавателей. Здесь названы студенты: не публикуйте эту страницу."
    ),
    "Not graded, and not the students' fault": "Не удалось проверить, и не по вине студентов",
    "Nobody lost points for this, and totals are not final. Mend the course or the machine and "
    "run the same command again.": (
        "Баллов за это никто не потерял, итоги не окончательны. Исправьте курс или машину и "
        "запустите ту же команду ещё раз."
    ),
    "students: {count}": "студентов: {count}",
    "Reports that cannot be read": "Отчёты, которые не читаются",
    "These students are missing on this page. Grade them again.": (
        "Этих студентов здесь нет. Оцените их ещё раз."
    ),
    "Nobody was graded yet.": "Пока никто не оценён.",
    "students": "студентов",
    "mean": "среднее",
    "of {out_of}": "из {out_of}",
    "median": "медиана",
    "not final": "не окончательно",
    "flagged": "отмечено",
    "On this page": "На этой странице",
    "Points": "Баллы",
    "What to repeat": "Что повторить",
    "Items": "Пункты",
    "No answer": "Нет ответа",
    "Flagged": "Отмеченное",
    "Waiting": "Ждут",
    "Students": "Студенты",
    "Students by points; full points stand by themselves, in green.": (
        "Студенты по баллам; полный балл стоит отдельно, зелёным."
    ),
    "standard deviation": "стандартное отклонение",
    "middle half": "средняя половина",
    "lowest, highest": "меньше и больше всего",
    "with full points": "с полным баллом",
    "What to repeat in the next lecture": "Что повторить на следующей лекции",
    "Misconceptions that the answers gave away, those of most students first.": (
        "Заблуждения, которые видны по ответам; сначала те, что у большинства."
    ),
    "No misconception was recognized.": "Ни одно заблуждение не распознано.",
    "Earned: the share of the item's points that the class earned. Discrimination: the "
    "correlation with the points of all other items; near 0 it tells nobody apart, below 0 it "
    "puzzles those who know the rest.": (
        "Получено: какую долю баллов за пункт получила группа. Различение: корреляция с баллами "
        "за все остальные пункты; около 0 пункт никого не различает, ниже 0 ошибаются те, кто "
        "знает остальное."
    ),
    "item": "пункт",
    "earned": "получено",
    "discrimination": "различение",
    "lost by": "потеряли",
    "not settled": "ещё не решено",
    "carried: {count}": "перенесено: {count}",
    "Code that gave no answer": "Код, не давший ответа",
    "who": "кто",
    "the whole submission": "вся работа",
    "Flagged: take a look, no points were lost": "Отмечено: взгляните, баллы не сняты",
    "Waiting for a person": "Ждут проверки человеком",
    "Find a student or a remark": "Найти студента или замечание",
    "Find a student": "Найти студента",
    "remarks": "замечания",
    "Made from reports by grader {version}. Nothing on this page comes from the network.": (
        "Составлено по отчётам, grader {version}. Из сети здесь ничего не берётся."
    ),
    "{shown} of {total} shown": "показано {shown} из {total}",
    "sorted by {column}, upwards": "по столбцу «{column}», по возрастанию",
    "sorted by {column}, downwards": "по столбцу «{column}», по убыванию",
    "The class": "Вся группа",
    "For those who teach. It names students: do not publish it.": (
        "Для преподавателей. Здесь названы студенты: не публикуйте эту страницу."
    ),
    "Assignments": "Задания",
    "assignment": "задание",
    "to look at": "на что взглянуть",
    "not graded, our fault: {count}": "не удалось проверить: {count}",
    "flagged: {count}": "отмечено: {count}",
    "waiting for a person: {count}": "ждут проверки: {count}",
    "together": "всего",
    "passed, an error carried forward": "верно, ошибка перенесена",
    "{outcome}, the error of {item} is carried forward": "{outcome}, ошибка из {item} перенесена",
    "marked by a person": "оценено человеком",
    "Students by points": "Студенты по баллам",
    "{low} to less than {high}": "от {low} до {high}",
    "function missing": "нет функции",
    "exception": "исключение",
    "timed out": "превышено время",
    "out of memory": "превышена память",
    "unreadable answer": "ответ не читается",
    "too much output": "слишком много вывода",
    "too few students": "мало студентов",
    "all alike": "у всех одинаково",
    "all alike elsewhere": "в остальном у всех одинаково",
    "no other item": "других пунктов нет",
    # zips
    "{file}: {count} of its names lead out of the zip; they were left out.": (
        "{file}: имён, которые ведут за пределы архива: {count}; они пропущены."
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
