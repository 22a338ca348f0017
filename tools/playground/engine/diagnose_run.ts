import type { FindingView, ReplyBody, Request } from "../protocol.ts";
import { diagnose } from "../../../src/explain/diagnose/diagnose.ts";
import type { Diagnosis } from "../../../src/explain/diagnose/diagnosis.ts";
import { tryRemedies } from "../../../src/explain/diagnose/try_remedies.ts";
import "../../../src/models/rebuild_model.ts"; // by which a diagnosis sees the run as it began
import type { Session } from "./session.ts";
import type { Situation } from "./situation.ts";

/** Epochs before which there is nothing to judge. */
const FEWEST_EPOCHS = 2;

/** What does not go well in a run. Nothing where it has hardly begun and did not explode, or began from other weights than its seed draws. */
export function diagnoseRun(
  _request: Request & { readonly kind: "diagnose" },
  { session, language }: Situation,
): ReplyBody {
  const found = findOut(session, language);
  if (found === null) return { kind: "findings", findings: [], skill: null };
  const findings = found.findings.map(({ threshold: _, remedy, ...rest }): FindingView => {
    return { ...rest, remedy: remedy.text === "" ? null : remedy.text };
  });
  return { kind: "findings", findings, skill: Number.isFinite(found.skill) ? found.skill : null };
}

/** Trains briefly with what the findings propose, and says what each change did. */
export async function tryOut(
  _request: Request & { readonly kind: "tryRemedies" },
  { session, language }: Situation,
): Promise<ReplyBody> {
  const found = findOut(session, language);
  if (found === null) throw new RangeError("There is nothing to judge yet: train some epochs first");
  const tried = await tryRemedies(found);
  return { kind: "remedies", html: tried.toHTML(), text: String(tried) };
}

function findOut(
  { configuration, model, losses, testLosses, loop, train, test, failure }: Session,
  language: "en" | "es",
): Diagnosis | null {
  if (failure === null && losses.length < FEWEST_EPOCHS || configuration.weights !== null) return null;
  const { inputs: [x], targets: [y] } = train.dataset;
  const history = { loss: losses, ...(test === null ? {} : { val_loss: testLosses }) };
  const validation = test === null ? undefined : { x: test.dataset.inputs[0], y: test.dataset.targets[0] };
  const data = validation === undefined ? { x, y } : { x, y, validation };
  const progress = { history, params: { steps: loop.batches } };
  if (failure === null) return diagnose(progress, model, data, { language });
  const { message, epoch, layer } = failure;
  const failed = Object.assign(new Error(message), { name: failure.name, epoch, layer, history: progress });
  return diagnose(failed, model, data, { language });
}
