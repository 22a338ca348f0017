// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
/// <reference lib="dom" />
import { h } from "../../../packages/preact.ts";
import { HIDEABLE_NAMES } from "../../configuration/hideable_names.ts";
import { Card } from "../parts/card.tsx";
import { CopyButton } from "../parts/copy_button.tsx";
import { Toggle } from "../parts/field_form.tsx";
import { formatCount, formatNumber } from "../parts/format.ts";
import { askScript, show } from "../state/actions.ts";
import { addressOf } from "../state/address.ts";
import { isShown, store, words } from "../state/store.ts";

/** The address that holds everything, and the program that gives the same bits in Deno. */
export function ShareView() {
  const w = words.value;
  const configuration = store.configuration.value;
  return (
    <Card id="share" title={w.share}>
      {isShown("share") && (
        <div class="stack">
          <p class="note">{w.shareWords}</p>
          <div class="row">
            <CopyButton label={w.copyAddress} text={addressOf(configuration)} />
          </div>
          <details>
            <summary>{w.hideForClass}</summary>
            <div class="checks">
              {HIDEABLE_NAMES.map((name) => (
                <Toggle
                  key={name}
                  id={`hide-${name}`}
                  label={w.hideNames[name]}
                  value={configuration.hide.includes(name)}
                  onChange={(isHidden) =>
                    show({
                      hide: HIDEABLE_NAMES.filter((each) =>
                        each === name ? isHidden : configuration.hide.includes(each)
                      ),
                    })}
                />
              ))}
            </div>
          </details>
        </div>
      )}
      {isShown("script") && <Script />}
    </Card>
  );
}

function Script() {
  const w = words.value;
  const script = store.script.value;
  const save = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([script!.text], { type: "text/typescript" }));
    link.download = script!.name;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <div class="stack">
      <h3>{w.script}</h3>
      <div class="row">
        <button type="button" class="small" id="make-script" onClick={askScript}>{w.script}</button>
        {script !== null && <CopyButton label={w.copyScript} text={script.text} />}
        {script !== null && <button type="button" class="small" onClick={save}>{w.saveScript} {script.name}</button>}
      </div>
      {script !== null && (
        <p class="note">
          {script.loss === null
            ? w.scriptWithoutLoss
            : w.scriptWords(formatNumber(script.loss, 9), formatCount(script.epochs))}
        </p>
      )}
      {script !== null && (
        <pre class="scroll tall" id="script" tabIndex={0} role="group" aria-label={w.script}>{script.text}</pre>
      )}
    </div>
  );
}
