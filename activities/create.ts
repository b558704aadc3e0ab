import { acknowledgementActivities } from './acknowledgements.ts';
import { accountActivities } from './advance.ts';
import { assistanceActivities } from './assistance.ts';
import { correspondenceActivities } from './correspondence.ts';
import type { ActivityDependencies } from './dependencies.ts';
import type { Activities } from './index.ts';
import { intakeActivities } from './intake.ts';
import { runActivities } from './outbound-runs.ts';
import { placementActivities } from './placements.ts';
import { postingActivities } from './postings.ts';
import { settleActivities } from './settle.ts';
import { publicationActivities } from './publications.ts';
import { statementActivities } from './statements.ts';
import { submissionActivities } from './submissions.ts';
import { vendorActivities } from './vendor-looks.ts';

/** Every activity, for the worker to register. */
export function createActivities(dependencies: ActivityDependencies): Activities {
  return {
    ...accountActivities(dependencies),
    ...intakeActivities(dependencies),
    ...acknowledgementActivities(dependencies),
    ...submissionActivities(dependencies),
    ...correspondenceActivities(dependencies),
    ...statementActivities(dependencies),
    ...assistanceActivities(dependencies),
    ...placementActivities(dependencies),
    ...postingActivities(dependencies),
    ...runActivities(dependencies),
    ...vendorActivities(dependencies),
    ...settleActivities(dependencies),
    ...publicationActivities(dependencies),
  };
}
