import { ConfigError } from '@astertrade/core'
import type { GoldenRows } from './artifact.js'
import type { Session } from './backends/backend.js'
import type { SyncSession } from './backends/syncSession.js'

/**
 * Computes the golden rows of a model and compares them with what they must give.
 *
 * @param tolerance - Largest difference, times the larger of 1 and the size of the number.
 * @throws ConfigError with code `BACKEND` if one differs more, is no number, or has another width than the model.
 */
export function checkGolden(session: SyncSession, golden: GoldenRows, tolerance: number): void {
  const { x, rows, out } = goldenArrays(session, golden)
  if (rows > 0) session.runSync(x, rows, out)
  requireGolden(session, golden, tolerance, out)
}

/**
 * The same for a session whose answer has to be waited for.
 *
 * @throws ConfigError as `checkGolden`; whatever the session throws passes through.
 */
export async function awaitGolden(session: Session, golden: GoldenRows, tolerance: number): Promise<void> {
  const { x, rows, out } = goldenArrays(session, golden)
  if (rows > 0) await session.run(x, rows, out)
  requireGolden(session, golden, tolerance, out)
}

function goldenArrays(
  session: Session,
  { inputs, outputs }: GoldenRows,
): { readonly x: Float32Array; readonly rows: number; readonly out: Float32Array } {
  const rows = inputs.length
  const narrow =
    inputs.find((row) => row.length !== session.inputs) ?? outputs.find((row) => row.length !== session.outputs)
  if (narrow !== undefined || outputs.length !== rows) {
    throw mismatch(session, `do not fit a model of ${session.inputs} inputs and ${session.outputs} outputs`)
  }
  return { x: Float32Array.from(inputs.flat()), rows, out: new Float32Array(rows * session.outputs) }
}

function requireGolden(session: Session, { outputs }: GoldenRows, tolerance: number, out: Float32Array): void {
  const expected = outputs.flat()
  for (const [index, value] of expected.entries()) {
    const got = out[index]!
    // Asked this way round, NaN fails.
    if (Math.abs(got - value) <= tolerance * Math.max(1, Math.abs(value))) continue
    throw mismatch(session, `give ${got} in place of ${value} in row ${Math.floor(index / session.outputs)}`)
  }
}

function mismatch({ backend, device }: Session, problem: string): ConfigError {
  return new ConfigError(`The golden rows ${problem} on ${backend} (${device}).`, {
    code: 'BACKEND',
    hints: ['The backend is not used for this model. Another one of the chain takes its place.'],
  })
}
