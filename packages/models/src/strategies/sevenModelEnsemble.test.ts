import { type Bar, barsOf, type StrategyDefinition, type TargetIntent, type View } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import type { EnsembleView } from '../ensemble/ensembleView.js'
import { makeArtifact } from '../makeArtifact.js'
import { type Plant, plantedBars } from '../testing/plantedBars.js'
import { trainJob } from '../trainJob.js'
import { type SevenModelOptions, type SevenModelParams, sevenModelEnsemble } from './sevenModelEnsemble.js'

/** Price units earned by holding each wished exposure from its bar's close until its stop, without costs. */
function trade(
  definition: StrategyDefinition<SevenModelParams>,
  bars: readonly Bar[],
  params: Partial<SevenModelParams> = {},
) {
  const strategy = definition.create({ ...definition.params, ...params })
  const wishes: TargetIntent[] = []
  let [exposure, stop, earned, previous] = [0, 0, 0, bars[0]!.close]
  for (const bar of bars) {
    const touched = exposure > 0 ? bar.low <= stop : exposure < 0 && bar.high >= stop
    earned += exposure * ((touched ? stop : bar.close) - previous)
    previous = bar.close
    if (touched) exposure = 0
    const view = { position: () => ({ quantity: exposure, averagePrice: 0, reserved: 0 }) } as unknown as View
    const wish = strategy.onBar?.(bar, view) as TargetIntent | undefined
    if (!wish) continue
    wishes.push(wish)
    exposure = wish.exposure
    stop = wish.stop as number
  }
  return { earned, wishes }
}

const planted = (plant: Plant, seed: number, length = 2_000): Bar[] =>
  plantedBars({ plant, length, seed, start: 50_000 })

function watch(bars: readonly Bar[], options: SevenModelOptions = {}): EnsembleView[] {
  const views: EnsembleView[] = []
  trade(sevenModelEnsemble({ ...options, onWeights: (_, view) => views.push(view) }), bars)
  return views
}

const reverting = planted({ kind: 'meanReverting', halfLife: 4, sigma: 10 }, 3, 1_500)
const artifact = trainJob(
  {
    id: 'small',
    kind: 'classifier',
    seed: 1,
    params: {
      folds: 2,
      confidenceMin: 0,
      validFor: 1e12,
      network: { hidden: [4], epochs: 2, batch: 64, learningRate: 1e-2, patience: 2 },
    },
    features: { indicators: ['rsi', 'cci'], groups: ['indicators'] },
    labels: { kind: 'forwardReturn', bars: 4 },
  },
  barsOf(reverting.slice(0, 800), 3_600_000),
)

describe('sevenModelEnsemble', () => {
  it('earns on planted drifts either way and on planted reversion', () => {
    const total = (plant: Plant): number =>
      [1, 2, 3].reduce((sum, seed) => sum + trade(sevenModelEnsemble(), planted(plant, seed)).earned, 0)
    expect(total({ kind: 'walk', drift: 1.5, sigma: 10 })).toBeGreaterThan(1_500)
    expect(total({ kind: 'walk', drift: -1.5, sigma: 10 })).toBeGreaterThan(1_500)
    expect(total({ kind: 'meanReverting', halfLife: 4, sigma: 10 })).toBeGreaterThan(100)
  })

  it('wishes seldom, and takes little where there is nothing to find', () => {
    const { wishes } = trade(sevenModelEnsemble(), planted({ kind: 'walk', drift: 0, sigma: 10 }, 1))
    expect(wishes.length).toBeLessThan(250)
  })

  it('tells of seven models after each bar, and why two of them are absent', () => {
    const views = watch(planted({ kind: 'walk', drift: 1.5, sigma: 10 }, 1))
    expect(views).toHaveLength(2_000)
    const last = views.at(-1)!
    expect(last.experts.map(({ name }) => name)).toEqual([
      'trend',
      'reversion',
      'volatility',
      'flow',
      'vpin',
      'classifier',
      'ppo',
    ])
    expect(last.experts[0]).toMatchObject({ role: 'speaks' })
    expect(last.experts[0]!.weight).toBeGreaterThan(0.3)
    expect(last.experts[2]).toMatchObject({ role: 'risk', weight: 0 })
    expect(last.experts[6]).toMatchObject({
      role: 'abstains',
      weight: 0,
      reason: 'ppo: not trained; give its artifact',
    })
    const sum = last.experts.reduce((total, { weight }) => total + weight, last.control.weight)
    expect(sum).toBeCloseTo(1, 12)
  })

  it('gives a trained classifier a voice from the end of its training on', () => {
    const views = watch(reverting, { classifier: artifact })
    const speaks = (view: EnsembleView): boolean => view.experts[5]!.role === 'speaks'
    expect(views.slice(0, 800).some(speaks)).toBe(false)
    expect(views.slice(850).filter(speaks).length).toBeGreaterThan(100)
  })

  it('trades the same whether somebody looks on or not, and twice', () => {
    const bars = planted({ kind: 'walk', drift: 1, sigma: 10 }, 2, 900)
    const quiet = trade(sevenModelEnsemble({ classifier: artifact }), bars).wishes
    const definition = sevenModelEnsemble({ classifier: artifact, onWeights: () => {} })
    expect(trade(definition, bars).wishes).toEqual(quiet)
    expect(trade(definition, bars).wishes).toEqual(quiet)
  })

  it('refuses an artifact of another kind in a place', () => {
    const run = () => sevenModelEnsemble({ ppo: artifact })
    expect(run).toThrow('The artifact given as ppo is of kind "classifier".')
    expect(run).toThrow(expect.objectContaining({ code: 'ARTIFACT' }))
    const { format: _, files: __, ...manifest } = artifact.manifest
    const broken = makeArtifact({ ...manifest, extra: {} }, Object.fromEntries(artifact.files))
    expect(() => sevenModelEnsemble({ classifier: broken })).toThrow(expect.objectContaining({ code: 'ARTIFACT' }))
  })

  it.each([
    [{ confidenceFull: -1 }, 'Parameter confidenceFull "-1" is out of range.'],
    [{ share: 2 }, 'share "2" of fixedShare is out of range.'],
    [{ window: 3 }, 'window "3" of meanReversion is out of range.'],
  ])('refuses the parameters %o', (params, message) => {
    const bars = planted({ kind: 'walk', drift: 0, sigma: 1 }, 1, 2)
    expect(() => trade(sevenModelEnsemble(), bars, params)).toThrow(message)
  })
})
