import { ConfigError, createHasher, createRandom } from '@astertrade/core'
import type { Network } from '../backends/network.js'
import type { Dataset } from '../dataset.js'
import type { TrainingHooks, TrainingParts, TrainingRequest } from '../modelKind.js'
import { hashSingles } from '../network/hashSingles.js'
import { networkOf, networkTensors } from '../network/networkTensors.js'
import { decodeTensors, encodeTensors } from '../tensors.js'
import { openCommittee, writeCommittee } from './committee.js'
import type { TradedRows } from './holding.js'
import { type PpoParams, ppoSettings } from './ppoParams.js'
import { ppoRows } from './ppoRows.js'
import { tradingEnvironment } from './tradingEnvironment.js'
import { trainPolicy } from './trainPolicy.js'

/** Trains the policies of a request one after another, each from a seed of its own; those that come as parts are not trained again. */
export function trainPolicies(
  request: TrainingRequest<PpoParams>,
  rows: TradedRows,
  hooks: TrainingHooks,
): readonly Network[] {
  const count = request.params.policies
  const start = hooks.resume ? openCommittee(hooks.resume) : { finished: [] }
  const finished = [...start.finished]
  const identity = hooks.resume || hooks.checkpoint ? identityOf(request.data, request.params) : ''
  for (let index = finished.length; index < count; index++) {
    const part = hooks.parts?.[index]
    const resume = index === start.finished.length ? start.current : undefined
    const own: TrainingHooks = {
      ...hooks,
      checkpoint: (current) => hooks.checkpoint?.(writeCommittee({ finished, current })),
      report(progress) {
        const stage = `policy ${index + 1} of ${count}, ${progress.stage}`
        hooks.report?.({ ...progress, stage, done: (index + progress.done) / count })
      },
    }
    finished.push(
      part ? networkOf(decodeTensors(part), 'policy') : trainOne(request, rows, { index, identity, resume }, own),
    )
  }
  return finished
}

/** The policies as parts of a training: each can be trained by itself. */
export const policyParts: TrainingParts<PpoParams> = {
  count: ({ policies }) => policies,
  train(request, part, hooks = {}) {
    const { trained } = ppoRows(request.data, request.params)
    const last = request.params.policies - 1
    if (!Number.isSafeInteger(part) || part < 0 || part > last) {
      throw new ConfigError(`The training has no part "${part}".`, {
        code: 'BAD_PARAMETER',
        hints: [`Its parts are 0 to ${last}.`],
      })
    }
    const identity = hooks.resume || hooks.checkpoint ? identityOf(request.data, request.params) : ''
    const policy = trainOne(request, trained, { index: part, identity, resume: hooks.resume }, hooks)
    return encodeTensors(networkTensors('policy', policy))
  },
}

interface PolicyJob {
  readonly index: number
  readonly identity: string
  readonly resume: Uint8Array | undefined
}

function trainOne(
  { params, seed }: TrainingRequest<PpoParams>,
  rows: TradedRows,
  { index, identity, resume }: PolicyJob,
  { resume: _, ...hooks }: TrainingHooks,
): Network {
  const { costs, riskAversion, episodeRows, steps } = params
  return trainPolicy(
    {
      makeEnvironment: () => tradingEnvironment({ ...rows, costs, riskAversion, episodeRows }),
      steps,
      seed: createRandom(seed).stream('ppo/seeds').at(index).next(),
      settings: ppoSettings(params),
      task: identity,
    },
    resume && resume.length > 0 ? { ...hooks, resume } : hooks,
  ).policy
}

/** A digest of the rows and of what becomes of them. */
function identityOf({ schema, prices, features }: Dataset, params: PpoParams): string {
  const hasher = createHasher().text(schema).json(params)
  for (const column of [prices, features]) hashSingles(hasher, column)
  return hasher.digest()
}
