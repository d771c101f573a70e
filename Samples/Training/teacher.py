"""Soft scores of a teacher for the training photos: OUT/teacher.npy, photos x classes.

    python teacher.py --data DATA --output OUT --teacher MODEL.onnx --synsets SYNSETS.txt

The teacher is an ImageNet network (ONNX, input N x 3 x H x W of pixels / 127.5 - 1) that knows
photos of 224 pixels, so its own outputs fit 64 x 64 ones badly. Its pooled features are kept and
a linear classifier over the classes of DATA is trained on them, in folds: every photo's scores
come from a classifier that has not seen it, which keeps them honest about doubtful photos.
--synsets (one line an output: WordNet id, names) is only used to report the teacher's own
accuracy. Seed 20260501.
"""
import argparse
import os
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
import torch.nn.functional as F
from PIL import Image

import dataset

SEED, FOLDS, EPOCHS = 20260501, 5, 12


def session(model_path):
    """The teacher at any input size, with the output of its global pooling as an output."""
    model = onnx.load(model_path)
    dims = model.graph.input[0].type.tensor_type.shape.dim
    dims[0].dim_param, dims[2].dim_param, dims[3].dim_param = "N", "H", "W"
    del model.graph.value_info[:]
    pooled = next(n for n in model.graph.node if n.op_type == "GlobalAveragePool").output[0]
    model.graph.output.append(onnx.helper.make_tensor_value_info(pooled, 1, None))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = int(os.environ.get("OMP_NUM_THREADS", "0"))
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(model.SerializeToString(), options,
                                        providers=["CPUExecutionProvider"])


def enlarged(photos, size):
    images = [np.asarray(Image.fromarray(np.ascontiguousarray(p)).resize((size, size),
                                                                       Image.Resampling.BICUBIC))
              for p in photos]
    return np.ascontiguousarray((np.stack(images).astype(np.float32) / 127.5 - 1)
                                .transpose(0, 3, 1, 2))


def features(teacher, photos, size, path, batch=50):
    """Pooled features and logits of photos and of their mirror images, cached in `path`."""
    if path.exists():
        return np.load(path)["features"], np.load(path)["logits"]
    name = teacher.get_inputs()[0].name
    views, outputs = [], []
    for mirrored in (False, True):
        pooled, logits = [], []
        for start in range(0, len(photos), batch):
            block = photos[start:start + batch]
            block = block[:, :, ::-1] if mirrored else block
            out = teacher.run(None, {name: enlarged(block, size)})
            logits.append(out[0].astype(np.float16))
            pooled.append(out[1].reshape(len(block), -1).astype(np.float16))
        views.append(np.concatenate(pooled))
        outputs.append(np.concatenate(logits))
    np.savez(path, features=np.stack(views), logits=np.stack(outputs))
    return np.stack(views), np.stack(outputs)


def classifier(inputs, labels, class_count, generator):
    """Logistic regression with dropout on the features; AdamW, cosine."""
    layer = torch.nn.Linear(inputs.shape[1], class_count)
    torch.nn.init.zeros_(layer.weight)
    batch, steps = 500, EPOCHS * (len(inputs) // 500)
    optimiser = torch.optim.AdamW(layer.parameters(), lr=2e-3, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    for _ in range(EPOCHS):
        for chosen in torch.randperm(len(inputs), generator=generator).split(batch):
            x = F.dropout(inputs[chosen].float(), 0.3)
            loss = F.cross_entropy(layer(x), labels[chosen])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step() if schedule.last_epoch < steps else None
    return layer.eval()


@torch.no_grad()
def probabilities(layer, views):
    """The mean over the views (photo, mirror image) of the class probabilities."""
    return torch.stack([layer(v.float()).softmax(1) for v in views]).mean(0)


def accuracy(scores, labels):
    hits = scores.topk(5).indices == labels[:, None]
    return 100 * hits[:, 0].float().mean().item(), 100 * hits.any(1).float().mean().item()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", required=True)
    parser.add_argument("--output", required=True)
    parser.add_argument("--teacher", required=True)
    parser.add_argument("--synsets")
    parser.add_argument("--image-size", type=int, default=160)
    options = parser.parse_args()
    output = Path(options.output)
    output.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    arrays = dataset.load(options.data, output / "photos.npz")
    wnids = [wnid for wnid, _ in dataset.classes(options.data)]
    labels = torch.from_numpy(arrays["train_targets"]).long()
    val_labels = torch.from_numpy(arrays["val_targets"]).long()
    teacher = session(options.teacher)
    val, val_logits = features(teacher, arrays["val"], options.image_size,
                               output / "teacher-val.npz")
    if options.synsets:
        known = [line.split()[0] for line in Path(options.synsets).read_text().splitlines()]
        own = torch.from_numpy(val_logits[0][:, [known.index(w) for w in wnids]]).float()
        print("teacher's own outputs, validation top-1 %.2f top-5 %.2f" % accuracy(own, val_labels))
    train, _ = features(teacher, arrays["train"], options.image_size, output / "teacher-train.npz")
    mean, deviation = train[0].astype(np.float32).mean(0), train[0].astype(np.float32).std(0) + 1e-3
    train = [torch.from_numpy(((v - mean) / deviation).astype(np.float16)) for v in train]
    val = [torch.from_numpy((v - mean) / deviation) for v in val]
    generator = torch.Generator().manual_seed(SEED)
    fold = torch.randperm(len(labels), generator=generator) % FOLDS
    scores, val_scores = torch.zeros(len(labels), len(wnids)), 0
    for number in range(FOLDS):
        seen = fold != number
        layer = classifier(torch.cat([v[seen] for v in train]), labels[seen].repeat(2),
                           len(wnids), generator)
        scores[~seen] = probabilities(layer, [v[~seen] for v in train])
        val_scores = val_scores + probabilities(layer, val) / FOLDS
        print(f"fold {number}: validation top-1 %.2f top-5 %.2f"
              % accuracy(probabilities(layer, val), val_labels), flush=True)
    print("mean of the folds, validation top-1 %.2f top-5 %.2f" % accuracy(val_scores, val_labels))
    print("unseen training photos, top-1 %.2f top-5 %.2f" % accuracy(scores, labels))
    loss = F.nll_loss(scores.clamp(min=1e-8).log(), labels).item()
    print(f"mean cross entropy of the scores of unseen training photos {loss:.3f}")
    np.save(output / "teacher.tmp.npy", scores.half().numpy())
    os.replace(output / "teacher.tmp.npy", output / "teacher.npy")


if __name__ == "__main__":
    main()
