/**
 * The gate of `diagnose`: faults that are put into trainings that learn, and how often they are named; and how often something is called a
 * problem in trainings that learn.
 *
 *     deno run -A bench/diagnose.ts [bases] [healthy runs] [first seed]
 */
import { diagnoseScene, drawScene, FAULTS } from "../tests/explain/training_scenes.ts";

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

let [all, among, asFirst] = [0, 0, 0];
for (const { name, rules, inject } of FAULTS) {
  let [failed, found, firsts] = [0, 0, 0];
  const others = new Map<string, number>();
  for (const seed of good.slice(0, bases)) {
    const diagnosis = await diagnoseScene(inject(drawScene(seed)));
    if (diagnosis.isLearning) continue;
    failed++;
    const problems = diagnosis.findings.filter(({ severity }) => severity === "problem").map(({ rule }) => rule);
    if (problems.some((rule) => rules.includes(rule))) found++;
    else if (Deno.args.includes("--verbose")) console.log(name, seed, problems, diagnosis.skill);
    if (rules.includes(problems[0])) firsts++;
    else others.set(problems[0], (others.get(problems[0]) ?? 0) + 1);
  }
  console.log(`${name}: ${failed} failed, ${found} named, ${firsts} first`, Object.fromEntries(others));
  all += failed;
  among += found;
  asFirst += firsts;
}
console.log(
  `all: ${all} failed, ${among} named (${(100 * among / all).toFixed(1)} %), ${asFirst} first (${
    (100 * asFirst / all).toFixed(1)
  } %)`,
);
