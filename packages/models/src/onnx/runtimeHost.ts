import { spawn } from 'node:child_process'
import { Worker } from 'node:worker_threads'
import { type RuntimeAnswer, type RuntimeRequest, type RuntimeSettings, runtimeProgram } from './runtimeProgram.js'

/** Where ONNX Runtime runs beside us. */
export interface RuntimeHost {
  post(request: RuntimeRequest): void
  end(): void
  /** Keeps the program alive, or no longer. */
  hold(busy: boolean): void
}

/** What a host tells. */
export interface RuntimeListener {
  answered(answer: RuntimeAnswer): void
  /** Called when it ended, whoever ended it; maybe twice. */
  ended(reason: string): void
}

/** Compilers that keep names wrap inner functions in a call of `__name`, which is not there. */
const prelude = 'const __name = (value) => value\n'
const program = `(${runtimeProgram.toString()})`
const workerSource = `${prelude}const { parentPort, workerData } = require('node:worker_threads')
;${program}(parentPort, workerData, require)`
const processSource = `${prelude}const port = { postMessage: (answer) => process.send(answer), on: (event, take) => process.on(event, take) }
process.once('message', (settings) => ${program}(port, settings, require))`

/** A worker: tensors are moved to it and back without a copy. */
export function workerHost(settings: RuntimeSettings, { answered, ended }: RuntimeListener): RuntimeHost {
  const worker = new Worker(workerSource, { eval: true, workerData: settings })
  worker.on('message', answered)
  worker.on('error', (error) => ended(`the worker of ONNX Runtime failed: ${error.message}`))
  worker.on('exit', (code) => ended(`the worker of ONNX Runtime ended with ${code}`))
  return {
    post: (request) => worker.postMessage(request),
    end: () => void worker.terminate(),
    hold: (busy) => (busy ? worker.ref() : worker.unref()),
  }
}

/** A process: a driver that crashes ends it and not us, and what a driver prints is not printed. */
export function processHost(settings: RuntimeSettings, { answered, ended }: RuntimeListener): RuntimeHost {
  const child = spawn(process.execPath, ['-e', processSource], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
  })
  child.on('message', (answer) => answered(answer as RuntimeAnswer))
  child.on('error', (error) => ended(`the process of ONNX Runtime failed: ${error.message}`))
  child.on('exit', (code, signal) => ended(`the process of ONNX Runtime ended with ${signal ?? code}`))
  child.send(settings)
  return {
    post: (request) => child.send(request),
    end: () => void child.kill(),
    hold(busy) {
      for (const held of [child, child.channel]) {
        if (busy) held?.ref()
        else held?.unref()
      }
    },
  }
}
