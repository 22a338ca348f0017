/// <reference lib="dom" />
/**
 * The playground's page in Chromium, from a file and offline: `deno test -A tests/playground/page_in_browser.mts`. Skipped where there is no
 * Chromium.
 *
 * @module
 */
import { assert, assertEquals, assertNotEquals, assertStringIncludes } from "@std/assert";
import type { Configuration, OwnPoint } from "../../tools/playground/configuration/configuration.ts";
import { DEFAULT_CONFIGURATION, dense } from "../../tools/playground/configuration/default_configuration.ts";
import { readHash, writeHash } from "../../tools/playground/configuration/hash.ts";
import { PRESETS } from "../../tools/playground/configuration/presets.ts";
import { Session } from "../../tools/playground/engine/session.ts";
import { explain } from "../../src/explain/chain/explain.ts";
import type { Page } from "../../tools/packages/puppeteer.ts";
import { missing, PlaygroundBrowser, untilStep, violationsOf } from "./page_browser.mts";

const XOR = PRESETS.find(({ id }) => id === "xor_7")!.configuration;

async function lossOf(page: Page): Promise<number> {
  return Number(await page.$eval("#figures", (element) => element.getAttribute("data-loss")));
}

/** What has the keyboard's focus: its id, or its name for screen readers. */
async function focusOf(page: Page): Promise<string> {
  return await page.evaluate(() => {
    const { activeElement } = document;
    return activeElement?.id || activeElement?.getAttribute("aria-label") || "";
  });
}

/** Presses Tab until an element has the focus. */
async function tabTo(page: Page, id: string): Promise<void> {
  for (let i = 0; i < 60; i++) {
    if (await focusOf(page) === id) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not reach ${id}`);
}

/** The fragment of the page's address, once it says what is waited for. */
async function addressOnce(page: Page, isRight: (configuration: Configuration) => boolean): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const hash = await page.evaluate(() => location.hash);
    if (isRight(readHash(hash).configuration)) return hash;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the address does not follow: ${await page.evaluate(() => location.hash)}`);
}

/** Sets a select as a user does. */
async function choose(page: Page, id: string, value: string): Promise<void> {
  await page.select(`#${id}`, value);
}

async function test(
  name: string,
  browser: () => PlaygroundBrowser,
  t: Deno.TestContext,
  run: () => Promise<void>,
): Promise<void> {
  await t.step(name, async () => {
    await run();
    assertEquals(browser().errors.splice(0), []);
    assertEquals(browser().requests, []);
  });
}

