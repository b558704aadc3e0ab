import type { CivilDate } from '../rules/domain/civil-date.ts';

/** The row by which an application is entered by hand: the same way in as that of a mail room, and it wakes an account that had ended. */
export function applicationFile(about: {
  readonly accountNumber: string;
  readonly applicationId: string;
  readonly receivedOn: CivilDate;
}): {
  readonly name: string;
  readonly content: Buffer;
} {
  const { accountNumber, applicationId, receivedOn } = about;
  const content = `account_number,event,on,reference\n${accountNumber},applied,${receivedOn},${applicationId}\n`;
  return { name: `application-${applicationId}-${receivedOn}.csv`, content: Buffer.from(content) };
}
