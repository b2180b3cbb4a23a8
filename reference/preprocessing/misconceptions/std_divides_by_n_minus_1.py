"""The unbiased estimate: 1/(N-1) under the root."""

LOSES = ["fit_channel_mean_std"]
DIAGNOSIS = {
    "en": "the unbiased estimate, 1/(N-1), was taken; 1/N is asked",
    "ru": "взята несмещённая оценка с 1/(N-1), а нужна с 1/N",
}
HINT = {
    "en": "What does torch.std do unless told otherwise?",
    "ru": "Что делает torch.std, если ничего не указать?",
}


def fit_channel_mean_std(train):
    c = train.shape[1]
    return fit_channel_mean(train), train.transpose(0, 1).reshape(c, -1).std(dim=1)
