// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
import { h } from "../../../packages/preact.ts";
import { Card } from "../parts/card.tsx";
import { formatCount, formatNumber } from "../parts/format.ts";
import { Rendered } from "../parts/rendered.tsx";
import { tryRemedies } from "../state/actions.ts";
import { judged, JUDGED_AFTER, store, words } from "../state/store.ts";
import type { FindingView } from "../../protocol.ts";

/** The diagnosis: what does not go well, how one knows, and what may help. */
export function FindingsView() {
  const w = words.value;
  const found = judged.value;
  const remedies = store.remedies.value;
  const hasProblem = found?.findings.some(({ severity }) => severity === "problem") ?? false;
  return (
    <Card id="findings" title={w.findings} className={hasProblem ? "has-problem" : ""}>
      {found === null || !found.isOld && found.findings.length === 0
        ? <p class="note">{w.findingsWait(formatCount(JUDGED_AFTER))}</p>
        : found.findings.length === 0
        ? <p>{w.findingsNone}</p>
        : (
          <ul class="findings">
            {found.findings.map((each, i) => <Finding key={`${each.rule}-${i}`} finding={each} />)}
          </ul>
        )}
      {found !== null && found.skill !== null && <p class="note">{w.skill(formatNumber(found.skill, 3))}</p>}
      {found !== null && found.findings.some(({ remedy }) => remedy !== null) && (
        <button type="button" disabled={remedies === "busy"} onClick={tryRemedies}>
          {remedies === "busy" ? w.trying : w.tryRemedies}
        </button>
      )}
      {remedies !== null && remedies !== "busy" && (
        <div class="scroll" tabIndex={0} role="group" aria-label={w.tryRemedies}>
          <Rendered html={remedies.html} />
        </div>
      )}
    </Card>
  );
}

function Finding({ finding }: { finding: FindingView }) {
  const w = words.value;
  const { severity, when, rule, evidence, source, remedy } = finding;
  return (
    <li class={severity}>
      <p class="finding-head">
        <b class="badge">{w.severity[severity]}</b>
        <span class="note">
          {w.when[when]} · <code>{rule}</code>
          {finding.layer !== null && ` · ${finding.layer}`}
        </span>
      </p>
      <p class="finding-words">{finding.words}</p>
      {remedy !== null && (
        <p>
          <b>{w.whatToDo}:</b> {remedy}
        </p>
      )}
      <details>
        <summary>{w.evidence}, {w.source.toLowerCase()}</summary>
        <dl>
          {Object.entries(evidence).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{typeof value === "number" ? formatNumber(value) : value}</dd>
            </div>
          ))}
          <div>
            <dt>{w.source}</dt>
            <dd>{source}</dd>
          </div>
        </dl>
      </details>
    </li>
  );
}
