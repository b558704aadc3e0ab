-- AlterTable
ALTER TABLE "Task" ADD COLUMN     "assignee" TEXT;

-- CreateTable
CREATE TABLE "Override" (
    "accountId" UUID NOT NULL,
    "formId" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "decisionId" TEXT NOT NULL,
    "ruleId" TEXT NOT NULL,
    "point" TEXT NOT NULL,
    "ruleAction" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "on" DATE NOT NULL,
    "isUndone" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "Override_pkey" PRIMARY KEY ("accountId","formId")
);

-- CreateTable
CREATE TABLE "Proposal" (
    "accountId" UUID NOT NULL,
    "localId" TEXT NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "amountCents" BIGINT NOT NULL,
    "composedBy" TEXT NOT NULL,
    "composedOn" DATE NOT NULL,
    "reviewer" TEXT,
    "reviewedBy" TEXT,
    "reviewedOn" DATE,
    "reviewedAs" TEXT,
    "outcome" TEXT,
    "commandKey" TEXT,
    "receipt" TEXT,

    CONSTRAINT "Proposal_pkey" PRIMARY KEY ("accountId","localId")
);

-- CreateTable
CREATE TABLE "Bulk" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "hash" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "selection" JSONB NOT NULL,
    "work" JSONB NOT NULL,
    "previewedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Bulk_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BulkRow" (
    "bulkId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "accountId" UUID NOT NULL,
    "taskId" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "effects" TEXT[],
    "refusal" TEXT,
    "result" TEXT,
    "reason" TEXT,
    "doneAt" TIMESTAMPTZ(3),

    CONSTRAINT "BulkRow_pkey" PRIMARY KEY ("bulkId","number")
);

-- CreateIndex
CREATE INDEX "Override_facilityId_ruleId_on_idx" ON "Override"("facilityId", "ruleId", "on");

-- CreateIndex
CREATE INDEX "Proposal_facilityId_state_composedOn_accountId_idx" ON "Proposal"("facilityId", "state", "composedOn", "accountId");

-- CreateIndex
CREATE INDEX "Bulk_facilityId_previewedAt_idx" ON "Bulk"("facilityId", "previewedAt");

-- CreateIndex
CREATE INDEX "Task_facilityId_status_assignee_sortOn_id_idx" ON "Task"("facilityId", "status", "assignee", "sortOn", "id");

-- AddForeignKey
ALTER TABLE "Override" ADD CONSTRAINT "Override_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Proposal" ADD CONSTRAINT "Proposal_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BulkRow" ADD CONSTRAINT "BulkRow_bulkId_fkey" FOREIGN KEY ("bulkId") REFERENCES "Bulk"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
