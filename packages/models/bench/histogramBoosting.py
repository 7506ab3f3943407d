"""Trains scikit-learn's histogram boosting on rows from a file; prints CPU milliseconds of fitting and the accuracy.

Arguments: folder, rows to train on, all rows, columns, times. The folder holds features.bin (float32, by column) and
classes.bin (uint8). Run it with OMP_NUM_THREADS=1 for one thread.
"""
import json
import sys
import time

import numpy
from sklearn.ensemble import HistGradientBoostingClassifier

folder = sys.argv[1]
train, rows, columns, times = map(int, sys.argv[2:6])
features = numpy.fromfile(f"{folder}/features.bin", dtype=numpy.float32).reshape(columns, rows).T.copy()
classes = numpy.fromfile(f"{folder}/classes.bin", dtype=numpy.uint8)
cpu = wall = 0.0
for _ in range(times):
    model = HistGradientBoostingClassifier(
        max_iter=100, learning_rate=0.1, max_depth=6, max_leaf_nodes=None, l2_regularization=1,
        min_samples_leaf=20, max_bins=255, early_stopping=False)
    cpu_start, wall_start = time.process_time(), time.perf_counter()
    model.fit(features[:train], classes[:train])
    cpu += time.process_time() - cpu_start
    wall += time.perf_counter() - wall_start
accuracy = model.score(features[train:], classes[train:]) if rows > train else None
print(json.dumps({"cpuMs": cpu * 1000 / times, "wallMs": wall * 1000 / times, "accuracy": accuracy}))
