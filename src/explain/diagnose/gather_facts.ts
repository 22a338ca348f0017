import type { DataInputs, SampleInputs } from "../../data/data_input.ts";
import type { Dataset } from "../../data/dataset.ts";
import type { Layer } from "../../layers/layer.ts";
import type { Internals } from "../../models/internals.ts";
import type { EpochStatistics, LayerStatistics } from "../../training/layer_statistics.ts";
import { lastQuarter, meanOf } from "../curvature/averages.ts";
import { rateEdge } from "../curvature/rate_edge.ts";
import { sharpness } from "../curvature/sharpness.ts";
import { type Trap, trap } from "../curvature/trap.ts";
import { type AnyModel, internalsOf } from "../trace/internals_of.ts";
import { Tracer } from "../trace/tracer.ts";
import { LayerProbe } from "../watch/layer_probe.ts";
import { pickRows } from "../watch/pick_rows.ts";
import { activationOf } from "./activation_of.ts";
import type { Facts, KernelFacts, LayerFacts, OutputFacts } from "./facts.ts";
import { findColumns } from "./find_columns.ts";
import { isLinearStack } from "./is_linear_stack.ts";
import { outputLosses } from "./output_losses.ts";
import type { Progress } from "./read_progress.ts";
import { largestUpdate, type Replay, replay } from "./replay.ts";

/** Samples that layers are measured on, and that answers without a model are. */
const PROBE = 256, LABELS = 2048;
/** A model that went this share of the way from guessing to perfect answers learns. */
const LEARNING = 0.5;
/** Samples times weights up to which a Hessian is looked at: it takes a tenth of a second. */
const SMALL = 2000;
/** How many updates count as the first ones. */
const FIRST = 20;

/** The data of a training. */
export interface DiagnosedData {
  readonly x: SampleInputs;
  readonly y: DataInputs;
}

/** What was found, and why something was not. */
export interface Gathered {
  readonly facts: Facts;
  /** Why the beginning of the training could not be made again; null where it could, or was watched. */
  readonly missing: string | null;
  /** Samples in a step. */
  readonly batchSize: number;
}

