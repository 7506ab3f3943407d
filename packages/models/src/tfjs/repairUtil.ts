/**
 * Puts `isNullOrUndefined` back into `node:util`, which Node 23 took away and tfjs-node 4 calls.
 *
 * @returns Whether it was missing.
 */
export function repairUtil(util: object): boolean {
  if ('isNullOrUndefined' in util) return false
  Object.defineProperty(util, 'isNullOrUndefined', {
    value: (value: unknown) => value === null || value === undefined,
    configurable: true,
    writable: true,
  })
  return true
}
