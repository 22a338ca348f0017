"""Golden values of EarlyStopping, ReduceLROnPlateau and ModelCheckpoint from Keras 3's own code.

python3 tests/golden/callbacks.py KERAS_GIT_DIR > tests/golden/callbacks.json

Only the callbacks' files of Keras are run; what they import is replaced by the few functions that they use.
"""

import json
import operator
import random
import subprocess
import sys
import types

import numpy as np


def module(name, **members):
    found = types.ModuleType(name)
    found.__dict__.update(members)
    sys.modules[name] = found
    return found


class Callback:
    def __init__(self):
        pass


class MetricsList:
    pass


ops = types.SimpleNamespace(less=operator.lt, greater=operator.gt)
backend = module("keras.src.backend", convert_to_numpy=np.asarray, is_tensor=lambda value: False)
io_utils = module("keras.src.utils.io_utils", print_msg=print)
file_utils = module("keras.src.utils.file_utils", path_to_string=str, exists=lambda path: True, makedirs=None)
compile_utils = module("keras.src.trainers.compile_utils", CompileMetrics=MetricsList, MetricsList=MetricsList)
module("keras")
module("keras.src", ops=ops, backend=backend)
module("keras.src.api_export", keras_export=lambda name: lambda value: value)
module("keras.src.utils", io_utils=io_utils, file_utils=file_utils)
module("keras.src.trainers", compile_utils=compile_utils)
module("keras.src.callbacks")
module("keras.src.callbacks.callback", Callback=Callback)


def load(name):
    source = subprocess.check_output(["git", "-C", sys.argv[1], "show", f"HEAD:keras/src/callbacks/{name}.py"])
    exec(compile(source, name, "exec"), module(f"keras.src.callbacks.{name}").__dict__)
    return sys.modules[f"keras.src.callbacks.{name}"]


load("monitor_callback")
EarlyStopping = load("early_stopping").EarlyStopping
ReduceLROnPlateau = load("reduce_lr_on_plateau").ReduceLROnPlateau
ModelCheckpoint = load("model_checkpoint").ModelCheckpoint


class Model:
    def __init__(self):
        self.stop_training = False
        self.optimizer = types.SimpleNamespace(learning_rate=1.0)
        self.epoch = -1
        self.restored = None
        self.saved = []

    def get_weights(self):
        return self.epoch

    def set_weights(self, weights):
        self.restored = weights

    def save(self, path, overwrite):
        self.saved.append(path)


def run(callback, values):
    model = callback.model = Model()
    if hasattr(callback, "on_train_begin"):
        callback.on_train_begin()
    rates = []
    for epoch, value in enumerate(values):
        model.epoch = epoch
        if hasattr(callback, "on_epoch_begin"):
            callback.on_epoch_begin(epoch)
        callback.on_epoch_end(epoch, {"val_x": value})
        rates.append(model.optimizer.learning_rate)
        if model.stop_training:
            break
    if hasattr(callback, "on_train_end"):
        callback.on_train_end()
    return model, rates


random.seed(1)
cases = {"earlyStopping": [], "reduceLROnPlateau": [], "modelCheckpoint": []}
for _ in range(100):
    # Quarters are exact in binary, and often equal.
    values = [random.randrange(0, 24) / 4 for _ in range(random.randrange(1, 25))]
    mode = random.choice(["min", "max"])
    delta = random.choice([0, 0, 0.25, 0.5, -0.25])
    patience = random.randrange(0, 6)
    options = dict(mode=mode, minDelta=delta, patience=patience)

    baseline = random.choice([None, None, 2.0, 4.0])
    start = random.choice([0, 0, 1, 4])
    stop = EarlyStopping("val_x", delta, patience, 0, mode, baseline, True, start)
    model, rates = run(stop, values)
    cases["earlyStopping"].append(
        dict(
            options=dict(options, baseline=baseline, startFromEpoch=start),
            values=values,
            epochs=len(rates),
            restored=model.restored,
        )
    )

    cooldown = random.randrange(0, 4)
    floor = random.choice([0, 0.0625])
    reduce = ReduceLROnPlateau("val_x", 0.5, patience, 0, mode, delta, cooldown, floor)
    _, rates = run(reduce, values)
    cases["reduceLROnPlateau"].append(
        dict(options=dict(options, factor=0.5, cooldown=cooldown, minLr=floor), values=values, rates=rates)
    )

    threshold = random.choice([None, 1.0, 3.0, 5.0])
    best = ModelCheckpoint("{epoch:03d}-{val_x:.2f}.keras", "val_x", 0, True, False, mode, "epoch", threshold)
    model, _ = run(best, values)
    cases["modelCheckpoint"].append(
        dict(options=dict(mode=mode, initialValueThreshold=threshold), values=values, saved=model.saved)
    )
print(json.dumps(cases))
