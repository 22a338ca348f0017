/**
 * Ten hidden layers: why sigmoids alone do not learn in a deep network, and what helps. Four networks learn to tell the arms of two spirals
 * apart, and the norms of their gradients before the first step say beforehand which of them can.
 * Needs no permission: `deno run examples/depth_and_gradients.ts`; `--help` lists the flags.
 *
 * @module
 */
import { type FunctionalModel, input, layers, model, optimizers, plot, schedules, type Tensor } from "retroprop";
import { describeFlags, type FlagValues, readFlags } from "./flags/read_flags.ts";
import { drawSpirals, type Spirals } from "./spirals/draw_spirals.ts";
import { drawLogBar } from "./terminal/draw_log_bar.ts";
import { putBeside } from "./terminal/put_beside.ts";

const COMMAND = {
  usage:
    "Trains four deep networks on two spirals: sigmoids alone, ReLU with He's initial weights, batch normalization, and residual links.\n" +
    "Shows the norm of the gradient in every layer, and what each network has learnt.\n\n" +
    "  deno run examples/depth_and_gradients.ts [flags]",
  flags: {
    depth: { default: 10, min: 1, max: 50, isInteger: true, help: "hidden layers" },
    units: { default: 16, min: 1, isInteger: true, help: "neurons in each" },
    epochs: { default: 300, min: 1, isInteger: true, help: "how often each network sees all points" },
    lr: { default: 0.01, min: 0, help: "learning rate of adam at its start; it falls to 0" },
    seed: { default: 1, min: 0, isInteger: true, help: "fixes the points and the initial weights" },
    seeds: { default: 1, min: 1, max: 100, isInteger: true, help: "how many seeds to try, from --seed on" },
    quiet: { default: false, help: "print only the accuracies" },
  },
} as const;

/** The settings of a run. */
export type DepthOptions = FlagValues<typeof COMMAND.flags>;

/** The networks. The last three are remedies, each of which changes one thing. */
const KINDS = {
  plain: "sigmoid",
  relu: "ReLU, He",
  normalized: "sigmoid, batch norm",
  residual: "sigmoid, residual",
} as const;

/** One of the networks. */
export type Kind = keyof typeof KINDS;

/** Points to train with; as many are held out. */
const POINTS = 500;
const BATCH = 50;
/** A network that reads more of the held-out points right has learnt the spirals. */
const SOLVED = 0.95;

/** What one training gave. */
export interface DepthResult {
  readonly model: FunctionalModel;
  /** ‖∂loss/∂kernel‖ of every hidden layer before the first step, over all points, from the inputs on. */
  readonly norms: readonly number[];
  /** The loss of every epoch. */
  readonly losses: readonly number[];
  /** The share of the held-out points that it tells apart. */
  readonly accuracy: number;
}

/** A network of `depth` hidden layers. */
function createNetwork(kind: Kind, { depth, units }: Pick<DepthOptions, "depth" | "units">, seed: number) {
  const point = input({ shape: [2], name: "point" });
  const sigmoid = () => layers.activation({ activation: "sigmoid" });
  let x = point;
  for (let i = 1; i <= depth; i++) {
    const name = `hidden_${i}`;
    if (kind === "plain") {
      x = layers.dense({ units, activation: "sigmoid", name }).apply(x);
    } else if (kind === "relu") {
      x = layers.dense({ units, activation: "relu", kernelInitializer: "heNormal", name }).apply(x);
    } else if (kind === "normalized") {
      // The normalization has a bias of its own. It remembers the last 10 batches or so, since an epoch is no longer than that.
      const sums = layers.dense({ units, useBias: false, name }).apply(x);
      x = sigmoid().apply(layers.batchNormalization({ momentum: 0.9 }).apply(sums));
    } else {
      // Every layer but the first adds to what comes in, so that the gradient has a way past it.
      const dense = layers.dense({ units, name });
      x = i === 1 ? dense.apply(x) : layers.add().apply([x, dense.apply(sigmoid().apply(x))]);
    }
  }
  const arm = layers.dense({ units: 1, activation: "sigmoid", name: "arm" }).apply(x);
  return model({ inputs: point, outputs: arm }, { name: kind, seed });
}

/** √Σ g². */
function normOf({ data }: Tensor): number {
  return Math.sqrt(data.reduce((sum, g) => sum + g * g, 0));
}

