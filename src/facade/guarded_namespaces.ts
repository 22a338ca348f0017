/**
 * The namespaces of the library as objects that answer for names which are not there.
 *
 * @module
 */
import { ops as allOps } from "../compose/all_ops.ts";
import { guardNamespace } from "../errors/guard_namespace.ts";
import * as namespaces from "./namespaces.ts";

export const activations: typeof namespaces.activations = guardNamespace("activations", namespaces.activations);
export const callbacks: typeof namespaces.callbacks = guardNamespace("callbacks", namespaces.callbacks);
export const constraints: typeof namespaces.constraints = guardNamespace("constraints", namespaces.constraints);
export const formulas: typeof namespaces.formulas = guardNamespace("formulas", namespaces.formulas);
export const initializers: typeof namespaces.initializers = guardNamespace("initializers", namespaces.initializers);
export const layers: typeof namespaces.layers = guardNamespace("layers", namespaces.layers);
export const losses: typeof namespaces.losses = guardNamespace("losses", namespaces.losses);
export const metrics: typeof namespaces.metrics = guardNamespace("metrics", namespaces.metrics);
export const ops: typeof namespaces.ops = allOps;
export const optimizers: typeof namespaces.optimizers = guardNamespace("optimizers", namespaces.optimizers);
export const plot: typeof namespaces.plot = guardNamespace("plot", namespaces.plot);
export const pruners: typeof namespaces.pruners = guardNamespace("pruners", namespaces.pruners);
export const regularizers: typeof namespaces.regularizers = guardNamespace("regularizers", namespaces.regularizers);
export const samplers: typeof namespaces.samplers = guardNamespace("samplers", namespaces.samplers);
export const schedules: typeof namespaces.schedules = guardNamespace("schedules", namespaces.schedules);
