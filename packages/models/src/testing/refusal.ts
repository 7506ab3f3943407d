import { invariant } from '@astertrade/core'

/** Asserts that something is refused with a code. */
export async function refusal(code: string, run: () => Promise<unknown>): Promise<void> {
  let found: unknown
  try {
    await run()
  } catch (error) {
    found = (error as { readonly code?: unknown }).code ?? error
  }
  invariant(
    found === code,
    `It was to be refused with ${code}; ${found === undefined ? 'it was not' : `got ${found}`}.`,
  )
}
