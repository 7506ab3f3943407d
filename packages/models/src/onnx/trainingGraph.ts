import { encodeGraph, type OnnxConstant, type OnnxGraph, type OnnxNode, type OnnxValue } from './onnxGraph.js'

/** What is trained, and how. */
export interface TrainingSpec {
  readonly inputs: number
  /** Sizes of the hidden layers; none gives a multinomial regression. */
  readonly hidden: readonly number[]
  readonly activation: 'relu' | 'tanh'
  readonly classCount: number
  /** Rows of a step; a step with fewer is filled up with rows of weight 0. */
  readonly batch: number
  /** Decay rates and the smallest divisor of Adam. */
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
}

/** A parameter of the network or a moment of one: fed as `in.<name>`, given back as `out.<name>`. */
export interface StateTensor {
  readonly name: string
  readonly shape: readonly number[]
}

interface Body {
  readonly spec: TrainingSpec
  readonly nodes: OnnxNode[]
  /** Adds a node and returns the name of what it gives. */
  add(operator: string, inputs: readonly string[], attributes?: OnnxNode['attributes']): string
}

/** What is fed for each step; the body sees one step of it. */
const scanned = ['x', 'labels', 'rowWeights', 'scales', 'rates', 'corrections'] as const

/** Prefix of every name inside the body: a runtime fails where an outer constant shares a name with a tensor inside. */
const inside = 'step.'

/**
 * Writes the training of a classifier as one ONNX graph, in which a Scan goes over the steps: forward pass, softmax, cross
 * entropy, backward pass and Adam. One run is a pass over the rows, on any provider.
 *
 * Fed are the state of `trainingState` and, over `steps`: `x` [steps, batch, inputs]; `labels` [steps, batch, classes], one for the
 * class; `rowWeights` [steps, batch, 1]; `scales` [steps, 1], which multiply the gradient; `rates` [steps, 1], the learning rate over
 * 1 - beta1^t; `corrections` [steps, 1], one over √(1 - beta2^t). It gives the state after the last step, and `losses` of shape
 * [steps], the weighted sums of cross entropies before each step. Kingma and Ba, Adam (2015), algorithm 1.
 */
export function trainingGraph(spec: TrainingSpec): Uint8Array {
  const state = trainingState(spec)
  const value = (name: string, shape: readonly (number | string)[]): OnnxValue => ({ name, type: 'float', shape })
  const names = (prefix: string): string[] => state.map(({ name }) => prefix + name)
  return encodeGraph({
    name: 'training',
    constants: [],
    nodes: [
      {
        operator: 'Scan',
        inputs: [...names('in.'), ...scanned],
        outputs: [...names('out.'), 'losses'],
        attributes: {
          body: { kind: 'graph', value: stepGraph(spec, state) },
          num_scan_inputs: { kind: 'int', value: scanned.length },
        },
      },
    ],
    inputs: [
      ...state.map(({ name, shape }) => value(`in.${name}`, shape)),
      ...scanned.map((name) => value(name, ['steps', ...stepShape(spec, name)])),
    ],
    outputs: [...state.map(({ name, shape }) => value(`out.${name}`, shape)), value('losses', ['steps'])],
  })
}

/** The tensors that a step changes: weights and bias of each layer, then their first and second moments. */
export function trainingState({ inputs, hidden, classCount }: TrainingSpec): readonly StateTensor[] {
  const sizes = [inputs, ...hidden, classCount]
  const parameters = sizes.slice(1).flatMap((outputs, index): StateTensor[] => [
    { name: `weights.${index}`, shape: [sizes[index]!, outputs] },
    { name: `bias.${index}`, shape: [outputs] },
  ])
  const moments = (prefix: string): StateTensor[] =>
    parameters.map(({ name, shape }) => ({ name: `${prefix}.${name}`, shape }))
  return [...parameters, ...moments('first'), ...moments('second')]
}

function stepShape({ batch, inputs, classCount }: TrainingSpec, name: (typeof scanned)[number]): readonly number[] {
  return {
    x: [batch, inputs],
    labels: [batch, classCount],
    rowWeights: [batch, 1],
    scales: [1],
    rates: [1],
    corrections: [1],
  }[name]
}

function stepGraph(spec: TrainingSpec, state: readonly StateTensor[]): OnnxGraph {
  const nodes: OnnxNode[] = []
  const body: Body = {
    spec,
    nodes,
    add(operator, inputs, attributes) {
      const name = `${inside}${nodes.length}`
      nodes.push({ operator, inputs, outputs: [name], ...(attributes ? { attributes } : {}) })
      return name
    },
  }
  const results = forwardNodes(body)
  const { loss, slope } = lossNodes(body, results.at(-1)!)
  backwardNodes(body, results, slope)
  nodes.push({ operator: 'Identity', inputs: [loss], outputs: [`${inside}loss`] })
  const value = (name: string, shape: readonly number[]): OnnxValue => ({ name: inside + name, type: 'float', shape })
  return {
    name: 'step',
    nodes,
    constants: constantsOf(spec),
    inputs: [
      ...state.map(({ name, shape }) => value(`in.${name}`, shape)),
      ...scanned.map((name) => value(name, stepShape(spec, name))),
    ],
    outputs: [...state.map(({ name, shape }) => value(`out.${name}`, shape)), value('loss', [])],
  }
}