Deno.test({
  name: `the playground's page${missing === undefined ? "" : ` (skipped: ${missing})`}`,
  ignore: missing !== undefined,
  fn: async (t) => {
    await using browser = await PlaygroundBrowser.launch();
    const step = (name: string, run: () => Promise<void>) => test(name, () => browser, t, run);

    await step("paints in less than a second, and has all its parts", async () => {
      const page = await browser.open();
      const paint = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0].startTime);
      console.log(`first paint after ${paint.toFixed(0)} ms`);
      assertEquals(await page.$$eval("h1, h2", (all) => all.map(({ textContent }) => textContent)), [
        "retroprop Playground",
        "Data",
        "Learning",
        "Network",
        "Inspector",
        ...await page.$$eval("#findings h2", (all) => all.map(({ textContent }) => textContent)),
        "Gradient flow",
        "Answer over the plane",
        "Loss and accuracy",
        ...await page.$$eval(".more-views h2", (all) => all.map(({ textContent }) => textContent)),
      ]);
      const counts = await page.evaluate(() =>
        [".node", ".node canvas", ".edge[role=button]", "canvas.points", ".rates button", ".phases button"].map((
          each,
        ) => document.querySelectorAll(each).length)
      );
      assertEquals(counts, [10, 10, 29, 1, 5, 4], "2-7-1 has 10 neurons and 29 weights");
      // Something is drawn in every map: not all pixels are equal.
      const flat = await page.$$eval("canvas.map", (all) =>
        all.filter((canvas) => {
          const { width, height } = canvas as HTMLCanvasElement;
          const { data } = (canvas as HTMLCanvasElement).getContext("2d")!.getImageData(0, 0, width, height);
          return new Set(new Uint32Array(data.buffer)).size < 3;
        }).length);
      assertEquals(flat, 0);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assertEquals(overflow, 0, "nothing stands out of the page");
      await page.close();
    });

    await step("has Deno's bits after 50 steps", async () => {
      const page = await browser.open({ hash: writeHash(XOR) });
      await page.evaluate(() => {
        for (let i = 0; i < 50; i++) document.querySelector<HTMLButtonElement>("#one-epoch")!.click();
      });
      await untilStep(page, 50);
      const session = new Session(XOR);
      for (let i = 0; i < 50; i++) session.step();
      const { loss } = session.frame({ boundary: 0, maps: 0, statistics: false, language: "en" }, "replace");
      assertEquals(await lossOf(page), loss);
      assertNotEquals(
        loss,
        new Session(XOR).frame({ boundary: 0, maps: 0, statistics: false, language: "en" }, "replace").loss,
      );
      await page.close();
    });

    await step("goes through a step by the keyboard alone, and along the drawing", async () => {
      const page = await browser.open();
      const before = await lossOf(page);
      await page.keyboard.press("Tab"); // the link that skips
      await tabTo(page, "phase-forward");
      await page.keyboard.press("Enter");
      await page.waitForSelector("#phase-forward.done");
      const kinds: string[] = [];
      for (const phase of ["loss", "backward", "replace"]) {
        assertEquals(await lossOf(page), before, "weights change in the last phase alone");
        await tabTo(page, `phase-${phase}`);
        await page.keyboard.press("Space");
        await page.waitForSelector(`#phase-${phase}.done`);
        kinds.push(await page.$eval(".segments .on", ({ textContent }) => textContent ?? ""));
      }
      assertEquals(kinds, ["weights", "gradients", "updates"]);
      await untilStep(page, 1);
      assert(await lossOf(page) !== before);
      const rows = await page.$$eval("#inspector tbody tr", (all) => all.length);
      assertEquals(rows, 29, "every weight's old and new value");
      await page.keyboard.press("Escape");
      await page.waitForSelector("#inspector:not(.active)");

      await page.focus(".node[tabindex='0']");
      const places: string[] = [await focusOf(page)];
      for (const key of ["ArrowDown", "ArrowRight", "ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight"] as const) {
        await page.keyboard.press(key);
        places.push((await focusOf(page)).replace(/:.*/, ""));
      }
      assertEquals(places, [
        "input x₁",
        "input x₂",
        "Weight from input x₂ to neuron 1 of Layer 1",
        "Weight from input x₂ to neuron 2 of Layer 1",
        "neuron 2 of Layer 1",
        "Weight from neuron 2 of Layer 1 to neuron 1 of Output",
        "neuron 1 of Output",
      ]);
      const stops = await page.$$eval(".drawing [tabindex='0']", (all) => all.length);
      assertEquals(stops, 1, "the drawing is one tab stop");
      await page.keyboard.press("ArrowLeft");
      await page.keyboard.press("Enter");
      await page.waitForSelector("#inspector.active h3");
      assertStringIncludes(await page.$eval("#inspector h3", ({ textContent }) => textContent ?? ""), "Output");
      await page.keyboard.press("Escape");
      await page.waitForSelector("#inspector:not(.active)");

      await page.focus("canvas.points");
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Enter");
      await page.waitForSelector("#inspector.active table");
      assertStringIncludes(await page.$eval("#inspector", ({ textContent }) => textContent ?? ""), "Sample 1");
      await page.close();
    });

    await step("axe finds nothing, in both languages, with the inspector open", async () => {
      const page = await browser.open({ media: [{ name: "prefers-reduced-motion", value: "reduce" }] });
      assertEquals(await violationsOf(page), []);
      assertEquals(await page.$("#play"), null, "with little motion there are steps alone");
      for (const phase of ["forward", "loss", "backward"]) await page.click(`#phase-${phase}`);
      await page.waitForSelector("#phase-backward.done");
      await page.click(".dots");
      await page.$$eval("details", (all) => all.forEach((each) => each.open = true));
      await page.click("#language");
      await page.waitForSelector("html[lang=es]");
      assertEquals(await page.$eval("#inspector h3", ({ textContent }) => textContent), "Un paso de entrenamiento");
      assertEquals(await violationsOf(page), []);
      await page.evaluate(() =>
        document.querySelector(".edge[role=button]")!.dispatchEvent(new MouseEvent("click", { bubbles: true }))
      );
      await page.waitForSelector("#chain-weight");
      await page.waitForFunction(() => !document.querySelector("#inspector")!.textContent!.includes("Calculando"));
      assertEquals(await violationsOf(page), []);
      await page.close();
    });

    await step("keeps runs, races optimizers, and bends the plane", async () => {
      const page = await browser.open({ hash: writeHash({ ...XOR, layers: [dense(2, "sigmoid")] }) });
      await page.click("#one-epoch");
      await untilStep(page, 1);
      await page.click("#runs .head button");
      await page.waitForSelector("#runs tbody tr");
      const row = await page.$$eval("#runs tbody :is(th, td)", (all) => all.map(({ textContent }) => textContent));
      assertEquals(row.slice(0, 3), ["1", "XOR, 2-2, sgd 4.5, seed 7", "1"]);
      await page.$eval("#race-epochs", (element) => {
        (element as HTMLInputElement).value = "30";
        element.dispatchEvent(new Event("change", { bubbles: true }));
      });
      await page.click("#race > .row button");
      await page.waitForSelector("#race canvas");
      assertEquals(await page.$$eval("#race tbody tr", (all) => all.length), 3);
      assertEquals(await page.$$eval("#bent canvas", (all) => all.length), 1);
      await page.click("#runs button[aria-label='Forget run 1']");
      await page.waitForFunction(() => document.querySelector("#runs tbody tr") === null);
      await page.close();
    });

    await step("explains a weight as the library does, and lights its paths", async () => {
      const page = await browser.open({ hash: writeHash(XOR) });
      await page.evaluate(() => document.querySelector<HTMLButtonElement>("#one-epoch")!.click());
      await untilStep(page, 1);
      await page.evaluate(() =>
        document.querySelectorAll(".edge[role=button]")[2].dispatchEvent(new MouseEvent("click", { bubbles: true }))
      );
      await page.waitForSelector("#chain-sample");
      await choose(page, "chain-sample", "1");
      const session = new Session(XOR);
      session.step();
      for (const language of ["en", "es"] as const) {
        const why = explain(session.model, [[0, 1]], [[1]], { language, order: "lecture" });
        const html = why.path("dense/kernel[1,3]").toHTML();
        await page.waitForFunction(
          (html) => {
            const parsed = document.createElement("div");
            parsed.innerHTML = html;
            return document.querySelector("#inspector .rendered")?.innerHTML === parsed.innerHTML;
          },
          {},
          html,
        );
        await page.click("#language");
      }
      assertEquals(
        await page.$$eval(".edge.lit", (all) => all.length),
        2,
        "from x₁ to neuron 3, and from there to the output",
      );
      assertEquals(await page.$$eval("#inspector mfrac", (all) => all.length > 4), true);
      await page.close();
    });

    await step("says why rate 25 does not learn, what may help, and which rates do", async () => {
      const { configuration } = PRESETS.find(({ id }) => id === "rate_25")!;
      const page = await browser.open({ hash: writeHash({ ...configuration, language: "es" }) });
      await page.click("#curvature button");
      await page.waitForFunction(() => document.querySelector("#curvature")!.textContent!.includes("η·λmax = "));
      await choose(page, "speed", "");
      await page.click("#play");
      await page.waitForSelector("#figures[data-epoch='200']");
      await page.waitForSelector("#findings .problem code");
      assertEquals(await page.$eval("#findings .problem code", ({ textContent }) => textContent), "rate_too_large");
      assertStringIncludes(await page.$eval(".alarm", ({ textContent }) => textContent ?? ""), "Problema: ");
      await page.click("#findings > button");
      await page.waitForSelector("#findings .rendered table");
      await page.click("#curvature .row button:nth-of-type(2)");
      await page.waitForSelector("#curvature .rendered table");
      assertEquals(await page.$$eval("#curvature .rendered tr:has(td)", (all) => all.length), 5, "the lecture's rates");
      for (const [name, value] of [["hidden", "3 2"], ["rates", "4.5"], ["epochs", "50"], ["seeds", "1"]]) {
        await page.$eval(`#series-${name}`, (element, value) => {
          (element as HTMLInputElement).value = value;
          element.dispatchEvent(new Event("change", { bubbles: true }));
        }, value);
      }
      await page.click("#series > button");
      await page.waitForSelector("#series .rendered table");
      assertEquals(await page.$$eval("#series .rendered tr", (all) => all.length), 3, "a heading and two sizes");
      await page.$$eval("details", (all) => all.forEach((each) => each.open = true));
      assertEquals(await violationsOf(page), []);
      await page.close();
    });

    await step("says what happens at most once a second", async () => {
      const page = await browser.open();
      await page.evaluate(() => {
        const heard = { since: performance.now(), said: 0 };
        Object.assign(globalThis, { heard });
        new MutationObserver(() => heard.said++).observe(document.querySelector("#live")!, {
          childList: true,
          characterData: true,
          subtree: true,
        });
      });
      await page.click("#play");
      const { said, seconds } = await page.waitForFunction(() => {
        const { heard } = globalThis as unknown as { heard: { since: number; said: number } };
        return heard.said >= 2 && { said: heard.said, seconds: (performance.now() - heard.since) / 1000 };
      }).then((found) => found.jsonValue() as Promise<{ said: number; seconds: number }>);
      assert(said <= seconds + 1, `${said} texts in ${seconds} s`);
      // A run that has come to its last epoch begins anew.
      await choose(page, "speed", "");
      await page.waitForSelector("#figures[data-epoch='200']");
      await choose(page, "speed", "20");
      await page.waitForFunction(() => document.querySelector("#play")!.textContent!.includes("Play"));
      await page.click("#play");
      await page.waitForFunction(() => {
        const epoch = Number(document.querySelector<HTMLElement>("#figures")!.dataset.epoch);
        return epoch > 0 && epoch < 100 && document.querySelector("#play")!.textContent!.includes("Pause");
      });
      assertEquals(await page.$eval("#live", (element) => element.getAttribute("aria-live")), "polite");
      await page.close();
    });

    await step("keeps everything in its address", async () => {
      const page = await browser.open();
      await choose(page, "preset", "spiral");
      await page.click("#language");
      await page.click(".segments label:nth-of-type(2) input");
      await page.click("#feature-x1_squared");
      await page.click("[aria-label='Una neurona más en Capa 1']");
      const hash = await addressOnce(page, ({ layers }) => layers[0].options.units === 9);
      const { configuration, problems } = readHash(hash);
      assertEquals(problems, []);
      assertEquals(configuration.data.name, "spiral");
      assertEquals([configuration.language, configuration.view.edges], ["es", "gradients"]);
      assertEquals(configuration.features, ["x1", "x2", "x1_squared"]);
      assertEquals(configuration.layers[0].options.units, 9);
      assertEquals(writeHash(configuration), hash);
      await page.click("#one-epoch");
      await page.waitForSelector('#figures[data-epoch="1"]');
      const loss = await lossOf(page);
      await page.close();
      const again = await browser.open({ hash });
      await again.click("#one-epoch");
      await again.waitForSelector('#figures[data-epoch="1"]');
      assertEquals(await lossOf(again), loss);
      await again.close();
    });

    await step("gives a program with the same bits in Deno", async () => {
      const page = await browser.open();
      await page.evaluate(() => {
        for (let i = 0; i < 20; i++) document.querySelector<HTMLButtonElement>("#one-epoch")!.click();
      });
      await untilStep(page, 20);
      const loss = await lossOf(page);
      await page.click("#make-script");
      await page.waitForSelector("#script");
      const text = await page.$eval("#script", ({ textContent }) => textContent ?? "");
      await page.close();
      const folder = await Deno.makeTempDir({ dir: "/tmp" });
      try {
        const library = new URL("../../mod.ts", import.meta.url).href;
        await Deno.writeTextFile(
          `${folder}/a.ts`,
          text.replace('from "retroprop"', () => `from ${JSON.stringify(library)}`),
        );
        const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
          args: ["run", "--no-prompt", "--no-remote", `${folder}/a.ts`],
          env: { NO_COLOR: "1" },
        }).output();
        assert(success, new TextDecoder().decode(stderr));
        assertStringIncludes(new TextDecoder().decode(stdout), String(loss));
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    });

    await step("shows hostile addresses, names and cells as text", async () => {
      const evil = '<img src=x onerror="document.title=1"><script>document.title=1</script>';
      const bad = { ...DEFAULT_CONFIGURATION, preset: evil, loss: { name: evil, options: {} }, [evil]: evil };
      const page = await browser.open({ hash: writeHash(bad as unknown as typeof DEFAULT_CONFIGURATION) });
      await page.waitForSelector("#problems li");
      assertStringIncludes(await page.$eval("#problems", ({ textContent }) => textContent ?? ""), "<img src=x");
      await page.click("details:has(#csv) summary");
      const csv = `x1,x2,y\n0,0,${evil}\n0,1,b\n1,0,b\n1,1,${evil}`;
      await page.$eval("#csv", (element, text) => {
        (element as HTMLTextAreaElement).value = text;
        element.dispatchEvent(new Event("input", { bubbles: true }));
      }, csv);
      await page.click("details:has(#csv) button");
      await page.waitForFunction(() => document.querySelector<HTMLSelectElement>("#data-name")!.value === "own");
      await page.$eval("#csv", (element, text) => {
        (element as HTMLTextAreaElement).value = text;
        element.dispatchEvent(new Event("input", { bubbles: true }));
      }, `0,0,1\n0,${evil},1`);
      await page.click("details:has(#csv) button");
      await page.waitForSelector("#data [role=alert]");
      assertStringIncludes(await page.$eval("#data [role=alert]", ({ textContent }) => textContent ?? ""), "<img");
      assertEquals(await page.$$eval("img, #app script", (all) => all.length), 0);
      assertStringIncludes(await page.title(), "retroprop");
      await page.close();
    });

    await step("takes clicks as points, and lets them be dragged and removed", async () => {
      const page = await browser.open();
      await choose(page, "data-name", "own");
      /** The own points, once there are so many and the network knows them. */
      const pointsOf = async (count: number, isRight: (points: readonly OwnPoint[]) => boolean = () => true) => {
        const hash = await addressOnce(page, ({ data: { points } }) => points.length === count && isRight(points));
        await page.waitForFunction(
          (text) => document.querySelector(".sentence")!.textContent!.includes(text),
          {},
          ` of ${count} training`,
        );
        return readHash(hash).configuration.data.points;
      };
      const box = (await (await page.$("canvas.points"))!.boundingBox())!;
      const place = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
      await page.mouse.click(...place(0.25, 0.25));
      await pointsOf(1);
      await choose(page, "new-class", "0");
      await page.mouse.click(...place(0.75, 0.75));
      assertEquals((await pointsOf(2)).map(({ y }) => y), [1, 0]);
      await page.mouse.move(...place(0.75, 0.75));
      await page.mouse.down();
      await page.mouse.move(...place(0.75, 0.25), { steps: 3 });
      await page.mouse.up();
      const [first, second] = await pointsOf(2, ([first, second]) => Math.abs(second.x2 - first.x2) < 0.1);
      assert(second.x1 > first.x1, JSON.stringify([first, second]));
      await page.focus("canvas.points");
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Delete");
      assertEquals((await pointsOf(1)).map(({ y }) => y), [0]);
      await page.close();
    });

    await step("fits a phone and 200 % zoom, and hides what an address hides", async () => {
      for (const [width, height] of [[390, 844], [640, 400]]) {
        const page = await browser.open({
          width,
          height,
          hash: `${writeHash(XOR)}&hide=presets,phases,script&lang=es`,
        });
        assertEquals(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0, `${width} wide`);
        assertEquals(await page.$$eval("#preset, .phases, #make-script", (all) => all.length), 0);
        assertEquals(await page.$eval("html", ({ lang }) => lang), "es");
        await page.close();
      }
    });
  },
});
