-- DropIndex
DROP INDEX "Remittance_facilityId_payerId_trace_key";

-- AlterTable
ALTER TABLE "Remittance" ADD COLUMN     "postedTrace" TEXT;

UPDATE "Remittance" SET "postedTrace" = "trace" WHERE "status" = 'posted';

-- AlterTable
ALTER TABLE "TaskForm" ALTER COLUMN "accountId" DROP NOT NULL;

-- CreateTable
CREATE TABLE "UnmatchedItem" (
    "taskId" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "item" JSONB NOT NULL,

    CONSTRAINT "UnmatchedItem_pkey" PRIMARY KEY ("taskId")
);

-- CreateIndex
CREATE INDEX "AccountCoverage_facilityId_memberId_idx" ON "AccountCoverage"("facilityId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "Remittance_facilityId_payerId_trace_contentSha256_key" ON "Remittance"("facilityId", "payerId", "trace", "contentSha256");

-- CreateIndex
CREATE UNIQUE INDEX "Remittance_facilityId_payerId_postedTrace_key" ON "Remittance"("facilityId", "payerId", "postedTrace");

-- AddForeignKey
ALTER TABLE "UnmatchedItem" ADD CONSTRAINT "UnmatchedItem_taskId_fkey" FOREIGN KEY ("taskId") REFERENCES "Task"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
