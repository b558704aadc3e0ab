-- AlterTable
ALTER TABLE "Decision" ADD COLUMN     "amountCents" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "effect" TEXT NOT NULL DEFAULT 'none';

-- CreateTable
CREATE TABLE "RuleVersion" (
    "hash" TEXT NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "ruleSetHash" TEXT NOT NULL,
    "files" JSONB NOT NULL,
    "titles" TEXT[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RuleVersion_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "RulePublication" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "number" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "draftId" UUID,
    "policy" TEXT NOT NULL,
    "publishedBy" TEXT NOT NULL,
    "approvedBy" TEXT,
    "why" TEXT NOT NULL,
    "publishedAt" TIMESTAMPTZ(3) NOT NULL,
    "sweep" INTEGER NOT NULL DEFAULT 1,
    "cursor" UUID,
    "found" INTEGER NOT NULL DEFAULT 0,
    "told" INTEGER NOT NULL DEFAULT 0,
    "settledAt" TIMESTAMPTZ(3),

    CONSTRAINT "RulePublication_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RuleDraft" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "title" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "baseNumber" INTEGER NOT NULL,
    "files" JSONB NOT NULL,
    "contentHash" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "publishAt" TIMESTAMPTZ(3),
    "isEmergency" BOOLEAN NOT NULL DEFAULT false,
    "checks" JSONB,
    "whatIf" JSONB,
    "approvedBy" TEXT,
    "reviewDueOn" DATE,
    "reviewedBy" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RuleDraft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RulePause" (
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "ruleId" TEXT NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "pausedAt" TIMESTAMPTZ(3) NOT NULL,
    "accounts" INTEGER NOT NULL,
    "amountCents" BIGINT NOT NULL,
    "limit" JSONB NOT NULL,
    "resumedAt" TIMESTAMPTZ(3),
    "resumedBy" TEXT,

    CONSTRAINT "RulePause_pkey" PRIMARY KEY ("facilityId","ruleId")
);

-- CreateTable
CREATE TABLE "RuleAudit" (
    "number" INTEGER NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,
    "deed" TEXT NOT NULL,
    "draftId" UUID,
    "details" JSONB NOT NULL,
    "previousSha256" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,

    CONSTRAINT "RuleAudit_pkey" PRIMARY KEY ("number")
);

-- CreateIndex
CREATE INDEX "RuleVersion_ruleSetHash_idx" ON "RuleVersion"("ruleSetHash");

-- CreateIndex
CREATE UNIQUE INDEX "RulePublication_draftId_key" ON "RulePublication"("draftId");

-- CreateIndex
CREATE UNIQUE INDEX "RulePublication_facilityId_number_key" ON "RulePublication"("facilityId", "number");

-- CreateIndex
CREATE INDEX "RuleDraft_facilityId_status_id_idx" ON "RuleDraft"("facilityId", "status", "id");

-- CreateIndex
CREATE INDEX "RuleAudit_draftId_idx" ON "RuleAudit"("draftId");

-- AddForeignKey
ALTER TABLE "RulePublication" ADD CONSTRAINT "RulePublication_hash_fkey" FOREIGN KEY ("hash") REFERENCES "RuleVersion"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RulePublication" ADD CONSTRAINT "RulePublication_draftId_fkey" FOREIGN KEY ("draftId") REFERENCES "RuleDraft"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
