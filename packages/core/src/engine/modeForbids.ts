/** Code of a refusal by a mode that brings none of its own. */
export const modeForbids = 'MODE_FORBIDS'
