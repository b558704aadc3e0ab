/** Ranks, the lowest first. Stated by the person until there is a sign-in, and recorded as stated. */
export const roles = ['representative', 'specialist', 'supervisor', 'director'] as const;
export type Role = (typeof roles)[number];

/** Whether somebody in this role may do what needs that one. */
export function reaches(stated: Role | undefined, needed: Role): boolean {
  return stated !== undefined && roles.indexOf(stated) >= roles.indexOf(needed);
}
