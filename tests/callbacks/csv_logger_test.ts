import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { parse } from "@std/csv";
import { layers, optimizers, sequential } from "../../mod.ts";
import * as callbacks from "../../src/callbacks/callbacks.ts";
import type { Logs } from "../../src/training/callback.ts";
import { FakeModel, train } from "./fake_model.ts";

const { csvLogger } = callbacks;

async function inFile(use: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(`${folder}/logs/log.csv`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const write = (options: callbacks.CsvLoggerOptions, logs: Logs[]) =>
  train(new FakeModel(), [csvLogger(options)], { logs });

Deno.test("csvLogger: a header and a line an epoch, numbers in full; the file is begun anew", async () => {
  await inFile(async (path) => {
    const logs = [{ val_loss: 0.5, loss: 0.1, accuracy: 1 }, { val_loss: 1e-9, loss: 1 / 3, accuracy: 0 }];
    for (let twice = 0; twice < 2; twice++) await write({ path }, logs);
    assertEquals(
      await Deno.readTextFile(path),
      "epoch,accuracy,loss,val_loss\n0,1,0.1,0.5\n1,0,0.3333333333333333,1e-9\n",
    );
  });
});

Deno.test("csvLogger: columns for validation that comes later, NA where there is none", async () => {
  await inFile(async (path) => {
    await write({ filename: path, separator: ";" }, [{ loss: 2, learning_rate: 0.1 }, { loss: 1, val_loss: 3 }]);
    assertEquals(await Deno.readTextFile(path), "epoch;learning_rate;loss;val_loss\n0;0.1;2;NA\n1;NA;1;3\n");
  });
});

Deno.test("csvLogger: every line is in the file as soon as the epoch is over, and no file stays open", async () => {
  await inFile(async (path) => {
    const seen: number[] = [];
    const spy = {
      onEpochEnd(epoch: number) {
        seen.push(Deno.readTextFileSync(path).split("\n").length - 1);
        if (epoch === 2) throw new Error("crash");
      },
    };
    const logs = [{ loss: 1 }, { loss: 2 }, { loss: 3 }, { loss: 4 }];
    await assertRejects(() => train(new FakeModel(), [csvLogger({ path }), spy], { logs }), Error, "crash");
    assertEquals(seen, [2, 3, 4]);
  });
});

Deno.test("csvLogger: names and lists are quoted so that a CSV reader gets them back", async () => {
  await inFile(async (path) => {
    await write({ path }, [{ 'odd "name", with comma': 1, recall: [0.5, 1], matrix: [[1, 0], [0, 1]] }]);
    const [header, line] = parse(await Deno.readTextFile(path)) as string[][];
    const row = Object.fromEntries(header.map((name, i) => [name, line[i]]));
    assertEquals([row['odd "name", with comma'], row.recall, row.matrix], ["1", "[0.5,1]", "[[1,0],[0,1]]"]);
    assertEquals(row["val_recall"], "NA");
  });
});

Deno.test("csvLogger: without validation there are no columns of it", async () => {
  await inFile(async (path) => {
    const model = sequential([layers.dense({ units: 1, inputShape: [1] })]);
    model.compile({ optimizer: optimizers.sgd({ learningRate: 0 }), loss: "mse", metrics: ["mae"] });
    model.setWeights([[[1]], [0]]);
    const fit = (options: object) =>
      model.fit([1, 1, 1, 1], [2, 2, 2, 2], { epochs: 2, verbose: 0, callbacks: csvLogger({ path }), ...options });
    await fit({});
    assertEquals(await Deno.readTextFile(path), "epoch,loss,mae\n0,1,1\n1,1,1\n");
    await fit({ validationSplit: 0.5, validationFreq: 2 });
    assertEquals(await Deno.readTextFile(path), "epoch,loss,mae,val_loss,val_mae\n0,1,1,NA,NA\n1,1,1,1,1\n");
  });
});

Deno.test("csvLogger: what callbacks add may be anything, and no cell is a formula", async () => {
  await inFile(async (path) => {
    const odd = {
      loss: -0.5,
      none: null,
      missing: undefined,
      text: "two\nlines, and more",
      formula: '=HYPERLINK("http://x")',
      infinite: -Infinity,
      big: 9007199254740993n,
      flag: true,
      "@name": 1,
    };
    await write({ path }, [odd as never]);
    const [header, line] = parse(await Deno.readTextFile(path)) as string[][];
    const row = Object.fromEntries(header.map((name, i) => [name, line[i]]));
    assertEquals(
      ["loss", "none", "missing", "text", "formula", "infinite", "big", "flag", "'@name"].map((name) => row[name]),
      [
        "-0.5",
        "NA",
        "NA",
        "two\nlines, and more",
        '\'=HYPERLINK("http://x")',
        "-Infinity",
        "9007199254740993",
        "true",
        "1",
      ],
    );
  });
});

Deno.test("csvLogger: in a run that goes on, a file that is no longer there is begun anew", async () => {
  await inFile(async (path) => {
    const logger = csvLogger({ path });
    await train(new FakeModel(), [logger], { logs: [{ loss: 1 }, { loss: 2 }] });
    const state = await logger.getState!();
    const resume: callbacks.Callback = csvLogger({ path });
    const goOn = async (): Promise<string> => {
      await resume.onTrainBegin!({});
      await resume.setState!(state);
      await resume.onEpochBegin!(2, {});
      await resume.onEpochEnd!(2, { loss: 3 });
      return await Deno.readTextFile(path);
    };
    const whole = await Deno.readTextFile(path);
    assertEquals(await goOn(), whole + "2,3,NA\n");
    // A line of an epoch that is run again is taken out.
    assertEquals(await goOn(), whole + "2,3,NA\n");
    await Deno.remove(path);
    assertEquals(await goOn(), "epoch,loss\n2,3\n");
  });
});

Deno.test("csvLogger: append goes on with the file, and repairs a line that a crash cut off", async () => {
  await inFile(async (path) => {
    await write({ path, append: true }, [{ loss: 1 }]); // there is no file yet
    await write({ path, append: true }, [{ loss: 2, val_loss: 3 }]);
    const text = "epoch,loss,val_loss\n0,1,NA\n0,2,3\n";
    assertEquals(await Deno.readTextFile(path), text);
    await Deno.writeTextFile(path, text + "1,0.");
    await write({ path, append: true }, [{ loss: 4 }]);
    assertEquals(await Deno.readTextFile(path), text + "1,0.\n0,4,NA\n");
  });
});

Deno.test("csvLogger: append refuses a file with other columns, and leaves it", async () => {
  await inFile(async (path) => {
    await write({ path }, [{ loss: 1 }]);
    const error = await assertRejects(() => write({ path, append: true }, [{ loss: 1, accuracy: 1 }]), TypeError);
    assertEquals(
      error.message,
      `Cannot append to "${path}": its header must be "epoch,accuracy,loss,val_accuracy,val_loss", got "epoch,loss,val_loss"`,
    );
    assertEquals(await Deno.readTextFile(path), "epoch,loss,val_loss\n0,1,NA\n");
  });
});

Deno.test("csvLogger: a folder in place of the file; options", async () => {
  await inFile(async (path) => {
    await Deno.mkdir(path, { recursive: true });
    await assertRejects(() => write({ path }, [{ loss: 1 }]), Error, `Cannot write file "${path}": it is a directory`);
  });
  assertThrows(() => csvLogger({ path: "a", separator: ", " }), RangeError, "separator must be one character");
  assertThrows(() => csvLogger({ path: "a", separator: '"' }), RangeError, "separator must be one character");
  assertThrows(() => csvLogger({ path: "a", sep: "," } as never), TypeError, 'unknown option "sep"');
  assertThrows(() => csvLogger({ path: "a", append: 1 as never }), TypeError, "append must be true or false");
});