function constantsOf({ beta1, beta2, epsilon }: TrainingSpec): readonly OnnxConstant[] {
  const number = (name: string, value: number): OnnxConstant => {
    return { name: inside + name, type: 'float', shape: [], values: [value] }
  }
  const axes = (name: string, values: readonly number[]): OnnxConstant => {
    return { name: inside + name, type: 'int64', shape: [values.length], values }
  }
  return [
    ...[number('beta1', beta1), number('beta2', beta2), number('epsilon', epsilon), number('one', 1)],
    ...[number('take1', 1 - beta1), number('take2', 1 - beta2)],
    ...[axes('rows', [0]), axes('columns', [1]), axes('all', [0, 1])],
  ]
}

/** Names of what each layer gives, the input first and the sums of the last layer last. */
function forwardNodes({ spec, add }: Body): readonly string[] {
  const results = [`${inside}x`]
  for (let layer = 0; layer <= spec.hidden.length; layer++) {
    const sums = add('Gemm', [results[layer]!, `${inside}in.weights.${layer}`, `${inside}in.bias.${layer}`])
    results.push(layer === spec.hidden.length ? sums : add(spec.activation === 'relu' ? 'Relu' : 'Tanh', [sums]))
  }
  return results
}

/** Weighted cross entropy of the softmax, and its gradient by the sums of the last layer. */
function lossNodes({ add }: Body, sums: string): { readonly loss: string; readonly slope: string } {
  const keep = { keepdims: { kind: 'int', value: 1 } } as const
  const [columns, labels, weights] = [`${inside}columns`, `${inside}labels`, `${inside}rowWeights`]
  const largest = add('ReduceMax', [sums], { ...keep, axes: { kind: 'ints', value: [1] } })
  const shifted = add('Sub', [sums, largest])
  const powers = add('Exp', [shifted])
  const total = add('ReduceSum', [powers, columns], keep)
  const logs = add('Sub', [shifted, add('Log', [total])])
  const entropy = add('Neg', [add('ReduceSum', [add('Mul', [logs, labels]), columns], keep)])
  const loss = add('ReduceSum', [add('Mul', [entropy, weights]), `${inside}all`], {
    keepdims: { kind: 'int', value: 0 },
  })
  const pull = add('Mul', [add('Sub', [add('Div', [powers, total]), labels]), weights])
  return { loss, slope: add('Mul', [pull, `${inside}scales`]) }
}

function backwardNodes(body: Body, results: readonly string[], lastSlope: string): void {
  const { spec, add } = body
  let slope = lastSlope
  for (let layer = spec.hidden.length; layer >= 0; layer--) {
    const given = results[layer]!
    adamNodes(body, `weights.${layer}`, add('Gemm', [given, slope], { transA: { kind: 'int', value: 1 } }))
    adamNodes(
      body,
      `bias.${layer}`,
      add('ReduceSum', [slope, `${inside}rows`], { keepdims: { kind: 'int', value: 0 } }),
    )
    if (layer === 0) return
    const back = add('Gemm', [slope, `${inside}in.weights.${layer}`], { transB: { kind: 'int', value: 1 } })
    slope = add('Mul', [back, steepness(body, given)])
  }
}

/** Derivative of the activation by its sums, out of what it gave: 1 - tanh², or 1 where a rectifier is open. */
function steepness({ spec, add }: Body, given: string): string {
  if (spec.activation === 'relu') return add('Sign', [given])
  return add('Sub', [`${inside}one`, add('Mul', [given, given])])
}

function adamNodes({ nodes, add }: Body, name: string, gradient: string): void {
  const step = (text: string): string => inside + text
  const blend = (
    moment: string,
    numbers: { readonly keep: string; readonly take: string; readonly by: string },
  ): void => {
    const [old, fresh] = [
      add('Mul', [step(`in.${moment}`), step(numbers.keep)]),
      add('Mul', [numbers.by, step(numbers.take)]),
    ]
    nodes.push({ operator: 'Add', inputs: [old, fresh], outputs: [step(`out.${moment}`)] })
  }
  blend(`first.${name}`, { keep: 'beta1', take: 'take1', by: gradient })
  blend(`second.${name}`, { keep: 'beta2', take: 'take2', by: add('Mul', [gradient, gradient]) })
  const root = add('Mul', [add('Sqrt', [step(`out.second.${name}`)]), step('corrections')])
  const size = add('Add', [root, step('epsilon')])
  const move = add('Div', [add('Mul', [step(`out.first.${name}`), step('rates')]), size])
  nodes.push({ operator: 'Sub', inputs: [step(`in.${name}`), move], outputs: [step(`out.${name}`)] })
}
