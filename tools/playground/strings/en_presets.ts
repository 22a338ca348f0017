/** Titles of the lecture's scenes, and what to look at in each. */
export const en: Readonly<Record<string, readonly [title: string, words: string]>> = {
  worked_example: [
    "The worked example",
    "Go through forward, loss, backward, replace, and click a line: every number of the slide is there.",
  ],
  xor_7: ["XOR, 7 hidden neurons", "Play 200 epochs: seven neurons bend the plane easily."],
  xor_6: ["XOR, 6 hidden neurons", "One neuron less, and the boundary still finds its way."],
  xor_5: ["XOR, 5 hidden neurons", "Five are enough. Look at which neurons do the work."],
  xor_4: ["XOR, 4 hidden neurons", "Four: compare the maps of the neurons with the answer."],
  xor_3: ["XOR, 3 hidden neurons", "Three still succeed almost always."],
  xor_2: ["XOR, 2 hidden neurons", "Two can do it, but it is a matter of the seed: try the next seed."],
  xor_plateau: [
    "XOR: a plateau",
    "All answers are ½ and the loss is ln 2: a saddle. It leaves it in the end: be patient.",
  ],
  xor_valley: [
    "XOR: a local minimum",
    "Two points are right, two stay at ½: the loss is ½·ln 2, and there is no way down.",
  ],
  rate_0_1: ["Rate 0.1: too small", "After 200 epochs hardly anything has happened."],
  rate_4_5: ["Rate 4.5: good", "The loss falls quickly and quietly."],
  rate_9: ["Rate 9: at the edge", "The loss jumps at first, and settles."],
  rate_18: ["Rate 18: too large", "The loss jumps up and down and does not settle."],
  rate_25: [
    "Rate 25: why does it not learn?",
    "Each step overshoots; the neurons end up saturated. Read the diagnosis.",
  ],
  gradient_descent: ["Gradient descent", "One step an epoch, with the gradient of all samples."],
  stochastic: [
    "Stochastic gradient descent",
    "One sample a step: the way is noisy, but there are many steps an epoch.",
  ],
  momentum: ["Momentum", "Each step keeps nine tenths of the last one."],
  nesterov: ["Nesterov", "The gradient is taken where the momentum leads."],
  rmsprop: ["RMSprop", "Each weight has a rate of its own, by the size of its gradients."],
  adam: ["Adam", "Momentum and a rate for each weight."],
  without_gradients: ["Without gradients", "CMA-ES tries members of a population: no backward pass at all."],
  vanishing: [
    "Vanishing gradient",
    "Ten sigmoid layers: look at the gradient flow. The first layer gets almost nothing.",
  ],
  exploding: ["Exploding gradient", "The initial weights are far too large: the signal grows in every layer."],
  dead_relu: ["Dead neurons", "All hidden neurons answer 0 for every sample, and no gradient passes."],
  linear_stack: ["A stack of linear layers", "Two linear layers are one linear layer: XOR cannot be learnt."],
  symmetric: ["Equal beginnings", "All neurons begin equal, get equal gradients, and stay one neuron."],
  overfitting: ["Overfitting", "The training loss falls, the test loss rises: it learns the noise by heart."],
  dropout: ["Dropout and weight decay", "The same data with dropout and L2: the two curves stay together."],
  spiral: ["Spiral", "Two layers of eight neurons wind round each other."],
  iris: ["Iris: three classes", "Petal length and width tell the three species apart."],
  waves: ["Waves: values instead of classes", "A linear output and the mean squared error."],
};

/** The chapters that the scenes stand in. */
export const enChapters: Readonly<Record<string, string>> = {
  backpropagation: "Backpropagation",
  neurons: "How many neurons?",
  rates: "Learning rates",
  optimizers: "Optimizers",
  gradients: "Gradients that get lost",
  generalization: "Generalization",
};
