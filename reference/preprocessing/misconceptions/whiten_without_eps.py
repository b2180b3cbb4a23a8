"""There is no eps at all."""

LOSES = ["whiten"]
DIAGNOSIS = {
    "en": "eps is missing: an eigenvalue of 0 gives infinities",
    "ru": "eps нет вовсе: собственное значение 0 даёт бесконечности",
}
HINT = {
    "en": "What happens along a direction that never varied in training?",
    "ru": "Что будет вдоль направления, которое на обучении не менялось?",
}


def whiten(x, mean, components, eigenvalues, eps=1e-5):
    return pca_transform(x, mean, components) / eigenvalues.sqrt()
