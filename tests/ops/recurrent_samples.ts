import type { Shape } from "../../src/tensor/shape.ts";
import type { Draw, OpSample } from "./op_sample.ts";

/** Sizes, of which no units are whole vectors, one is a tail alone, some strips have five rows; one step, one sample; more units than a block of columns. */
const CASES: readonly (readonly [rows: number, steps: number, units: number])[] = [
  [1, 1, 1],
  [5, 3, 4],
  [9, 4, 7],
  [4, 6, 3],
  [13, 2, 33],
];

const TANH = { formula: "tanh", scalars: {} }, SIGMOID = { formula: "sigmoid", scalars: {} };

/** Activations whose derivative is a function of the value, needs what they are applied to, and has scalars; near a kink no difference quotient follows. */
const ACTIVATIONS = [
  { activation: TANH, recurrentActivation: SIGMOID },
  {
    activation: { formula: "elu", scalars: { alpha: 0.7 } },
    recurrentActivation: { formula: "silu", scalars: {} },
    hasKink: true,
  },
  { activation: { formula: "gelu", scalars: {} }, recurrentActivation: SIGMOID },
  { activation: null, recurrentActivation: SIGMOID },
];

interface Kind {
  readonly op: string;
  readonly gates: number;
  readonly states: readonly string[];
  readonly hasBias: boolean;
  readonly hasGate: boolean;
}

const KINDS: readonly Kind[] = [
  { op: "simple_rnn", gates: 1, states: ["h0"], hasBias: false, hasGate: false },
  { op: "gru", gates: 3, states: ["h0"], hasBias: true, hasGate: true },
  { op: "gru_reset_before", gates: 3, states: ["h0"], hasBias: false, hasGate: true },
  { op: "lstm", gates: 4, states: ["h0", "c0"], hasBias: false, hasGate: true },
];

/** What is given besides, and how. */
const GIVEN: readonly (readonly [names: readonly string[], options: object])[] = [
  [[], {}],
  [["mask"], { sequences: false }],
  [["states", "mask", "drop"], { reverse: true }],
  [["states", "bias"], { sequences: false, reverse: true }],
  [["states", "mask"], { zeroOutput: true }],
  [["mask", "drop"], { sequences: false, zeroOutput: true, tape: true }],
];

function samplesOf({ op, gates, states, hasBias, hasGate }: Kind): OpSample[] {
  return CASES.flatMap(([rows, steps, units], at) =>
    GIVEN.map(([wanted, options], i): OpSample => {
      const names = wanted.flatMap((name) => name === "states" ? states : name === "bias" && !hasBias ? [] : [name]);
      const state: Shape = [rows, units];
      const shapes: Readonly<Record<string, Shape>> = {
        h0: state,
        c0: state,
        drop: state,
        mask: [rows, steps],
        bias: [gates * units],
      };
      const { activation, recurrentActivation, hasKink } = ACTIVATIONS[(at + i) % ACTIVATIONS.length];
      const inputs = [
        { shape: [rows, steps, gates * units], draw: "normal" as Draw },
        // Small numbers: large ones make recurrences that no difference quotient follows.
        { shape: [units, gates * units], draw: "distribution" as Draw },
        ...names.map((name) => ({
          shape: shapes[name],
          draw: (["mask", "drop"].includes(name) ? "tied" : "normal") as Draw,
        })),
      ];
      return {
        op,
        inputs,
        attributes: {
          inputs: names,
          activation,
          ...hasGate ? { recurrentActivation } : {},
          reverse: false,
          sequences: true,
          zeroOutput: false,
          ...options,
        },
        result: i === 2 ? 1 : i === 3 ? states.length : 0,
        by: hasKink || units > 10
          ? []
          : inputs.flatMap((_, input) => ["mask", "drop"].includes(names[input - 2]) ? [] : [input]),
        k: 30 * steps * (units + 4),
        magnitude: (_, y) => y.map((v) => Math.abs(v) + 1),
      };
    })
  );
}

/** The backward pass, with what is given to it; its forward pass has more cases. */
function backwardSamplesOf({ op, gates, states, hasBias, hasGate }: Kind): OpSample[] {
  const hasCell = states.length > 1;
  const tape = [...hasCell ? ["extra"] : ["prev"], ...hasBias ? ["extra"] : []];
  const given: readonly (readonly [names: readonly string[], options: object])[] = [
    [["dy"], {}],
    [["dy", "mask", "drop"], { sequences: false }],
    [["dy", "dhLast", ...hasCell ? ["dcLast", "c0"] : [], "mask"], { reverse: true }],
    [["dhLast", "drop"], { reverse: true }],
    [["dy", "mask"], { zeroOutput: true }],
  ];
  return CASES.flatMap(([rows, steps, units], at) =>
    given.map(([wanted, options], i): OpSample => {
      const { activation, recurrentActivation } = ACTIVATIONS[(at + i) % ACTIVATIONS.length];
      const sequences = !("sequences" in options);
      const names = [...wanted, ...tape, "pre"];
      const state: Shape = [rows, units], row: Shape = [rows, steps, units], all: Shape = [rows, steps, gates * units];
      const shapes: Readonly<Record<string, Shape>> = {
        dy: sequences ? row : state,
        dhLast: state,
        dcLast: state,
        c0: state,
        drop: state,
        mask: [rows, steps],
        extra: row,
        prev: row,
        pre: all,
      };
      return {
        op: `${op}_backward`,
        inputs: [
          { shape: [units, gates * units], draw: "distribution" },
          { shape: all, draw: "normal" },
          ...names.map((name) => ({
            shape: shapes[name],
            draw: (["mask", "drop"].includes(name) ? "tied" : "normal") as Draw,
          })),
        ],
        attributes: {
          inputs: names,
          activation,
          ...hasGate ? { recurrentActivation } : {},
          reverse: false,
          sequences,
          zeroOutput: false,
          ...options,
        },
        result: i % (1 + states.length + Number(hasBias)),
        by: [],
        k: 30 * steps * (units + 4),
        // Errors are those of the largest flow, as all of them meet in a step.
        magnitude: (_, y) => y.map(() => y.reduce((most, v) => Math.max(most, Math.abs(v)), 1)),
      };
    })
  );
}

/** Cases of the ops of recurrent layers; those with many units are too slow for difference quotients. */
export const recurrentSamples: readonly OpSample[] = KINDS.flatMap((kind) => [
  ...samplesOf(kind),
  ...backwardSamplesOf(kind),
]);