/** Looks at the gradients of one network, trains it, and tests it on points that it has not seen. */
export async function trainDeep(
  kind: Kind,
  options: Pick<DepthOptions, "depth" | "units" | "epochs" | "lr">,
  seed: number,
): Promise<DepthResult> {
  const [training, test] = drawBoth(seed);
  const network = createNetwork(kind, options, seed);
  network.compile({
    optimizer: optimizers.adam({
      learningRate: schedules.cosineDecay({
        initialLearningRate: options.lr,
        decaySteps: options.epochs * POINTS / BATCH,
      }),
    }),
    loss: "binary_crossentropy",
    metrics: ["accuracy"],
  });
  const { gradients } = network.gradients(training.x, training.y);
  const norms = Array.from({ length: options.depth }, (_, i) => normOf(gradients[`hidden_${i + 1}/kernel`]));
  const { history } = await network.fit(training.x, training.y, {
    epochs: options.epochs,
    batchSize: BATCH,
    verbose: 0,
  });
  const { accuracy } = network.evaluate(test.x, test.y);
  return { model: network, norms, losses: history.loss, accuracy: accuracy as number };
}

/** Points to train with, and points to test with. */
function drawBoth(seed: number): [Spirals, Spirals] {
  return [drawSpirals(POINTS, 2 * seed), drawSpirals(POINTS, 2 * seed + 1)];
}

/** The norms of all networks, a row a layer, as numbers and as bars. */
function drawNorms(results: readonly (readonly [Kind, DepthResult])[]): string {
  const scale = { min: 1e-8, max: 10, columns: 14 };
  const width = 8 + scale.columns;
  const head = `layer  ${results.map(([kind]) => KINDS[kind].padEnd(width)).join("  ")}`;
  const rows = results[0][1].norms.map((_, i) => {
    const cells = results.map(([, { norms }]) => {
      return `${norms[i].toExponential(1).padEnd(7)} ${drawLogBar(norms[i], scale)}`;
    });
    return `${String(i + 1).padStart(5)}  ${cells.join("  ")}`;
  });
  return [head, ...rows].map((line) => line.trimEnd()).join("\n");
}

/** What each network says of the points of a square, two beside each other. */
function drawBoundaries(results: readonly (readonly [Kind, DepthResult])[], seed: number, color: boolean): string {
  const [, { x, y }] = drawBoth(seed);
  const points = { x: x.slice(0, 60), y: y.slice(0, 60) };
  const pictures = results.map(([kind, { model, accuracy }]) => ({
    title: `${KINDS[kind]}: ${percent(accuracy)}`,
    picture: plot.decisionBoundary(model, {
      x: [-1.1, 1.1],
      y: [-1.1, 1.1],
      points: color ? undefined : points,
      width: 44,
      height: 18,
      color,
    }),
  }));
  return [pictures.slice(0, 2), pictures.slice(2)].map((pair) => putBeside(pair)).join("\n\n");
}

/** Runs the program. `print` gets what it says. Returns the accuracies of every network, one a seed; null after `--help`. */
export async function main(
  args: readonly string[],
  print: (text: string) => void = console.log,
): Promise<Record<Kind, number[]> | null> {
  const options = readFlags(args, COMMAND);
  if (options === null) {
    print(describeFlags(COMMAND));
    return null;
  }
  const { depth, units, seed, seeds, quiet } = options;
  const color = Deno.stdout.isTerminal() && !Deno.noColor;
  const kinds = Object.keys(KINDS) as Kind[];
  const accuracies: Record<Kind, number[]> = { plain: [], relu: [], normalized: [], residual: [] };
  if (!quiet) print(`two spirals, ${POINTS} points; ${depth} hidden layers of ${units} neurons\n`);
  for (let i = 0; i < seeds; i++) {
    const results: [Kind, DepthResult][] = [];
    for (const kind of kinds) {
      const result = await trainDeep(kind, options, seed + i);
      results.push([kind, result]);
      accuracies[kind].push(result.accuracy);
    }
    const line = results.map(([kind, { accuracy }]) => `${KINDS[kind]} ${percent(accuracy)}`).join(" | ");
    if (i === 0 && !quiet) {
      print(
        "norm of ∂loss/∂kernel before the first step, layer 1 next to the points; a bar's column is a factor of 4.4",
      );
      print(`${drawNorms(results)}\n`);
      const curves = Object.fromEntries(results.map(([kind, { losses }]) => [KINDS[kind], losses]));
      print(`${plot.lossCurve(curves, { title: "loss over epochs", color, width: 90 })}\n`);
      print(`${drawBoundaries(results, seed, color)}\n`);
    }
    print(`seed ${seed + i}: held-out points told apart: ${line}`);
  }
  const solved = kinds.map((kind) => {
    return `${KINDS[kind]} in ${accuracies[kind].filter((accuracy) => accuracy > SOLVED).length} of ${seeds}`;
  });
  print(`more than ${100 * SOLVED} %: ${solved.join(" | ")}`);
  return accuracies;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

if (import.meta.main) {
  try {
    await main(Deno.args);
  } catch (error) {
    console.error(`depth_and_gradients.ts: ${error instanceof Error ? error.message : error}`);
    Deno.exit(1);
  }
}
