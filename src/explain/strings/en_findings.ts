import { formatNumber } from "../../drawing/format_number.ts";
import type { StringTable } from "../../drawing/language.ts";
import { percent } from "./percent.ts";

const n = (value: number): string => formatNumber(value);

/** What findings and remedies say, in English. */
export const enFindings = {
  // Findings
  labelsOutside: (from: number, to: number, activation: string, low: number, high: number, least: number) =>
    `The labels reach from ${n(from)} to ${n(to)}, but ${activation} can only answer ${
      Number.isFinite(low) ? n(low) : "−∞"
    } … ${Number.isFinite(high) ? n(high) : "∞"}: the loss cannot get below ${n(least)}.`,
  labelsLoss: (loss: string, activation: string) =>
    `The loss ${loss} takes probabilities, and the output's activation is ${activation}, which answers with other numbers.`,
  labelsTwice: (activation: string, loss: string) =>
    `The output has ${activation}, and ${loss} with fromLogits applies it once more.`,
  labelsSquares: (activation: string) =>
    `The labels are classes, and squared errors behind ${activation} have small gradients where an answer is quite wrong.`,
  symmetricUnits: (equal: number, units: number, layer: string) =>
    `${
      equal === units ? `All ${units}` : `${equal} of the ${units}`
    } units of layer ${layer} began equal, so they get equal gradients and stay one unit.`,
  linearStack: (layers: number, skill: number) =>
    `${layers} layers without an activation between them are one linear layer: its skill here is ${n(skill)}.`,
  unscaledRatio: (most: string, least: string, ratio: number) =>
    `Column ${most} of the inputs varies ${
      n(ratio)
    } times as much as column ${least}: weights of one size do not fit both.`,
  unscaledSpread: (column: string, sd: number) =>
    `Column ${column} of the inputs has a standard deviation of ${n(sd)}; weights begin as if it were about 1.`,
  unscaledOffset: (column: string, mean: number, sd: number) =>
    `Column ${column} of the inputs has mean ${n(mean)} and standard deviation ${
      n(sd)
    }: it hardly varies around a number far from 0.`,
  explodingStart: (loss: number, guess: number) =>
    `The first loss is ${n(loss)}, where guessing gives ${n(guess)}: the weights begin too large.`,
  explodingGrowth: (growth: number, back: number, loss: number, guess: number) =>
    `The signal grows ×${n(growth)} in every layer, and the gradient ×${n(back)} on the way back: the first loss is ${
      n(loss)
    } where guessing gives ${n(guess)}.`,
  deadStart: (layer: string) =>
    `All units of layer ${layer} answer 0 for every sample before training begins: no gradient passes, and this cannot recover by itself.`,
  deadLater: (layer: string) =>
    `All units of layer ${layer} died in training: they answer 0 for every sample, and no gradient passes any more.`,
  vanishing: (factor: number, layers: number, attenuation: number, frozen: number | null, layer: string) =>
    `Each layer passes on ${n(factor)} of the gradient; after ${layers} layers ${n(attenuation)} of it is left${
      frozen === null || frozen < 0.01
        ? ""
        : `, and a step leaves ${percent(frozen)} of the weights of ${layer} as they were`
    }.`,
  saturatedStart: (share: number, layer: string, activation: string) =>
    `${
      percent(share)
    } of the answers of layer ${layer} stand where ${activation} is flat (slope below 5 % of its maximum) before training begins.`,
  saturatedEnd: (share: number, layer: string, activation: string) =>
    `${
      percent(share)
    } of the answers of layer ${layer} ended where ${activation} is flat (slope below 5 % of its maximum).`,
  rateLarge: (update: number, rises: number, loss: number, guess: number) =>
    `A step changed weights by up to ${percent(update)} of their size; the loss rose in ${
      percent(rises)
    } of the epochs and ended at ${n(loss)}, where guessing gives ${n(guess)}.`,
  rateLargeEdge: (edge: number, rises: number, loss: number, guess: number) =>
    `At the start η·λmax is ${n(edge)}, where about 2 is the edge; the loss rose in ${
      percent(rises)
    } of the epochs and ended at ${n(loss)}, where guessing gives ${n(guess)}.`,
  rateCrash: (epoch: number, update: number) =>
    `Values stopped being finite in epoch ${epoch}; a step had changed weights by up to ${
      percent(update)
    } of their size.`,
  rateSmall: (update: number, epochs: number) =>
    `Each step changes the weights by ${percent(update)} of their size: too little for ${epochs} epochs.`,
  rateSmallEdge: (edge: number, epochs: number) =>
    `η·λmax is ${n(edge)}, where 2 would be the edge: steps are too short for ${epochs} epochs.`,
  diverged: (first: number, last: number) => `The loss went from ${n(first)} to ${n(last)}.`,
  deadUnits: (share: number, layer: string) =>
    `${percent(share)} of the units of layer ${layer} answer 0 for every sample: they do not learn.`,
  overfitting: (epoch: number, least: number, last: number, rows: number | null) =>
    `The validation loss was least in epoch ${epoch} (${n(least)}) and is ${
      n(last)
    } now, while the training loss fell on${rows === null ? "" : ` (${rows} validation samples)`}.`,
  constantOutput: (answer: number) => `Whatever the input is, the answer is ${n(answer)}.`,
  notLearning: (skill: number, loss: number, guess: number) =>
    `It is hardly better than always giving the same answer: loss ${n(loss)} where that gives ${n(guess)}, skill ${
      n(skill)
    }. No rule says why.`,
  trapSaddle: (loss: number, gradient: number, ways: number) =>
    `It stands on a saddle: loss ${n(loss)}, |g| ${
      n(gradient)
    }, and the surface still falls (ways down: ${ways}). Training leaves it, but slowly.`,
  trapPlateau: (loss: number, gradient: number) =>
    `It stands on a plateau: loss ${n(loss)}, |g| ${n(gradient)}, and all answers are alike.`,
  trapValley: (loss: number, gradient: number, saturated: number) =>
    `It is in a valley or minimum that training does not leave: loss ${n(loss)}, |g| ${
      n(gradient)
    }, no direction leads down, ${percent(saturated)} of the hidden answers are saturated.`,
  notYet: (skill: number, loss: number, guess: number) =>
    `It is on its way, but slowly: the loss is still falling, to ${n(loss)} now, where guessing gives ${
      n(guess)
    }; skill ${n(skill)}. No rule says why.`,
  // Remedies
  useLinearOutput: () => "Most likely helps: no activation in the last layer, as the loss brings its own.",
  useProbabilities: (activation: string) => `Most likely helps: activation "${activation}" in the last layer.`,
  useLinearForNumbers: () =>
    "Most likely helps: a linear last layer with mean_squared_error, or labels scaled to what the activation answers.",
  useLoss: (loss: string) => `May help: the loss ${loss}.`,
  useInitializer: () => "Most likely helps: a random initializer, glorot_uniform or he_normal.",
  useHiddenActivation: () => 'Most likely helps: activation "tanh" or "relu" in the hidden layers.',
  useNormalization: () => "Most likely helps: layers.normalization() as first layer, adapted to the data.",
  useSmallerStart: () =>
    "Most likely helps: smaller initial weights (glorot_uniform, behind relu he_normal); then scaled inputs, clipnorm: 1.",
  useZeroBias: () => "Most likely helps: biases that begin at 0, and he_normal.",
  useReluAndHe: () =>
    'Most likely helps: activation "relu" with he_normal, or tanh; then fewer layers, batch normalization.',
  useSmallerRate: (rate: number | null) =>
    `Most likely helps: a smaller learning rate${rate === null ? "" : `, try ${n(rate)}`}.`,
  useSmallerRateOrScale: (rate: number | null) =>
    `Most likely helps: a smaller learning rate${rate === null ? "" : `, try ${n(rate)}`}, or scaled labels.`,
  useLargerRate: (rate: number | null) =>
    `Most likely helps: a larger learning rate${rate === null ? "" : `, try ${n(rate)}`}, or many more epochs.`,
  useLeakyRelu: () => 'May help: activation "leaky_relu", or a smaller learning rate.',
  useEarlyStopping: () => "Most likely helps: early stopping; then L2, dropout, more data.",
  seeCauses: () => "This is what other causes look like: see them first.",
  useMoreEpochs: () => "May help: more epochs, momentum, a larger learning rate.",
  useAnotherSeed: () => "Most likely helps: another seed, one hidden unit more, momentum or smaller batches.",
  useMore: () => "May help: more epochs, more units, another learning rate; tryRemedies tries some.",
  // Around them
  learns: (skill: number) => `It learns (skill ${n(skill)}).`,
  fails: (skill: number) => `It does not learn (skill ${n(skill)}).`,
  crashed: (epoch: number) => `Training stopped in epoch ${epoch}, as values were not finite any more.`,
  nothing: () => "No rule found anything.",
  problem: () => "problem",
  note: () => "note",
  remedy: () => "Remedy",
  evidence: () => "Evidence",
  threshold: () => "Threshold",
  source: () => "Source",
  title: () => "Diagnosis",
  skillMeans: () => "Skill is 0 for the best constant answer and 1 for perfect ones.",
  notSeen: (why: string) => `What was before the first step could not be made again: ${why}`,
  // tryRemedies
  tried: (epochs: number) => `What changes do in ${epochs} epochs from the same seed`,
  change: () => "change",
  asItWas: () => "as it was",
  loss: () => "loss",
  skill: () => "skill",
  failed: (why: string) => `failed: ${why}`,
} satisfies StringTable;
