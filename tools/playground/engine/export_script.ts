import type { ReplyBody, Request } from "../protocol.ts";
import { nameScript, printScript } from "./print_script.ts";
import { Session } from "./session.ts";
import type { Situation } from "./situation.ts";

/** Epochs of the script of a run that has not begun. */
const EPOCHS = 200;
/** The most steps that are taken again to find out what the script will say. */
const MOST_STEPS = 200_000;

/** The script that trains to where the run is, and the loss that it will print; null where that would take long to find out. */
export function exportScript(_request: Request & { readonly kind: "script" }, { session }: Situation): ReplyBody {
  const { configuration, data, parameters } = session;
  const epochs = session.epoch > 0 ? session.epoch : configuration.stop.epochs ?? EPOCHS;
  const text = printScript({ configuration, data, parameters, epochs });
  return { kind: "script", name: nameScript(configuration), text, loss: findLoss(session, epochs), epochs };
}

/** The loss after so many whole epochs: the run may be within one, or keep averages of the weights, which take their place when a fit ends. */
function findLoss(session: Session, epochs: number): number | null {
  const { optimizer } = session.configuration;
  const isAveraged = optimizer.options.useEma === true || optimizer.name === "adam_schedule_free";
  const isThere = session.epoch === epochs && session.loop.batch === 0 && !isAveraged;
  if (isThere) return session.lossOf(session.train);
  if (epochs * session.loop.batches > MOST_STEPS) return null;
  const again = new Session(session.configuration);
  for (let epoch = 0; epoch < epochs;) if (again.loop.step()) epoch++;
  again.model.trainer.finish();
  return again.lossOf(again.train);
}
