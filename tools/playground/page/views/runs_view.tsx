// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
import { h } from "../../../packages/preact.ts";
import type { Configuration } from "../../configuration/configuration.ts";
import { hasRate } from "../../configuration/optimizer_fields.ts";
import { Card } from "../parts/card.tsx";
import { formatCount, formatNumber, formatShare } from "../parts/format.ts";
import { configure, forgetRun, keepRun } from "../state/actions.ts";
import { store, words } from "../state/store.ts";

/** The runs that were kept, as a table; their curves lie behind the present one. */
export function RunsView() {
  const w = words.value;
  const runs = store.runs.value;
  const button = <button type="button" class="small" onClick={keepRun}>{w.keepRun}</button>;
  return (
    <Card id="runs" title={w.runs} tools={button}>
      {runs.length === 0
        ? <p class="note">{w.runsEmpty}</p>
        : (
          <div class="scroll" tabIndex={0} role="group" aria-label={w.runs}>
            <table>
              <thead>
                <tr>
                  {[w.run, w.settings, w.epoch, w.trainLoss, w.testLoss, w.accuracy].map((name) => (
                    <th key={name} scope="col" class={name === w.settings ? "text" : ""}>{name}</th>
                  ))}
                  <td />
                </tr>
              </thead>
              <tbody>
                {runs.map(({ run, configuration, epoch, loss, testLoss, accuracy }) => (
                  <tr key={run}>
                    <th scope="row">{run}</th>
                    <td class="text">{describe(configuration)}</td>
                    <td>{formatCount(epoch)}</td>
                    <td>{formatNumber(loss)}</td>
                    <td>{testLoss === null ? "–" : formatNumber(testLoss)}</td>
                    <td>{accuracy === null ? "–" : formatShare(accuracy)}</td>
                    <td>
                      <button
                        type="button"
                        class="small"
                        aria-label={w.showRun(String(run))}
                        onClick={() => {
                          const { language: _language, hide: _hide, view: _view, ...rest } = configuration;
                          configure(rest);
                        }}
                      >
                        {w.show}
                      </button>{" "}
                      <button
                        type="button"
                        class="small"
                        aria-label={w.forgetRun(String(run))}
                        onClick={() => forgetRun(run)}
                      >
                        {w.forget}
                      </button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
    </Card>
  );
}

function describe({ data, features, layers, optimizer, learningRate, seed }: Configuration): string {
  const sizes = layers.map(({ name, options }) => name === "dense" ? `${options.units}` : name).join("-");
  const rate = hasRate(optimizer.name) ? ` ${formatNumber(learningRate)}` : "";
  const net = [features.length, ...sizes === "" ? [] : [sizes]].join("-");
  return `${
    words.value.dataNames[data.name]
  }, ${net}, ${optimizer.name}${rate}, ${words.value.seed.toLowerCase()} ${seed}`;
}
