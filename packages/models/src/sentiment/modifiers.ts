/** Words that turn what follows them. */
const negations: ReadonlySet<string> = new Set([
  'not',
  'no',
  'never',
  'without',
  'cannot',
  'neither',
  'nor',
  'denies',
  'deny',
  'denied',
  'dismisses',
  'rejects',
  'avoids',
  'averts',
  'unlikely',
  'halts',
  'ends',
])

/** Words that make what is next to them stronger, or weaker; factors. */
const degrees: ReadonlyMap<string, number> = new Map([
  ...['very', 'sharply', 'heavily', 'massively', 'hugely', 'massive', 'huge', 'steeply', 'strongly', 'deeply'].map(
    (word) => [word, 1.3] as const,
  ),
  ...['biggest', 'extremely', 'dramatically', 'significantly', 'major', 'much'].map((word) => [word, 1.3] as const),
  ...['slightly', 'somewhat', 'partly', 'mildly', 'modestly', 'barely', 'marginally', 'minor', 'may', 'might'].map(
    (word) => [word, 0.7] as const,
  ),
])

/** Things of which less is good news. */
const burdens: ReadonlySet<string> = new Set([
  'fears',
  'fear',
  'losses',
  'loss',
  'inflation',
  'unemployment',
  'deficit',
  'risks',
  'risk',
  'concerns',
  'worries',
  'tensions',
  'debt',
  'costs',
  'outflows',
  'jobless',
  'fees',
  'tariffs',
])

/** What becomes of a thing: less of it, or more. */
const changes: ReadonlyMap<string, -1 | 1> = new Map([
  ...['ease', 'eases', 'eased', 'easing', 'narrow', 'narrows', 'narrowed', 'cool', 'cools', 'cooled', 'cooling'].map(
    (word) => [word, -1] as const,
  ),
  ...['fall', 'falls', 'fell', 'drop', 'drops', 'dropped', 'fade', 'fades', 'faded', 'shrink', 'shrinks'].map(
    (word) => [word, -1] as const,
  ),
  ...['decline', 'declines', 'declined', 'slows', 'slowed', 'recede', 'recedes', 'cut', 'cuts', 'lower'].map(
    (word) => [word, -1] as const,
  ),
  ...['rise', 'rises', 'rose', 'rising', 'widen', 'widens', 'widened', 'grow', 'grows', 'grew', 'mount'].map(
    (word) => [word, 1] as const,
  ),
  ...['falling', 'dropping', 'fading', 'shrinking', 'declining', 'slowing', 'narrowing', 'receding'].map(
    (word) => [word, -1] as const,
  ),
  ...['soaring', 'surging', 'jumping', 'growing', 'widening'].map((word) => [word, 1] as const),
  ...['mounts', 'mounting', 'jump', 'jumps', 'jumped', 'surge', 'surges', 'surged', 'soar', 'soars', 'higher'].map(
    (word) => [word, 1] as const,
  ),
])

/** Words that say nothing by themselves and change what others say. */
export const modifiers = { negations, degrees, burdens, changes } as const
