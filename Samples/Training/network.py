"""The network: a residual CNN whose blocks can be read one after the other.

Every block ends in a ReLU, so that each is a candidate for a class activation map:

    stem            3 x 3 convolution, stride 2            1/2 of the input size
    stage1.block1   two 3 x 3 convolutions + shortcut      1/2
    stage2.block1-2                                        1/4
    stage3.block1-2                                        1/8
    stage4.block1                                          1/8
    pool, classifier   global average pooling, one linear layer

A 64 x 64 input gives a last map of 8 x 8, a 128 x 128 input one of 16 x 16. Everything before
the pooling is convolutional, so any input size that is a multiple of 8 works.
"""
import torch
from torch import nn

# name: (channels of the stages, blocks of the stages); the stem has the first stage's channels.
SIZES = {
    "small": ((32, 64, 128, 192), (1, 2, 2, 1)),
    "large": ((48, 96, 160, 256), (1, 2, 3, 1)),
}
STRIDES = (1, 2, 2, 1)


class Block(nn.Module):
    """relu(bn2(conv2(relu(bn1(conv1(x))))) + shortcut(x)), He et al. 2016, figure 2."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.shortcut_conv = self.shortcut_bn = None
        if stride != 1 or inputs != outputs:
            self.shortcut_conv = nn.Conv2d(inputs, outputs, 1, stride, bias=False)
            self.shortcut_bn = nn.BatchNorm2d(outputs)
        nn.init.zeros_(self.bn2.weight)  # a block starts as its shortcut

    def forward(self, x):
        shortcut = x
        if self.shortcut_conv is not None:
            shortcut = self.shortcut_bn(self.shortcut_conv(x))
        x = torch.relu_(self.bn1(self.conv1(x)))
        return torch.relu_(self.bn2(self.conv2(x)) + shortcut)


class Stem(nn.Module):
    def __init__(self, outputs):
        super().__init__()
        self.conv = nn.Conv2d(3, outputs, 3, 2, 1, bias=False)
        self.bn = nn.BatchNorm2d(outputs)

    def forward(self, x):
        return torch.relu_(self.bn(self.conv(x)))


class Network(nn.Module):
    """Input: N x 3 x H x W, RGB, normalised; output: N x classes logits."""

    def __init__(self, size="small", class_count=100):
        super().__init__()
        widths, depths = SIZES[size]
        self.size = size
        self.stem = Stem(widths[0])
        inputs = widths[0]
        self.stages = []
        for number, (width, depth, stride) in enumerate(zip(widths, depths, STRIDES), start=1):
            stage = nn.Sequential()
            for block in range(1, depth + 1):
                stage.add_module(f"block{block}", Block(inputs, width, stride if block == 1 else 1))
                inputs = width
            self.add_module(f"stage{number}", stage)
            self.stages.append(f"stage{number}")
        self.classifier = nn.Linear(inputs, class_count)
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")

    def forward(self, x):
        x = self.stem(x)
        for stage in self.stages:
            x = getattr(self, stage)(x)
        return self.classifier(x.mean((2, 3)))


def multiplications(network, size):
    """Multiply-adds of one image of size x size."""
    total = 0

    def count(module, _, output):
        nonlocal total
        total += module.weight.numel() * output.shape[2] * output.shape[3]

    hooks = [m.register_forward_hook(count) for m in network.modules() if isinstance(m, nn.Conv2d)]
    mode = network.training
    with torch.no_grad():
        network.eval()(torch.zeros(1, 3, size, size, device=network.classifier.weight.device))
    network.train(mode)
    for hook in hooks:
        hook.remove()
    return total + network.classifier.weight.numel()
