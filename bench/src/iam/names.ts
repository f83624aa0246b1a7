/** What the filled account holds. */

/** The first account of a server that was given no other. */
export const ACCOUNT = '000000000000'
export const userName = (at: number): string => `user-${String(at).padStart(7, '0')}`
export const roleName = (at: number): string => `role-${String(at).padStart(5, '0')}`
