// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
import { h, useState } from "../../../packages/preact.ts";
import { Card } from "../parts/card.tsx";
import { DASHES, LINE_COLOURS } from "../parts/colours.ts";
import { Toggle } from "../parts/field_form.tsx";
import { formatCount, formatNumber } from "../parts/format.ts";
import { type Line, LineChart, LineKeys } from "../parts/line_chart.tsx";
import { store, words } from "../state/store.ts";

/** Loss and accuracy over the epochs, with the kept runs behind them. */
export function CurvesView() {
  const w = words.value;
  const { lists } = store.curves.value;
  const [isLogarithmic, setLogarithmic] = useState(false);
  const hasTest = (store.network.value?.test.count ?? 0) > 0;
  const kept: Line[] = store.runs.value.map(({ run, curves }) => ({
    name: `${w.run} ${run}`,
    x: curves.epochs,
    y: curves.loss,
    colour: LINE_COLOURS[4 + run % 4],
    dash: DASHES[2 + run % 6],
    isFaint: true,
  }));
  const train: Line = { name: w.trainLoss, x: lists.epochs, y: lists.loss, colour: LINE_COLOURS[0], dash: "" };
  const test: Line = { name: w.testLoss, x: lists.epochs, y: lists.testLoss, colour: LINE_COLOURS[1], dash: DASHES[1] };
  const losses = [...kept, train, ...hasTest ? [test] : []];
  const hasAccuracy = store.network.value?.task === "classes";
  const accuracies: Line[] = [
    { name: w.trainAccuracy, x: lists.epochs, y: lists.accuracy, colour: LINE_COLOURS[0], dash: "" },
    ...hasTest
      ? [{ name: w.testAccuracy, x: lists.epochs, y: lists.testAccuracy, colour: LINE_COLOURS[1], dash: DASHES[1] }]
      : [],
  ];
  const last = lists.loss.length - 1;
  const sentence = last < 1
    ? w.curvesEmpty
    : w.curvesSentence(formatNumber(lists.loss[0]), formatNumber(lists.loss[last]), formatCount(lists.epochs[last]));
  return (
    <Card
      id="curves"
      title={w.curves}
      tools={<Toggle id="curves-log" label={w.logScale} value={isLogarithmic} onChange={setLogarithmic} />}
    >
      <LineChart label={`${w.loss}. ${sentence}`} lines={losses} height={150} isLogarithmic={isLogarithmic} />
      <LineKeys lines={losses} />
      {hasAccuracy && <LineChart label={w.accuracy} lines={accuracies} height={84} range={[0, 1]} />}
      {hasAccuracy && <LineKeys lines={accuracies} />}
      <p class="note">{sentence}</p>
    </Card>
  );
}
