import type { Reliability } from './reliability.js'

const size = 240
const margin = 34
const plot = size - 2 * margin

/**
 * Draws a reliability diagram as a small stand-alone SVG: a dot per bin with two standard errors of the observed share, and the
 * diagonal on which a calibrated forecaster lies. Both axes run from 0 to 1.
 *
 * @example
 * reliabilitySvg(reliability({ probabilities, outcomes })) // => '<svg xmlns="http://www.w3.org/2000/svg" …'
 */
export function reliabilitySvg({ bins, calibrationError }: Reliability): string {
  const x = (value: number): string => (margin + plot * value).toFixed(1)
  const y = (value: number): string => (size - margin - plot * Math.min(1, Math.max(0, value))).toFixed(1)
  const marks = bins.flatMap(({ forecast, observed, standardError, count }) => [
    `<line x1="${x(forecast)}" x2="${x(forecast)}" y1="${y(observed - 2 * standardError)}" y2="${y(observed + 2 * standardError)}" stroke="#888"/>`,
    `<circle cx="${x(forecast)}" cy="${y(observed)}" r="3" fill="#2563eb"><title>${count} rows: ${forecast.toFixed(3)} forecast, ${observed.toFixed(3)} observed</title></circle>`,
  ])
  const label = `calibration error ${calibrationError.toFixed(3)}`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${size}" height="${size}" role="img" aria-label="Reliability diagram, ${label}" font-family="sans-serif" font-size="10" fill="#555">`,
    `<rect x="${margin}" y="${margin}" width="${plot}" height="${plot}" fill="none" stroke="#ccc"/>`,
    `<line x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" stroke="#ccc" stroke-dasharray="4 3"/>`,
    ...marks,
    `<text x="${size / 2}" y="${margin - 12}" text-anchor="middle">${label}</text>`,
    `<text x="${size / 2}" y="${size - 8}" text-anchor="middle">forecast probability</text>`,
    `<text transform="translate(12 ${size / 2}) rotate(-90)" text-anchor="middle">observed share</text>`,
    '</svg>',
  ].join('\n')
}
