# expect: full
#!/usr/bin/env python
# coding: utf-8

# # Activations
# Exported with File > Download > .py

# In[1]:


get_ipython().run_line_magic('load_ext', 'autoreload')
get_ipython().run_line_magic('autoreload', '2')
get_ipython().run_line_magic('matplotlib', 'inline')
get_ipython().system('pip install -q tqdm')

import matplotlib.pyplot as plt
import torch
from IPython.display import display
from tqdm.notebook import tqdm

plt.rcParams['figure.figsize'] = (10.0, 8.0)
torch.manual_seed(0)


# In[2]:


from google.colab import drive
drive.mount('/content/drive')


# In[7]:


def sigmoid_forward(x):
    out = torch.sigmoid(x)
    return out, out

def sigmoid_backward(dout, cache):
    return dout * cache * (1 - cache)

x = torch.linspace(-10, 10, 200)
y, cache = sigmoid_forward(x)
fig, ax = plt.subplots(1, 2)
ax[0].plot(x, y)
ax[1].plot(x, sigmoid_backward(torch.ones_like(x), cache))
plt.show()


# In[4]:


def tanh_forward(x):
    out = torch.tanh(x)
    return out, out

def tanh_backward(dout, cache):
    return dout * (1 - cache ** 2)

tanh_forward(torch.randn(3, 4))[0]


# In[31]:


# first try, wrong on purpose, redefined below
def relu_forward(x):
    return abs(x), x


# In[32]:


def relu_forward(x):
    out = x * (x > 0)
    return out, x

def relu_backward(dout, cache):
    return dout * (cache > 0)


# In[33]:


def leaky_relu_forward(x, negative_slope=0.01):
    k = (x > 0) + negative_slope * (x <= 0)
    return k * x, k

def leaky_relu_backward(dout, k):
    return dout * k

def prelu_forward(x, alpha):
    return x * (x > 0) + alpha * x * (x <= 0), (x, alpha)

def prelu_backward(dout, cache):
    x, alpha = cache
    dx = dout * (x > 0) + dout * alpha * (x <= 0)
    d = dout * x * (x <= 0)
    dalpha = d.sum() if alpha.dim() == 0 else d.sum(0)
    return dx, dalpha


# In[ ]:


def elu_forward(x, alpha=1.0):
    safe = torch.minimum(x, torch.zeros_like(x))
    return torch.where(x > 0, x, alpha * (safe.exp() - 1)), (x, alpha)

def elu_backward(dout, cache):
    x, alpha = cache
    safe = torch.minimum(x, torch.zeros_like(x))
    return torch.where(x > 0, dout, alpha * safe.exp() * dout)

lam, alp = 1.0507, 1.6733

def selu_forward(x):
    out, cache = elu_forward(x, alp)
    return lam * out, cache

def selu_backward(dout, cache):
    return lam * elu_backward(dout, cache)


# In[12]:


def maxout_forward(x, w1, b1, w2, b2):
    h1 = x.mm(w1) + b1
    h2 = x.mm(w2) + b2
    return torch.max(h1, h2), (x, w1, w2, h1 > h2)

def maxout_backward(dout, cache):
    x, w1, w2, m = cache
    d1, d2 = dout * m, dout * (~m)
    return d1.mm(w1.t()) + d2.mm(w2.t()), x.t().mm(d1), d1.sum(0), x.t().mm(d2), d2.sum(0)


# In[13]:


def swish_forward(x, beta=1.0):
    s = torch.sigmoid(beta * x)
    return x * s, (x, s, beta)

def swish_backward(dout, cache):
    x, s, beta = cache
    dx = dout * (s + beta * x * s * (1 - s))
    dbeta = (dout * x ** 2 * s * (1 - s)).sum()
    return dx, dbeta

for beta in tqdm([0.01, 1.0, 10.0]):
    plt.plot(x, swish_forward(x, beta)[0], label=f'beta = {beta}')
plt.legend()
plt.savefig('swish.png')


# In[14]:


def saturated_fraction(local_grad, threshold=1e-3):
    return (local_grad.abs() < threshold).float().mean().item()

def dead_fraction(activations):
    return (activations == 0).all(0).float().mean().item()

def weight_gradient(x, upstream, w, b):
    s = torch.sigmoid((w * x).sum() + b)
    return upstream * s * (1 - s) * x

get_ipython().run_line_magic('timeit', 'saturated_fraction(torch.randn(100, 100))')


# In[15]:


def train_mlp(x, y, weights, batches, lr, activation):
    fs = {'relu': (relu_forward, relu_backward), 'tanh': (tanh_forward, tanh_backward),
          'sigmoid': (sigmoid_forward, sigmoid_backward)}
    f, b = fs[activation]
    Ws = [w.clone() for w, _ in weights]
    bs = [v.clone() for _, v in weights]
    L = len(Ws)
    losses = []
    for idx in tqdm(batches):
        h = x[idx]
        hs, cs = [], []
        for l in range(L):
            hs.append(h)
            h = h.mm(Ws[l]) + bs[l]
            if l < L - 1:
                h, c = f(h)
                cs.append(c)
        p = torch.softmax(h, 1)
        n = len(idx)
        losses.append(-torch.log_softmax(h, 1)[torch.arange(n), y[idx]].mean().item())
        p[torch.arange(n), y[idx]] -= 1
        d = p / n
        for l in range(L - 1, -1, -1):
            dW, db = hs[l].t().mm(d), d.sum(0)
            d = d.mm(Ws[l].t())
            if l > 0:
                d = b(d, cs[l - 1])
            Ws[l] = Ws[l] - lr * dW
            bs[l] = bs[l] - lr * db
    return list(zip(Ws, bs)), losses


# In[16]:


display(plt.gcf())
print('done :)')
