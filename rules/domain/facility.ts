/** What a turn knows of the hospital whose account it is. */
export interface FacilityStanding {
  /** Whether 26 CFR 501(r) binds it; null while nobody has said: then it is treated as bound. */
  readonly taxExempt: boolean | null;
}
