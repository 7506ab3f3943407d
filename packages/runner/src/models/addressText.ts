/** An address as it is shown: enough of it to be told from others. */
export function addressText(address: string): string {
  return address.slice(0, 12)
}
