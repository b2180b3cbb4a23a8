"""The averaged axis is kept, with one entry."""

LOSES = ["fit_mean_image"]
DIAGNOSIS = {
    "en": "the result is (1, C, H, W): the averaged axis was kept",
    "ru": "результат формы (1, C, H, W): усреднённая ось осталась",
}
HINT = {
    "en": "Print the shape. What does keepdim do?",
    "ru": "Выведите форму. Что делает keepdim?",
}


def fit_mean_image(train):
    return train.mean(dim=0, keepdim=True)
