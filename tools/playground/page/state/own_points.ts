import type { OwnPoint } from "../../configuration/configuration.ts";
import { LIMITS } from "../../configuration/configuration.ts";
import { configure } from "./actions.ts";
import { store } from "./store.ts";

/** Sets the own points, which makes the network anew. */
export function setPoints(points: readonly OwnPoint[], task?: "classes" | "regression"): void {
  const { data, features } = store.configuration.value;
  configure({
    data: { ...data, name: "own", points: points.slice(0, LIMITS.points), task: task ?? data.task },
    features,
  });
}

/** Adds a point of the class or value that is chosen for new ones. */
export function addPoint(x1: number, x2: number): void {
  const { points } = store.configuration.value.data;
  setPoints([...points, { x1: round(x1), x2: round(x2), y: store.newPoint.value }]);
}

export function movePoint(index: number, x1: number, x2: number): void {
  const { points } = store.configuration.value.data;
  setPoints(points.map((point, i) => i === index ? { ...point, x1: round(x1), x2: round(x2) } : point));
}

export function removePoint(index: number): void {
  setPoints(store.configuration.value.data.points.filter((_, i) => i !== index));
}

/** Short numbers keep the address short. */
function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
