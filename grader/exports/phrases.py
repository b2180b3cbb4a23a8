"""The engine's own sentences in the languages of the course, through gettext's interface."""

from __future__ import annotations

import gettext
from collections.abc import Callable

_RUSSIAN = {
    "{points} of {out_of} points": "баллы: {points} из {out_of}",  # noqa: E501
    "{points} of {out_of}": "{points} из {out_of}",  # noqa: E501
    "+{points} bonus": "+{points} сверх суммы",  # noqa: E501
    "not final: {items}": "не окончательно: {items}",  # noqa: E501
    "waits for a person": "ждёт проверки человеком",  # noqa: E501
    "could not be graded, which is not your fault": "не удалось проверить, и это не ваша вина",  # noqa: E501
    "not asked: {items} gave no answer": "не проверялось: {items} не даёт ответа",  # noqa: E501
    "not asked because of it: {items}": "из-за этого не проверялось: {items}",  # noqa: E501
    "the error of {item} is carried forward and costs nothing here": "ошибка из {item} перенесена и здесь баллов не отнимает",  # noqa: E501
    "hint: {text}": "подсказка: {text}",  # noqa: E501
    "at {where}": "место: {where}",  # noqa: E501
    "called: {call}": "вызвано: {call}",  # noqa: E501
    "printed": "печатает",  # noqa: E501
    "not your fault": "не ваша вина",  # noqa: E501
    "the same as in {item}": "то же, что в {item}",  # noqa: E501
    "again: {command}": "ещё раз: {command}",  # noqa: E501
    "{shown} of {total} checks are visible here; hidden ones run at grading.": "Здесь видно {shown} из {total} проверок; скрытые запускаются при оценивании.",  # noqa: E501
    "no points": "баллов нет",  # noqa: E501
    "{what}{place}: yours {given}, expected {expected}": "{what}{place}: у вас {given}, ожидается {expected}",  # noqa: E501
    " at {where}": " в {where}",  # noqa: E501
    " (error {error}, allowed {tolerance})": " (ошибка {error}, допустимо {tolerance})",  # noqa: E501
    "{what}: {given} is not right": "{what}: {given} неверно",  # noqa: E501
    "missing": "нет функции",  # noqa: E501
    "raised": "исключение",  # noqa: E501
    "timed_out": "превышено время",  # noqa: E501
    "out_of_memory": "превышена память",  # noqa: E501
    "crashed": "процесс аварийно завершился",  # noqa: E501
    "unreadable": "ответ не читается",  # noqa: E501
    "flooded": "слишком много вывода",  # noqa: E501
    "no answer given": "ответа нет",  # noqa: E501
    "student": "студент",  # noqa: E501
    "points": "баллы",  # noqa: E501
    "lost": "потеряно",  # noqa: E501
    "and {count} more": "и ещё {count}",  # noqa: E501
    "students: {count}, mean {mean} of {out_of} points": "студентов: {count}, в среднем баллов {mean} из {out_of}",  # noqa: E501
    "flagged, no points lost: {student}: {item}: {text}": "взгляните, баллы не сняты: {student}: {item}: {text}",  # noqa: E501
    ", flagged: {count}": ", отмечено: {count}",  # noqa: E501
    "policy": "правила задания",  # noqa: E501
    "{what} uses {given}, which this assignment does not allow ({where})": "{what} использует {given}, что в этом задании не разрешено ({where})",  # noqa: E501
    "{what} uses {given}, which hides what it does ({where})": "{what} использует {given}, и что именно выполняется, не видно ({where})",  # noqa: E501
    "source that cannot be read": "исходный текст, который не читается",  # noqa: E501
    "Write this step out without it. What is only for your own tests may stay, where no graded function uses it.": "Напишите этот шаг без него. Что нужно только для ваших собственных проверок, может остаться там, где его не использует ни одна оцениваемая функция.",  # noqa: E501
    "waiting for a person: {items}": "ждут проверки человеком: {items}",  # noqa: E501
    "nobody was graded": "никто не оценён",  # noqa: E501
    "note": "замечание",  # noqa: E501
    "the file did not load as it is; its definitions alone were loaded": "файл целиком не загрузился; загружены только его определения",  # noqa: E501
    "the notebook does not run from top to bottom after a restart ({why}); its definitions alone were loaded": "после перезапуска ноутбук не выполняется сверху донизу ({why}); загружены только его определения",  # noqa: E501
    "{file}, cell {cell}, line {line} is not Python ({why}); nothing of this cell is used": "{file}, ячейка {cell}, строка {line} — не Python ({why}); из этой ячейки ничего не берётся",  # noqa: E501
    "{file}, cell {cell} begins with %%{magic} and is not used; it would define {names}": "{file}, ячейка {cell} начинается с %%{magic} и не используется; в ней определяются {names}",  # noqa: E501
    "{file}: cell {cell} uses {name}, which only cell {other} defines; after a restart the notebook does not run from top to bottom": "{file}: ячейка {cell} использует {name}, а определяет его только ячейка {other}; после перезапуска ноутбук не выполняется сверху донизу",  # noqa: E501
    "{file}: cell {cell} uses {name}, which no cell defines; after a restart the notebook does not run from top to bottom": "{file}: ячейка {cell} использует {name}, а ни одна ячейка его не определяет; после перезапуска ноутбук не выполняется сверху донизу",  # noqa: E501
    "{file}: and {count} more remarks of this kind": "{file}: и ещё таких замечаний: {count}",  # noqa: E501
    "Write the functions in the cells below and run them.": "Напишите функции в ячейках ниже и выполните эти ячейки.",  # noqa: E501
    "`check(…)` under a function asks the visible checks of what is in this kernel now; nothing is graded there.": "`check(…)` под функцией запускает видимые проверки на том, что сейчас в этом ядре; оценка при этом не выставляется.",  # noqa: E501
    "Hand in this notebook or `{name}`, one of the two.": "Сдайте этот блокнот или `{name}`, что-то одно.",  # noqa: E501
    "PyTorch's CPU wheel index": "индекс пакетов PyTorch для CPU",  # noqa: E501
    "The task is in `{handout}`; your functions go into {files} or {notebooks}.": "Задание — в файле `{handout}`; функции пишите в {files} или в {notebooks}.",  # noqa: E501
    "Open a terminal in this folder (Python 3.11 or newer) and run two commands: the first installs, once, the second checks your work.": "Откройте терминал в этой папке (Python 3.11 или новее) и выполните две команды: первая один раз устанавливает программу, вторая проверяет вашу работу.",  # noqa: E501
    "On Linux, add `--extra-index-url <{index}>` to the first command for a torch without CUDA, a far smaller download. Where pip says that the environment is externally managed, make one first: `python3 -m venv .venv` and `. .venv/bin/activate`.": "В Linux добавьте к первой команде `--extra-index-url <{index}>`: torch без CUDA намного меньше. Если pip отвечает «externally managed environment», сначала создайте своё окружение: `python3 -m venv .venv` и `. .venv/bin/activate`.",  # noqa: E501
    "The untouched functions lose every point, and the last line says how many checks are visible. `--watch` checks again on every save; `check {item}` checks one item; `--help` says the rest. Nothing is sent anywhere.": "Нетронутые функции не получают баллов, а последняя строка говорит, сколько проверок здесь видно. `--watch` проверяет заново при каждом сохранении, `check {item}` — один пункт, об остальном расскажет `--help`. Никуда ничего не отправляется.",  # noqa: E501
    "Questions are answered in `answers.yaml`, which you hand in too.": "Ответы на вопросы пишите в `answers.yaml`; его тоже нужно сдать.",  # noqa: E501
    "to the content": "к содержанию",  # noqa: E501
    "of {out_of} points": "из {out_of} баллов",  # noqa: E501
    "passed": "зачтено",  # noqa: E501
    "failed": "не зачтено",  # noqa: E501
    "not asked": "не проверялось",  # noqa: E501
    "not graded": "не оценено",  # noqa: E501
    "open": "ждёт оценки",  # noqa: E501
    "All items": "Все задания",  # noqa: E501
    "What to look at": "На что посмотреть",  # noqa: E501
    "Your code": "Ваш код",  # noqa: E501
    "A hidden check": "Скрытая проверка",  # noqa: E501
    "A hidden check was not passed.": "Не пройдена скрытая проверка.",  # noqa: E501
    "For the same reason: {checks}": "По той же причине: {checks}",
    "Hint": "Подсказка",  # noqa: E501
    "Note": "Замечание",  # noqa: E501
    "yours": "у вас",  # noqa: E501
    "expected": "ожидается",  # noqa: E501
    "error": "ошибка",  # noqa: E501
    "{error}, allowed {tolerance}": "{error}, допустимо {tolerance}",  # noqa: E501
    "call": "вызов",  # noqa: E501
    "your line": "ваша строка",  # noqa: E501
    "loading": "загрузка",  # noqa: E501
    "what it returns is not as expected": "возвращает не то, что ожидается",  # noqa: E501
    "Seen too, and costs nothing": "Замечено также, баллов не стоит",  # noqa: E501
    "Try it again yourself:": "Проверьте сами ещё раз:",  # noqa: E501
    "Long lines and what follows line {most} are cut.": "Длинные строки и всё после строки {most} обрезаны.",  # noqa: E501
    "How sure this is": "Насколько это надёжно",  # noqa: E501
    "Changed by a person": "Изменено человеком",  # noqa: E501
    "Where {what} is wrong": "Где неверно: {what}",  # noqa: E501
    "{wrong} of {total} values are wrong, shape {shape}.": "Неверных значений: {wrong} из {total}, форма {shape}.",  # noqa: E501
    "The largest error is {most}: the stronger the colour, the larger.": "Наибольшая ошибка {most}: чем гуще цвет, тем она больше.",  # noqa: E501
    "Some values are not finite.": "Некоторые значения не конечны.",  # noqa: E501
    "The frame is round the first wrong value.": "Рамкой обведено первое неверное значение.",  # noqa: E501
    "{what} over the argument of the call": "{what} в зависимости от аргумента",  # noqa: E501
    "Each point is one value.": "Каждая точка — одно значение.",  # noqa: E501
    "{what} as a slope: divided by the upstream gradient": "{what} как наклон: делённый на приходящий градиент",  # noqa: E501
    "Each point is one value, over the input of the call before.": "Каждая точка — одно значение, по горизонтали вход прямого прохода.",  # noqa: E501
    "How {what} is distributed": "Как распределено: {what}",  # noqa: E501
    "{total} numbers of yours; the height is the share of a bin.": "Ваших чисел: {total}; высота столбца — доля.",  # noqa: E501
    "One dot for each data set; the mean of yours must reach the threshold.": "Одна точка на набор данных; ваше среднее должно достичь порога.",  # noqa: E501
    "data set": "набор данных",  # noqa: E501
    "threshold": "порог",  # noqa: E501
    "Yours: {yours}; expected: {expected}.": "У вас: {yours}; ожидается: {expected}.",  # noqa: E501
    "{title}: the class": "{title}: вся группа",  # noqa: E501
    "All assignments": "Все задания",  # noqa: E501
    "The class, for those who teach. It names students: do not publish it.": "Вся группа, для преподавателей. Здесь названы студенты: не публикуйте эту страницу.",  # noqa: E501
    "Not graded, and not the students' fault": "Не удалось проверить, и не по вине студентов",  # noqa: E501
    "Nobody lost points for this, and totals are not final. Mend the course or the machine and run the same command again.": "Баллов за это никто не потерял, итоги не окончательны. Исправьте курс или машину и запустите ту же команду ещё раз.",  # noqa: E501
    "students: {count}": "студентов: {count}",  # noqa: E501
    "Reports that cannot be read": "Отчёты, которые не читаются",  # noqa: E501
    "These students are missing on this page. Grade them again.": "Этих студентов здесь нет. Оцените их ещё раз.",  # noqa: E501
    "Nobody was graded yet.": "Пока никто не оценён.",  # noqa: E501
    "students": "студентов",  # noqa: E501
    "mean": "среднее",  # noqa: E501
    "of {out_of}": "из {out_of}",  # noqa: E501
    "median": "медиана",  # noqa: E501
    "not final": "не окончательно",  # noqa: E501
    "flagged": "отмечено",  # noqa: E501
    "On this page": "На этой странице",  # noqa: E501
    "Points": "Баллы",  # noqa: E501
    "What to repeat": "Что повторить",  # noqa: E501
    "Items": "Пункты",  # noqa: E501
    "No answer": "Нет ответа",  # noqa: E501
    "Flagged": "Отмеченное",  # noqa: E501
    "Waiting": "Ждут",  # noqa: E501
    "Students": "Студенты",  # noqa: E501
    "Students by points; full points stand by themselves, in green.": "Студенты по баллам; полный балл стоит отдельно, зелёным.",  # noqa: E501
    "standard deviation": "стандартное отклонение",  # noqa: E501
    "middle half": "средняя половина",  # noqa: E501
    "lowest, highest": "меньше и больше всего",  # noqa: E501
    "with full points": "с полным баллом",  # noqa: E501
    "What to repeat in the next lecture": "Что повторить на следующей лекции",  # noqa: E501
    "Misconceptions that the answers gave away, those of most students first.": "Заблуждения, которые видны по ответам; сначала те, что у большинства.",  # noqa: E501
    "No misconception was recognized.": "Ни одно заблуждение не распознано.",  # noqa: E501
    "Earned: the share of the item's points that the class earned. Discrimination: the correlation with the points of all other items; near 0 it tells nobody apart, below 0 it puzzles those who know the rest.": "Получено: какую долю баллов за пункт получила группа. Различение: корреляция с баллами за все остальные пункты; около 0 пункт никого не различает, ниже 0 ошибаются те, кто знает остальное.",  # noqa: E501
    "item": "пункт",  # noqa: E501
    "earned": "получено",  # noqa: E501
    "discrimination": "различение",  # noqa: E501
    "lost by": "потеряли",  # noqa: E501
    "not settled": "ещё не решено",  # noqa: E501
    "carried: {count}": "перенесено: {count}",  # noqa: E501
    "Code that gave no answer": "Код, не давший ответа",  # noqa: E501
    "who": "кто",  # noqa: E501
    "the whole submission": "вся работа",  # noqa: E501
    "Flagged: take a look, no points were lost": "Отмечено: взгляните, баллы не сняты",  # noqa: E501
    "Waiting for a person": "Ждут проверки человеком",  # noqa: E501
    "Find a student or a remark": "Найти студента или замечание",  # noqa: E501
    "Find a student": "Найти студента",  # noqa: E501
    "remarks": "замечания",  # noqa: E501
    "Made from reports by grader {version}. Nothing on this page comes from the network.": "Составлено по отчётам, grader {version}. Из сети здесь ничего не берётся.",  # noqa: E501
    "{shown} of {total} shown": "показано {shown} из {total}",  # noqa: E501
    "sorted by {column}, upwards": "по столбцу «{column}», по возрастанию",  # noqa: E501
    "sorted by {column}, downwards": "по столбцу «{column}», по убыванию",  # noqa: E501
    "The class": "Вся группа",  # noqa: E501
    "For those who teach. It names students: do not publish it.": "Для преподавателей. Здесь названы студенты: не публикуйте эту страницу.",  # noqa: E501
    "Assignments": "Задания",  # noqa: E501
    "assignment": "задание",  # noqa: E501
    "to look at": "на что взглянуть",  # noqa: E501
    "not graded, our fault: {count}": "не удалось проверить: {count}",  # noqa: E501
    "flagged: {count}": "отмечено: {count}",  # noqa: E501
    "waiting for a person: {count}": "ждут проверки: {count}",  # noqa: E501
    "together": "всего",  # noqa: E501
    "passed, an error carried forward": "верно, ошибка перенесена",  # noqa: E501
    "{outcome}, the error of {item} is carried forward": "{outcome}, ошибка из {item} перенесена",  # noqa: E501
    "marked by a person": "оценено человеком",  # noqa: E501
    "Students by points": "Студенты по баллам",  # noqa: E501
    "{low} to less than {high}": "от {low} до {high}",  # noqa: E501
    "function missing": "нет функции",  # noqa: E501
    "exception": "исключение",  # noqa: E501
    "timed out": "превышено время",  # noqa: E501
    "out of memory": "превышена память",  # noqa: E501
    "unreadable answer": "ответ не читается",  # noqa: E501
    "too much output": "слишком много вывода",  # noqa: E501
    "too few students": "мало студентов",  # noqa: E501
    "all alike": "у всех одинаково",  # noqa: E501
    "all alike elsewhere": "в остальном у всех одинаково",  # noqa: E501
    "no other item": "других пунктов нет",  # noqa: E501
    "{file}: {count} of its names lead out of the zip; they were left out.": "{file}: имён, которые ведут за пределы архива: {count}; они пропущены.",  # noqa: E501
}


class _Russian(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return _RUSSIAN.get(message, message)


def phrases(lang: str) -> Callable[[str], str]:
    """The translation of an English phrase into `lang`; English for a language we lack."""
    translations = _Russian() if lang == "ru" else gettext.NullTranslations()
    return translations.gettext
