import { inTransaction } from '../prisma/client.ts';
import { readZone } from '../prisma/reads/shown.ts';
import { readVendorsEver } from '../prisma/reads/vendor-ledger.ts';
import { keepDifferenceTasks } from '../prisma/writes/vendor-difference-tasks.ts';
import { lockVendor } from '../prisma/writes/vendor-ledger.ts';
import { civilDateAt, instant } from '../rules/domain/civil-date.ts';
import { ledgerTerms } from '../rules/vendors/ledger.ts';
import { shippedContracts } from '../rules/vendors/shipped-contracts.ts';
import type { ActivityDependencies } from './dependencies.ts';
import type { VendorActivities } from './index.ts';
import { settleMoney } from './vendors/money.ts';

/** A vendor that falls silent sends no file in which its silence could be found. */
export function vendorActivities({ prisma }: Pick<ActivityDependencies, 'prisma'>): VendorActivities {
  return {
    lookAtVendors: async ({ asOf }) => {
      const on = civilDateAt(instant(asOf), await readZone(prisma));
      const looked = { vendors: 0, opened: 0, kept: 0, settled: 0 };
      for (const vendor of await readVendorsEver(prisma)) {
        const terms = ledgerTerms(shippedContracts, vendor, on);
        if (terms === null) continue;
        const { opened, kept, settled } = await inTransaction(prisma, async (tx) => {
          await lockVendor(tx, vendor);
          const money = await settleMoney(tx, terms, { on, fileId: null });
          await keepDifferenceTasks(tx, { vendor, opens: true, on, by: 'clock' });
          return money;
        });
        looked.vendors += 1;
        looked.opened += opened;
        looked.kept += kept;
        looked.settled += settled;
      }
      return looked;
    },
  };
}
