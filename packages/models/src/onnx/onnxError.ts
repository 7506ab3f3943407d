import { ConfigError } from '@astertrade/core'

/** The error for an ONNX file that is damaged, too large, or asks for what is not allowed; its code is `ONNX`. */
export function onnxError(problem: string): ConfigError {
  return new ConfigError(`The ONNX file is refused: ${problem}.`, {
    code: 'ONNX',
    hints: ['It was not given to any runtime. Export plain operators with their weights inside, opset 17.'],
    docsPath: 'docs/guides/bring-your-own-onnx-model.md',
  })
}
