"""A group is normalised at each pixel alone."""

LOSES = ["groupnorm.forward", "groupnorm.backward"]
DIAGNOSIS = {
    "en": "a group is normalised at each pixel alone: H and W are left out of the mean",
    "ru": "группа нормирована в каждом пикселе отдельно: H и W не вошли в среднее",
}
HINT = {
    "en": "One row for each group of an image: (N·groups, rest).",
    "ru": "Одна строка на группу изображения: (N·groups, остальное).",
}


def by_group(x, groups):
    n, c, h, w = x.shape
    return x.reshape(n, groups, c // groups, h, w).permute(0, 1, 3, 4, 2)


def groupnorm_forward(x, gamma, beta, groups, gn_param):
    grouped = by_group(x, groups)
    rows = grouped.reshape(-1, grouped.shape[-1])
    normal, std = normalise_rows(rows, gn_param.get("eps", 1e-5))
    normal = normal.reshape(grouped.shape).permute(0, 1, 4, 2, 3).reshape(x.shape)
    return by_channel(gamma) * normal + by_channel(beta), (normal, std, gamma, groups)


def groupnorm_backward(dout, cache):
    normal, std, gamma, groups = cache
    dgrouped = by_group(dout * by_channel(gamma), groups)
    rows = [one.reshape(len(std), -1) for one in (dgrouped, by_group(normal, groups))]
    dx = normalise_rows_backward(*rows, std).reshape(dgrouped.shape)
    dx = dx.permute(0, 1, 4, 2, 3).reshape(dout.shape)
    return dx, (dout * normal).sum(dim=(0, 2, 3)), dout.sum(dim=(0, 2, 3))
