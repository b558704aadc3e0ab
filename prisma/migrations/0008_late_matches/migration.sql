-- AlterTable
ALTER TABLE "InboundFile" ADD COLUMN     "unanswered" JSONB;

-- CreateTable
CREATE TABLE "AwaitedKey" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "taskId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "remittanceClaimId" UUID,

    CONSTRAINT "AwaitedKey_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "AwaitedKey_facilityId_kind_key_idx" ON "AwaitedKey"("facilityId", "kind", "key");

-- CreateIndex
CREATE INDEX "AwaitedKey_taskId_idx" ON "AwaitedKey"("taskId");

-- CreateIndex
CREATE INDEX "Submission_facilityId_sentOn_idx" ON "Submission"("facilityId", "sentOn");

-- AddForeignKey
ALTER TABLE "AwaitedKey" ADD CONSTRAINT "AwaitedKey_taskId_fkey" FOREIGN KEY ("taskId") REFERENCES "Task"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What is unmatched now waits too. Of a TA1 or 999 read before this, no more than its task was kept.
INSERT INTO "AwaitedKey" ("id", "taskId", "kind", "key", "remittanceClaimId")
SELECT gen_random_uuid(), t."id", 'submission', c."submissionKey", c."id"
FROM "Task" t JOIN "UnmatchedItem" u ON u."taskId" = t."id"
JOIN "RemittanceClaim" c ON c."id" = (u."item" ->> 'remittanceClaimId')::uuid
WHERE t."status" = 'open' AND u."item" ->> 'kind' = 'remittanceClaim' AND c."outcome" = 'unmatched';

INSERT INTO "AwaitedKey" ("id", "taskId", "kind", "key", "remittanceClaimId")
SELECT gen_random_uuid(), t."id", 'submission', c."submissionKey", c."id"
FROM "Task" t JOIN "UnmatchedItem" u ON u."taskId" = t."id"
JOIN "RemittanceClaim" c ON c."remittanceId" = (u."item" ->> 'remittanceId')::uuid
WHERE t."status" = 'open' AND t."kind" = 'matchRemittances' AND c."outcome" = 'unmatched';

INSERT INTO "AwaitedKey" ("id", "taskId", "kind", "key")
SELECT gen_random_uuid(), t."id", 'submission', u."item" -> 'acknowledgement' ->> 'submissionKey'
FROM "Task" t JOIN "UnmatchedItem" u ON u."taskId" = t."id"
WHERE t."status" = 'open' AND u."item" ->> 'kind' = 'acknowledgement';
