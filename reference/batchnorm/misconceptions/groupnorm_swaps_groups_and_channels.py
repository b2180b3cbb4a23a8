"""There are C / groups groups of `groups` channels each."""

LOSES = ["groupnorm.forward"]
DIAGNOSIS = {
    "en": "groups is taken for the number of channels in a group",
    "ru": "groups понято как число каналов в группе",
}
HINT = {
    "en": "With groups = 1 there is one group with all channels in it.",
    "ru": "При groups = 1 группа одна, и в ней все каналы.",
}


def groupnorm_forward(x, gamma, beta, groups, gn_param):
    rows = x.shape[0] * x.shape[1] // groups
    return image_forward(x, gamma, beta, gn_param.get("eps", 1e-5), rows)
