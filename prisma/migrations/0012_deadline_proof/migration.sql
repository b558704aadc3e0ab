-- AlterTable
ALTER TABLE "Account" ADD COLUMN     "agendaHash" TEXT;

-- CreateTable
CREATE TABLE "DeadlineProof" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "by" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),
    "accounts" INTEGER NOT NULL DEFAULT 0,
    "open" INTEGER NOT NULL DEFAULT 0,
    "armed" INTEGER NOT NULL DEFAULT 0,
    "unarmed" INTEGER NOT NULL DEFAULT 0,
    "earliestAt" TIMESTAMPTZ(3),
    "folded" INTEGER NOT NULL DEFAULT 0,
    "foldedUpTo" UUID,
    "statement" INTEGER,

    CONSTRAINT "DeadlineProof_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DeadlineFinding" (
    "proofId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "detail" TEXT NOT NULL,
    "healed" BOOLEAN NOT NULL,

    CONSTRAINT "DeadlineFinding_pkey" PRIMARY KEY ("proofId","accountId","kind")
);

-- CreateTable
CREATE TABLE "DeadlineStatement" (
    "number" INTEGER NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "on" DATE NOT NULL,
    "proofId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "previousSha256" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "keyId" TEXT NOT NULL,
    "signature" TEXT NOT NULL,

    CONSTRAINT "DeadlineStatement_pkey" PRIMARY KEY ("number")
);

-- CreateIndex
CREATE INDEX "DeadlineProof_facilityId_startedAt_idx" ON "DeadlineProof"("facilityId", "startedAt");

-- CreateIndex
CREATE UNIQUE INDEX "DeadlineStatement_proofId_key" ON "DeadlineStatement"("proofId");

-- CreateIndex
CREATE INDEX "DeadlineStatement_facilityId_on_idx" ON "DeadlineStatement"("facilityId", "on");

-- AddForeignKey
ALTER TABLE "DeadlineFinding" ADD CONSTRAINT "DeadlineFinding_proofId_fkey" FOREIGN KEY ("proofId") REFERENCES "DeadlineProof"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What rules/lifecycle/agenda.ts says of an account, from its projection: whoever changed a row before this is found by the first proof.
UPDATE "Account" a SET "agendaHash" = encode(sha256(convert_to(concat_ws('|',
  a."seq", a."terminal", coalesce((extract(epoch FROM a."nextActionAt") * 1000)::bigint::text, ''),
  encode(sha256(convert_to(coalesce((
    SELECT string_agg(concat_ws('|', d ->> 'id', d -> 'deadline' ->> 'kind', d -> 'deadline' ->> 'policyId', d -> 'deadline' ->> 'anchor',
      d -> 'deadline' ->> 'anchorOn', d -> 'deadline' ->> 'nominalOn', d -> 'deadline' ->> 'legalOn', d -> 'deadline' ->> 'safeByOn'),
      E'\n' ORDER BY d ->> 'id' COLLATE "C")
    FROM jsonb_array_elements(a."projection" -> 'deadlines') d WHERE d ->> 'status' = 'open'), ''), 'UTF8')), 'hex')), 'UTF8')), 'hex')
WHERE a."seq" > 0;
