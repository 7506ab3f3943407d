"""Trains scikit-learn's MLPClassifier on rows from a file; prints CPU milliseconds of fitting and the accuracy.

Arguments: folder, rows to train on, all rows, columns, times. The folder holds features.bin (float32, by column) and
classes.bin (uint8). Run it with OMP_NUM_THREADS=1 for one thread.
"""
import json
import sys
import time
import warnings

import numpy
from sklearn.neural_network import MLPClassifier

warnings.filterwarnings("ignore")
folder = sys.argv[1]
train, rows, columns, times = map(int, sys.argv[2:6])
features = numpy.fromfile(f"{folder}/features.bin", dtype=numpy.float32).reshape(columns, rows).T.copy()
classes = numpy.fromfile(f"{folder}/classes.bin", dtype=numpy.uint8)
cpu = wall = 0.0
for _ in range(times):
    model = MLPClassifier(
        hidden_layer_sizes=(64, 64), activation="relu", solver="adam", learning_rate_init=1e-3, batch_size=256,
        max_iter=5, alpha=0, tol=0, n_iter_no_change=1000, random_state=1)
    cpu_start, wall_start = time.process_time(), time.perf_counter()
    model.fit(features[:train], classes[:train])
    cpu += time.process_time() - cpu_start
    wall += time.perf_counter() - wall_start
accuracy = model.score(features[train:], classes[train:]) if rows > train else None
print(json.dumps({"cpuMs": cpu * 1000 / times, "wallMs": wall * 1000 / times, "accuracy": accuracy}))
