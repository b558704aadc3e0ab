import { type Scenario, scenarioSchema, type ScenarioArrival } from '../../client/scenario/format.ts';
import { fileOf } from '../../client/scenario/to-x12.ts';
import { civilDate } from '../../rules/domain/civil-date.ts';

/** What a story would tell, as the text of the file that brings it. */
export function fileText(told: object, on: string): string {
  const file = fileOf(arrivalOf(told), civilDate(on), () => '');
  return file.kind === 'x12' ? file.text : file.csv;
}

function arrivalOf(told: object): ScenarioArrival {
  const day = { on: '2026-06-15', arrives: [told] };
  const scenario: Scenario = scenarioSchema.parse({ scenario: 'T', title: 'one arrival', days: [day] });
  const arrival = scenario.days[0]?.arrives[0];
  if (arrival === undefined) throw new Error('the story tells nothing');
  return arrival;
}

export function claimOf(account: string, more: object = {}): object {
  return { claim: { account, serviced: '2026-06-08', charge: '1480.00', payers: [{ payer: 'UHC01', filing: 'CI' }], ...more } };
}

export function remittanceOf(claim: string, more: object = {}, header: object = {}): object {
  const paid = { claim, charge: '1480.00', paid: '1080.00', adjust: ['CO-45 400.00'], payerClaim: `ICN-${claim}`, ...more };
  return { remittance: { payer: 'UHC01', trace: 'TRACE1', ...header, claims: [paid] } };
}
