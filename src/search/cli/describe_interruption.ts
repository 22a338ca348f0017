import { readJournal } from "../journal/read_journal.ts";
import { countTrials } from "./count_trials.ts";

/**
 * What to say when a search was interrupted: what was kept, and how to go on.
 *
 * @param args The arguments of the command.
 * @param journal The journal, if there is one.
 */
export async function describeInterruption(args: readonly string[], journal: string | undefined): Promise<string> {
  if (journal === undefined) {
    return "interrupted: nothing was kept. With --journal FILE.db everything is, and --resume continues the search.";
  }
  const rest = args.filter((argument) => argument !== "--" && argument !== "--resume");
  const command = ["deno task grid --", ...rest.map(quote), "--resume"].join(" ");
  try {
    const { trials } = await readJournal(journal);
    return `interrupted: ${journal} keeps ${countTrials(trials)}. To go on:\n\n  ${command}`;
  } catch {
    return `interrupted before there was anything to keep. To begin again:\n\n  ${command.replace(/ --resume$/, "")}`;
  }
}

/** An argument as a shell takes it. */
function quote(argument: string): string {
  return /^[\w./:=,+%@-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}
