import type { PayerContract } from '../contracts/contract.ts';
import type { ClaimTrack } from '../domain/account.ts';
import { type Funding, noContract } from '../domain/deadline.ts';
import type { Opened } from '../domain/event.ts';
import type { Knowledge } from './contract.ts';
import { contractOf } from './underpaid.ts';

/** What is known of our agreement with the payer of a claim and of who bears its risk; null where nobody has said. */
export interface Agreement {
  readonly contract: PayerContract | null;
  readonly contracted: boolean | null;
  /** As policies are scoped by it: the id of the contract, or that there is none. */
  readonly contractId: string | null;
  readonly funding: Funding | null;
}

/** A stored contract says it; else what people said of this claim counts. */
export function agreementOf(about: { readonly opened: Opened; readonly knowledge: Knowledge }, claim: ClaimTrack | null): Agreement {
  const contract = claim === null ? null : contractOf(about.opened, claim, about.knowledge);
  const { contracted: said, selfFunded } = claim?.evidence ?? {};
  const contracted = contract === null ? (said ?? null) : true;
  const saidFunding = selfFunded === undefined ? null : selfFunded ? 'selfFunded' : 'insured';
  return {
    contract,
    contracted,
    contractId: contract?.id ?? (contracted === false ? noContract : null),
    funding: contract?.funding ?? saidFunding,
  };
}
