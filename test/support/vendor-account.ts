import { addDays, civilDate } from '../../rules/domain/civil-date.ts';
import type { Knowledge } from '../../rules/lifecycle/contract.ts';
import { PureAccount } from './pure-account.ts';

/** The payer leaves 250.00 to the patient on 2026-04-01: the first statement is to be sent. After three of them VENDOR1 is offered the balance. */
export class VendorAccount extends PureAccount {
  constructor(knowledge: Knowledge) {
    super(knowledge);
    this.open('2026-03-02', { payerId: 'UHC01' });
    this.deny('2026-04-01', [
      { group: 'CO', carc: '45', cents: 50_000 },
      { group: 'PR', carc: '1', cents: 25_000 },
    ]);
  }

  /** Day after day; what is to be sent is sent on its day. */
  live(from: string, to: string): this {
    for (let day = civilDate(from); day <= to; day = addDays(day, 1)) {
      this.goTo(day);
      for (const { command, status } of this.account.commands) if (status === 'issued') this.carryOut(day, command.key);
    }
    return this;
  }

  /** On 2026-07-30, as placement p1. */
  offered(): this {
    return this.live('2026-04-01', '2026-07-30');
  }

  placed(on = '2026-08-04'): this {
    this.offered().turn(on, [{ kind: 'vendorAcknowledged', placementId: 'p1', accepted: true, on: civilDate(on), reason: '' }]);
    return this;
  }

  pays(on: string, cents: number, { via, dated = on }: { readonly via: 'vendor' | 'direct'; readonly dated?: string }): string {
    const paymentId = `pay${this.account.eventCount}`;
    const through = via === 'vendor' ? { placementId: 'p1' } : {};
    this.turn(on, [{ kind: 'patientPaid', paymentId, cents, on: civilDate(dated), via, ...through, fileId: 'f9', offset: 0 }]);
    return paymentId;
  }
}
