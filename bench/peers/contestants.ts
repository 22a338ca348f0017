/** A program that runs the workloads: this library or a peer, with a number of threads. */
export interface Contestant {
  /** Short and unique, for the tables. */
  name: string;
  /** What to run; the workload's name is put after `program`, before `args`. */
  program: readonly string[];
  args?: readonly string[];
  /** Changes to the environment; null removes a variable. */
  env?: Readonly<Record<string, string | null>>;
  /** What runs XOR from cold, if not the program with the workload `cold`; null if nothing does. */
  cold?: readonly string[] | null;
  /** How to install it. */
  install: string;
}

/** Settings that some machines have for numpy's BLAS, and that slow it down there. */
const OWN_BLAS = { OPENBLAS_CORETYPE: null, OPENBLAS_L2_SIZE: null };

/**
 * Threads of a Python peer. OpenBLAS has threads of its own: with two of OpenMP's besides, PyTorch would oversubscribe two cores and lose.
 */
function limitThreads(blas: number): Record<string, string | null> {
  return { ...OWN_BLAS, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: String(blas) };
}

const python = (script: string): string[] => ["/usr/bin/python3", `bench/peers/${script}`];
const deno = (...parts: string[]): string[] => [Deno.execPath(), "run", "--no-prompt", ...parts];
const npm = (script: string): string[] => deno("-A", "--no-lock", "--cached-only", `bench/peers/${script}`);

const PYTHON = [
  { name: "PyTorch", script: "pytorch.py", package: "python3-torch" },
  { name: "numpy", script: "numpy_by_hand.py", package: "python3-numpy" },
  { name: "scikit-learn", script: "scikit_learn.py", package: "python3-sklearn" },
];
const TFJS = ["core", "layers", "backend-cpu", "backend-wasm"].map((part) => `npm:@tensorflow/tfjs-${part}@4.22.0`);
const INSTALL_TFJS = `deno cache --no-lock ${TFJS.join(" ")}`;

/** This library, by the number of threads. */
export function listOwn(): Contestant[] {
  return [1, 2].map((threads) => ({
    name: `retroprop ${threads}`,
    program: deno("-A", "bench/peers/retroprop.ts"),
    args: [String(threads)],
    // The example has no choice of threads: XOR is too small for two.
    cold: threads === 1 ? deno("examples/xor.ts", "--quiet") : null,
    install: "",
  }));
}

/** The peers, with the number of threads after their names. */
export function listPeers(): Contestant[] {
  return [
    ...PYTHON.flatMap(({ name, script, package: debian }) =>
      (name === "scikit-learn" ? [1] : [1, 2]).map((threads): Contestant => ({
        name: `${name} ${threads}`,
        program: python(script),
        env: limitThreads(threads),
        install: `apt-get install ${debian} libopenblas0-pthread`,
      }))
    ),
    ...[1, 2].map((threads): Contestant => ({
      name: `jax-js ${threads}`,
      program: npm("jax.ts"),
      args: [String(threads)],
      install: "deno cache --no-lock npm:@jax-js/jax@0.1.25",
    })),
    { name: "tf.js-wasm 1", program: npm("tfjs.ts"), args: ["wasm"], install: INSTALL_TFJS },
    { name: "tf.js-cpu 1", program: npm("tfjs.ts"), args: ["cpu"], install: INSTALL_TFJS },
  ];
}
