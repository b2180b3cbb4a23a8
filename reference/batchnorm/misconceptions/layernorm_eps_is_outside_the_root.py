"""A row is divided by sqrt(var) + eps."""

LOSES = ["layernorm.forward"]
DIAGNOSIS = {
    "en": "eps stands outside the root",
    "ru": "eps вне корня",
}
HINT = {
    "en": "Try a large eps, such as 1e-2.",
    "ru": "Возьмите большой eps, например 1e-2.",
}


def layernorm_forward(x, gamma, beta, ln_param):
    centred = x - x.mean(dim=1, keepdim=True)
    std = (centred**2).mean(dim=1, keepdim=True).sqrt() + ln_param.get("eps", 1e-5)
    return gamma * centred / std + beta, (centred / std, std, gamma)
