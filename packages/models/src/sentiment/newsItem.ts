import { ConfigError, dayMs, type Headline, type Timestamp } from '@astertrade/core'

/** A piece of news or a post, as a feed delivers it. Its text is untrusted. */
export interface NewsItem {
  readonly kind: 'news' | 'social'
  /** When its author says it appeared. */
  readonly published: Timestamp
  /** When it reached you. */
  readonly seen: Timestamp
  /** The paper, or the platform of a post rather than its author, whom anybody can make up. */
  readonly source: string
  readonly text: string
}

/** How far a feed's clock may be ahead of yours: an item of next year would else stop the index until then. */
const aheadMax = dayMs

/** What the source of a post begins with in a headline. */
export const socialPrefix = 'social:'

/**
 * The event for the engine: known from the later of both times on, since feeds backdate what they deliver late. The source of a post
 * becomes `social:` and its name.
 *
 * @throws ConfigError `BAD_NEWS` if the source is empty, or the item says that it appears more than a day after it was seen.
 * @example
 * headlineOf({ kind: 'social', published, seen, source: 'forum', text }) // => { kind: 'headline', source: 'social:forum', … }
 */
export function headlineOf({ kind, published, seen, source, text }: NewsItem): Headline {
  if (source === '') {
    throw new ConfigError(`News without a source: ${JSON.stringify(text.slice(0, 60))}.`, {
      code: 'BAD_NEWS',
      hints: ['Name where it came from; weights and caps go by source.'],
    })
  }
  if (!(published - seen <= aheadMax)) {
    throw new ConfigError(`News of "${source}" was published at ${published} and seen at ${seen}.`, {
      code: 'BAD_NEWS',
      hints: ['Both are milliseconds since 1970; an item cannot be seen more than a day before it appears.'],
    })
  }
  const time = published > seen ? published : seen
  return { kind: 'headline', time, source: kind === 'social' ? `${socialPrefix}${source}` : source, text }
}
