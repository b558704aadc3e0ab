import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { dateCell, oneOf, requiredText } from './cells.ts';
import { readCsv } from './csv.ts';

export const deliveryReportColumns = ['parcel', 'event', 'on', 'confirmation'] as const;

/** What a mail or fax house says of one packet: its certified-mail number, its fax confirmation, or why it was not delivered. */
export interface DeliveryReport {
  readonly parcel: string;
  readonly arrived: boolean;
  readonly on: CivilDate;
  readonly confirmation: string;
  readonly offset: number;
}

export function readDeliveryReports(content: Uint8Array): readonly DeliveryReport[] {
  return readCsv(content, deliveryReportColumns).map((row) => {
    const arrived = oneOf(row, 'event', ['delivered', 'failed']) === 'delivered';
    const { offset } = row;
    return {
      parcel: requiredText(row, 'parcel'),
      arrived,
      on: dateCell(row, 'on'),
      confirmation: requiredText(row, 'confirmation'),
      offset,
    };
  });
}
