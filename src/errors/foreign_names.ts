/**
 * Names of Keras and tf.js that go by another name here, by namespace: what to write instead. Keys are in lower case without
 * underscores. Names that differ in case alone need no entry.
 */
export const FOREIGN_NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  activations: {
    get: 'its name where it is used: activation: "relu"',
  },
  callbacks: {
    callback: "a plain object: { onEpochEnd(epoch, logs) { … } }",
    customcallback: "a plain object: { onEpochEnd(epoch, logs) { … } }",
    reducelr: "callbacks.reduceLROnPlateau()",
    progbarlogger: "verbose: 1 in fit",
  },
  initializers: {
    get: 'its name where it is used: kernelInitializer: "he_normal"',
    normal: "initializers.randomNormal()",
    uniform: "initializers.randomUniform()",
    one: "initializers.ones()",
    zero: "initializers.zeros()",
  },
  layers: {
    input: "inputShape in the first layer, layers.dense({ units: 7, inputShape: [2] })",
    fullyconnected: "layers.dense({ units: … })",
    linear: "layers.dense({ units: … })",
  },
  losses: {
    get: 'its name where it is used: loss: "mse"',
    mse: 'losses.meanSquaredError(), or the name "mse" in compile',
    mae: 'losses.meanAbsoluteError(), or the name "mae" in compile',
    mape: 'losses.meanAbsolutePercentageError(), or the name "mape" in compile',
    msle: 'losses.meanSquaredLogarithmicError(), or the name "msle" in compile',
    bce: 'losses.binaryCrossentropy(), or the name "bce" in compile',
    kld: 'losses.klDivergence(), or the name "kld" in compile',
    absolutedifference: "losses.meanAbsoluteError()",
    cosinedistance: "losses.cosineSimilarity()",
    crossentropy:
      "losses.categoricalCrossentropy() for one-hot labels, losses.sparseCategoricalCrossentropy() for indices",
    hingeloss: "losses.hinge()",
    huberloss: "losses.huber()",
    logloss: "losses.binaryCrossentropy()",
    sigmoidcrossentropy: "losses.binaryCrossentropy({ fromLogits: true })",
    softmaxcrossentropy: "losses.categoricalCrossentropy({ fromLogits: true })",
  },
  metrics: {
    accuracy: 'the name: metrics: ["accuracy"]',
    mean: "an object { name, create() } of your own",
    mse: 'metrics.meanSquaredError(), or the name "mse" in compile',
    mae: 'metrics.meanAbsoluteError(), or the name "mae" in compile',
    mape: 'metrics.meanAbsolutePercentageError(), or the name "mape" in compile',
    rmse: 'metrics.rootMeanSquaredError(), or the name "rmse" in compile',
  },
  formulas: {
    absolute: "formulas.abs(a)",
    divide: "formulas.div(a, b)",
    maximum: "formulas.max(a, b)",
    minimum: "formulas.min(a, b)",
    multiply: "formulas.mul(a, b)",
    negative: "formulas.neg(a)",
    subtract: "formulas.sub(a, b)",
    where: "formulas.select(condition, a, b)",
  },
  ops: {
    absolute: "ops.abs(x)",
    amax: "ops.max(x, { axis })",
    amin: "ops.min(x, { axis })",
    concat: "ops.concatenate([a, b], { axis })",
    div: "ops.divide(a, b)",
    dot: "ops.matmul(a, b)",
    exponential: "ops.exp(x)",
    mul: "ops.multiply(a, b)",
    neg: "ops.negative(x)",
    pow: "ops.power(a, b)",
    reducemax: "ops.max(x, { axis })",
    reducemean: "ops.mean(x, { axis })",
    reducemin: "ops.min(x, { axis })",
    reducesum: "ops.sum(x, { axis })",
    select: "ops.where(condition, a, b)",
    sub: "ops.subtract(a, b)",
    swish: "ops.silu(x)",
    unstack: "ops.split(x, n, { axis }), and ops.squeeze",
    var: "ops.variance(x, { axis })",
  },
  optimizers: {
    get: 'its name where it is used: optimizer: "adam"',
    momentum: "optimizers.sgd({ learningRate: 0.01, momentum: 0.9 })",
    schedulefreeadamw: "optimizers.adamScheduleFree()",
    multioptimizer: "a list in compile: optimizer: [{ layers: […], optimizer: … }, { optimizer: … }]",
  },
  schedules: {
    learningrateschedule: "an object { id, config, at(iteration) } of your own",
    piecewiseconstant: "schedules.piecewiseConstantDecay({ boundaries: …, values: … })",
  },
};

/**
 * What Keras or tf.js has and this library has not, by namespace, in lower case without underscores. A name that is there after all
 * is found before anybody looks here.
 */
export const MISSING_NAMES: Readonly<Record<string, readonly string[]>> = {
  activations: ["glu", "sparsemax", "sparseplus", "sparsesigmoid", "squareplus"],
  callbacks: ["tensorboard", "remotemonitor", "swapemaweights"],
  layers: (
    "conv1d conv2d conv3d conv1dtranspose conv2dtranspose conv3dtranspose depthwiseconv1d depthwiseconv2d separableconv1d " +
    "separableconv2d maxpooling1d maxpooling2d maxpooling3d maxpool1d maxpool2d averagepooling1d averagepooling2d " +
    "averagepooling3d globalmaxpooling1d globalmaxpooling2d globalaveragepooling1d globalaveragepooling2d lstmcell " +
    "grucell simplernncell rnn stackedrnncells convlstm1d convlstm2d bidirectional timedistributed embedding masking " +
    "spectralnormalization " +
    "zeropadding3d cropping3d " +
    "upsampling3d " +
    "activityregularization einsumdense identity thresholdedrelu categoryencoding hashing discretization stringlookup " +
    "integerlookup textvectorization resizing centercrop randomcrop randomflip randomrotation randomzoom randomtranslation " +
    "randombrightness randomcontrast"
  ).split(" "),
  losses: ["ctc", "dice", "tversky", "circle", "categoricalgeneralizedcrossentropy"],
  metrics: (
    "binaryiou iou meaniou onehotiou onehotmeaniou falsenegatives falsepositives truenegatives truepositives fbetascore " +
    "precisionatrecall recallatprecision sensitivityatspecificity specificityatsensitivity pearsoncorrelation " +
    "concordancecorrelation sum meanmetricwrapper"
  ).split(" "),
  optimizers: ["lossscaleoptimizer", "schedulefreesgd"],
};
