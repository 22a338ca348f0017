import { assert, assertEquals } from "@std/assert";
import { layers, optimizers, regularizers, sequential } from "../../mod.ts";
import { DID_NOT_LEARN } from "../../src/training/beats_guessing.ts";

const x = Array.from({ length: 40 }, (_, i) => [Math.sin(i), Math.cos(3 * i)]);

interface Case {
  readonly y: readonly number[] | readonly (readonly number[])[];
  readonly loss: string;
  readonly units?: number;
  readonly activation?: string;
  readonly rate: number;
  readonly penalty?: number;
  readonly epochs?: number;
  readonly verbose?: 0 | 1 | 2;
}

/** What a fit writes to stderr. */
async function listen(made: Case): Promise<string> {
  const { y, loss, units = 1, activation = "sigmoid", rate, penalty, epochs = 6, verbose = 2 } = made;
  const kernelRegularizer = penalty === undefined ? {} : { kernelRegularizer: regularizers.l2({ l2: penalty }) };
  const model = sequential([layers.dense({ units, activation: activation as "sigmoid", ...kernelRegularizer })], {
    seed: 1,
  });
  model.compile({ optimizer: optimizers.sgd({ learningRate: rate }), loss });
  const { writeSync } = Deno.stderr;
  let text = "";
  Deno.stderr.writeSync = (bytes) => {
    text += new TextDecoder().decode(bytes);
    return bytes.length;
  };
  try {
    await model.fit(x, y as number[], { epochs, verbose, workers: 1 });
  } finally {
    Deno.stderr.writeSync = writeSync;
  }
  return text;
}

Deno.test("a fit that shows its progress says when it did no better than a constant answer", async () => {
  const negative = x.map(([a]) => +(a < 0));
  const mixed = x.map((_, i) => i % 7 % 2);
  const told: Record<string, [made: Case, isTold: boolean]> = {
    "learns": [{ y: negative, loss: "binary_crossentropy", rate: 5 }, false],
    "hardly moves": [{ y: negative, loss: "binary_crossentropy", rate: 1e-5 }, true],
    "nothing to be learnt": [{ y: mixed, loss: "binary_crossentropy", rate: 0.5 }, true],
    "silent": [{ y: mixed, loss: "binary_crossentropy", rate: 0.5, verbose: 0 }, false],
    "too few epochs": [{ y: mixed, loss: "binary_crossentropy", rate: 0.5, epochs: 4 }, false],
    "a penalty is in the loss": [{ y: negative, loss: "binary_crossentropy", rate: 1e-5, penalty: 1 }, false],
    "labels that are all alike": [{ y: x.map(() => 1), loss: "binary_crossentropy", rate: 1e-5 }, false],
    "squares": [{ y: x.map(([a]) => -3 * a), loss: "mse", activation: "linear", rate: 1e-6 }, true],
    "squares, learnt": [{ y: x.map(([a]) => 3 * a), loss: "mse", activation: "linear", rate: 0.3 }, false],
    "classes": [
      { y: negative, loss: "sparse_categorical_crossentropy", units: 2, activation: "softmax", rate: 1e-6 },
      true,
    ],
    "classes, learnt": [
      { y: negative, loss: "sparse_categorical_crossentropy", units: 2, activation: "softmax", rate: 3 },
      false,
    ],
    "another loss": [{ y: negative, loss: "mae", rate: 1e-6 }, false],
  };
  for (const [name, [made, isTold]] of Object.entries(told)) {
    const text = await listen(made);
    assertEquals(text.endsWith(`${DID_NOT_LEARN}\n`), isTold, `${name}: ${text}`);
    assertEquals(text.includes("did not learn"), isTold, name);
    assert(made.verbose === 0 ? text === "" : text.startsWith("Epoch 1/"), name);
  }
});
