/**
 * What runs in a worker of a search: it trains runs of trials from their plans. It knows programs and tables only, no user code and no
 * layers.
 *
 * @module
 */
import { provideModule } from "../../kernels/kernel_module.ts";
import type { MailPort } from "./mailbox.ts";
import { TaskWork } from "./task_work.ts";
import type { FromTrialWorker, RunSamples, ToTrialWorker } from "./trial_messages.ts";
import type { TrialPlan } from "./trial_plan.ts";

/** Makes what handles the messages of a search, one at a time. `post` sends a message to the parent. */
export function createTrialHandler(post: (message: FromTrialWorker | null) => void): (message: ToTrialWorker) => void {
  let mail: MailPort | null = null;
  const tell = (message: FromTrialWorker): void => {
    if (mail === null) return post(message);
    mail.postMessage(message);
    post(null);
  };
  let board: Int32Array = new Int32Array(1);
  const plans = new Map<number, TrialPlan>();
  const samples = new Map<number, RunSamples>();
  return (message) => {
    switch (message.kind) {
      case "setup":
        board = message.board;
        mail?.close();
        mail = message.mail;
        plans.clear();
        samples.clear();
        return;
      case "module":
        return provideModule(message.numerics, message.module);
      case "samples":
        return void samples.set(message.samples.id, message.samples);
      case "plan":
        return void plans.set(message.id, message.plan);
      case "forget":
        for (const id of message.plans) plans.delete(id);
        for (const id of message.samples) samples.delete(id);
        return;
      case "run": {
        const { task, slot } = message;
        const { serial } = task;
        // The calling thread may have taken it back.
        if (Atomics.compareExchange(board, slot, serial, 0) !== serial) return;
        const isStopped = (): boolean => Atomics.load(board, 0) === serial;
        const work = new TaskWork(task, { plan: plans.get(task.plan)!, samples, tell });
        work.next(isStopped);
        work.stop();
      }
    }
  };
}
