/** One named check of a contract suite, for any test runner. */
export interface ContractCheck {
  /** One sentence: what holds. */
  readonly name: string
  /** Returns when it holds and throws an `InvariantError` that says what did not. */
  run(): void
}
