-- CreateTable
CREATE TABLE "Organisation" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "Organisation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Facility" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "zone" TEXT NOT NULL,

    CONSTRAINT "Facility_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "InboundFile" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "sha256" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "content" BYTEA NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL,
    "fault" JSONB,
    "summary" TEXT NOT NULL DEFAULT '',
    "readAt" TIMESTAMPTZ(3),

    CONSTRAINT "InboundFile_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "InboundTransaction" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "fileId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "senderId" TEXT NOT NULL,
    "receiverId" TEXT NOT NULL,
    "interchangeControlNumber" TEXT NOT NULL,
    "groupControlNumber" TEXT NOT NULL,
    "transactionControlNumber" TEXT NOT NULL,
    "offset" INTEGER NOT NULL,
    "length" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,

    CONSTRAINT "InboundTransaction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Account" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "accountNumber" TEXT NOT NULL,
    "seq" INTEGER NOT NULL DEFAULT 0,
    "phase" TEXT NOT NULL,
    "payerId" TEXT NOT NULL,
    "ownerKind" TEXT NOT NULL,
    "ownerName" TEXT NOT NULL DEFAULT '',
    "queue" TEXT NOT NULL DEFAULT '',
    "balanceCents" BIGINT NOT NULL,
    "nextActionAt" TIMESTAMPTZ(3),
    "wakeReason" TEXT NOT NULL DEFAULT '',
    "terminal" BOOLEAN NOT NULL DEFAULT false,
    "projection" JSONB NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AccountPatient" (
    "accountId" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "lastName" TEXT NOT NULL,
    "firstName" TEXT NOT NULL,
    "middleName" TEXT NOT NULL,
    "bornOn" DATE,
    "sex" TEXT NOT NULL,
    "line1" TEXT NOT NULL,
    "line2" TEXT NOT NULL,
    "city" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "postalCode" TEXT NOT NULL,
    "recordNumber" TEXT,

    CONSTRAINT "AccountPatient_pkey" PRIMARY KEY ("accountId")
);

-- CreateTable
CREATE TABLE "AccountCoverage" (
    "accountId" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "payerId" TEXT NOT NULL,
    "payerName" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "groupNumber" TEXT NOT NULL,
    "filingIndicator" TEXT NOT NULL,

    CONSTRAINT "AccountCoverage_pkey" PRIMARY KEY ("accountId","sequence")
);

-- CreateTable
CREATE TABLE "ClaimDocument" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "accountId" UUID NOT NULL,
    "submissionKey" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ClaimDocument_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Submission" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "accountId" UUID NOT NULL,
    "submissionKey" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "frequency" TEXT NOT NULL,
    "payerId" TEXT NOT NULL,
    "chargeCents" BIGINT NOT NULL,
    "servicedFrom" DATE NOT NULL,
    "sentOn" DATE NOT NULL,
    "fileId" UUID NOT NULL,
    "offset" INTEGER NOT NULL,
    "senderId" TEXT NOT NULL,
    "receiverId" TEXT NOT NULL,
    "interchangeControlNumber" TEXT NOT NULL,
    "groupControlNumber" TEXT NOT NULL,
    "transactionControlNumber" TEXT NOT NULL,

    CONSTRAINT "Submission_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PayerClaimNumber" (
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "payerId" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "accountId" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "submissionKey" TEXT NOT NULL,

    CONSTRAINT "PayerClaimNumber_pkey" PRIMARY KEY ("facilityId","payerId","number")
);

