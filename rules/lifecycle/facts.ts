import type { Facts } from '../domain/decision.ts';
import { caseFacts } from './facts-case.ts';
import { claimFacts, evidenceFacts, rejectionFacts, silenceFacts } from './facts-claim.ts';
import { creditFacts, nextPayerFacts, patientFacts, placementFacts } from './facts-patient.ts';
import { overrideFacts } from './override-facts.ts';
import type { Question } from './questions.ts';
import type { Turn } from './turn.ts';
import { claimOf } from './windows.ts';

export { anchorsOf, claimOf } from './windows.ts';

/** What the rules may look at for this question (rules/engine/catalogue.ts): the facts that are known; the catalogue fills the rest with null. */
export function factsFor(turn: Turn, question: Question): Facts {
  const { subject } = question;
  const claim = claimOf(turn.account, subject);
  return {
    point: question.point,
    ...claimFacts(turn, claim),
    ...evidenceFacts(turn, claim, question),
    ...rejectionFacts(turn, claim, question),
    ...silenceFacts(turn, claim, question),
    ...caseFacts(turn, subject),
    ...overrideFacts(turn, subject),
    ...patientFacts(turn, question),
    ...placementFacts(turn, subject),
    ...nextPayerFacts(turn, question),
    ...creditFacts(turn, subject),
  };
}
