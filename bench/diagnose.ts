/**
 * The gate of `diagnose`: faults that are put into trainings that learn, and how often they are named; and how often something is called a
 * problem in trainings that learn; and whether a training learns when it does what the first finding proposes.
 *
 *     deno run -A bench/diagnose.ts [bases] [healthy runs] [first seed]
 */
import { applyChange } from "../src/explain/diagnose/apply_change.ts";
import { diagnose, type Diagnosis } from "../src/explain/explain.ts";
import { diagnoseScene, drawScene, FAULTS, type Scene } from "../tests/explain/training_scenes.ts";

const [bases, healthy, first] = [40, 200, 1000].map((value, i) => Number(Deno.args[i] ?? value));

let [runs, alarms, failures, named] = [0, 0, 0, 0];
const good: number[] = [];
const notes = new Map<string, number>();
for (let seed = first; good.length < Math.max(bases, healthy); seed++) {
  const diagnosis = await diagnoseScene(drawScene(seed));
  runs++;
  if (diagnosis.skill >= 0.9) {
    good.push(seed);
    if (diagnosis.headline !== null) {
      alarms++;
      console.log(`false alarm, seed ${seed}: ${diagnosis.headline.rule}`);
    }
    for (const { rule } of diagnosis.findings) notes.set(rule, (notes.get(rule) ?? 0) + 1);
  } else if (!diagnosis.isLearning) {
    failures++;
    if (diagnosis.headline?.rule !== "not_learning") named++;
    if (Deno.args.includes("--verbose")) console.log(seed, diagnosis.skill, diagnosis.headline?.rule);
  }
}
console.log(
  `${runs} runs: ${good.length} learned (skill >= 0.9), ${alarms} false alarms; ${failures} failed, ${named} of them with a cause`,
);
console.log("notes of those that learned:", Object.fromEntries(notes));

/** Whether a training learns that does what its first finding proposes; null where that proposes nothing. */
async function followAdvice(diagnosis: Diagnosis, { x, y, epochs, batchSize }: Scene): Promise<boolean | null> {
  const change = diagnosis.headline?.remedy.change ?? null;
  if (change === null) return null;
  const { model, data } = applyChange("follow advice", diagnosis.of.model, { x: x as never, y: y as never }, change);
  const options = { epochs: epochs * (change.longer ?? 1), batchSize, verbose: 0, workers: 1 } as const;
  const outcome = await model.fit(data.x, data.y, options).catch((error: unknown) => error);
  return diagnose(outcome as never, model, data).isLearning;
}

let [all, among, asFirst] = [0, 0, 0];
for (const { name, rules, inject } of FAULTS) {
  let [failed, found, firsts, advised, helped] = [0, 0, 0, 0, 0];
  const others = new Map<string, number>();
  for (const seed of good.slice(0, bases)) {
    const scene = inject(drawScene(seed));
    const diagnosis = await diagnoseScene(scene);
    if (diagnosis.isLearning) continue;
    failed++;
    const isHelped = await followAdvice(diagnosis, scene);
    if (isHelped !== null) advised++;
    if (isHelped) helped++;
    const problems = diagnosis.findings.filter(({ severity }) => severity === "problem").map(({ rule }) => rule);
    if (problems.some((rule) => rules.includes(rule))) found++;
    else if (Deno.args.includes("--verbose")) console.log(name, seed, problems, diagnosis.skill);
    if (rules.includes(problems[0])) firsts++;
    else others.set(problems[0], (others.get(problems[0]) ?? 0) + 1);
  }
  console.log(
    `${name}: ${failed} failed, ${found} named, ${firsts} first, ${helped} of ${advised} learn with the first remedy`,
    Object.fromEntries(others),
  );
  all += failed;
  among += found;
  asFirst += firsts;
}
console.log(
  `all: ${all} failed, ${among} named (${(100 * among / all).toFixed(1)} %), ${asFirst} first (${
    (100 * asFirst / all).toFixed(1)
  } %)`,
);