-- CreateTable
CREATE TABLE "Remittance" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "fileId" UUID NOT NULL,
    "offset" INTEGER NOT NULL,
    "length" INTEGER NOT NULL,
    "payerId" TEXT NOT NULL,
    "payerName" TEXT NOT NULL,
    "payeeNpi" TEXT NOT NULL,
    "trace" TEXT NOT NULL,
    "contentSha256" TEXT NOT NULL,
    "paidCents" BIGINT NOT NULL,
    "method" TEXT NOT NULL,
    "paidOn" DATE NOT NULL,
    "producedOn" DATE,
    "status" TEXT NOT NULL,
    "imbalances" JSONB NOT NULL,

    CONSTRAINT "Remittance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RemittanceClaim" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "remittanceId" UUID NOT NULL,
    "accountId" UUID,
    "sequence" INTEGER,
    "submissionKey" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "chargeCents" BIGINT NOT NULL,
    "paidCents" BIGINT NOT NULL,
    "patientResponsibilityCents" BIGINT NOT NULL,
    "filingIndicator" TEXT NOT NULL,
    "payerClaimNumber" TEXT NOT NULL,
    "crossoverPayerId" TEXT,
    "receivedOn" DATE,
    "servicedFrom" DATE,
    "patient" JSONB NOT NULL,
    "adjustments" JSONB NOT NULL,
    "rarcs" TEXT[],
    "lines" JSONB NOT NULL,
    "offset" INTEGER NOT NULL,
    "length" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,

    CONSTRAINT "RemittanceClaim_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProviderAdjustment" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "remittanceId" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "amountCents" BIGINT NOT NULL,
    "offset" INTEGER NOT NULL,

    CONSTRAINT "ProviderAdjustment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PatientPayment" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "paymentId" TEXT NOT NULL,
    "accountId" UUID,
    "accountNumber" TEXT NOT NULL,
    "amountCents" BIGINT NOT NULL,
    "paidOn" DATE NOT NULL,
    "via" TEXT NOT NULL,
    "fileId" UUID NOT NULL,
    "offset" INTEGER NOT NULL,

    CONSTRAINT "PatientPayment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AccountEvent" (
    "id" TEXT NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "accountId" UUID NOT NULL,
    "ordinal" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "occurredAt" TIMESTAMPTZ(3) NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "fileId" UUID,
    "dedupeKey" TEXT,
    "appliedSeq" INTEGER,
    "position" INTEGER,
    "deliveredAt" TIMESTAMPTZ(3),

    CONSTRAINT "AccountEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Advance" (
    "accountId" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "asOf" TIMESTAMPTZ(3) NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "result" JSONB NOT NULL,

    CONSTRAINT "Advance_pkey" PRIMARY KEY ("accountId","seq")
);

-- CreateTable
CREATE TABLE "LedgerLine" (
    "accountId" UUID NOT NULL,
    "lineId" TEXT NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "seq" INTEGER NOT NULL,
    "bucket" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "amountCents" BIGINT NOT NULL,
    "postedOn" DATE NOT NULL,
    "fileId" UUID,
    "offset" INTEGER,
    "cause" TEXT,
    "remittanceClaimId" UUID,
    "carc" TEXT,
    "undoes" TEXT,

    CONSTRAINT "LedgerLine_pkey" PRIMARY KEY ("accountId","lineId")
);

-- CreateTable
CREATE TABLE "DenialRecord" (
    "accountId" UUID NOT NULL,
    "caseId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "sequence" INTEGER NOT NULL,
    "payerId" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "lineNumber" INTEGER,
    "group" TEXT NOT NULL,
    "carc" TEXT NOT NULL,
    "rarcs" TEXT[],
    "amountCents" BIGINT NOT NULL,
    "deniedOn" DATE NOT NULL,
    "remittanceClaimId" UUID NOT NULL,
    "offset" INTEGER NOT NULL,
    "caseStatus" TEXT NOT NULL,

    CONSTRAINT "DenialRecord_pkey" PRIMARY KEY ("accountId","caseId","position")
);

-- CreateTable
CREATE TABLE "Task" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "accountId" UUID,
    "localId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "queue" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "ruleId" TEXT NOT NULL,
    "subject" JSONB,
    "payerId" TEXT NOT NULL,
    "openedOn" DATE NOT NULL,
    "safeByOn" DATE,
    "legalOn" DATE,
    "sortOn" DATE NOT NULL,
    "amountCents" BIGINT NOT NULL,
    "status" TEXT NOT NULL,
    "outcome" TEXT,
    "closedOn" DATE,
    "closedBy" TEXT,
    "fileId" UUID,
    "offset" INTEGER,
    "candidates" JSONB,

    CONSTRAINT "Task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TaskForm" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "accountId" UUID NOT NULL,
    "taskId" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "by" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT,
    "submittedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "TaskForm_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Deadline" (
    "accountId" UUID NOT NULL,
    "deadlineId" TEXT NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "kind" TEXT NOT NULL,
    "subject" JSONB NOT NULL,
    "policyId" TEXT NOT NULL,
    "anchor" TEXT NOT NULL,
    "anchorOn" DATE NOT NULL,
    "nominalOn" DATE NOT NULL,
    "legalOn" DATE NOT NULL,
    "safeByOn" DATE NOT NULL,
    "derivation" JSONB NOT NULL,
    "conflict" TEXT,
    "status" TEXT NOT NULL,

    CONSTRAINT "Deadline_pkey" PRIMARY KEY ("accountId","deadlineId")
);

