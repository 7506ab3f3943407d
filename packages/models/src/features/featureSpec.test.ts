import type { ConfigError } from '@astertrade/core'
import { registry } from '@astertrade/indicators'
import { expect, it } from 'vitest'
import { planFeatures } from './featurePlan.js'
import { type FeatureOptions, featureSpec } from './featureSpec.js'

it('takes all 41 indicators, the bar and the calendar by default', () => {
  const plan = planFeatures(featureSpec())
  expect(plan.names).toHaveLength(50)
  expect(plan.names.slice(-9, -3)).toEqual([
    'bar.change',
    'bar.body',
    'bar.range',
    'bar.closeLocation',
    'bar.volume',
    'calendar.hourSin',
  ])
})

it('is the same after it went through JSON and back', () => {
  const spec = featureSpec({ indicators: ['rsi', 'atr'], columns: 'all', groups: ['calendar', 'indicators'] })
  expect(featureSpec(JSON.parse(JSON.stringify(spec)))).toEqual(spec)
  expect(spec.groups).toEqual(['indicators', 'calendar'])
})

it('takes a choice without indicators', () => {
  expect(planFeatures(featureSpec({ groups: ['bar'] })).names[0]).toBe('bar.change')
})

it('hashes another schema for other names, another order, or other outputs', () => {
  const of = (options: FeatureOptions): string => planFeatures(featureSpec(options)).schema
  const schemas = [
    of({ indicators: ['rsi', 'sma'] }),
    of({ indicators: ['sma', 'rsi'] }),
    of({ indicators: ['rsi'] }),
    of({ indicators: ['rsi', 'sma'], groups: ['indicators'] }),
    of({ indicators: ['macd'] }),
    of({ indicators: ['macd'], columns: 'all' }),
  ]
  expect(new Set(schemas).size).toBe(schemas.length)
  expect(of({ indicators: ['rsi', 'sma'] })).toBe(schemas[0])
})

it.each<[unknown, string]>([
  [{ indicators: ['rsii'] }, 'Option "indicators" of features has "rsii".\n  Did you mean rsi?'],
  [{ indicators: ['rsi', 'rsi'] }, 'Option "indicators" of features has "rsi" twice.\n  Give each once.'],
  [
    { indicators: [] },
    `Option "indicators" of features is empty.\n  Known are ${registry
      .all()
      .map((d) => d.id)
      .join(', ')}.`,
  ],
  [{ groups: ['bars'] }, 'Option "groups" of features has "bars".\n  Did you mean bar?'],
  [{ columns: 'every' }, 'Option "columns" of features has "every".\n  Known are primary, all.'],
])('refuses %j', (options, message) => {
  let error: ConfigError | undefined
  try {
    featureSpec(options as FeatureOptions)
  } catch (thrown) {
    error = thrown as ConfigError
  }
  expect([error?.code, error?.message]).toEqual(['BAD_PARAMETER', message])
})
