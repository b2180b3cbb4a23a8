"""The mean of x itself is subtracted."""

LOSES = ["pca_transform"]
DIAGNOSIS = {
    "en": "the mean of x itself was subtracted; that of the training data is an argument",
    "ru": "вычтено среднее самого x, а среднее обучающих данных передано аргументом",
}
HINT = {
    "en": "What are the coordinates of a single example?",
    "ru": "Каковы координаты единственного примера?",
}


def pca_transform(x, mean, components):
    return (x - x.mean(dim=0)) @ components.T
