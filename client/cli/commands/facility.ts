import { Command, Option } from 'commander';
import type { FacilityStanding } from '../../../rules/domain/facility.ts';
import type { Answer } from '../output.ts';
import type { Session } from '../session.ts';

const words = { yes: true, no: false, unknown: null } as const;

/** `recourse facility`: what the hospital is, as far as the law asks. */
export function facilityCommand(session: Session): Command {
  return new Command('facility')
    .description('what the hospital is: whether 26 CFR 501(r) binds it; shown when nothing is set')
    .addOption(new Option('--tax-exempt <answer>', 'unknown is treated as bound').choices(Object.keys(words)))
    .action(({ taxExempt }: { readonly taxExempt?: keyof typeof words }) =>
      session.ask(async ({ assistance }): Promise<Answer> => {
        if (taxExempt !== undefined) await assistance.describeFacility({ taxExempt: words[taxExempt] });
        const now = await assistance.facility();
        return { document: now, lines: [inWords(now)] };
      }),
    );
}

function inWords({ taxExempt }: FacilityStanding): string {
  if (taxExempt === null) return 'Nobody has said whether the hospital is tax-exempt: it is treated as bound by 26 CFR 501(r).';
  return taxExempt
    ? 'The hospital is tax-exempt: 26 CFR 501(r) binds it.'
    : 'The hospital is not tax-exempt: 26 CFR 501(r) does not bind it.';
}
