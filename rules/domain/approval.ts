import type { CivilDate } from './civil-date.ts';
import type { Queue } from './decision.ts';
import type { Role } from './role.ts';

/** What may need somebody's yes before it is posted or leaves the house. */
export const approvedActions = [
  'writeOff',
  'refund',
  'assistanceAward',
  'newClaim',
  'replacementClaim',
  'voidClaim',
  'documents',
  'reconsideration',
  'appeal',
] as const;
export type ApprovedAction = (typeof approvedActions)[number];

/** Who must say yes. */
export interface Approval {
  readonly role: Role;
  /** Not the one who proposed it. */
  readonly secondPerson: boolean;
  /** Where the reviewer finds it; null: where it was proposed. */
  readonly queue: Queue | null;
  /** The band it fell into: above this amount. */
  readonly overCents: number;
}

/** One band of rules/reference/approval-limits.json: from that day on, for more than so many cents. */
export interface ApprovalLimit extends Approval {
  readonly action: ApprovedAction;
  readonly from: CivilDate;
}