-- CreateTable
CREATE TABLE "Decision" (
    "id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "accountId" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "questionKey" TEXT NOT NULL,
    "point" TEXT NOT NULL,
    "ruleId" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "refusal" TEXT,
    "ruleSetHash" TEXT NOT NULL,
    "answer" JSONB NOT NULL,
    "receipt" JSONB NOT NULL,
    "decidedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Intent" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "accountId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" JSONB NOT NULL,
    "params" JSONB NOT NULL,
    "controlNumber" BIGSERIAL NOT NULL,
    "status" TEXT NOT NULL,
    "issuedAt" TIMESTAMPTZ(3) NOT NULL,
    "attemptedAt" TIMESTAMPTZ(3),
    "receipt" TEXT,
    "reason" TEXT,
    "submissionKey" TEXT,
    "eventId" TEXT,

    CONSTRAINT "Intent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OutboundFile" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "intentId" UUID NOT NULL,
    "folder" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "receipt" TEXT,
    "sentAt" TIMESTAMPTZ(3),

    CONSTRAINT "OutboundFile_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Placement" (
    "accountId" UUID NOT NULL,
    "placementId" TEXT NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "reference" TEXT NOT NULL,
    "vendor" TEXT NOT NULL,
    "tier" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "balanceCents" BIGINT NOT NULL,
    "offeredOn" DATE NOT NULL,
    "placedOn" DATE,
    "recallSentOn" DATE,
    "returnedOn" DATE,
    "paidCents" BIGINT NOT NULL,

    CONSTRAINT "Placement_pkey" PRIMARY KEY ("accountId","placementId")
);

-- CreateIndex
CREATE INDEX "InboundFile_facilityId_receivedAt_id_idx" ON "InboundFile"("facilityId", "receivedAt", "id");

-- CreateIndex
CREATE INDEX "InboundFile_facilityId_status_idx" ON "InboundFile"("facilityId", "status");

-- CreateIndex
CREATE UNIQUE INDEX "InboundFile_facilityId_sha256_key" ON "InboundFile"("facilityId", "sha256");

-- CreateIndex
CREATE INDEX "InboundTransaction_fileId_idx" ON "InboundTransaction"("fileId");

-- CreateIndex
CREATE UNIQUE INDEX "InboundTransaction_facilityId_sha256_key" ON "InboundTransaction"("facilityId", "sha256");

-- CreateIndex
CREATE INDEX "Account_facilityId_terminal_nextActionAt_id_idx" ON "Account"("facilityId", "terminal", "nextActionAt", "id");

-- CreateIndex
CREATE INDEX "Account_facilityId_phase_id_idx" ON "Account"("facilityId", "phase", "id");

-- CreateIndex
CREATE INDEX "Account_facilityId_payerId_id_idx" ON "Account"("facilityId", "payerId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Account_facilityId_accountNumber_key" ON "Account"("facilityId", "accountNumber");

-- CreateIndex
CREATE INDEX "AccountPatient_facilityId_lastName_firstName_idx" ON "AccountPatient"("facilityId", "lastName", "firstName");

-- CreateIndex
CREATE INDEX "ClaimDocument_accountId_sequence_id_idx" ON "ClaimDocument"("accountId", "sequence", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ClaimDocument_facilityId_submissionKey_key" ON "ClaimDocument"("facilityId", "submissionKey");

-- CreateIndex
CREATE INDEX "Submission_accountId_idx" ON "Submission"("accountId");

-- CreateIndex
CREATE INDEX "Submission_facilityId_groupControlNumber_idx" ON "Submission"("facilityId", "groupControlNumber");

-- CreateIndex
CREATE INDEX "Submission_facilityId_interchangeControlNumber_idx" ON "Submission"("facilityId", "interchangeControlNumber");

-- CreateIndex
CREATE INDEX "Submission_facilityId_servicedFrom_chargeCents_idx" ON "Submission"("facilityId", "servicedFrom", "chargeCents");

-- CreateIndex
CREATE UNIQUE INDEX "Submission_facilityId_submissionKey_key" ON "Submission"("facilityId", "submissionKey");

-- CreateIndex
CREATE INDEX "PayerClaimNumber_facilityId_number_idx" ON "PayerClaimNumber"("facilityId", "number");

-- CreateIndex
CREATE INDEX "PayerClaimNumber_accountId_idx" ON "PayerClaimNumber"("accountId");

-- CreateIndex
CREATE INDEX "Remittance_fileId_idx" ON "Remittance"("fileId");

-- CreateIndex
CREATE UNIQUE INDEX "Remittance_facilityId_payerId_trace_key" ON "Remittance"("facilityId", "payerId", "trace");

-- CreateIndex
CREATE INDEX "RemittanceClaim_remittanceId_idx" ON "RemittanceClaim"("remittanceId");

-- CreateIndex
CREATE INDEX "RemittanceClaim_accountId_idx" ON "RemittanceClaim"("accountId");

-- CreateIndex
CREATE INDEX "ProviderAdjustment_remittanceId_idx" ON "ProviderAdjustment"("remittanceId");

-- CreateIndex
CREATE INDEX "PatientPayment_accountId_idx" ON "PatientPayment"("accountId");

-- CreateIndex
CREATE UNIQUE INDEX "PatientPayment_facilityId_paymentId_key" ON "PatientPayment"("facilityId", "paymentId");

-- CreateIndex
CREATE INDEX "AccountEvent_deliveredAt_fileId_idx" ON "AccountEvent"("deliveredAt", "fileId");

-- CreateIndex
CREATE INDEX "AccountEvent_appliedSeq_recordedAt_idx" ON "AccountEvent"("appliedSeq", "recordedAt");

-- CreateIndex
CREATE INDEX "AccountEvent_ordinal_idx" ON "AccountEvent"("ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "AccountEvent_facilityId_dedupeKey_key" ON "AccountEvent"("facilityId", "dedupeKey");

-- CreateIndex
CREATE UNIQUE INDEX "AccountEvent_accountId_position_key" ON "AccountEvent"("accountId", "position");

-- CreateIndex
CREATE INDEX "LedgerLine_facilityId_postedOn_kind_idx" ON "LedgerLine"("facilityId", "postedOn", "kind");

-- CreateIndex
CREATE INDEX "LedgerLine_remittanceClaimId_idx" ON "LedgerLine"("remittanceClaimId");

-- CreateIndex
CREATE INDEX "DenialRecord_facilityId_deniedOn_payerId_category_idx" ON "DenialRecord"("facilityId", "deniedOn", "payerId", "category");

-- CreateIndex
CREATE INDEX "Task_facilityId_status_queue_sortOn_id_idx" ON "Task"("facilityId", "status", "queue", "sortOn", "id");

-- CreateIndex
CREATE INDEX "Task_facilityId_status_sortOn_id_idx" ON "Task"("facilityId", "status", "sortOn", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Task_accountId_localId_key" ON "Task"("accountId", "localId");

-- CreateIndex
CREATE INDEX "TaskForm_accountId_taskId_idx" ON "TaskForm"("accountId", "taskId");

-- CreateIndex
CREATE INDEX "Deadline_facilityId_status_safeByOn_idx" ON "Deadline"("facilityId", "status", "safeByOn");

-- CreateIndex
CREATE INDEX "Decision_facilityId_ruleId_decidedAt_idx" ON "Decision"("facilityId", "ruleId", "decidedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Decision_accountId_number_key" ON "Decision"("accountId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "Intent_controlNumber_key" ON "Intent"("controlNumber");

-- CreateIndex
CREATE INDEX "Intent_facilityId_status_issuedAt_idx" ON "Intent"("facilityId", "status", "issuedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Intent_accountId_key_key" ON "Intent"("accountId", "key");

-- CreateIndex
CREATE INDEX "OutboundFile_intentId_idx" ON "OutboundFile"("intentId");

-- CreateIndex
CREATE UNIQUE INDEX "OutboundFile_facilityId_folder_name_key" ON "OutboundFile"("facilityId", "folder", "name");

-- CreateIndex
CREATE INDEX "Placement_facilityId_vendor_status_idx" ON "Placement"("facilityId", "vendor", "status");

-- CreateIndex
CREATE UNIQUE INDEX "Placement_facilityId_reference_key" ON "Placement"("facilityId", "reference");

-- AddForeignKey
ALTER TABLE "InboundTransaction" ADD CONSTRAINT "InboundTransaction_fileId_fkey" FOREIGN KEY ("fileId") REFERENCES "InboundFile"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccountPatient" ADD CONSTRAINT "AccountPatient_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccountCoverage" ADD CONSTRAINT "AccountCoverage_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ClaimDocument" ADD CONSTRAINT "ClaimDocument_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Submission" ADD CONSTRAINT "Submission_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PayerClaimNumber" ADD CONSTRAINT "PayerClaimNumber_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Remittance" ADD CONSTRAINT "Remittance_fileId_fkey" FOREIGN KEY ("fileId") REFERENCES "InboundFile"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RemittanceClaim" ADD CONSTRAINT "RemittanceClaim_remittanceId_fkey" FOREIGN KEY ("remittanceId") REFERENCES "Remittance"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RemittanceClaim" ADD CONSTRAINT "RemittanceClaim_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProviderAdjustment" ADD CONSTRAINT "ProviderAdjustment_remittanceId_fkey" FOREIGN KEY ("remittanceId") REFERENCES "Remittance"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PatientPayment" ADD CONSTRAINT "PatientPayment_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccountEvent" ADD CONSTRAINT "AccountEvent_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccountEvent" ADD CONSTRAINT "AccountEvent_fileId_fkey" FOREIGN KEY ("fileId") REFERENCES "InboundFile"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Advance" ADD CONSTRAINT "Advance_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LedgerLine" ADD CONSTRAINT "LedgerLine_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DenialRecord" ADD CONSTRAINT "DenialRecord_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Task" ADD CONSTRAINT "Task_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TaskForm" ADD CONSTRAINT "TaskForm_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Deadline" ADD CONSTRAINT "Deadline_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Decision" ADD CONSTRAINT "Decision_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Intent" ADD CONSTRAINT "Intent_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OutboundFile" ADD CONSTRAINT "OutboundFile_intentId_fkey" FOREIGN KEY ("intentId") REFERENCES "Intent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Placement" ADD CONSTRAINT "Placement_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One organisation and one facility until there are more; the columns' defaults name them.
INSERT INTO "Organisation" ("id", "name") VALUES ('00000000-0000-7000-8000-000000000001', 'Recourse');
INSERT INTO "Facility" ("id", "organisationId", "name", "zone")
VALUES ('00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000001', 'Sandbox Hospital', 'America/New_York');