/** Measures all that rules look at. */
export function gatherFacts(
  what: string,
  progress: Progress,
  model: AnyModel,
  { x, y }: DiagnosedData,
  validationRows: number | null,
): Gathered {
  const internals = internalsOf(what, model);
  const samples = internals.samplesFor(model as never, x, y, undefined);
  const { trainer, network, signature } = model;
  const batchSize = progress.steps === null ? Math.min(32, samples.count) : Math.ceil(samples.count / progress.steps);
  const probe = pickRows(
    internals,
    samples,
    network.isStateful ? batchSize : Math.min(PROBE, samples.count),
    model.seed,
  );
  // Then the history is not that of the training from its beginning.
  const wasTrained = progress.start === null && trainer.epochs > progress.losses.length;
  let [missing, again]: [string | null, Replay | null] = [null, null];
  try {
    if (wasTrained) throw new Error("the model had been trained before this fit; give what watch has seen of it");
    again = replay(what, model, samples, { probe, batchSize, steps: progress.start === null ? FIRST : 0 });
  } catch (error) {
    missing = (error as Error).message;
  }
  const start = progress.start ?? again?.start ?? null;
  // A model whose weights nobody trained, though there were epochs, says nothing of the end: that of a trial of a search.
  const isEnd = progress.losses.length === 0 || trainer.step > 0;
  const end = isEnd ? measureEnd(what, model, probe) : null;
  const outputs = describeOutputs(internals, model, samples, answerOn(what, model, probe));
  const total = (key: "constant" | "best" | "zero" | "reachable"): number =>
    outputs.reduce((sum, { facts, weight }) => sum + weight * facts[key], 0);
  const [constant, best] = [total("constant"), total("best")];
  const losses = progress.losses.filter(Number.isFinite);
  const quarter = lastQuarter(losses);
  // Penalties, and what dropout costs while training, are no lack of skill.
  const own = outputs.reduce((sum, { loss, weight }) => sum + weight * loss, 0);
  const measured = isEnd ? end : start;
  const extra = measured === null ? 0 : Math.max(0, measured.loss - own);
  const reached = quarter.length === 0 ? own : meanOf(quarter) - extra;
  const skill = constant > best ? (constant - reached) / (constant - best) : reached <= constant + 1e-6 ? 1 : 0;
  const isCrash = progress.crash !== null || again?.isFinite === false;
  const watched = progress.epochs.length > 0 ? progress.epochs.map(largestUpdate) : again?.updates ?? [];
  const weights = network.variables.reduce((sum, { elements }) => sum + elements, 0);
  const isSmall = weights * samples.count <= SMALL;
  const isLearning = !isCrash && skill >= LEARNING;
  const { optimizer } = trainer.compiled;
  const { isPlain } = rateEdge(model);
  const rate = "learningRate" in optimizer ? optimizer.learningRate : null;
  return {
    batchSize,
    missing: progress.start === null ? missing : null,
    facts: {
      losses,
      validation: progress.validation.filter(Number.isFinite),
      crash: progress.crash ?? (isCrash ? { epoch: losses.length, layer: null } : null),
      startLoss: start?.loss ?? null,
      constant,
      best,
      zero: total("zero"),
      reachable: total("reachable"),
      skill,
      isLearning,
      layers: describeLayers(model, start, end),
      outputs: outputs.map(({ facts }) => isEnd ? facts : { ...facts, spread: Infinity }),
      columns: findColumns(model, samples),
      kernels: findKernels(model, again, start),
      isLinear: isLinearStack(model),
      start,
      end,
      updates: [...(progress.start === null ? [] : [largestUpdate(progress.start)]), ...watched].slice(0, FIRST),
      optimizer: {
        id: optimizer.id,
        rate: typeof rate === "number" ? rate : rate === null ? null : rate.at(0),
        isPlain,
      },
      sharpness: isLearning || !isPlain || !isSmall ? null : findSharpness(what, model, { x, y }),
      trap: isLearning || end === null || !isSmall ? null : findTrap(model, { x, y }),
      rows: probe.count,
      validationRows,
    },
  };

  function describeLayers(
    model: AnyModel,
    start: EpochStatistics | null,
    end: EpochStatistics | null,
  ): readonly LayerFacts[] {
    const given = new Set(signature.outputs.map(({ layer }) => layer));
    const named = (found: EpochStatistics | null, name: string): LayerStatistics | null =>
      found?.layers.find(({ layer }) => layer === name) ?? null;
    return (start ?? end)?.layers.map(({ layer: name, weightNorm }): LayerFacts => {
      const layer = findLayer(model, name.replace(/#\d+$/, ""));
      return {
        name,
        layer,
        activation: activationOf(layer),
        isTrained: weightNorm !== null,
        isOutput: given.has(name),
        places: placesOf(model, layer),
        start: named(start, name),
        end: named(end, name),
      };
    }) ?? [];
  }
}

/** λmax before the first step, of a small model on few samples; null where it is not to be had. */
function findSharpness(what: string, model: AnyModel, { x, y }: DiagnosedData): number | null {
  try {
    const fresh = internalsOf(what, model).rebuildModel(model as never) as AnyModel;
    fresh.compile(model.compiledWith!);
    return sharpness(fresh, x, y).lambdaMax;
  } catch {
    return null; // a part of the user's own, or an op without a second derivative
  }
}

/** Where a small model stands; null where that is not to be had. */
function findTrap(model: AnyModel, { x, y }: DiagnosedData): Trap | null {
  try {
    return trap(model, x, y);
  } catch {
    return null; // as above
  }
}

/** The layers as the weights are now; null where they are not finite. */
function measureEnd(what: string, model: AnyModel, rows: Dataset): EpochStatistics | null {
  const probe = new LayerProbe(what, model, rows);
  const found = probe.measure(Infinity);
  probe.close();
  return Number.isFinite(found.loss) ? found : null;
}

/** What the model gives for some samples at an output that is trained. */
interface Answers {
  readonly predictions: Float32Array;
  /** Its loss as the model computes it, without penalties: one that is fused with the activation sees beyond 0 and 1. */
  readonly loss: number;
}

/** What the model answers for some samples, for each output that is trained. */
function answerOn(what: string, model: AnyModel, rows: Dataset): Answers[] {
  const tracer = new Tracer(model, { rows: rows.count, shapes: rows.shapes }, { what, training: false, by: "none" });
  tracer.run(rows);
  const { outputs, losses } = tracer.traced;
  const found = outputs.map((output, i): Answers => {
    return { predictions: tracer.valueOf(output)!.slice(), loss: tracer.valueOf(losses[i])![0] };
  });
  tracer.close();
  return found;
}

function describeOutputs(
  internals: Internals,
  model: AnyModel,
  samples: Dataset,
  answers: readonly Answers[],
): { facts: OutputFacts; weight: number; loss: number }[] {
  const { trainer: { compiled: { objective: { goals } } }, network } = model;
  const some = pickRows(internals, samples, Math.min(LABELS, samples.count), model.seed);
  return goals.map((goal, i) => {
    const { loss, port, lossWeight, output } = goal;
    const shape = samples.shapes === null ? port.shape as number[] : samples.shapes.outputs[output];
    const activation = activationOf(network.graph.layers.find(({ name }) => name === port.layer) ?? null);
    const labelShape = samples.targets[i].shape.slice(1);
    const labels = takeLabels(some, i);
    const about = { labels, rows: some.count, shape, labelShape, activation };
    const { constant, best, zero, reachable } = outputLosses(internals, goal, about);
    const width = shape[shape.length - 1] ?? 1;
    let [spread, middle] = [-1, 0];
    for (let column = 0; column < width; column++) {
      const values = answers[i].predictions.filter((_, at) => at % width === column);
      const mean = meanOf([...values]);
      const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
      if (sd > spread) [spread, middle] = [sd, mean];
    }
    return {
      weight: lossWeight,
      loss: answers[i].loss,
      facts: {
        layer: port.layer,
        lossId: loss.id,
        link: loss.link ?? null,
        activation,
        labelsFrom: labels.reduce((a, b) => Math.min(a, b)),
        labelsTo: labels.reduce((a, b) => Math.max(a, b)),
        areClasses: loss.target === "class_index" || labels.every((label) => label === 0 || label === 1),
        constant,
        best,
        zero,
        reachable,
        spread,
        middle,
      },
    };
  });
}

/** The labels of some samples, one after the other. */
function takeLabels({ targets, rows, count }: Dataset, i: number): Float32Array {
  const { data, shape } = targets[i];
  if (rows === null) return data;
  const width = data.length / shape[0];
  const found = new Float32Array(count * width);
  rows.forEach((row, at) => found.set(data.subarray(row * width, (row + 1) * width), at * width));
  return found;
}

/** The layer of a name as statistics have it: `<outer>/<inner>` of one inside another. */
function findLayer(model: AnyModel, name: string): Layer | null {
  let inside = new Map(model.layers.map((layer) => [layer.name, layer]));
  let found: Layer | null = null;
  for (const part of name.split("/")) {
    found = inside.get(part) ?? null;
    if (found === null) return null;
    inside = new Map(found.innerLayers);
  }
  return found;
}

/** At how many places a layer gives its units; 1 where nobody knows. */
function placesOf({ network: { graph } }: AnyModel, layer: Layer | null): number {
  const shape = graph.nodes.find((node) => node.layer === layer)?.outputs[0].sampleShape ?? [];
  return shape.slice(0, -1).reduce<number>((product, length) => product * (length ?? 1), 1);
}

/** The kernels of layers one behind the other before the first step, if the weights that the seed draws are those that training began with. */
function findKernels(model: AnyModel, again: Replay | null, start: EpochStatistics | null): readonly KernelFacts[] {
  if (again === null || start === null) return [];
  const isSame = start.layers.every(({ weightNorm }, i) => {
    const drawn = again.start.layers[i]?.weightNorm ?? null;
    return weightNorm === null || drawn !== null && Math.abs(weightNorm - drawn) <= 1e-5 * weightNorm;
  });
  if (!isSame) return [];
  return model.network.variables.flatMap(({ name, shape, slot }) => {
    const values = again.weights.get(name);
    if (slot < 0 || !name.endsWith("/kernel") || values === undefined || shape.length < 2) return [];
    return [{ layer: name.slice(0, -"/kernel".length), units: shape[shape.length - 1], values }];
  });
}
