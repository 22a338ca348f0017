import { load } from "retroprop/edge";
load(Deno.readFileSync(Deno.args[0])).run(new Float32Array(784).fill(0.5), new Float32Array(10));
