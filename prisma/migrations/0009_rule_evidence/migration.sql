-- CreateTable
CREATE TABLE "RuleMatch" (
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "ruleId" TEXT NOT NULL,
    "on" DATE NOT NULL,

    CONSTRAINT "RuleMatch_pkey" PRIMARY KEY ("facilityId","ruleId","on")
);

-- CreateTable
CREATE TABLE "ShadowDay" (
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "on" DATE NOT NULL,
    "workerId" UUID NOT NULL,
    "checked" INTEGER NOT NULL,
    "differed" INTEGER NOT NULL,
    "skipped" INTEGER NOT NULL,
    "failed" INTEGER NOT NULL,

    CONSTRAINT "ShadowDay_pkey" PRIMARY KEY ("facilityId","on","workerId")
);

-- CreateTable
CREATE TABLE "ShadowDifference" (
    "decisionId" TEXT NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "ruleSetHash" TEXT NOT NULL,
    "ours" TEXT NOT NULL,
    "theirs" TEXT NOT NULL,
    "foundAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ShadowDifference_pkey" PRIMARY KEY ("decisionId")
);

-- CreateIndex
CREATE INDEX "ShadowDifference_facilityId_foundAt_idx" ON "ShadowDifference"("facilityId", "foundAt");

-- What the decisions so far say.
INSERT INTO "RuleMatch" ("organisationId", "facilityId", "ruleId", "on")
SELECT DISTINCT d."organisationId", d."facilityId", m."ruleId", d."asOf"
FROM "Decision" d CROSS JOIN LATERAL (
  SELECT d."ruleId" UNION SELECT jsonb_array_elements_text(d."receipt" -> 'alsoMatched')) AS m ("ruleId");
