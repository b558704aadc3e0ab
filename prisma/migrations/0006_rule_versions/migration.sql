-- AlterTable
ALTER TABLE "Account" ADD COLUMN     "keptRules" TEXT;

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
    "cursor" TEXT,
    "told" INTEGER NOT NULL DEFAULT 0,
    "settledAt" TIMESTAMPTZ(3),

    CONSTRAINT "RulePublication_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "RuleVersion_ruleSetHash_idx" ON "RuleVersion"("ruleSetHash");

-- CreateIndex
CREATE UNIQUE INDEX "RulePublication_facilityId_number_key" ON "RulePublication"("facilityId", "number");

-- AddForeignKey
ALTER TABLE "RulePublication" ADD CONSTRAINT "RulePublication_hash_fkey" FOREIGN KEY ("hash") REFERENCES "RuleVersion"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;
