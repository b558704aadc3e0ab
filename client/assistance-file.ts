import type { CivilDate } from '../rules/domain/civil-date.ts';

export interface EnteredApplication {
  readonly accountNumber: string;
  readonly applicationId: string;
  readonly receivedOn: CivilDate;
}

/** The row by which an application is entered by hand: the same way in as that of a mail room, and it wakes an account that had ended. */
export function applicationFile({ accountNumber, applicationId, receivedOn }: EnteredApplication): {
  readonly name: string;
  readonly content: Buffer;
} {
  const content = `account_number,event,on,reference\n${accountNumber},applied,${receivedOn},${applicationId}\n`;
  return { name: `application-${applicationId}-${receivedOn}.csv`, content: Buffer.from(content) };
}
