/** One named check of a contract suite whose subject has to be waited for. */
export interface AsyncCheck {
  /** One sentence: what holds. */
  readonly name: string
  /** Resolves when it holds and rejects with an `InvariantError` that says what did not. */
  run(): Promise<void>
}
