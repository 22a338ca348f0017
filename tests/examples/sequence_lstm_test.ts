import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { drawSums } from "../../examples/adding/draw_sums.ts";
import { measureGradients } from "../../examples/adding/measure_gradients.ts";
import { createRandom } from "../../examples/random/create_random.ts";
import { main } from "../../examples/sequence_lstm.ts";
import { input, type LayerOutput, layers, model } from "retroprop";

Deno.test("adding: two numbers are marked, one in each half, and their sum is asked for", () => {
  const { x: { data, shape }, y } = drawSums(200, 7, createRandom(1));
  assertEquals([shape, y.length], [[200, 7, 2], 200]);
  const places = new Set<number>();
  for (let i = 0; i < 200; i++) {
    const steps = Array.from({ length: 7 }, (_, t) => data.subarray(2 * (7 * i + t), 2 * (7 * i + t) + 2));
    const marked = [0, 1, 2, 3, 4, 5, 6].filter((t) => steps[t][1] === 1);
    assertEquals([marked.length, marked[0] < 3, marked[1] >= 3], [2, true, true]);
    assert(steps.every(([value, mark]) => value >= 0 && value < 1 && (mark === 0 || mark === 1)));
    assertAlmostEquals(y[i], steps[marked[0]][0] + steps[marked[1]][0], 1e-6);
    marked.forEach((t) => places.add(t));
  }
  assertEquals(places.size, 7);
});

Deno.test("adding: the gradients with respect to states are those of the unrolled recurrence", () => {
  // One unit: h_t = tanh(w·x_t + u·h_{t−1} + b), answer = v·h_3 + c, loss = (answer − y)²; so ∂loss/∂h_3 = 2 (answer − y) v, and a step
  // back multiplies by u (1 − h²).
  const cell = {
    recurrent: layers.simpleRNN({ units: 1, returnState: true }),
    head: layers.dense({ units: 1 }),
  };
  const sequence = input({ shape: [null, 2] });
  const [last] = cell.recurrent.apply<readonly LayerOutput[]>(sequence);
  const whole = model({ inputs: sequence, outputs: cell.head.apply(last) });
  const [w, u, b, v, c] = [[0.5, -0.3], 0.8, 0.1, 1.5, 0.2];
  whole.setWeights([[[w[0]], [w[1]]], [[u]], [b], [[v]], [c]]);
  const x = [[0.2, 1], [0.9, 0], [0.4, 1]];
  const h: number[] = [];
  for (const [a, mark] of x) h.push(Math.tanh(w[0] * a + w[1] * mark + u * (h.at(-1) ?? 0) + b));
  const third = 2 * (v * h[2] + c - 0.6) * v;
  const second = third * (1 - h[2] ** 2) * u;
  const first = second * (1 - h[1] ** 2) * u;
  const sums = { x: { data: Float32Array.from(x.flat()), shape: [1, 3, 2] }, y: Float32Array.of(0.6) };
  measureGradients(cell, sums).forEach((norm, t) =>
    assertAlmostEquals(norm, Math.abs([first, second, third][t]), 1e-6)
  );
});

Deno.test("adding: every cell runs, shows the norms, and the LSTM learns a short sequence", async () => {
  const run = async (...args: string[]) => {
    const lines: string[] = [];
    const errors = await main(args, (text) => lines.push(text));
    return { errors, text: lines.join("\n") };
  };
  for (const cell of ["simpleRNN", "gru"]) {
    const { text } = await run(`--cell=${cell}`, "--length=6", "--steps=4", "--units=4");
    assert(text.includes("norm of ∂loss/∂h") && text.includes("after training: "), text);
    assert(new RegExp(`^${cell}, length 6: below 0.01 in 0 of 1 seeds`, "m").test(text), text);
  }
  const { errors, text } = await run("--length=10", "--units=16", "--steps=1000", "--quiet");
  assert(errors?.length === 1 && errors[0] < 0.01, text);
  assert(text.includes("lstm, length 10: below 0.01 in 1 of 1 seeds"), text);
  await assertRejects(() => run("--cell=rnn"), Error, "--cell must be one of simpleRNN, lstm, gru, got rnn");
});
