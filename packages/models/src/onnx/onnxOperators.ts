/** Operators that may run, by domain: arithmetic on tensors whose size follows from the input. None loops, reads or makes a large
 * tensor out of a small one. */
export const onnxOperators: Readonly<Record<string, ReadonlySet<string>>> = {
  '': new Set([
    ...['Abs', 'Add', 'And', 'ArgMax', 'ArgMin', 'AveragePool', 'BatchNormalization', 'Cast', 'Ceil', 'Clip', 'Concat'],
    ...[
      'Constant',
      'Conv',
      'Div',
      'Dropout',
      'Elu',
      'Equal',
      'Erf',
      'Exp',
      'Flatten',
      'Floor',
      'GRU',
      'Gather',
      'Gemm',
    ],
    ...[
      'GlobalAveragePool',
      'Greater',
      'GreaterOrEqual',
      'HardSigmoid',
      'Identity',
      'IsNaN',
      'LSTM',
      'LayerNormalization',
    ],
    ...[
      'LeakyRelu',
      'Less',
      'LessOrEqual',
      'Log',
      'LogSoftmax',
      'MatMul',
      'Max',
      'MaxPool',
      'Min',
      'Mul',
      'Neg',
      'Not',
    ],
    ...['Or', 'PRelu', 'Pow', 'RNN', 'Reciprocal', 'ReduceMax', 'ReduceMean', 'ReduceMin', 'ReduceProd', 'ReduceSum'],
    ...['Relu', 'Reshape', 'Round', 'Scan', 'Selu', 'Shape', 'Sigmoid', 'Sign', 'Slice', 'Softmax', 'Softplus'],
    ...['Softsign', 'Split', 'Sqrt', 'Squeeze', 'Sub', 'Tanh', 'Transpose', 'Unsqueeze', 'Where'],
  ]),
  'ai.onnx.ml': new Set([
    ...['Imputer', 'LinearClassifier', 'LinearRegressor', 'Normalizer', 'Scaler'],
    ...['TreeEnsembleClassifier', 'TreeEnsembleRegressor'],
  ]),
}

/** Versions of each domain whose operators are known. */
export const onnxOpsets: Readonly<Record<string, { readonly from: number; readonly to: number }>> = {
  '': { from: 7, to: 22 },
  'ai.onnx.ml': { from: 1, to: 4 },
}
